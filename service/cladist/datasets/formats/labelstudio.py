"""Label Studio JSON: tasks with annotations, predictions and drafts; also its short form JSON_MIN.

A record is a result, named by the ids of its task, annotation and itself (the place from 1 where an
id is missing). Labels are what the results say: an alias where the project has one, else the text
that people see; a taxonomy's label is the path of names to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cladist.datasets.formats import jsonblocks, jsontext
from cladist.datasets.formats.jsonblocks import Block
from cladist.datasets.formats.jsontext import Node
from cladist.datasets.formats.lazy import Lazy, box
from cladist.datasets.naming import PATH
from cladist.datasets.records import (
    Chunk,
    Edit,
    Entry,
    Fields,
    Item,
    Label,
    Piece,
    Placed,
    Reading,
    Ref,
)
from cladist.datasets.run import Run

TYPES = frozenset(
    (
        *("rectanglelabels", "polygonlabels", "brushlabels", "keypointlabels", "ellipselabels"),
        *("labels", "hypertextlabels", "paragraphlabels", "timeserieslabels", "timelinelabels"),
        *("bitmasklabels", "vectorlabels", "videolabels", "choices", "taxonomy"),
    )
)
"""Members of a value that hold labels."""

_HOLDERS = ("annotations", "completions", "predictions", "drafts")
_HEAD = 2**16


@dataclass(frozen=True, slots=True)
class Labelled:
    """A list of labels in the data: the labels, and the record that they are of."""

    key: str
    nodes: tuple[Node, ...]
    fields: Fields
    place: tuple[object, ...] | None
    alone: bool = False
    """One text in place of a list."""


@dataclass(frozen=True, slots=True)
class LabelStudio:
    """One file of tasks."""

    root: Path
    short: bool
    label: str
    dense: bool = False
    legend: Sequence[Entry] = ()

    @property
    def format(self) -> str:
        """The format, long or short."""
        return "Label Studio JSON_MIN" if self.short else "Label Studio JSON"

    def carry(self, run: Run) -> None:
        """Every task."""
        run.rewrite("", self._pieces(run))

    def _pieces(self, run: Run) -> Iterator[Piece]:
        for part in jsonblocks.parts(self.root):
            if not isinstance(part, Block):
                yield Chunk(part.data)
                continue
            edits: list[Edit] = []
            for place, (start, _) in enumerate(part.bounds(), part.before + 1):
                edits += self._task(part.data, jsontext.tree(part.data, start), place, run)
            yield Chunk(part.data, edits)

    def _task(self, data: bytes, task: Node, place: int, run: Run) -> list[Edit]:
        name = _id(data, task, place)
        if self.short:
            found = list(_short(data, task, name, self.label))
            return [edit for each in found for edit in _follow(data, each, found, run)[0]]
        edits: list[Edit] = []
        for results, about in _results(data, task, name):
            listed = [_labelled(data, each, about, spot) for spot, each in enumerate(results, 1)]
            every = [each for each in listed if each is not None]
            gone = set()
            for spot, each in enumerate(listed):
                if each is not None:
                    changes, empty = _follow(data, each, every, run)
                    if empty:
                        gone.add(spot)
                    else:
                        edits += changes
            edits += jsontext.removed(results, gone) if gone else ()
        return sorted(edits)


def _id(data: bytes, node: Node, place: int) -> str:
    """The id of a task, an annotation or a result; its place where it has none."""
    found = node.find("id")
    if found is None:
        return str(place)
    said = json.loads(data[found.start : found.end])
    return str(place) if said is None else str(said)


def _results(data: bytes, task: Node, name: str) -> Iterator[tuple[Sequence[Node], str]]:
    """The results of every annotation, prediction and draft, and by what those are named."""
    for holder in _HOLDERS:
        listed = task.find(holder)
        for place, each in enumerate(() if listed is None else listed.items, 1):
            results = each.find("result")
            if results is not None:
                yield results.items, f"{name}/{_id(data, each, place)}"
            drafts = each.find("draft")
            if drafts is not None and drafts.items:
                yield drafts.items, f"{name}/{_id(data, each, place)} draft"


def _labelled(data: bytes, result: Node, about: str, place: int) -> Labelled | None:
    """The labels of a result; none where it has none."""
    value = result.find("value")
    for name, node in () if value is None else value.members.items():
        if name in TYPES and value is not None and node.items:
            key = f"{about}/{_id(data, result, place)}"
            fields = Lazy(partial(_fields, data, result, value))
            shape = tuple(
                sorted(
                    (each, data[node.start : node.end])
                    for each, node in value.members.items()
                    if each not in TYPES
                )
            )
            return Labelled(key, tuple(node.items), fields, (about, shape) if shape else None)
    return None


def _fields(data: bytes, result: Node, value: Node) -> dict[str, object]:
    """What rules may ask: members of the result and of its value."""
    told = {
        f"record.{name}": json.loads(data[node.start : node.end])
        for name, node in result.members.items()
        if name != "value"
    }
    inner = {
        name: json.loads(data[node.start : node.end])
        for name, node in value.members.items()
        if name not in TYPES
    }
    told |= {f"record.{name}": each for name, each in inner.items()}
    sides = [inner.get(name) for name in ("x", "y", "width", "height")]
    numbers = [float(each) for each in sides if isinstance(each, int | float)]
    if len(numbers) == 4:
        told |= box(*numbers)
    if isinstance(inner.get("text"), str):
        told["text"] = inner["text"]
    return told


def _short(data: bytes, task: Node, name: str, label: str) -> Iterator[Labelled]:
    """The labels of a task in the short form: lists inside, or the text of the named member."""
    for member, node in task.members.items():
        here = f"{name}/{member}"
        if member == label and data[node.start : node.start + 1] == b'"':
            yield Labelled(here, (node,), {}, None, alone=True)
        elif node.find("choices") is not None or member == label:
            inner = node.find("choices") or node
            yield Labelled(here, tuple(inner.items), {}, None)
        else:
            for place, region in enumerate(node.items, 1):
                found = next((each for key, each in region.members.items() if key in TYPES), None)
                if found is not None and found.items:
                    fields = Lazy(partial(_fields, data, region, region))
                    yield Labelled(f"{here}/{place}", tuple(found.items), fields, None)


def _ref(data: bytes, node: Node) -> Ref:
    said = json.loads(data[node.start : node.end])
    return PATH.join(map(str, said)) if isinstance(said, list) else str(said)


def _follow(
    data: bytes, labelled: Labelled, around: Sequence[Labelled], run: Run
) -> tuple[list[Edit], bool]:
    """What changes in a list of labels, and whether none is left in it."""
    refs = [_ref(data, each) for each in labelled.nodes]
    beside = (
        [_ref(data, node) for each in around for node in each.nodes] if run.looks_beside else ()
    )
    labels = tuple(Label(labelled.key, ref, labelled.fields) for ref in refs)
    placed = run.place(Item(labels, beside, labelled.place))
    edits: list[Edit] = []
    gone = set()
    for place, (node, each) in enumerate(zip(labelled.nodes, placed, strict=True)):
        if not each.refs:
            gone.add(place)
        elif not each.kept:
            edits.append(_edit(data, node, each))
    if len(gone) == len(placed):
        whole = labelled.nodes[0]
        return ([Edit(whole.start, whole.end, b"null")] if labelled.alone else []), True
    edits += jsontext.removed(labelled.nodes, gone) if gone else ()
    return sorted(edits), False


def _edit(data: bytes, node: Node, placed: Placed) -> Edit:
    old = data[node.start : node.end]
    text = str(placed.refs[0])
    if not old.startswith(b"["):
        return Edit(node.start, node.end, jsontext.quoted(text, old))
    names = b", ".join(jsontext.quoted(each, old) for each in text.split(PATH))
    return Edit(node.start, node.end, b"[" + names + b"]")


def opened(root: Path, reading: Reading) -> LabelStudio | None:
    """The dataset in a file; none when it is not in this format."""
    if not root.is_file():
        return None
    with root.open("rb") as file:
        head = file.read(_HEAD).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"[") or b"{" not in head:
        return None
    first = next((each for each in jsonblocks.parts(root) if isinstance(each, Block)), None)
    if first is None or not first.values:
        return None
    task = jsontext.tree(first.data, first.head)
    names = set(task.members)
    if names & {*_HOLDERS} and ("data" in names or "id" in names):
        return LabelStudio(root, short=False, label=reading.label)
    if names & {"annotation_id", "annotator", "lead_time"}:
        return LabelStudio(root, short=True, label=reading.label)
    return None
