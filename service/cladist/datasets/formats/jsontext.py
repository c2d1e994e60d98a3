"""Where the values of a JSON text (RFC 8259) stand, so that one changes and no other byte."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from cladist.datasets.records import Edit
from cladist.model.errors import UnreadableInput

STRING = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
BLANK = rb"[ \t\n\r]*"
_TOKEN = re.compile(rb"[{}\[\]]|" + STRING + rb'|[^][{}",: \t\n\r]+', re.DOTALL)
_BRACKET = re.compile(STRING + rb'|["\[\]{}]', re.DOTALL)
_SCALAR = re.compile(STRING + rb'|[^][{}",: \t\n\r]+', re.DOTALL)
_NONE: Mapping[str, Node] = {}


@dataclass(frozen=True, slots=True)
class Node:
    """A value: ``start`` to ``end`` of the text. ``key`` is where its name stands in an object."""

    start: int
    end: int
    members: Mapping[str, Node] = field(default_factory=dict)
    items: Sequence[Node] = ()
    key: tuple[int, int] | None = None

    @property
    def begin(self) -> int:
        """Where it starts with its name."""
        return self.start if self.key is None else self.key[0]

    def find(self, *path: str | int) -> Node | None:
        """The value inside, by names of members and places from 0; none where there is none."""
        found: Node | None = self
        for step in path:
            if found is None:
                return None
            if isinstance(step, str):
                found = found.members.get(step)
            else:
                found = found.items[step] if -1 < step < len(found.items) else None
        return found


@dataclass(slots=True)
class _Open:
    """An object or array that has begun and not ended."""

    start: int
    key: tuple[int, int] | None
    array: bool
    members: dict[str, Node] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    pending: tuple[int, int] | None = None
    """Where the name of the member to come stands."""


def tree(data: bytes, start: int = 0) -> Node:
    """Where everything stands in the JSON value that starts there, which must be a valid one.

    Raises UnreadableInput where an object has a key twice: then nobody can say what it means.
    """
    around: list[_Open] = []
    for token in _TOKEN.finditer(data, start):
        first = data[token.start()]
        inside = around[-1] if around else None
        if first in b"{[":
            around.append(_Open(token.start(), inside.pending if inside else None, first == 91))
            continue
        if first in b"}]":
            node = _closed(around.pop(), token.end())
        elif first == 34 and inside is not None and not inside.array and inside.pending is None:
            inside.pending = token.span()
            continue
        else:
            node = Node(*token.span(), _NONE, (), inside.pending if inside else None)
        if not around:
            return node
        _put(around[-1], node, data)
    raise UnreadableInput("The JSON text ends before its value does.")


def _closed(value: _Open, end: int) -> Node:
    return Node(value.start, end, value.members, value.items, value.key)


def _put(around: _Open, node: Node, data: bytes) -> None:
    """A value into what it stands in."""
    if around.array:
        around.items.append(node)
        return
    assert node.key is not None, "a value in an object has a name"
    name = text(data[slice(*node.key)])
    if name in around.members:
        raise UnreadableInput(f"The key “{name}” stands twice in one object.")
    around.members[name] = node
    around.pending = None


def text(data: bytes) -> str:
    """The text that a JSON string writes."""
    return msgspec.json.decode(data, type=str)


def quoted(value: str, like: bytes) -> bytes:
    """A text as a JSON string; escaped into ASCII where ``like``, the text around, is ASCII."""
    return json.dumps(value, ensure_ascii=like.isascii()).encode()


def removals(
    bounds: Sequence[tuple[int, int]],
    gone: Container[int],
    *,
    head: int | None = None,
    kept: bool = False,
) -> Iterator[Edit]:
    """What to cut so that some elements of an array, or members of an object, go with their commas.

    ``bounds`` are the starts and ends of neighbours, ``gone`` places among them. Of a part of a
    greater array, ``head`` is where the comma before its first element begins, and ``kept`` says
    whether an element before it stays.
    """
    end = bounds[0][0] if head is None and bounds else head or 0
    for place, (start, after) in enumerate(bounds):
        if place in gone:
            yield Edit(end, after, b"")
        elif not kept:
            kept = True
            if end < start:
                yield Edit(end, start, b"")
        end = after


def removed(nodes: Sequence[Node], gone: Container[int]) -> Iterator[Edit]:
    """What to cut so that some values of one array or object go with their names and commas."""
    return removals([(each.begin, each.end) for each in nodes], gone)


def end_before(data: bytes, at: int) -> int | None:
    """Where the text before the comma before a place ends; none if no comma is there."""
    end = at
    while end and data[end - 1] in b" \t\n\r":
        end -= 1
    if not end or data[end - 1] != 44:
        return None
    end -= 1
    while end and data[end - 1] in b" \t\n\r":
        end -= 1
    return end


def whole_end(data: bytes, start: int, most: int = 0) -> int | None:
    """Where the last whole element from a place on ends, or the ``most``-th; none if none does."""
    depth = count = 0
    found = None
    for token in _BRACKET.finditer(data, start):
        first = data[token.start()]
        if first in b"{[":
            depth += 1
            continue
        if first == 34:
            if token.end() - token.start() == 1:
                return found  # a text that is not over yet
        else:
            depth -= 1
        if depth < 0:
            return len(data[start : token.start()].rstrip(b" \t\n\r")) + start
        if depth == 0:
            found, count = token.end(), count + 1
            if count == most:
                return found
    return found


def scalar_end(data: bytes, at: int) -> int | None:
    """Where a value that is no array or object ends; none if it is not over."""
    found = _SCALAR.match(data, at)
    return None if found is None else found.end()
