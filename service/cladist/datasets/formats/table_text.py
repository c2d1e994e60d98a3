"""Tables as bytes: records and cells with their places, so that nothing else is touched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple

from cladist.model.errors import UnreadableInput

_BLOCK = 2 * 2**20
_LONGEST = 64 * 2**20
"""Bytes of one record; a quote that is never closed takes no more memory than this."""


class Span(NamedTuple):
    """Where a cell begins and ends."""

    start: int
    end: int


class Record(NamedTuple):
    """A row: the number of its first line, and its cells; ``end`` is after its line break."""

    line: int
    start: int
    end: int
    cells: Sequence[Span]


class Block(NamedTuple):
    """Whole records of a file."""

    data: bytes
    records: Sequence[Record]


class Broken(Exception):
    """A record does not end in the data at hand."""


def blocks(file: IO[bytes], delimiter: bytes, name: str) -> Iterator[bytes]:
    """The file in blocks that end where a record does."""
    cells = _cells(delimiter)
    rest, line = b"", 1
    while block := file.read(_BLOCK):
        rest += block
        end = _last_end(rest, cells)
        if end:
            yield rest[:end]
            line += rest.count(b"\n", 0, end)
            rest = rest[end:]
        elif len(rest) > _LONGEST:
            raise UnreadableInput(f"{name} has a quote that is never closed.", line)
    if rest:
        yield rest


def _last_end(data: bytes, cells: re.Pattern[bytes]) -> int:
    """Where the last whole record ends; 0 if none does."""
    if b'"' not in data:
        return data.rfind(b"\n") + 1
    place = 0
    while True:
        found = _record_end(data, place, cells)
        if found is None:
            return place
        place = found


def _record_end(data: bytes, start: int, cells: re.Pattern[bytes]) -> int | None:
    newline = data.find(b"\n", start)
    if newline < 0:
        return None
    if data.find(b'"', start, newline) < 0:
        return newline + 1
    place = start
    while found := cells.match(data, place):
        place = found.end()
        if found.group(2).endswith(b"\n"):
            return place
        if place == len(data):
            return None
    return None


def _cells(delimiter: bytes) -> re.Pattern[bytes]:
    mark = re.escape(delimiter)
    return re.compile(
        rb'("(?:[^"]|"")*"|[^"' + mark + rb"\r\n][^" + mark + rb"\r\n]*|)(" + mark + rb"|\r?\n|\Z)"
    )


def records(data: bytes, delimiter: bytes, line: int, name: str) -> Iterator[Record]:
    """The records of whole ones; raises UnreadableInput where quotes do not match."""
    cells = _cells(delimiter)
    place = 0
    while place < len(data):
        newline = data.find(b"\n", place)
        end = len(data) if newline < 0 else newline + 1
        if data.find(b'"', place, end) < 0:
            found = _plain(data, place, end, delimiter)
        else:
            found, end = _quoted(data, place, cells, line, name)
        yield Record(line, place, end, found)
        line += data.count(b"\n", place, end)
        place = end


def _plain(data: bytes, start: int, end: int, delimiter: bytes) -> list[Span]:
    text = data[start:end]
    stop = start + len(text.rstrip(b"\r\n"))
    found = []
    while (at := data.find(delimiter, start, stop)) >= 0:
        found.append(Span(start, at))
        start = at + 1
    found.append(Span(start, stop))
    return found


def _quoted(
    data: bytes, start: int, cells: re.Pattern[bytes], line: int, name: str
) -> tuple[list[Span], int]:
    found = []
    place = start
    while True:
        cell = cells.match(data, place)
        if cell is None:
            told = line + data.count(b"\n", start, place)
            raise UnreadableInput(f"{name} has a quote here that does not match.", told)
        found.append(Span(*cell.span(1)))
        place = cell.end()
        if cell.group(2).endswith(b"\n") or not cell.group(2):
            return found, place


def text_of(cell: bytes, encoding: str) -> str:
    """What a cell says."""
    if cell.startswith(b'"'):
        return cell[1:-1].decode(encoding).replace('""', '"')
    return cell.decode(encoding)


def cell_of(text: str, like: bytes, delimiter: bytes, encoding: str) -> bytes:
    """A cell that says a text, quoted if the one before was or if it must be."""
    mark = delimiter.decode("ascii")
    if like.startswith(b'"') or any(each in text for each in (mark, '"', "\n", "\r")):
        text = '"' + text.replace('"', '""') + '"'
    return text.encode(encoding)
