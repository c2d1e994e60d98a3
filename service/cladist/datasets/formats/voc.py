"""Pascal VOC: an XML file for each picture, with lists of classes and masks beside them.

A record is an object, named by its file and its number in it; parts of an object have a number of
their own after a point, and go with it when it goes. Masks (``SegmentationClass``) do not say what
their numbers mean: they are read as codes of classes where it is told which numbers are none, and
refused otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from cladist.datasets.files import files_of
from cladist.datasets.formats import voc_lists, xmltext
from cladist.datasets.formats.lazy import Lazy, box
from cladist.datasets.formats.masks import Masks
from cladist.datasets.formats.voc_lists import ClassList, Seen
from cladist.datasets.formats.xmltext import End, Event, Start
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Reading, Ref
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

_CORNERS = ("xmin", "ymin", "xmax", "ymax")
_HEAD = re.compile(rb"\s*<(?s:.*)<annotation[\s/>]|\s*<annotation[\s/>]")


@dataclass(slots=True)
class Thing:
    """An ``object`` or ``part``: where it lies, its name and where that stands, what it says."""

    key: str
    start: int
    end: int = 0
    name: str = ""
    name_start: int = 0
    name_end: int = 0
    told: dict[str, str] = field(default_factory=dict)
    corners: dict[str, str] = field(default_factory=dict)
    attribute: str = ""

    def hear(self, event: End, text: str, inside: str) -> None:
        """What an element says, right in the thing or inside of another element."""
        if not inside and event.name == "name":
            self.name, self.name_end = text, event.at
        elif inside == "bndbox":
            self.corners.setdefault(event.name, text)
        elif inside == "attribute" and event.name == "name":
            self.attribute = text
        elif inside == "attribute" and event.name == "value":
            self.told[self.attribute] = text
        elif not inside and text:
            self.told[event.name] = text

    def fields(self, source: str, image: Mapping[str, str]) -> dict[str, object]:
        """What rules may ask."""
        found: dict[str, object] = {"source": source}
        found |= {f"image.{name}": value for name, value in image.items()}
        found |= {f"attributes.{name}": value for name, value in self.told.items()}
        try:
            left, top, right, bottom = (float(self.corners[each]) for each in _CORNERS)
        except (KeyError, ValueError):
            return found
        return found | box(left, top, right - left, bottom - top)

    def place(self, path: str) -> tuple[str, ...] | None:
        """The file and the box; none without a box."""
        if not self.corners:
            return None
        return (path, *(self.corners.get(each, "") for each in _CORNERS))


@dataclass(frozen=True, slots=True)
class Voc:
    """A folder with annotations, class lists and masks, or one annotation file."""

    root: Path
    annotations: tuple[str, ...]
    lists: tuple[ClassList, ...] = ()
    masks: tuple[str, ...] = ()
    format: str = "Pascal VOC"
    dense: bool = False
    legend: Sequence[Entry] = ()

    def carry(self, run: Run) -> None:
        """Every annotation, then the lists of classes that changed, and the masks."""
        seen = Seen()
        for path in self.annotations:
            data = (self.root / path if path else self.root).read_bytes()
            run.rewrite(path, [Chunk(data, _edits(data, path or self.root.name, run, seen))])
        voc_lists.tell(self.lists, run, seen)
        if self.masks:
            Masks(self.root, self.masks, run.reading).carry(run)


def _edits(data: bytes, path: str, run: Run, seen: Seen) -> list[Edit]:
    events, encoding = xmltext.events(data, path)
    objects = _Objects(path, data)
    objects.read(events)
    beside: list[Ref] = [each.name for each in objects.found] if run.looks_beside else []
    picture = voc_lists.picture_of(path)
    seen.shown[picture] = {}
    edits: list[Edit] = []
    removed = -1
    for thing in objects.found:
        label = Label(thing.key, thing.name, Lazy(partial(thing.fields, path, objects.image)))
        (placed,) = run.place(Item((label,), beside, thing.place(path)))
        if thing.start < removed:
            continue  # a part of an object that goes
        seen.add(picture, thing.name, placed, difficult=thing.told.get("difficult") == "1")
        if not placed.refs:
            edits.append(Edit(*xmltext.with_space(data, thing.start, thing.end), b""))
            removed = thing.end
        elif not placed.kept:
            new = xmltext.escaped(str(placed.refs[0]), encoding)
            edits.append(Edit(thing.name_start, thing.name_end, new))
    return edits


class _Objects:
    """The objects and parts in a document, and what it says of the picture."""

    def __init__(self, path: str, data: bytes) -> None:
        self._path, self._data = path, data
        self.image: dict[str, str] = {}
        self.found: list[Thing] = []
        self._open: list[str] = []
        self._things: list[Thing] = []
        self._count = self._parts = 0

    def read(self, events: Sequence[Event]) -> None:
        """Take in the events of a document."""
        for event in events:
            if isinstance(event, Start):
                self._start(event)
                self._open.append(event.name)
            else:
                self._open.pop()
                self._end(event)

    def _start(self, event: Start) -> None:
        if event.name == "object" and len(self._open) == 1:
            self._count, self._parts = self._count + 1, 0
            self._begin(f"{self._path}#{self._count}", event)
        elif event.name == "part" and self._open[1:] == ["object"]:
            self._parts += 1
            self._begin(f"{self._path}#{self._count}.{self._parts}", event)
        elif event.name == "name" and self._is_own():
            self._things[-1].name_start = xmltext.tag_end(self._data, event.at)

    def _begin(self, key: str, event: Start) -> None:
        thing = Thing(key, event.at)
        self._things.append(thing)
        self.found.append(thing)

    def _is_own(self) -> bool:
        """Whether an element stands right inside of an object or part."""
        return bool(self._things) and len(self._open) == len(self._things) + 1

    def _end(self, event: End) -> None:
        text = event.text.strip()
        if self._things and len(self._open) == len(self._things):
            thing = self._things.pop()
            if not thing.name:
                raise UnreadableInput(f"{thing.key} has no name.")
            thing.end = xmltext.element_end(self._data, event)
        elif self._things:
            self._things[-1].hear(event, text, "" if self._is_own() else self._open[-1])
        elif event.name == "filename":
            self.image["name"] = text
        elif self._open[1:] == ["size"]:
            self.image[event.name] = text


def opened(root: Path, reading: Reading) -> Voc | None:
    """The dataset in a folder or a file; none when it is not in this format."""
    if root.is_file():
        return Voc(root, ("",)) if _is_annotation(root) else None
    paths = [path for path, _ in files_of(root)]
    documents = [path for path in paths if path.endswith(".xml")]
    found = [path for path in documents if "/Annotations/" in f"/{path}"]
    if found:
        if not _is_annotation(root / found[0]):
            return None
    else:
        found = [path for path in documents if _is_annotation(root / path)]
    if not found:
        return None
    masks = [path for path in paths if "/SegmentationClass/" in f"/{path}"]
    masks = [path for path in masks if path.endswith(".png")]
    if masks and not reading.ignore:
        raise UnreadableInput(
            "Nothing here says what the numbers in SegmentationClass mean. If they are codes of "
            "classes, say which are none (--ignore 0 --ignore 255); else take that folder out and "
            "migrate it by itself, with a legend."
        )
    return Voc(root, tuple(found), voc_lists.lists(root, paths), tuple(masks))


def _is_annotation(path: Path) -> bool:
    """Whether the file begins as an annotation does."""
    with path.open("rb") as file:
        head = file.read(4096)
    return _HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) is not None
