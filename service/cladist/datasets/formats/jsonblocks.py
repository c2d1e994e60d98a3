"""Huge JSON documents (RFC 8259) in pieces, with long arrays cut between their elements.

Bytes that are no element pass unchanged: all pieces together are the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from cladist.datasets.formats.jsontext import BLANK, STRING, text

SIZE = 4 * 2**20
"""Bytes of a block, about; an element that is longer has a block of its own."""

_OPEN = re.compile(rb"(?:\xef\xbb\xbf)?" + BLANK + rb"[{\[]")
_KEY = re.compile(BLANK + rb"(,?)" + BLANK + b"(" + STRING + b")" + BLANK + b":" + BLANK, re.DOTALL)
_COMMA = re.compile(BLANK + b"(,?)" + BLANK)
_END = {bracket: re.compile(BLANK + re.escape(bracket) + BLANK) for bracket in (b"]", b"}")}
_TOKEN = re.compile(STRING + rb'|["\[\]{}]', re.DOTALL)
_OPENING = re.compile(rb"\{" + BLANK + STRING, re.DOTALL)
_CLOSING = re.compile(rb"\}" + BLANK + rb"\]")
_SCALAR = re.compile(STRING + rb'|[^][{}",: \t\n\r]+', re.DOTALL)
_PLACE = re.compile(r"(.*?)(?: \(byte (\d+)\))?")
_INVALID = re.compile(r"(.*?)(?: - at `\$\[(\d+)\]\.?(.*)`)?")
_GUESSES = 2
RAW: msgspec.json.Decoder[list[Any]] = msgspec.json.Decoder(list[msgspec.Raw])


class Between(NamedTuple):
    """Brackets, names of members, commas and white space."""

    data: bytes


class Member(NamedTuple):
    """The value of a member of the outermost object, if it is no array."""

    name: str
    data: bytes


class Block(NamedTuple):
    """Some elements of an array that is the document (its name is ``""``) or a member of it.

    ``values`` are the elements, decoded. The first one starts at ``head`` in ``data``, behind the
    comma that parts it from the block before; ``before`` elements of the array came earlier.
    """

    name: str
    data: bytes
    head: int
    values: list[Any]
    before: int

    def bounds(self) -> list[tuple[int, int]]:
        """Where each element starts and ends in ``data``; the elements must be ``Raw``."""
        found = []
        start = self.head
        for value in self.values:
            end = start + len(memoryview(value))
            found.append((start, end))
            comma = _COMMA.match(self.data, end)
            start = comma.end() if comma else end
        return found

    def raw(self) -> Block:
        """The same block with its elements as they are written."""
        return self._replace(values=RAW.decode(b"[%b]" % self.data[self.head :]))


Part = Between | Member | Block


def parts(
    path: Path,
    decoders: Mapping[str, msgspec.json.Decoder[list[Any]]] | None = None,
    size: int = SIZE,
) -> Iterator[Part]:
    """The pieces of a document, in order.

    ``decoders`` say for members that are arrays, and for ``""``, what their elements are; others
    are decoded as ``Raw``. Values that are no array are held in memory as a whole. Raises
    UnreadableInput, with line and column, where the file is no JSON, is cut off, or has elements
    that are something else.
    """
    with path.open("rb") as file:
        yield from _Document(file, decoders or {}, size).parts()


class _Document:
    """Reads through a file; ``_at`` is the place in ``_data``, the part that is looked at."""

    def __init__(
        self,
        file: IO[bytes],
        decoders: Mapping[str, msgspec.json.Decoder[list[Any]]],
        size: int,
    ) -> None:
        self._file, self._decoders, self._size = file, decoders, size
        self._data, self._at, self._ended = b"", 0, False

    def parts(self) -> Iterator[Part]:
        """The whole document."""
        opening = self._matched(_OPEN)
        if opening is None:
            raise self._wrong(
                "A JSON document begins with { or [, and this file does not", self._at
            )
        yield Between(self._take(opening.end()))
        if opening[0].endswith(b"["):
            yield from self._array("")
        else:
            yield from self._members()
        if self._at < len(self._data):
            raise self._wrong("The JSON document has ended, and more follows", self._at)

    def _members(self) -> Iterator[Part]:
        first = True
        while (key := self._matched(_KEY)) is not None:
            if bool(key[1]) is first:
                raise self._wrong(
                    "The JSON text is damaged: a comma is missing or too many", key.start()
                )
            name = self._name(key)
            bracket = self._data[key.end() : key.end() + 1] == b"["
            yield Between(self._take(key.end() + bracket))
            if bracket:
                yield from self._array(name)
            else:
                yield Member(name, self._value())
            first = False
        yield self._end(b"}")

    def _name(self, key: re.Match[bytes]) -> str:
        try:
            return text(key[2])
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._wrong("A name in the JSON text cannot be read", key.start(2)) from None

    def _array(self, name: str) -> Iterator[Part]:
        decoder = self._decoders.get(name, RAW)
        opening = b""
        before = 0
        while (end := self._matched(_END[b"]"])) is None:
            comma = self._matched(_COMMA)
            assert comma is not None
            if bool(comma[1]) is not bool(before):
                raise self._wrong(
                    "The JSON text is damaged: a comma is missing or too many", comma.start()
                )
            head = comma.end() - self._at
            if not before:
                found = self._matched(_OPENING, head)
                opening = found[0] if found else b""
            cut, values = self._cut(head, opening, decoder, name, before)
            yield Block(name, self._take(cut), head, values, before)
            before += len(values)
        yield Between(self._take(end.end()))
