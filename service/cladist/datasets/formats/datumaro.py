"""Datumaro JSON: labels are places in a table with parents and groups.

A record is an annotation, named by the id of its item and its place in it from 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from cladist.datasets.formats import jsonblocks, jsontext
from cladist.datasets.formats.jsonblocks import Block, Member
from cladist.datasets.formats.jsontext import Node
from cladist.datasets.formats.lazy import Lazy, box, outline
from cladist.datasets.formats.parents import parent_now
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Piece, Reading, Row
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

_HEAD = 2**16


@dataclass(frozen=True, slots=True)
class Datumaro:
    """One file with its table and items."""

    root: Path
    legend: Sequence[Entry]
    format: str = "Datumaro JSON"
    dense: bool = True

    def carry(self, run: Run) -> None:
        """The table and every item."""
        run.rewrite("", self._pieces(run))

    def _pieces(self, run: Run) -> Iterator[Piece]:
        for part in jsonblocks.parts(self.root):
            if isinstance(part, Block) and part.name == "items":
                yield Chunk(part.data, self._items(part, run))
            elif isinstance(part, Member) and part.name == "categories":
                yield Chunk(part.data, _table_edits(part.data, run.rows(), self.legend))
            else:
                yield Chunk(part.data)

    def _items(self, part: Block, run: Run) -> list[Edit]:
        edits: list[Edit] = []
        for place, (start, _) in enumerate(part.bounds(), part.before + 1):
            item = jsontext.tree(part.data, start)
            edits += self._item(part.data, item, place, run)
        return edits

    def _item(self, data: bytes, item: Node, place: int, run: Run) -> list[Edit]:
        said, listed = item.find("id"), item.find("annotations")
        name = str(place) if said is None else str(json.loads(data[said.start : said.end]))
        nodes = () if listed is None else listed.items
        refs = [_label_id(data, each, name, len(self.legend)) for each in nodes]
        beside = [each for each in refs if each is not None] if run.looks_beside else ()
        edits: list[Edit] = []
        gone = set()
        for spot, (node, ref) in enumerate(zip(nodes, refs, strict=True)):
            if ref is None:
                continue
            fields = Lazy(partial(_fields, data, node))
            where = _place(data, node, name)
            label = Label(f"{name}#{spot + 1}", ref, fields)
            (placed,) = run.place(Item((label,), beside, where))
            own = node.members["label_id"]
            if not placed.refs:
                gone.add(spot)
            elif not placed.kept:
                edits.append(Edit(own.start, own.end, str(placed.refs[0]).encode()))
        edits += jsontext.removed(nodes, gone) if gone else ()
        return sorted(edits)


def _label_id(data: bytes, annotation: Node, name: str, size: int) -> int | None:
    found = annotation.find("label_id")
    said = None if found is None else json.loads(data[found.start : found.end])
    if said is None:
        return None
    if not isinstance(said, int) or not 0 <= said < size:
        raise UnreadableInput(f"Item {name} has label_id {said}, and the table 0 to {size - 1}.")
    return said


def _place(data: bytes, annotation: Node, name: str) -> tuple[object, ...] | None:
    for member in ("bbox", "points", "rle"):
        found = annotation.find(member)
        if found is not None:
            return (name, member, data[found.start : found.end])
    return None


def _fields(data: bytes, annotation: Node) -> dict[str, Any]:
    told = json.loads(data[annotation.start : annotation.end])
    found = {f"attributes.{name}": each for name, each in (told.get("attributes") or {}).items()}
    plain = ("bbox", "points", "attributes", "label_id", "rle")
    found |= {f"record.{name}": each for name, each in told.items() if name not in plain}
    if len(told.get("bbox") or ()) == 4:
        return found | box(*told["bbox"])
    points = told.get("points") or ()
    if len(points) >= 6:
        return found | outline(list(zip(points[0::2], points[1::2], strict=False)))
    return found


def _table_edits(data: bytes, rows: Sequence[Row], entries: Sequence[Entry]) -> list[Edit]:
    """The table of labels written anew, with its groups and colours, if anything differs."""
    old = [each.names[0] for each in entries]
    if [row.name for row in rows] == old:
        return []
    table = json.loads(data)
    label = table["label"]
    became = _became(rows, old)
    label["labels"] = [_row(row, label["labels"], became) for row in rows]
    groups = (_group(each, became) for each in label.get("label_groups", []))
    if "label_groups" in label:
        label["label_groups"] = [each for each in groups if each["labels"]]
    colours = table.get("mask", {}).get("colormap")
    if colours is not None:
        table["mask"]["colormap"] = _colours(colours, rows)
    spaced = b'": ' in data
    separators = (", ", ": ") if spaced else (",", ":")
    text = json.dumps(table, ensure_ascii=data.isascii(), separators=separators)
    return [Edit(0, len(data), text.encode())]


def _became(rows: Sequence[Row], old: Sequence[str]) -> dict[str, list[str]]:
    """For each name of the table the names that its labels have now."""
    found: dict[str, list[str]] = {name: [] for name in old}
    for row in rows:
        for origin in row.origins:
            found[origin.names[0]].append(row.name)
    return found


def _row(row: Row, labels: Sequence[dict[str, Any]], became: Mapping[str, list[str]]) -> Any:
    first = labels[int(row.origins[0].ref)]
    new = {**first, "name": row.name}
    if "parent" in first:
        new["parent"] = parent_now(row, first["parent"], became)
    return new


def _group(group: dict[str, Any], became: Mapping[str, list[str]]) -> dict[str, Any]:
    names = (name for old in group["labels"] for name in became.get(old, [old]))
    return {**group, "labels": list(dict.fromkeys(names))}


def _colours(colours: Sequence[dict[str, Any]], rows: Sequence[Row]) -> list[dict[str, Any]]:
    by_label = {each["label_id"]: each for each in colours}
    found = []
    for place, row in enumerate(rows):
        own = next((by_label[each.ref] for each in row.origins if each.ref in by_label), None)
        if own is not None:
            found.append({**own, "label_id": place})
    return found


def opened(root: Path, reading: Reading) -> Datumaro | None:
    """The dataset in a file; none when it is not in this format."""
    if not root.is_file():
        return None
    with root.open("rb") as file:
        head = file.read(_HEAD).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{") or not (b'"categories"' in head or b'"dm_format' in head):
        return None
    for part in jsonblocks.parts(root):
        if isinstance(part, Member) and part.name == "categories":
            return _with_table(root, json.loads(part.data))
        if isinstance(part, Block) and part.name == "categories":
            return None  # of COCO
    return None


def _with_table(root: Path, table: Any) -> Datumaro | None:
    labels = table.get("label", {}).get("labels") if isinstance(table, dict) else None
    if not isinstance(labels, list) or not labels:
        return None
    entries = [Entry(ref=place, names=(str(each["name"]),)) for place, each in enumerate(labels)]
    return Datumaro(root, entries)
