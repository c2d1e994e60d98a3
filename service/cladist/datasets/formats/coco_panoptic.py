"""COCO panoptic: JSON files with the segments of each picture, and pictures of segment ids.

A record is a segment, named by the id of its picture, ``#`` and its own id; in a folder with
several files the path of the file and ``#`` come first. Segments of stuff that become one class in
one picture become one segment, with area and box measured anew; things stay apart. The pixels of a
segment that goes are of no segment any more (0).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from cladist.datasets.formats import coco_segments, jsontext
from cladist.datasets.formats.coco import Coco, carried, with_table
from cladist.datasets.formats.coco_fields import Surroundings
from cladist.datasets.formats.coco_looking import PANOPTIC, Source, legend, sources
from cladist.datasets.formats.coco_segments import Pictures
from cladist.datasets.formats.jsonblocks import Block, Decoder, parts
from cladist.datasets.formats.jsontext import Node
from cladist.datasets.formats.lazy import Lazy
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Piece, Placed, Reading, Ref
from cladist.datasets.run import Run

_VOID = 0


class Segment(msgspec.Struct, gc=False):
    """What is read of every segment."""

    id: int
    category_id: int


class Annotation(msgspec.Struct, gc=False):
    """What is read of the segments of a picture."""

    image_id: int | str | None = None
    file_name: str = ""
    segments_info: list[Segment] = []


ANNOTATIONS: Decoder = msgspec.json.Decoder(list[Annotation])


@dataclass(frozen=True, slots=True)
class Panoptic:
    """Panoptic files, and others of COCO beside them, with one label table for all."""

    root: Path
    files: Sequence[Source]
    legend: Sequence[Entry]
    format: str = PANOPTIC
    dense: bool = False

    def carry(self, run: Run) -> None:
        """Every COCO file, then the pictures in which segments changed."""
        coco = Coco(self.root, self.files, self.legend, self.format)
        pictures = Pictures(self.root)
        for file in self.files:
            if file.kind != PANOPTIC:
                run.rewrite(file.path, carried(run, coco, file))
                continue
            segments = _Segments(run, coco, file, pictures)
            run.rewrite(file.path, segments.pieces())
            for path, became in segments.became.items():
                with run.writing(path) as target:
                    ids = pictures.ids(path)
                    coco_segments.write(ids, became, target, run.reading.level)


def opened(root: Path, reading: Reading) -> Panoptic | None:
    """The dataset in a file or folder; none when it is not in this format."""
    files = sources(root)
    if not any(each.kind == PANOPTIC for each in files):
        return None
    return Panoptic(root, files, legend(files))


class _Placed(NamedTuple):
    """A segment after the migration: its place in the list, and its class now."""

    place: int
    segment: Segment
    ref: Ref


@dataclass(slots=True)
class _Segments:
    """The segments of one file; ``became`` says which ids change in which picture."""

    run: Run
    dataset: Coco
    file: Source
    pictures: Pictures
    became: dict[str, dict[int, int]] = field(default_factory=dict)
    things: Mapping[Ref, bool] = field(init=False)
    around: Surroundings = field(init=False)
    prefix: str = field(init=False)

    def __post_init__(self) -> None:
        self.things = {each.id: each.isthing not in (0, False) for each in self.file.categories}
        self.around = Surroundings(self.path, self.file.path or self.path.name)
        self.prefix = f"{self.file.path}#" if len(self.dataset.files) > 1 else ""

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.dataset.root / self.file.path if self.file.path else self.dataset.root

    def pieces(self) -> Iterator[Piece]:
        """The pieces of the file."""
        found = parts(self.path, {"annotations": ANNOTATIONS})
        for part in with_table(found, self.run, self.dataset, self.file, _nothing):
            if not isinstance(part, Block):
                yield part
            elif part.name == "annotations":
                yield self._block(part)
            else:
                yield Chunk(part.data)

    def _block(self, block: Block) -> Chunk:
        edits: list[Edit] = []
        bounds = block.raw().bounds()
        for place, (annotation, (start, _)) in enumerate(zip(block.values, bounds, strict=True)):
            if annotation.segments_info:
                image = annotation.image_id
                name = str(block.before + place + 1 if image is None else image)
                node = jsontext.tree(block.data, start).members["segments_info"]
                edits += self._picture(block.data, annotation, node, name)
        return Chunk(block.data, edits)

    def _picture(
        self, data: bytes, annotation: Annotation, node: Node, name: str
    ) -> Sequence[Edit]:
        """What changes in the segments of a picture."""
        segments = annotation.segments_info
        refs = [each.category_id for each in segments] if self.run.looks_beside else []
        gone: set[int] = set()
        left: list[_Placed] = []
        edits: list[Edit] = []
        for place, segment in enumerate(segments):
            item = node.items[place]
            text = data[item.start : item.end]
            fields = Lazy(partial(self.around.fields, text, annotation.image_id))
            label = Label(f"{self.prefix}{name}#{segment.id}", segment.category_id, fields)
            beside = [*refs[:place], *refs[place + 1 :]]
            (placed,) = self.run.place(Item((label,), beside))
            if not placed.refs:
                gone.add(place)
                continue
            left.append(_Placed(place, segment, placed.refs[0]))
            edits += _numbered(item.members["category_id"], placed)
        fused = self._fused(left)
        if gone or fused:
            edits += self._redrawn(annotation, node, fused, gone)
            gone.update(each.place for group in fused for each in group[1:])
            starts = [(item.start, item.end) for item in node.items]
            edits = [each for each in edits if not _inside(each, [starts[at] for at in gone])]
            edits += jsontext.removed(node.items, gone)
        return sorted(edits)

    def _fused(self, placed: Sequence[_Placed]) -> list[list[_Placed]]:
        """The groups of segments that become one."""
        groups: dict[Ref, list[_Placed]] = {}
        for each in placed:
            thing = self.things.get(each.ref, self.things.get(each.segment.category_id, True))
            if not thing:
                groups.setdefault(each.ref, []).append(each)
        return [
            group
            for group in groups.values()
            if len({each.segment.category_id for each in group}) > 1
        ]

    def _redrawn(
        self,
        annotation: Annotation,
        node: Node,
        fused: Sequence[Sequence[_Placed]],
        gone: set[int],
    ) -> Iterator[Edit]:
        """New measures of segments that take others in; the picture is noted for later."""
        path = self.pictures.path(self.file.path, annotation.file_name)
        became = {annotation.segments_info[place].id: _VOID for place in gone}
        ids = self.pictures.ids(path) if fused else None
        for group in fused:
            first = group[0].segment.id
            became |= {each.segment.id: first for each in group[1:]}
            area, box = coco_segments.measured(ids, [each.segment.id for each in group])
            members = node.items[group[0].place].members
            yield from _measure(members.get("area"), area)
            yield from _measure(members.get("bbox"), list(box))
        self.became.setdefault(path, {}).update(became)


def _nothing() -> None:
    """No label waits to be told."""


def _numbered(node: Node, placed: Placed) -> Iterator[Edit]:
    if not placed.kept:
        yield Edit(node.start, node.end, str(placed.refs[0]).encode())


def _measure(node: Node | None, value: Any) -> Iterator[Edit]:
    if node is not None:
        yield Edit(node.start, node.end, msgspec.json.format(msgspec.json.encode(value), indent=0))


def _inside(edit: Edit, bounds: Sequence[tuple[int, int]]) -> bool:
    return any(start <= edit.start and edit.end <= end for start, end in bounds)
