"""The label table of a COCO file after a migration: ``categories``, each as it was but for names.

A category of the same class keeps all its members and their order. One of another class takes id,
name and supercategory from it, and of the rest what says how its annotations are built.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from cladist.datasets.formats import jsontext
from cladist.datasets.formats.jsontext import Node
from cladist.datasets.formats.parents import parent_now
from cladist.datasets.records import Edit, Row
from cladist.model.errors import InvalidValue

_BUILT = ("keypoints", "skeleton")
"""Members that classes must agree in where they become one."""

_THING = "isthing"
"""Of a class that goes on it counts what it was; those that become a new one must agree in it."""

_TAKEN = frozenset({"id", "name", "supercategory", "iri", "color", *_BUILT, _THING})
"""Members that a category of another class has too."""


class _Line:
    """A category as it stands in the file."""

    def __init__(self, data: bytes, node: Node) -> None:
        self.data, self.node = data[node.start : node.end], node
        self.said: dict[str, Any] = msgspec.json.decode(self.data)

    def edit(self, name: str, value: Any) -> Iterator[Edit]:
        """Another value for a member, where it has it and differs."""
        node = self.node.members.get(name)
        if node is None or self.said[name] == value:
            return
        if isinstance(value, str):
            new = jsontext.quoted(value, self.data)
        else:
            new = msgspec.json.encode(value)
        yield Edit(node.start - self.node.start, node.end - self.node.start, new)

    def without(self, names: frozenset[str]) -> Iterator[Edit]:
        """The members go."""
        bounds = [
            (each.begin - self.node.start, each.end - self.node.start)
            for each in self.node.members.values()
        ]
        gone = {place for place, name in enumerate(self.node.members) if name in names}
        yield from jsontext.removals(bounds, gone)


def edits(data: bytes, rows: Sequence[Row], *, sort: bool) -> Sequence[Edit]:
    """What changes in the elements of ``categories``; raises InvalidValue.

    Rows without an origin in this table are of other files. ``sort`` says that the table has
    another order than the first file.
    """
    array = jsontext.tree(b"[%b]" % data).items
    lines = {line.said["id"]: line for line in (_Line(b"[%b]" % data, each) for each in array)}
    here = [row for row in rows if _origins(lines, row)]
    if sort:
        place = {ref: number for number, ref in enumerate(lines)}
        here.sort(key=lambda row: min(place[ref] for ref in _origins(lines, row)))
    became = _became(rows)
    old = [each.data for each in lines.values()]
    new = [_written(lines, row, became) for row in here]
    if old == new:
        return ()
    comma = data[array[0].end - 1 : array[1].start - 1] if len(array) > 1 else b", "
    return [Edit(array[0].start - 1, array[-1].end - 1, comma.join(new))]


def _origins(lines: Mapping[Any, _Line], row: Row) -> list[Any]:
    """The ids of the categories of this file that a row follows from."""
    return [each.ref for each in row.origins if each.ref in lines]


def _became(rows: Sequence[Row]) -> Mapping[str, Sequence[str]]:
    """What the names of the table became."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for origin in row.origins:
            found.setdefault(origin.names[-1], []).append(row.name)
    return found


def _written(lines: Mapping[Any, _Line], row: Row, became: Mapping[str, Sequence[str]]) -> bytes:
    origins = [lines[ref] for ref in _origins(lines, row)]
    line = origins[0]
    same = row.same and row.origins[0].ref in lines
    for name in _BUILT if same else (*_BUILT, _THING):
        _agree(origins, row, name)
    changes = [*line.edit("id", row.ref), *line.edit("name", row.name)]
    if same:
        if row.class_id:
            changes += line.edit("supercategory", _same_above(line, row, became))
    else:
        changes += line.edit("supercategory", _above(origins, row, became))
        changes += line.edit("iri", row.class_id)
        if row.colour:
            changes += line.edit("color", list(bytes.fromhex(row.colour[1:])))
        changes += line.without(frozenset(line.said) - _TAKEN)
    return _applied(line.data, sorted(changes))


def _agree(origins: Sequence[_Line], row: Row, name: str) -> None:
    """Refuse to make one of categories whose annotations are built in different ways."""
    told = [each for each in origins if name in each.said]
    for each in told[1:]:
        if each.said[name] != told[0].said[name]:
            raise InvalidValue(
                name,
                f"“{told[0].said['name']}” and “{each.said['name']}” would both be “{row.name}”, "
                f"and their {name} differ: give them the same, or keep them apart.",
            )


def _same_above(line: _Line, row: Row, became: Mapping[str, Sequence[str]]) -> Any:
    """The supercategory of a class that goes on."""
    old = line.said.get("supercategory")
    if not isinstance(old, str) or old == line.said["name"]:
        return old
    if old not in became and old in row.parents_now:
        return old  # the class above is none that is new to it
    return parent_now(row, old, became)


def _above(origins: Sequence[_Line], row: Row, became: Mapping[str, Sequence[str]]) -> str:
    """The supercategory of a class that is new to the table; empty where nobody can say."""
    if not row.class_id:
        return ""
    if row.parent not in ("", row.name):
        return row.parent
    names = {str(each.said.get("supercategory", "")) for each in origins}
    name = names.pop() if len(names) == 1 else ""
    now = became.get(name, ())
    if len(now) == 1 and now[0] != row.name:
        return now[0]
    return "" if name == row.name else name


def _applied(data: bytes, changes: Sequence[Edit]) -> bytes:
    parts, end = [], 0
    for each in changes:
        parts += [data[end : each.start], each.new]
        end = each.end
    return b"".join((*parts, data[end:]))
