"""Thrift's compact protocol as far as Parquet's metadata needs it; what is unknown is kept.

A structure is a dictionary from the number of a field to its type and value, so that all of it can
be written again whatever later editions of the format add.
"""

from __future__ import annotations

import struct
from typing import Any

from cladist.model.errors import UnreadableInput

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
_INTEGERS = (I16, I32, I64)
_DEPTH = 32
"""Structures in structures; Parquet's own are 6 deep."""

Struct = dict[int, tuple[int, Any]]
"""Fields by number. Lists and sets are pairs of the type and the values, maps have two types and
pairs; texts are bytes."""


def get(fields: Struct, number: int, default: Any = None) -> Any:
    """The value of a field."""
    found = fields.get(number)
    return default if found is None else found[1]


def listed(fields: Struct, number: int) -> list[Any]:
    """The values of a field that is a list; none where it is missing."""
    found: list[Any] = get(fields, number, (STRUCT, []))[1]
    return found


def decoded(data: bytes) -> tuple[Struct, int]:
    """The structure at the beginning of some bytes and how many of them it takes."""
    reader = _Reader(data)
    try:
        return reader.struct(0), reader.at
    except (IndexError, KeyError, struct.error):
        raise UnreadableInput("The metadata of the Parquet file is damaged.") from None


def encoded(fields: Struct) -> bytes:
    """The bytes of a structure."""
    out = bytearray()
    _struct(out, fields)
    return bytes(out)


class _Reader:
    """Reads values one after another; ``at`` is the place of the next one."""

    def __init__(self, data: bytes) -> None:
        self._data, self.at = data, 0

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def _integer(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _bytes(self, size: int) -> bytes:
        end = self.at + size
        if end > len(self._data):
            raise IndexError
        found = self._data[self.at : end]
        self.at = end
        return found

    def struct(self, depth: int) -> Struct:
        """Fields up to the mark of the end."""
        if depth > _DEPTH:
            raise KeyError(depth)
        found: Struct = {}
        number = 0
        while (head := self._bytes(1)[0]) != 0:
            kind, step = head & 0x0F, head >> 4
            number = number + step if step else self._integer()
            found[number] = kind, self._value(kind, depth)
        return found

    def _value(self, kind: int, depth: int) -> Any:
        if kind in (TRUE, FALSE):
            return kind == TRUE
        if kind in _INTEGERS:
            return self._integer()
        if kind == STRUCT:
            return self.struct(depth + 1)
        if kind == BINARY:
            return self._bytes(self._varint())
        others = {BYTE: self._byte, DOUBLE: self._double, LIST: self._list, SET: self._list}
        return {**others, MAP: self._map}[kind](depth + 1)

    def _byte(self, depth: int) -> int:
        return self._bytes(1)[0]

    def _double(self, depth: int) -> float:
        found: float = struct.unpack("<d", self._bytes(8))[0]
        return found

    def _list(self, depth: int) -> tuple[int, list[Any]]:
        head = self._bytes(1)[0]
        kind, size = head & 0x0F, head >> 4
        if size == 15:
            size = self._varint()
        return kind, [self._element(kind, depth) for _ in range(size)]

    def _element(self, kind: int, depth: int) -> Any:
        """A value that is no field: truth values are bytes there."""
        if kind in (TRUE, FALSE):
            return self._bytes(1)[0] == TRUE
        return self._value(kind, depth)

    def _map(self, depth: int) -> tuple[int, int, list[tuple[Any, Any]]]:
        size = self._varint()
        if not size:
            return 0, 0, []
        kinds = self._bytes(1)[0]
        key, value = kinds >> 4, kinds & 0x0F
        pairs = ((self._element(key, depth), self._element(value, depth)) for _ in range(size))
        return key, value, list(pairs)


def _varint(out: bytearray, value: int) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def _integer(out: bytearray, value: int) -> None:
    _varint(out, value << 1 if value >= 0 else (-value << 1) - 1)


def _struct(out: bytearray, fields: Struct) -> None:
    before = 0
    for number, (kind, value) in sorted(fields.items()):
        if kind in (TRUE, FALSE):
            kind = TRUE if value else FALSE
        step = number - before
        if 0 < step < 16:
            out.append(step << 4 | kind)
        else:
            out.append(kind)
            _integer(out, number)
        before = number
        if kind not in (TRUE, FALSE):
            _value(out, kind, value)
    out.append(0)


def _value(out: bytearray, kind: int, value: Any) -> None:
    if kind in _INTEGERS:
        _integer(out, value)
    elif kind == STRUCT:
        _struct(out, value)
    elif kind == BINARY:
        _varint(out, len(value))
        out += value
    elif kind in (LIST, SET):
        _list(out, *value)
    elif kind == MAP:
        _map(out, *value)
    else:
        out += struct.pack("<d", value) if kind == DOUBLE else bytes((value,))


def _list(out: bytearray, kind: int, values: list[Any]) -> None:
    if len(values) < 15:
        out.append(len(values) << 4 | kind)
    else:
        out.append(0xF0 | kind)
        _varint(out, len(values))
    for each in values:
        _element(out, kind, each)


def _element(out: bytearray, kind: int, value: Any) -> None:
    if kind in (TRUE, FALSE):
        out.append(TRUE if value else FALSE)
    else:
        _value(out, kind, value)


def _map(out: bytearray, key: int, value: int, pairs: list[tuple[Any, Any]]) -> None:
    _varint(out, len(pairs))
    if pairs:
        out.append(key << 4 | value)
    for left, right in pairs:
        _element(out, key, left)
        _element(out, value, right)
