"""The index as bytes, to be kept beside the version it belongs to."""

from __future__ import annotations

import sys
from array import array

import msgspec

from cladist.index.building import children_of, notations_of
from cladist.index.entries import Entry
from cladist.index.tables import KINDS, Kind, Table
from cladist.index.version_index import Rules, VersionIndex
from cladist.model.errors import UnreadableInput

FORMAT = 1
"""Number of the form below. A reader that does not know it must build the index anew."""

_UNKNOWN = "The stored index has another form; build it from the version's content."


class _StoredTable(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A search table: keys in order, and postings as 64-bit little-endian integers."""

    language: str
    kind: int
    keys: list[str]
    postings: bytes


class _Format(msgspec.Struct, frozen=True, array_like=True):
    """The first member alone."""

    format: int


class _Stored(msgspec.Struct, frozen=True, array_like=True):
    """Everything but what is derived in a moment; new members go to the end with a new number."""

    format: int
    rules: Rules
    rows: list[Entry | None]
    order: list[int]
    selection: list[int]
    roots: list[int]
    active_roots: list[int]
    circular: list[int]
    tables: list[_StoredTable]


def to_bytes(index: VersionIndex) -> bytes:
    """The index in MessagePack; compress it as you like, it shrinks to about a tenth."""
    row = index.row_of.__getitem__
    tables = [
        _StoredTable(language, kind, table.keys, _little(table.postings).tobytes())
        for (language, kind), table in index.tables.items()
    ]
    stored = _Stored(
        format=FORMAT,
        rules=index.rules,
        rows=list(index.rows),
        order=[row(each) for each in index.order],
        selection=[row(each) for each in index.selection],
        roots=sorted(map(row, index.roots)),
        active_roots=sorted(map(row, index.active_roots)),
        circular=sorted(map(row, index.circular)),
        tables=tables,
    )
    return msgspec.msgpack.encode(stored)


def from_bytes(data: bytes) -> VersionIndex:
    """The index that ``to_bytes`` made; UnreadableInput when it is damaged or of another form."""
    stored = _decoded(data)
    rows = stored.rows
    ids = ["" if entry is None else entry.id for entry in rows]
    try:
        tables = [_table(each) for each in stored.tables]
        return VersionIndex(
            rules=stored.rules,
            rows=rows,
            row_of={each: row for row, each in enumerate(ids) if rows[row] is not None},
            notations=notations_of(rows),
            below=children_of(rows[row] for row in stored.order),
            retired=frozenset([each.id for each in rows if each is not None and not each.active]),
            order=[ids[row] for row in stored.order],
            selection=[ids[row] for row in stored.selection],
            roots=frozenset([ids[row] for row in stored.roots]),
            active_roots=frozenset([ids[row] for row in stored.active_roots]),
            circular=frozenset([ids[row] for row in stored.circular]),
            tables=dict(tables),
        )
    except (IndexError, ValueError) as error:
        raise UnreadableInput(_UNKNOWN) from error


def _decoded(data: bytes) -> _Stored:
    try:
        number = msgspec.msgpack.decode(data, type=_Format).format
        if number != FORMAT:
            raise UnreadableInput(_UNKNOWN)
        return msgspec.msgpack.decode(data, type=_Stored)
    except msgspec.MsgspecError as error:
        raise UnreadableInput(_UNKNOWN) from error


def _table(stored: _StoredTable) -> tuple[tuple[str, Kind], Table]:
    postings: array[int] = array("Q")
    postings.frombytes(stored.postings)
    table = Table(stored.keys, _little(postings))
    if len(table.keys) != len(table.postings) or stored.kind not in KINDS:
        raise ValueError("no such table")
    return (stored.language, stored.kind), table


def _little(numbers: array[int]) -> array[int]:
    """The numbers with the bytes of each in little-endian order, whatever the machine's."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
