"""JSON Lines: a record a line, its labels at a path such as ``label``, ``labels[]``, ``cats``.

A record is named by its key, else ``line N`` counted from 1; a label inside of a list of objects
(``spans[].label``) has the place of its object behind that. Where the path leads to an object
(``cats``), its names are labels and its values scores; labels that merge keep the highest score.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from cladist.datasets.formats import jsonl_fast, jsontext
from cladist.datasets.formats.jsonl_paths import Found, Steps, found_at, parsed
from cladist.datasets.formats.jsontext import Node
from cladist.datasets.formats.lazy import Lazy
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Piece, Placed, Reading, Ref
from cladist.datasets.run import Run
from cladist.model.errors import InvalidValue, UnreadableInput

_SUFFIXES = (".jsonl", ".ndjson", ".jsonlines", ".json")
_USUAL = ("spans[].label", "accept[]", "labels[]", "label", "tags[]", "cats", "category", "class")
_BLOCK = 4 * 2**20
_LONGEST = 256 * 2**20
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class JsonLines:
    """One file."""

    root: Path
    path: str
    steps: Steps
    key: Steps
    numbers: bool
    dense: bool = False
    legend: Sequence[Entry] = ()

    @property
    def format(self) -> str:
        """The format and where the labels are."""
        return f"JSONL ({self.path})"

    def carry(self, run: Run) -> None:
        """Every line."""
        run.rewrite("", self._pieces(run))

    def _pieces(self, run: Run) -> Iterator[Piece]:
        line = 1
        for block in _blocks(self.root):
            plain = len(self.steps) == 1 and not self.key and not self.numbers
            ready = jsonl_fast.rewritten(block, self.path, run, line) if plain else None
            if ready is not None:
                line += block.count(b"\n")
                yield ready
                continue
            edits: list[Edit] = []
            start = 0
            for raw in block.splitlines(keepends=True):
                if raw.strip():
                    node = _tree(block, start, len(raw), line)
                    edits += self._line(block, node, line, run)
                start += len(raw)
                line += 1
            yield Chunk(block, edits)

    def _line(self, data: bytes, node: Node, line: int, run: Run) -> list[Edit]:
        key = self._key(data, node, line)
        found = found_at(node, self.steps)
        said = (group for group in found if group.nodes and not _is_null(data, group))
        beside = [self._ref(data, each) for group in said for each in group.nodes]
        edits: list[Edit] = []
        for group in found:
            if group.scores:
                edits += _scored(data, node, group, key, run)
            elif group.nodes and not _is_null(data, group):
                item = self._item(data, node, group, key)
                item = Item(item.labels, beside) if run.looks_beside else item
                edits += _edits(data, group, run.place(item))
        return sorted(edits)

    def _key(self, data: bytes, node: Node, line: int) -> str:
        for group in found_at(node, self.key) if self.key else ():
            for each in group.nodes:
                return str(json.loads(data[each.start : each.end]))
        return f"line {line}"

    def _ref(self, data: bytes, label: Node) -> Ref:
        said = json.loads(data[label.start : label.end])
        if isinstance(said, bool) or not isinstance(said, str | int):
            raise UnreadableInput(f"{self.path} leads to {said!r}, which is no label.")
        return said if self.numbers or isinstance(said, str) else str(said)

    def _item(self, data: bytes, node: Node, group: Found, key: str) -> Item:
        refs = [self._ref(data, each) for each in group.nodes]
        name = f"{key} span {group.place}" if group.place else key
        fields = Lazy(partial(_fields, data, node, group.around))
        return Item(tuple(Label(name, ref, fields) for ref in refs))


def _is_null(data: bytes, group: Found) -> bool:
    """Whether a record says that it has no label."""
    first = group.nodes[0]
    return not group.listed and data[first.start : first.end] == b"null"


def _edits(data: bytes, group: Found, placed: Sequence[Placed]) -> list[Edit]:
    edits: list[Edit] = []
    gone = set()
    for place, (node, each) in enumerate(zip(group.nodes, placed, strict=True)):
        old = data[node.start : node.end]
        if not each.refs:
            gone.add(place)
        elif not each.kept:
            edits.append(Edit(node.start, node.end, _value(each.refs[0], old)))
    if not gone:
        return edits
    if group.listed:
        return sorted([*edits, *jsontext.removed(group.nodes, gone)])
    if group.siblings:
        spot = next(place for place, each in enumerate(group.siblings) if each is group.around)
        return list(jsontext.removed(group.siblings, {spot}))
    return [Edit(group.nodes[0].start, group.nodes[0].end, b"null")]


def _value(ref: Ref, old: bytes) -> bytes:
    """A label as JSON: a number where there was one."""
    if isinstance(ref, int):
        return str(ref).encode()
    if not old.startswith(b'"') and ref.lstrip("-").isdecimal():
        return ref.encode()
    return jsontext.quoted(ref, old)


def _scored(data: bytes, node: Node, group: Found, key: str, run: Run) -> list[Edit]:
    """An object from labels to scores: labels with a score above 0 are those that apply."""
    assert group.around is not None
    scores = json.loads(data[group.around.start : group.around.end])
    fields = Lazy(partial(_fields, data, node, None))
    labels = tuple(Label(key, name, fields, negative=not score) for name, score in scores.items())
    if not labels:
        return []
    placed = run.place(Item(labels))
    if all(each.kept for each in placed):
        return []
    new: dict[str, Any] = {}
    for each, score in zip(placed, scores.values(), strict=True):
        names = each.refs or ((_label_of(each, placed),) if each.collapsed else ())
        for name in map(str, names):
            new[name] = score if name not in new else max(new[name], score)
    spaced = b'": ' in data[group.around.start : group.around.end]
    text = json.dumps(
        new, ensure_ascii=data.isascii(), separators=(", ", ": ") if spaced else (",", ":")
    )
    return [Edit(group.around.start, group.around.end, text.encode())]


def _label_of(collapsed: Placed, placed: Sequence[Placed]) -> Ref:
    """What the label says with which another one was written once."""
    target = collapsed.verdict.target
    return next(each.refs[0] for each in placed if each.refs and each.verdict.target == target)


def _fields(data: bytes, node: Node, around: Node | None) -> dict[str, Any]:
    """What rules may ask: the record, and the object around a label inside of it."""
    found = _flat(json.loads(data[node.start : node.end]), "record")
    if around is not None and around is not node:
        found |= _flat(json.loads(data[around.start : around.end]), "attributes")
    text = found.get("record.text")
    start, end = found.get("attributes.start"), found.get("attributes.end")
    if isinstance(text, str):
        inside = isinstance(start, int) and isinstance(end, int)
        found["text"] = text[start:end] if inside else text
    return found


def _flat(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        return {name: value}
    return {
        key: each
        for inner, outer in value.items()
        for key, each in _flat(outer, f"{name}.{inner}").items()
    }


def _tree(data: bytes, start: int, size: int, line: int) -> Node:
    try:
        json.loads(data[start : start + size])
    except ValueError as error:
        place = getattr(error, "pos", 0)
        raise UnreadableInput("This line is no JSON, or is cut off.", line, place + 1) from None
    return jsontext.tree(data, start)


def _blocks(path: Path) -> Iterator[bytes]:
    """The file in blocks of whole lines."""
    with path.open("rb") as file:
        rest = b""
        while block := file.read(_BLOCK):
            cut = block.rfind(b"\n") + 1
            if not cut:
                rest += block
                if len(rest) > _LONGEST:
                    raise UnreadableInput("A line is longer than any record should be.")
                continue
            yield rest + block[:cut]
            rest = block[cut:]
        if rest:
            yield rest


def opened(root: Path, reading: Reading) -> JsonLines | None:
    """The dataset in a file; none when it is not in this format."""
    if not root.is_file() or (root.suffix.lower() not in _SUFFIXES and not reading.format):
        return None
    records = _first_records(root)
    if not records:
        return None
    path = reading.label or _usual(records)
    if not path:
        known = ", ".join(sorted({name for each in records for name in each}))
        raise InvalidValue("label", f"say where the label is, such as label or labels[]: {known}.")
    key = parsed(reading.key) if reading.key else ()
    return JsonLines(root, path, parsed(path), key, bool(reading.legend))


def _first_records(root: Path) -> list[dict[str, Any]]:
    """The first records; none where the file does not begin with some."""
    whole = root.suffix.lower() == ".json"  # it may be one document over many lines
    records: list[dict[str, Any]] = []
    with root.open("rb") as file:
        for raw in filter(bytes.strip, islice(file, _LOOKED_AT)):
            try:
                found = json.loads(raw)
            except ValueError:
                return [] if whole else records
            if not isinstance(found, dict):
                return []
            records.append(found)
    return [] if whole and len(records) < 2 else records


def _usual(records: Sequence[dict[str, Any]]) -> str:
    """The usual path that leads to labels in one of the records, if any does."""
    for path in _USUAL:
        for record in records:
            data = json.dumps(record).encode()
            groups = found_at(jsontext.tree(data), parsed(path))
            nodes = [node for group in groups for node in group.nodes]
            if any(group.scores for group in groups) or any(
                data[node.start : node.start + 1] == b'"' for node in nodes
            ):
                return path
    return ""
