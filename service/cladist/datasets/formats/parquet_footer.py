"""Where the pieces of a Parquet file lie, and its metadata for when one column became another one.

After the metadata of Apache Parquet (``parquet.thrift``): numbers of fields are those of that file.
Nothing but the chunks of one column is written anew, so every place behind them moves.
"""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cladist.datasets.formats.parquet_thrift import (
    BINARY,
    I32,
    I64,
    LIST,
    STRUCT,
    Struct,
    decoded,
    encoded,
    get,
    listed,
)
from cladist.model.errors import UnreadableInput

MAGIC, ENCRYPTED = b"PAR1", b"PARE"
_END = 8
"""Bytes after the metadata: their length and the magic."""

_ROW_GROUPS, _KEY_VALUES = 4, 5
_COLUMNS, _GROUP_BYTES, _GROUP_ROWS, _SORTING, _GROUP_OFFSET, _GROUP_COMPRESSED = 1, 2, 3, 4, 5, 6
_FILE_PATH, _CHUNK_OFFSET, _META, _OFFSET_INDEX, _COLUMN_INDEX, _CRYPTO = 1, 2, 3, 4, 6, 8
_PATH, _CODEC, _UNCOMPRESSED, _COMPRESSED, _DATA_PAGE, _DICTIONARY_PAGE = 3, 4, 6, 7, 9, 11
_STATISTICS, _ENCODINGS, _ENCODING_STATS, _BLOOM, _BLOOM_LENGTH = 12, 2, 13, 14, 15
_META_PLACES = (_DATA_PAGE, 10, _DICTIONARY_PAGE, _BLOOM)
_DICTIONARY_ENCODINGS = frozenset((2, 8))
_V2_PAGE = 3
CODECS = ("none", "snappy", "gzip", "none", "brotli", "lz4", "zstd", "lz4")
"""Names of compressions by their numbers."""


class Range(NamedTuple):
    """Bytes ``start`` to ``end`` of a file."""

    start: int
    end: int


class Manner(NamedTuple):
    """How a chunk was written, so that the new one is written alike."""

    codec: str
    dictionary: bool
    statistics: bool
    pages: str
    indexed: bool


class Index(NamedTuple):
    """A page index: where it lies, of which row group, of places or of values, of the column?"""

    range: Range
    group: int
    places: bool
    own: bool


class Footer:
    """The metadata of a file. ``shift`` it once all new chunks are known."""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _END))
            end = file.read(_END)
            length = int.from_bytes(end[:4], "little")
            if end[4:] == ENCRYPTED:
                raise UnreadableInput(f"{name} is encrypted: decrypt it first.")
            if end[4:] != MAGIC or size < length + _END + len(MAGIC):
                raise UnreadableInput(f"{name} is cut off: a Parquet file ends with its metadata.")
            self.start = size - _END - length
            file.seek(self.start)
            self.data = file.read()
        self.fields, used = decoded(self.data[:length])
        if used != length:
            raise UnreadableInput(f"The metadata of {name} is damaged.")
        self.groups: Sequence[Struct] = listed(self.fields, _ROW_GROUPS)
        for chunk in self._chunks():
            if _FILE_PATH in chunk or _CRYPTO in chunk or _META not in chunk:
                raise UnreadableInput(f"{name} has columns in other files, or encrypted ones.")

    def _chunks(self) -> Iterator[Struct]:
        return (chunk for group in self.groups for chunk in listed(group, _COLUMNS))

    @property
    def rows(self) -> list[int]:
        """How many rows each row group has."""
        return [get(group, _GROUP_ROWS, 0) for group in self.groups]

    def column(self, path: str) -> int:
        """The place of a column among all leaves of the schema."""
        if not self.groups:
            return -1
        chunks = listed(self.groups[0], _COLUMNS)
        return next(place for place, each in enumerate(chunks) if _path(each) == path)

    def range(self, group: int, column: int) -> Range:
        """Where a chunk lies."""
        meta = get(listed(self.groups[group], _COLUMNS)[column], _META)
        return _range(meta)

    def manner(self, group: int, column: int) -> Manner:
        """How a chunk is written."""
        chunk = listed(self.groups[group], _COLUMNS)[column]
        meta = get(chunk, _META)
        encodings = set(listed(meta, _ENCODINGS))
        pages = [get(each, 1) for each in listed(meta, _ENCODING_STATS)]
        return Manner(
            codec=CODECS[get(meta, _CODEC, 0)],
            dictionary=not encodings.isdisjoint(_DICTIONARY_ENCODINGS),
            statistics=_STATISTICS in meta,
            pages="2.0" if _V2_PAGE in pages else "1.0",
            indexed=_OFFSET_INDEX in chunk,
        )

    def indexes(self, column: int) -> list[Index]:
        """The page indexes that do not stay as they are, in the order in which they lie."""
        found = []
        for number, group in enumerate(self.groups):
            for place, chunk in enumerate(listed(group, _COLUMNS)):
                for field in (_COLUMN_INDEX, _OFFSET_INDEX):
                    places = field == _OFFSET_INDEX
                    if get(chunk, field + 1, 0) and (places or place == column):
                        start = get(chunk, field)
                        lies = Range(start, start + get(chunk, field + 1))
                        found.append(Index(lies, number, places, place == column))
        return sorted(found)

    def key_values(self) -> dict[bytes, bytes]:
        """What programs have written beside the schema."""
        return {get(each, 1): get(each, 2, b"") for each in listed(self.fields, _KEY_VALUES)}

    def replaced(
        self, column: int, new: Mapping[int, Written], moves: Moves, said: Mapping[bytes, bytes]
    ) -> bytes:
        """The metadata for the file with new chunks of a column, and its end."""
        fields = copy.deepcopy(self.fields)
        for number, group in enumerate(listed(fields, _ROW_GROUPS)):
            for chunk in listed(group, _COLUMNS):
                _move_chunk(chunk, moves)
            _move(group, (_GROUP_OFFSET,), moves)
            if number in new:
                _put_chunk(group, column, new[number], moves)
        pairs: list[Struct] = [
            {1: (BINARY, key), 2: (BINARY, value)} for key, value in said.items()
        ]
        if pairs:
            fields[_KEY_VALUES] = LIST, (STRUCT, pairs)
        data = encoded(fields)
        return data + len(data).to_bytes(4, "little") + MAGIC


class Written(NamedTuple):
    """A new chunk: its bytes, what the metadata says of it, and its page indexes.

    Places count from the beginning of the bytes.
    """

    data: bytes
    meta: Struct
    values: bytes
    places: bytes


class Moves:
    """How far places of a file have moved: told of every range that changes, from the start."""

    def __init__(self) -> None:
        self._ends: list[int] = []
        self._by = [0]
        self.lengths: dict[int, int] = {}
        """New lengths of page indexes by where they started."""

    @classmethod
    def by(cls, distance: int) -> Moves:
        """Every place moves as far."""
        moves = cls()
        moves._ends, moves._by = [-1], [0, distance]
        return moves

    def replace(self, old: Range, length: int) -> None:
        """A range gives way to so many bytes."""
        self._ends.append(old.end)
        self._by.append(self._by[-1] + length - (old.end - old.start))

    def __call__(self, place: int) -> int:
        """Where a place is now."""
        return place + self._by[bisect_right(self._ends, place)]


def written(data: bytes) -> Written:
    """The chunk of a file with one column and one row group."""
    length = int.from_bytes(data[-_END:-4], "little")
    fields, _ = decoded(data[-_END - length : -_END])
    (group,) = listed(fields, _ROW_GROUPS)
    (chunk,) = listed(group, _COLUMNS)
    meta: Struct = get(chunk, _META)
    start, end = _range(meta)
    back = Moves.by(-start)
    _move(meta, _META_PLACES, back)
    places = _indexed(data, chunk, _OFFSET_INDEX)
    return Written(
        data[start:end],
        meta,
        _indexed(data, chunk, _COLUMN_INDEX),
        moved_places(places, back) if places else b"",
    )


def moved_places(index: bytes, moves: Moves) -> bytes:
    """A page index (``OffsetIndex``) whose pages are elsewhere."""
    fields, _ = decoded(index)
    for page in listed(fields, 1):
        _move(page, (1,), moves)
    return encoded(fields)


def _indexed(data: bytes, chunk: Struct, field: int) -> bytes:
    start = get(chunk, field, 0)
    return data[start : start + get(chunk, field + 1, 0)]


def _path(chunk: Struct) -> str:
    return b".".join(listed(get(chunk, _META), _PATH)).decode("utf-8", "replace")


def _range(meta: Struct) -> Range:
    start: int = get(meta, _DATA_PAGE)
    dictionary: int = get(meta, _DICTIONARY_PAGE, 0)
    start = dictionary if 0 < dictionary < start else start
    return Range(start, start + get(meta, _COMPRESSED))


def _move(fields: Struct, numbers: Sequence[int], moves: Moves) -> None:
    for number in numbers:
        if get(fields, number):
            fields[number] = I64, moves(get(fields, number))


def _move_chunk(chunk: Struct, moves: Moves) -> None:
    for field in (_OFFSET_INDEX, _COLUMN_INDEX):
        if field in chunk:
            length = moves.lengths.get(get(chunk, field))
            if length is not None:
                chunk[field + 1] = I32, length
    _move(chunk, (_CHUNK_OFFSET, _OFFSET_INDEX, _COLUMN_INDEX), moves)
    _move(get(chunk, _META), _META_PLACES, moves)


def _put_chunk(group: Struct, column: int, new: Written, moves: Moves) -> None:
    """The metadata of a new chunk in place of the old one, whose places are moved already."""
    chunk = listed(group, _COLUMNS)[column]
    before: Struct = get(chunk, _META)
    start = _range(before).start
    meta = copy.deepcopy(new.meta)
    for number in _META_PLACES:
        if number in meta:
            meta[number] = I64, get(meta, number) + start
    meta[_PATH] = before[_PATH]
    for number in (_BLOOM, _BLOOM_LENGTH):
        meta.pop(number, None)
    if get(chunk, _CHUNK_OFFSET):
        chunk[_CHUNK_OFFSET] = I64, start
    chunk[_META] = STRUCT, meta
    for total, part in ((_GROUP_BYTES, _UNCOMPRESSED), (_GROUP_COMPRESSED, _COMPRESSED)):
        if total in group:
            group[total] = I64, get(group, total) + get(meta, part) - get(before, part)
    if any(get(each, 1) == column for each in listed(group, _SORTING)):
        del group[_SORTING]
