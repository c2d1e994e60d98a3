"""The label table of a YOLO dataset in ``data.yaml``: a list of names, or numbers and names.

Only names, their numbers and their count are rewritten; each keeps its quotes, and in block style
its line with the comments on it and above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cladist.datasets.records import Edit, Entry, Row
from cladist.model.errors import UnreadableInput

if TYPE_CHECKING:
    from yaml import Node

_PLAIN = re.compile(r"[A-Za-z_][\w .()-]*\Z")
_MEMBER = re.compile(rb"^[\"']?names[\"']?[ \t]*:", re.MULTILINE)
_MOST = 2**24
_WIDE = 2**30


class Line(NamedTuple):
    """An entry of ``names``: its number, its name, and where it, its key and its value stand."""

    number: int
    name: str
    start: int
    end: int
    key_end: int
    value: int
    style: str


class Told(NamedTuple):
    """What a document says: the entries as they stand, whether in flow style, and the count."""

    lines: Sequence[Line]
    flow: bool
    counted: tuple[str, int, int] | None
    keypoints: bool


def may_name(path: Path) -> bool:
    """Whether a document has a member ``names``."""
    return path.stat().st_size <= _MOST and _MEMBER.search(path.read_bytes()) is not None


def told(text: str, place: str) -> Told | None:
    """What a document says; none where ``names`` is something else. Raises UnreadableInput."""
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise UnreadableInput(f"{place} is no YAML.", mark and mark.line + 1) from None
    except RecursionError:
        raise UnreadableInput(f"{place} is nested too deeply.") from None
    if not isinstance(root, yaml.MappingNode):
        return None
    members = {key.value: value for key, value in root.value if isinstance(key, yaml.ScalarNode)}
    names, count = members.get("names"), members.get("nc")
    if not isinstance(names, yaml.CollectionNode) or not names.value:
        return None
    lines = list(_lines(names, place))
    counted = None
    if isinstance(count, yaml.ScalarNode):
        counted = (count.value, count.start_mark.index, count.end_mark.index)
    return Told(lines, bool(names.flow_style), counted, "kpt_shape" in members)


def _lines(names: Node, place: str) -> Iterator[Line]:
    import yaml

    keyed = isinstance(names, yaml.MappingNode)
    last = -1
    for number, each in enumerate(names.value):
        key, value = each if keyed else (each, each)
        if not isinstance(value, yaml.ScalarNode) or key.start_mark.index <= last:
            raise UnreadableInput(
                f"{place} must have each of its “names” as a text in its own place.",
                key.start_mark.line + 1,
            )
        last = value.end_mark.index
        yield Line(
            _number(key.value, place) if keyed else number,
            str(value.value),
            key.start_mark.index,
            last,
            key.end_mark.index if keyed else key.start_mark.index,
            value.start_mark.index,
            value.style or "",
        )


def _number(key: object, place: str) -> int:
    try:
        return int(str(key))
    except ValueError:
        raise UnreadableInput(f"“{key}” in “names” of {place} is no number.") from None


def entries(said: Told, place: str) -> list[Entry]:
    """The label table, numbers 0 to n-1; raises UnreadableInput."""
    found = {line.number: line.name for line in said.lines}
    size = len(said.lines)
    if sorted(found) != list(range(size)):
        raise UnreadableInput(
            f"The numbers in “names” of {place} must be 0 to {size - 1} without gaps."
        )
    if said.counted is not None and said.counted[0] != str(size):
        raise UnreadableInput(f"{place} says nc: {said.counted[0]}, and “names” has {size}.")
    return [Entry(ref=ref, names=(found[ref],)) for ref in sorted(found)]


def edits(text: str, said: Told, rows: Sequence[Row]) -> list[Edit]:
    """The edits that put other names into a document. Positions count bytes."""
    start, end, new = (_flow if said.flow else _block)(text, said.lines, rows)
    found = [_edit(text, start, end, new)]
    if said.counted is not None:
        found.append(_edit(text, *said.counted[1:], str(len(rows))))
    return sorted(found)


def _edit(text: str, start: int, end: int, new: str) -> Edit:
    before = len(text[:start].encode())
    return Edit(before, before + len(text[start:end].encode()), new.encode())


def _flow(text: str, lines: Sequence[Line], rows: Sequence[Row]) -> tuple[int, int, str]:
    """Entries in brackets: what stands between them stays where it is."""
    by_number = {line.number: line for line in lines}
    between = [text[a.end : b.start] for a, b in pairwise(lines)]
    new = ""
    for place, row in enumerate(rows):
        line = by_number[int(row.origins[0].ref)]
        if place:
            new += between[place - 1] if place <= len(between) else ", "
        new += _renamed(text, line, line.start, line.end, row)
    return lines[0].start, lines[-1].end, new


def _block(text: str, lines: Sequence[Line], rows: Sequence[Row]) -> tuple[int, int, str]:
    """Entries in lines of their own: each takes its line with it, and the comments above."""
    starts: dict[int, int] = {}
    begin = end = text.rfind("\n", 0, lines[0].start) + 1
    for line in lines:
        starts[line.number] = end
        end = text.find("\n", line.end)
        end = len(text) if end < 0 else end + 1
    by_number = {line.number: line for line in lines}
    newline = "\r\n" if "\r\n" in text else "\n"
    new = "" if rows else f"  []{newline}"
    for row in rows:
        line = by_number[int(row.origins[0].ref)]
        own = text.rfind("\n", 0, line.start) + 1
        after = text.find("\n", line.end)
        after = len(text) if after < 0 else after + 1
        start = starts.pop(line.number, own)  # comments are not repeated where a class is split
        new += _renamed(text, line, start, after, row)
        new += "" if new.endswith("\n") else newline
    return begin, end, new if text[:end].endswith("\n") else new.removesuffix(newline)


def _renamed(text: str, line: Line, start: int, end: int, row: Row) -> str:
    """A part of the text around an entry, with another number and name in it."""
    key = re.sub(r"\d+", str(row.ref), text[line.start : line.key_end], count=1)
    value = text[line.value : line.end]
    if row.name != line.name:
        value = _scalar(row.name, line.style)
    return "".join(
        (
            text[start : line.start],
            key,
            text[line.key_end : line.value],
            value,
            text[line.end : end],
        )
    )


def _scalar(name: str, style: str) -> str:
    """A name with the quotes that another one has, or those that it needs."""
    import yaml

    if style == '"' or not name.isprintable():
        return yaml.safe_dump(name, default_style='"', allow_unicode=True, width=_WIDE).rstrip()
    plain = _PLAIN.match(name) and name == name.strip() and yaml.safe_load(name) == name
    if plain and style != "'":
        return name
    return "'" + name.replace("'", "''") + "'"
