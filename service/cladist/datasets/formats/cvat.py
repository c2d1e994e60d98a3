"""CVAT XML 1.1: shapes and tags of images, and tracks, with the labels listed in front.

A record is a shape or tag of an image, named ``image ID#N`` by its place in it, or a track, named
``track ID``; where several documents lie in a folder, the path of its own comes before. The shapes
of a track and the parts of a skeleton belong to it and are no records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cladist.datasets.files import files_of
from cladist.datasets.formats import cvat_labels, xmltext
from cladist.datasets.formats.lazy import Lazy, box, outline
from cladist.datasets.formats.xmltext import Document, End, Event, Start
from cladist.datasets.records import (
    Chunk,
    Edit,
    Entry,
    Item,
    Label,
    Piece,
    Reading,
    Ref,
    Table,
)
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

SHAPES = frozenset(
    ("box", "polygon", "polyline", "points", "cuboid", "ellipse", "mask", "skeleton", "tag")
)
_BEYOND_PLACE = frozenset(
    ("label", "source", "occluded", "outside", "keyframe", "z_order", "group_id")
)
_BLOCK = 2**20


@dataclass(slots=True)
class Shape:
    """A shape, tag or track: where it lies, its tag's attributes, and its own attributes."""

    key: str
    start: int
    depth: int
    name: str
    attributes: Mapping[str, str]
    end: int = 0
    told: dict[str, list[str]] = field(default_factory=dict)

    def tell(self, attribute: str, value: str) -> None:
        """One more value of an attribute; the shapes of a track have one each."""
        values = self.told.setdefault(attribute, [])
        if value not in values:
            values.append(value)

    def fields(self, path: str, image: Mapping[str, str]) -> dict[str, object]:
        """What rules may ask."""
        found: dict[str, object] = {"source": path}
        found |= {f"image.{name}": value for name, value in image.items()}
        for name, values in self.told.items():
            found[f"attributes.{name}"] = values[0] if len(values) == 1 else values
        found |= {f"record.{name}": value for name, value in self.attributes.items()}
        return found | _geometry(self.attributes)

    def place(self, image: Mapping[str, str]) -> tuple[object, ...] | None:
        """The image and the geometry; none where that is not in the shape itself."""
        if self.name in ("tag", "track", "skeleton"):
            return None
        told = sorted(item for item in self.attributes.items() if item[0] not in _BEYOND_PLACE)
        return (image.get("id"), self.name, *told)


def _geometry(told: Mapping[str, str]) -> dict[str, object]:
    try:
        if "xtl" in told:
            left, top, right, bottom = (float(told[each]) for each in ("xtl", "ytl", "xbr", "ybr"))
            return box(left, top, right - left, bottom - top)
        if "points" in told:
            pairs = (each.split(",") for each in told["points"].split(";"))
            return outline([(float(x), float(y)) for x, y in pairs])
        if "rx" in told:
            x, y, across, down = (float(told[each]) for each in ("cx", "cy", "rx", "ry"))
            return box(x - across, y - down, 2 * across, 2 * down)
        if "left" in told:
            sides = (float(told[each]) for each in ("left", "top", "width", "height"))
            return box(*sides)
    except (KeyError, ValueError):
        return {}
    return {}


@dataclass(frozen=True, slots=True)
class CvatXml:
    """One XML file, alone or in a folder with images."""

    root: Path
    paths: tuple[str, ...]
    legend: Sequence[Entry]
    format: str = "CVAT XML 1.1"
    dense: bool = False

    def carry(self, run: Run) -> None:
        """The list of labels and all shapes."""
        for path in self.paths:
            place = self.root / path if path else self.root
            before = f"{path} " if len(self.paths) > 1 else ""
            run.rewrite(path, _pieces(place, _Reader(path or place.name, before, run)))


def _pieces(place: Path, reader: _Reader) -> Iterator[Piece]:
    with place.open("rb") as file:
        for block, events in xmltext.blocks(reader.document, iter(partial(file.read, _BLOCK), b"")):
            yield from reader.feed(block, events)
        yield Chunk(reader.rest)


class _Reader:
    """Cuts the document before and after the list of labels, and where a block ends.

    ``rest`` is what was read and not yet cut off; it begins at ``_offset`` of the document.
    """

    def __init__(self, path: str, before: str, run: Run) -> None:
        self.document = Document(path)
        self._path, self._before, self._run = path, before, run
        self.rest, self._offset = b"", 0
        self._open: list[str] = []
        self._image: Mapping[str, str] = {}
        self._shapes: list[Shape] = []
        self._done: list[Shape] = []
        self._edits: list[Edit] = []
        self._ready = 0
        self._count = self._tracks = 0
        self._labels = -1
        self._attribute = ""

    def feed(self, block: bytes, events: Sequence[Event]) -> Iterator[Piece]:
        """The pieces that end in a block."""
        self.rest += block
        for event in events:
            if isinstance(event, Start):
                self._start(event)
            else:
                yield from self._end(event)
        if self._ready > self._offset:
            yield Chunk(*self._take(self._ready))

    def _start(self, event: Start) -> None:
        told = event.attributes
        self._open.append(event.name)
        if event.name == "image":
            self._image, self._count = told, 0
        elif event.name == "track":
            self._tracks += 1
            self._begin(f"track {told.get('id', self._tracks)}", event)
        elif event.name in SHAPES and self._open[-2:-1] == ["image"]:
            self._count += 1
            image = self._image.get("id", self._image.get("name", ""))
            self._begin(f"image {image}#{self._count}", event)
        elif event.name == "attribute":
            self._attribute = told.get("name", "")
        elif event.name == "labels" and self._open[1:2] == ["meta"]:
            self._labels = event.at

    def _begin(self, name: str, event: Start) -> None:
        key = self._before + name
        if "label" not in event.attributes:
            raise UnreadableInput(f"{self._path}: {key} has no label.")
        depth = len(self._open) - 1
        self._shapes.append(Shape(key, event.at, depth, event.name, event.attributes))

    def _end(self, event: End) -> Iterator[Piece]:
        self._open.pop()
        shape = self._shapes[-1] if self._shapes else None
        if shape is not None and len(self._open) == shape.depth:
            shape.end = self._after(event)
            self._done.append(self._shapes.pop())
        elif shape is not None and event.name == "attribute" and self._is_own(shape):
            shape.tell(self._attribute, event.text)
        if event.name == "labels" and self._labels >= 0:
            yield from self._table(self._after(event))
        elif event.name in ("image", "track") and not self._shapes:
            self._place()
            self._image = {}
            self._ready = self._after(event)

    def _is_own(self, shape: Shape) -> bool:
        """Whether an element that ends is one of the shape, not of a part of a skeleton."""
        return shape.name == "track" or len(self._open) == shape.depth + 1

    def _after(self, event: End) -> int:
        return self._offset + xmltext.element_end(self.rest, event, self._offset)

    def _table(self, end: int) -> Iterator[Piece]:
        yield Chunk(*self._take(self._labels))
        self._labels = -1
        data, _ = self._take(end)
        yield Table(data, partial(_listed, data, self.document.encoding, self._run))

    def _take(self, end: int) -> tuple[bytes, Sequence[Edit]]:
        """What lies before a place in the document, with the edits in it."""
        size = end - self._offset
        data, self.rest = self.rest[:size], self.rest[size:]
        edits, self._edits = self._edits, []
        moved = [Edit(a - self._offset, b - self._offset, new) for a, b, new in edits]
        self._offset = end
        return data, moved

    def _place(self) -> None:
        """The shapes of an image, or a track."""
        shapes, self._done = self._done, []
        refs: list[Ref] = [each.attributes["label"] for each in shapes]
        for shape, ref in zip(shapes, refs, strict=True):
            fields = Lazy(partial(shape.fields, self._path, self._image))
            beside = refs if self._run.looks_beside else ()
            item = Item((Label(shape.key, ref, fields),), beside, shape.place(self._image))
            (placed,) = self._run.place(item)
            start = shape.start - self._offset
            if not placed.refs:
                space = xmltext.with_space(self.rest, start, shape.end - self._offset)
                self._edit(*space, b"")
            elif not placed.kept:
                new = xmltext.quoted(str(placed.refs[0]), self.document.encoding)
                self._edit(*xmltext.attribute(self.rest, start, "label"), new)

    def _edit(self, start: int, end: int, new: bytes) -> None:
        self._edits.append(Edit(start + self._offset, end + self._offset, new))


def _listed(data: bytes, encoding: str, run: Run) -> list[Edit]:
    return cvat_labels.edits(data, encoding, run.rows())


def opened(root: Path, reading: Reading) -> CvatXml | None:
    """The dataset in a file or a folder; none when it is not in this format."""
    paths = [path for path, _ in files_of(root)] if root.is_dir() else [""]
    likely = (path for path in paths if not path or _may_be(path))
    found = [path for path in likely if _is_cvat(root / path if path else root)]
    if not found:
        return None
    entries: dict[str, Entry] = {}
    for path in found:
        for name in _labels(root / path if path else root):
            entries.setdefault(name, Entry(ref=name, names=(name,)))
    return CvatXml(root, tuple(found), tuple(entries.values()))


def _may_be(path: str) -> bool:
    """Whether a document lies where CVAT puts it: at the top, or in a folder of its task."""
    return path.endswith(".xml") and ("/" not in path or path.endswith("/annotations.xml"))


def _is_cvat(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(4096)
    is_xml = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return is_xml and b"<annotations" in head and (b"<version>1.1" in head or b"<meta>" in head)


def _labels(path: Path) -> list[str]:
    """The names in the lists of labels, those of parts of skeletons left out; reads up to them."""
    document = Document(path.name)
    open_: list[str] = []
    found: list[str] = []
    said: dict[str, str] = {}
    with path.open("rb") as file:
        for _, events in xmltext.blocks(document, iter(partial(file.read, _BLOCK), b"")):
            for event in events:
                if isinstance(event, Start):
                    open_.append(event.name)
                    continue
                open_.pop()
                if event.name == "meta":
                    return found
                if open_[-2:] == ["labels", "label"]:
                    said[event.name] = event.text.strip()
                elif open_[-1:] == ["labels"]:
                    found += [said["name"]] if "name" in said and "parent" not in said else []
                    said = {}
    raise UnreadableInput(f"{path.name} has no list of labels in front (meta/…/labels).")
