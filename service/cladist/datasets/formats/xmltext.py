"""XML as bytes with places: what stands where, so that single texts and values can be replaced.

Documents with a document type declaration are refused, so nothing is ever expanded or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from cladist.model.errors import UnreadableInput

_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_ATTRIBUTE = re.compile(rb"\s([^\s=/>\"']+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_AFTER_NAME = (b">", b" ", b"\t", b"\r", b"\n")
_OTHER_BYTES = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_DEEP = 100


class Start(NamedTuple):
    """A start tag: where it begins in the document."""

    at: int
    name: str
    attributes: Mapping[str, str]


class End(NamedTuple):
    """An end tag; of an empty element the place after its start tag."""

    at: int
    name: str
    text: str
    """The text right inside of the element, after the last one in it."""


Event = Start | End


class Document:
    """Reads a document block by block; ``encoding`` is known after the first one.

    Of a part of a document, which does not declare it, the encoding must be ``given``.
    """

    def __init__(self, name: str, given: str | None = None) -> None:
        self._name = name
        self.encoding = given or "utf-8"
        self._began = False
        self._events: list[Event] = []
        self._texts: list[list[str]] = []
        parser = self._parser = expat.ParserCreate(given)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, block: bytes, *, last: bool = False) -> list[Event]:
        """The events of one more block; raises UnreadableInput."""
        if not self._began and block.startswith(_OTHER_BYTES):
            raise UnreadableInput(f"{self._name} is in UTF-16: save it as UTF-8.")
        self._began = True
        try:
            self._parser.Parse(block, last)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            raise UnreadableInput(
                f"{self._name} is broken: {reason}.", error.lineno, error.offset + 1
            ) from None
        found, self._events = self._events, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._texts) >= _DEEP:
            self._stop(f"has elements more than {_DEEP} deep")
        if self._texts:
            self._texts[-1].clear()  # white space between elements, of which there may be many
        self._texts.append([])
        self._events.append(Start(self._parser.CurrentByteIndex, name, attributes))

    def _end(self, name: str) -> None:
        text = "".join(self._texts.pop())
        self._events.append(End(self._parser.CurrentByteIndex, name, text))

    def _text(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = encoding or self.encoding

    def _refuse(self, *about: object) -> None:
        self._stop("has a document type declaration, which is never needed here: remove it")

    def _stop(self, reason: str) -> None:
        parser = self._parser
        raise UnreadableInput(
            f"{self._name} {reason}.", parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        )


def events(data: bytes, name: str, encoding: str | None = None) -> tuple[list[Event], str]:
    """All events of a document, and its encoding."""
    document = Document(name, encoding)
    return document.feed(data, last=True), document.encoding


def blocks(document: Document, data: Iterable[bytes]) -> Iterator[tuple[bytes, list[Event]]]:
    """Every block with the events that end in it."""
    for block in data:
        yield block, document.feed(block)
    yield b"", document.feed(b"", last=True)


def tag_end(data: bytes, start: int) -> int:
    """The place after the tag that begins at ``start``."""
    found = _TAG.match(data, start)
    if found is None:
        raise UnreadableInput("A tag does not end.")
    return found.end()


def element_end(data: bytes, event: End, offset: int = 0) -> int:
    """The place after an element that ends, in data that begin at ``offset`` of the document."""
    at = event.at - offset
    tag = b"</" + event.name.encode()
    closes = data.startswith(tag, at) and data[at + len(tag) : at + len(tag) + 1] in _AFTER_NAME
    return tag_end(data, at) if closes else at


def attribute(data: bytes, start: int, name: str) -> tuple[int, int]:
    """Where the value of an attribute, quotes and all, stands in the tag that begins there."""
    wanted = name.encode()
    for found in _ATTRIBUTE.finditer(data, start, tag_end(data, start)):
        if found.group(1) == wanted:
            return found.span(2)
    raise UnreadableInput(f"The attribute “{name}” is not where it should be.")


def quoted(text: str, encoding: str) -> bytes:
    """A text as the value of an attribute, with its quotes."""
    return quoteattr(text).encode(encoding, "xmlcharrefreplace")


def escaped(text: str, encoding: str) -> bytes:
    """A text as the content of an element."""
    return escape(text).encode(encoding, "xmlcharrefreplace")


def with_space(data: bytes, start: int, end: int) -> tuple[int, int]:
    """An element together with the white space before it."""
    while start and data[start - 1 : start] in b" \t\r\n":
        start -= 1
    return start, end
