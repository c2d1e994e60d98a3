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
    """The text right inside of the element."""


Event = Start | End


class Document:
    """Reads a document block by block; ``encoding`` is known after the first one."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.encoding = "utf-8"
        self._events: list[Event] = []
        self._texts: list[list[str]] = []
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, block: bytes, *, last: bool = False) -> list[Event]:
        """The events of one more block; raises UnreadableInput."""
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
        self._texts.append([])
        self._events.append(Start(self._parser.CurrentByteIndex, name, attributes))

    def _end(self, name: str) -> None:
        text = "".join(self._texts.pop())
        self._events.append(End(self._parser.CurrentByteIndex, name, text))

    def _text(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = encoding or "utf-8"
        if self.encoding.lower().startswith("utf-16"):
            self._stop("is in UTF-16: save it as UTF-8")

    def _refuse(self, *about: object) -> None:
        self._stop("has a document type declaration, which is never needed here: remove it")

    def _stop(self, reason: str) -> None:
        parser = self._parser
        raise UnreadableInput(
            f"{self._name} {reason}.", parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        )


def events(data: bytes, name: str) -> tuple[list[Event], str]:
    """All events of a document, and its encoding."""
    document = Document(name)
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


def attribute(data: bytes, start: int, name: str) -> tuple[int, int]:
    """Where the value of an attribute, quotes and all, stands in the tag that begins there."""
    found = re.compile(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')").search(
        data, start, tag_end(data, start)
    )
    if found is None:
        raise UnreadableInput(f"The attribute “{name}” is not where it should be.")
    return found.span(1)


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
