"""Huge JSON documents (RFC 8259) in pieces, with long arrays cut between their elements.

Bytes that are no element pass unchanged: all pieces together are the file.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec

from cladist.datasets.formats.jsontext import (
    BLANK,
    STRING,
    end_before,
    removals,
    scalar_end,
    text,
    whole_end,
)
from cladist.datasets.records import Edit
from cladist.model.errors import UnreadableInput

SIZE = 2**18
"""Bytes of a block, about: few, since those stay in the cache of a processor."""

_OPEN = re.compile(rb"(?:\xef\xbb\xbf)?" + BLANK + rb"[{\[]")
_KEY = re.compile(BLANK + rb"(,?)" + BLANK + b"(" + STRING + b")" + BLANK + b":" + BLANK, re.DOTALL)
_COMMA = re.compile(BLANK + b"(,?)" + BLANK)
_END = {bracket: re.compile(BLANK + re.escape(bracket) + BLANK) for bracket in (b"]", b"}")}
_OPENING = re.compile(BLANK + rb"\{" + BLANK + STRING, re.DOTALL)
_CLOSING = re.compile(rb"\}" + BLANK + rb"\]")
_PLACE = re.compile(r"\(byte (\d+)\)")
_INVALID = re.compile(r"(.*?)(?: - at `\$\[(\d+)\]\.?(.*)`)?")
_LOOK = 2**16
_COMMAS = "The JSON text is damaged: a comma is missing, or there is one too many"
Decoder = msgspec.json.Decoder[list[Any]]
RAW: Decoder = msgspec.json.Decoder(list[msgspec.Raw])


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

    def removals(self, gone: Container[int], *, kept: bool) -> Iterator[Edit]:
        """What to cut so that some elements go; ``kept`` says whether one of a block before stays.

        To be asked of every block once an element went; the elements must be ``Raw``.
        """
        head = 0 if self.before else self.head
        return removals(self.bounds(), gone, head=head, kept=kept)

    def raw(self) -> Block:
        """The same block with its elements as they are written."""
        return self._replace(values=RAW.decode(b"[%b]" % self.data[self.head :]))


Part = Between | Member | Block


def parts(
    path: Path,
    decoders: Mapping[str, Decoder] | None = None,
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

    def __init__(self, file: IO[bytes], decoders: Mapping[str, Decoder], size: int) -> None:
        self._file, self._decoders, self._size = file, decoders, size
        self._data, self._at, self._ended = b"", 0, False

    def parts(self) -> Iterator[Part]:
        """The whole document."""
        opening = self._match(_OPEN)
        if opening is None:
            raise self._wrong("A JSON document begins with { or [, and this file does not")
        yield Between(self._take(opening.end()))
        if opening[0].endswith(b"["):
            yield from self._array("")
        else:
            yield from self._members()
        while rest := self._take(len(self._data)):
            if rest.strip():
                raise self._wrong("The JSON document has ended, and more follows")
            yield Between(rest)
            self._want(1)

    def _members(self) -> Iterator[Part]:
        first = True
        while (key := self._match(_KEY)) is not None:
            if bool(key[1]) is first:
                raise self._wrong(_COMMAS)
            name = self._name(key[2])
            start = self._data[key.end() : key.end() + 1]
            yield Between(self._take(key.end() + (start == b"[")))
            if start == b"[":
                yield from self._array(name)
            else:
                yield Member(name, self._value())
            first = False
        end = self._match(_END[b"}"])
        if end is None:
            raise self._wrong("The JSON text is damaged or cut off")
        yield Between(self._take(end.end()))

    def _name(self, written: bytes) -> str:
        try:
            return text(written)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._wrong("A name in the JSON text cannot be read") from None

    def _array(self, name: str) -> Iterator[Part]:
        before = 0
        opening = b"["  # that no element of an array of objects begins with
        while (end := self._match(_END[b"]"])) is None:
            comma = self._match(_COMMA)
            assert comma is not None, "it matches the empty text"
            if bool(comma[1]) is not bool(before):
                raise self._wrong(_COMMAS)
            if not before:
                found = self._match(_OPENING)
                opening = found[0].lstrip() if found else b""
            head = comma.end() - self._at
            size, values = self._cut(head, opening, name, before)
            yield Block(name, self._take(self._at + size), head, values, before)
            before += len(values)
        yield Between(self._take(end.end()))

    def _cut(self, head: int, opening: bytes, name: str, before: int) -> tuple[int, list[Any]]:
        """How many bytes the next block has, and its elements."""
        decoder = self._decoders.get(name, RAW)
        size = self._size
        while True:
            self._want(size)
            start = self._at + head
            for end in self._guesses(start, opening):
                values = _tried(decoder, self._data[start:end])
                if values is not None:
                    return end - self._at, values
            found = whole_end(self._data, start)
            if found is not None:
                values = self._decoded(decoder, start, found, name, before)
                return found - self._at, values
            if self._ended:
                self._decoded(decoder, start, len(self._data), name, before)
                raise self._wrong("The JSON text is cut off", len(self._data))
            size = 2 * (len(self._data) - self._at)

    def _guesses(self, start: int, opening: bytes) -> Iterator[int]:
        """Where an element may end that is the last one of the array or of a block."""
        data = self._data
        at = len(data)
        for _ in range(2):
            at = data.rfind(opening or b",", start + 1, at)
            end = None if at < 0 else end_before(data, at + (not opening))
            if end is None:
                break
            yield end
        closing = _CLOSING.search(data, start)
        if closing is not None:
            yield closing.start() + 1

    def _decoded(self, decoder: Decoder, start: int, end: int, name: str, before: int) -> list[Any]:
        """Elements that must be right; raises UnreadableInput with the place."""
        try:
            return decoder.decode(b"[%b]" % self._data[start:end])
        except msgspec.ValidationError as error:
            raise _unexpected(error, name, before) from None
        except msgspec.DecodeError as error:
            said = _PLACE.search(str(error))
            at = start + int(said[1]) - 1 if said else end
            raise self._wrong("The JSON text is damaged or cut off", min(at, end)) from None
        except RecursionError:
            raise self._wrong("The JSON text is nested too deep", start) from None

    def _value(self) -> bytes:
        """The next value, which is no array."""
        size = _LOOK
        while True:
            self._want(size)
            data, at = self._data, self._at
            end = scalar_end(data, at) if data[at : at + 1] != b"{" else whole_end(data, at, 1)
            if end is not None and (end < len(data) or self._ended):
                self._decoded(RAW, at, end, "", 0)
                return self._take(end)
            if self._ended:
                raise self._wrong("The JSON text is damaged or cut off", len(data))
            size = 2 * (len(data) - at)

    def _match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """A short match where reading stands."""
        self._want(_LOOK)
        while not self._ended and self._data[self._at : self._at + _LOOK].isspace():
            self._want(2 * (len(self._data) - self._at))
        return pattern.match(self._data, self._at)

    def _want(self, size: int) -> None:
        """Look at so many bytes at least, if there are as many."""
        left = len(self._data) - self._at
        if left >= size or self._ended:
            return
        more = self._file.read(max(size, self._size) - left)
        self._ended = not more or len(more) < max(size, self._size) - left
        self._data, self._at = self._data[self._at :] + more, 0

    def _take(self, end: int) -> bytes:
        """The bytes up to a place; reading goes on behind them."""
        found = self._data[self._at : end]
        self._at = end
        return found

    def _wrong(self, reason: str, at: int | None = None) -> UnreadableInput:
        """An error that tells line and column of a place in what is looked at."""
        place = self._file.tell() - len(self._data) + (self._at if at is None else at)
        line, column = _line(self._file, place)
        return UnreadableInput(f"{reason}.", line, column)


def _tried(decoder: Decoder, data: bytes) -> list[Any] | None:
    """The elements, or none where that is no sequence of whole elements.

    If it is one, it ends between elements of the array in the file too, since JSON is read from
    left to right and nothing of the text before was left out.
    """
    try:
        return decoder.decode(b"[%b]" % data)
    except (msgspec.DecodeError, RecursionError):
        return None


def _unexpected(error: msgspec.ValidationError, name: str, before: int) -> UnreadableInput:
    """An element that is JSON, and not what the format says."""
    said = _INVALID.fullmatch(str(error))
    assert said is not None, "it matches every text of one line"
    reason, place, inside = said.groups()
    which = f"Element {before + int(place or 0) + 1:,}"
    where = f"“{name}”" if name else "the file"
    about = f" at “{inside}”" if inside else ""
    plain = reason.replace("`", "").replace("Expected", "expected")
    return UnreadableInput(f"{which} of {where} is not as it must be{about}: {plain}.")


def _line(file: IO[bytes], place: int) -> tuple[int, int]:
    """Line and column, from 1, of a place in a file."""
    file.seek(0)
    line, column = 1, 1
    while place and (block := file.read(min(2**22, place))):
        place -= len(block)
        newline = block.rfind(b"\n")
        line += block.count(b"\n")
        column = len(block) - newline if newline >= 0 else column + len(block)
    return line, column
