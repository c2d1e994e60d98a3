"""CVAT XML 1.1: shapes and tags of images, and tracks, with the labels listed in front.

A record is a shape or tag of an image, named ``image ID#N`` by its place in it, or a track, named
``track ID``. Labels of the list that merge bring their attributes together.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cladist.datasets.formats import xmltext
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
    Row,
    Table,
)
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

SHAPES = frozenset(
    ("box", "polygon", "polyline", "points", "cuboid", "ellipse", "mask", "skeleton", "tag")
)
_BLOCK = 2**20


@dataclass(slots=True)
class Shape:
    """A shape, tag or track: where it lies, its tag's attributes, and its own attributes."""

    key: str
    start: int
    name: str
    attributes: Mapping[str, str]
    end: int = 0
    told: dict[str, str] = field(default_factory=dict)

    def fields(self, image: Mapping[str, str]) -> dict[str, object]:
        """What rules may ask."""
        found: dict[str, object] = {f"image.{name}": value for name, value in image.items()}
        found |= {f"attributes.{name}": value for name, value in self.told.items()}
        found |= {f"record.{name}": value for name, value in self.attributes.items()}
        return found | _geometry(self.attributes)

    def place(self, image: Mapping[str, str]) -> tuple[object, ...] | None:
        """The image and the geometry; tags have none."""
        if self.name in ("tag", "track"):
            return None
        own = tuple(
            sorted((key, value) for key, value in self.attributes.items() if key != "label")
        )
        return (image.get("id"), self.name, own)


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
            run.rewrite(path, _pieces(self.root / path if path else self.root, path, run))


def _pieces(place: Path, path: str, run: Run) -> Iterator[Piece]:
    with place.open("rb") as file:
        reader = _Reader(Document(path or place.name), run)
        for block, events in xmltext.blocks(reader.document, iter(partial(file.read, _BLOCK), b"")):
            yield from reader.feed(block, events)
        yield Chunk(reader.rest)


class _Reader:
    """Cuts the document where an image, a track or the list of labels ends."""

    def __init__(self, document: Document, run: Run) -> None:
        self.document, self._run = document, run
        self.rest, self._offset = b"", 0
        self._open: list[str] = []
        self._image: dict[str, str] = {}
        self._shapes: list[Shape] = []
        self._done: list[Shape] = []
        self._count = 0
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

    def _start(self, event: Start) -> None:
        told = event.attributes
        self._open.append(event.name)
        if event.name == "image":
            self._image, self._count = {**told}, 0
        elif event.name == "track" or (event.name in SHAPES and self._is_own()):
            self._count += 1
            number = told.get("id", "") if event.name == "track" else ""
            image = self._image.get("id", self._image.get("name", ""))
            key = f"track {number}" if event.name == "track" else f"image {image}#{self._count}"
            self._shapes.append(Shape(key, event.at - self._offset, event.name, told))
        elif event.name == "attribute":
            self._attribute = told.get("name", "")
        elif event.name == "labels" and "meta" in self._open:
            self._labels = event.at - self._offset

    def _is_own(self) -> bool:
        """Whether a shape has a label of its own: those of a track have the track's."""
        return "track" not in self._open and len(self._open) > 1 and self._open[-2] == "image"

    def _end(self, event: End) -> Iterator[Piece]:
        self._open.pop()
        here = event.at - self._offset
        if event.name == "attribute" and self._shapes:
            self._shapes[-1].told[self._attribute] = event.text
        elif self._shapes and event.name == self._shapes[-1].name and self._closes():
            shape = self._shapes.pop()
            shape.end = _after(self.rest, here)
            self._done.append(shape)
        if event.name == "labels" and self._labels >= 0:
            yield from self._table(_after(self.rest, here))
        elif event.name in ("image", "track") and not self._shapes:
            yield self._cut(_after(self.rest, here))

    def _closes(self) -> bool:
        return self._shapes[-1].name == "track" or "track" not in self._open

    def _take(self, end: int) -> bytes:
        data, self.rest = self.rest[:end], self.rest[end:]
        self._offset += end
        return data

    def _table(self, end: int) -> Iterator[Piece]:
        yield Chunk(self._take(self._labels))
        data = self._take(end - self._labels)
        self._labels = -1
        yield Table(data, partial(_labels_edits, data, self.document.encoding, self._run))

    def _cut(self, end: int) -> Chunk:
        data = self._take(end)
        edits: list[Edit] = []
        shapes, self._done = self._done, []
        refs: list[Ref] = [each.attributes.get("label", "") for each in shapes]
        for shape, ref in zip(shapes, refs, strict=True):
            fields = Lazy(partial(shape.fields, self._image))
            label = Label(shape.key, ref, fields)
            beside = refs if self._run.looks_beside else ()
            (placed,) = self._run.place(Item((label,), beside, shape.place(self._image)))
            if not placed.refs:
                edits.append(Edit(*xmltext.with_space(data, shape.start, shape.end), b""))
            elif not placed.kept:
                new = xmltext.quoted(str(placed.refs[0]), self.document.encoding)
                edits.append(Edit(*xmltext.attribute(data, shape.start, "label"), new))
        return Chunk(data, edits)


def _after(data: bytes, at: int) -> int:
    """The place after the tag, or the empty element, that begins at ``at``."""
    return xmltext.tag_end(data, at) if data[at : at + 1] == b"<" else at


def _labels_edits(data: bytes, encoding: str, run: Run) -> list[Edit]:
    """The list of labels written anew, if it says anything else than before."""
    old = ET.fromstring(data.decode(encoding))
    elements = {_name(each): each for each in old.iterfind("label")}
    rows = run.rows()
    if [row.name for row in rows] == list(elements):
        return []
    inside = data[: data.find(b"<label", 1)]
    space = inside[len(inside.rstrip()) :].decode(encoding)
    after = data[: data.rfind(b"<")]
    last = after[len(after.rstrip()) :].decode(encoding)
    new = ET.Element("labels")
    new.text = space or None
    for place, row in enumerate(rows):
        each = _label(row, [elements[str(origin.ref)] for origin in row.origins])
        each.tail = space if place < len(rows) - 1 else last
        new.append(each)
    text = ET.tostring(new, encoding="unicode", short_empty_elements=False)
    return [Edit(0, len(data), text.encode(encoding, "xmlcharrefreplace"))]


def _name(label: ET.Element) -> str:
    return (label.findtext("name") or "").strip()


def _label(row: Row, origins: Sequence[ET.Element]) -> ET.Element:
    """The entry of a label: that of its first origin, with the attributes of all."""
    found = ET.fromstring(ET.tostring(origins[0], encoding="unicode"))
    found.tail = None
    name, colour = found.find("name"), found.find("color")
    if name is not None:
        name.text = row.name
    if colour is not None and row.colour and not row.same:
        colour.text = row.colour
    own = found.find("attributes")
    if own is not None:
        known = {each.findtext("name") for each in own.iterfind("attribute")}
        for other in origins[1:]:
            for each in other.iterfind("attributes/attribute"):
                if each.findtext("name") not in known:
                    known.add(each.findtext("name"))
                    own.append(each)
    return found


def opened(root: Path, reading: Reading) -> CvatXml | None:
    """The dataset in a file or a folder; none when it is not in this format."""
    if root.is_file():
        found = [""] if _is_cvat(root) else []
    else:
        names = sorted(each.name for each in root.glob("*.xml"))
        found = [each for each in names if _is_cvat(root / each)]
    if not found:
        return None
    entries: dict[str, Entry] = {}
    for path in found:
        for name in _labels(root / path if path else root):
            entries.setdefault(name, Entry(ref=name, names=(name,)))
    return CvatXml(root, tuple(found), tuple(entries.values()))


def _is_cvat(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(4096)
    is_xml = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return is_xml and b"<annotations" in head and (b"<version>1.1" in head or b"<meta>" in head)


def _labels(path: Path) -> list[str]:
    """The names in the list of labels, skeletons' own labels left out; stops after the list."""
    document = Document(path.name)
    open_: list[str] = []
    found: list[str] = []
    with path.open("rb") as file:
        for _, events in xmltext.blocks(document, iter(partial(file.read, _BLOCK), b"")):
            for event in events:
                if isinstance(event, Start):
                    open_.append(event.name)
                    continue
                open_.pop()
                if event.name == "name" and open_[-2:] == ["labels", "label"]:
                    found.append(event.text.strip())
                elif event.name == "meta":
                    return found
    if not found:
        raise UnreadableInput(f"{path.name} has no list of labels in front (meta/…/labels).")
    return found
