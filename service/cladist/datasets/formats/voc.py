"""Pascal VOC: an XML file for each picture; lists of which picture shows which class beside them.

A record is an object, named by its file and its number in it; parts of an object have a number of
their own after a point. Class lists (``ImageSets/Main/CLASS_SPLIT.txt``) are told anew from the
objects where a class of theirs changed: 1 where a picture shows the class, 0 where all its objects
are difficult ones, -1 where it has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from cladist.datasets.files import files_of
from cladist.datasets.formats import xmltext
from cladist.datasets.formats.lazy import Lazy, box
from cladist.datasets.formats.xmltext import End, Event, Start
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Placed, Reading, Ref
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

_CLASS_LISTS = "ImageSets/Main/"


@dataclass(slots=True)
class Thing:
    """An ``object`` or ``part``: where it lies, its name and where that stands, and its fields."""

    key: str
    start: int
    end: int = 0
    name: str = ""
    name_start: int = 0
    name_end: int = 0
    told: dict[str, str] = field(default_factory=dict)

    def fields(self, source: str, image: Mapping[str, str]) -> dict[str, object]:
        """What rules may ask."""
        found: dict[str, object] = {"source": source}
        found |= {f"image.{name}": value for name, value in image.items()}
        found |= {f"attributes.{name}": value for name, value in self.told.items()}
        corners = [self.told.get(f"bndbox.{name}", "") for name in ("xmin", "ymin", "xmax", "ymax")]
        try:
            left, top, right, bottom = map(float, corners)
        except ValueError:
            return found
        return found | box(left, top, right - left, bottom - top)


@dataclass(slots=True)
class Seen:
    """Which classes every picture shows now: whether one of them is not difficult."""

    shown: dict[str, dict[str, bool]] = field(default_factory=dict)
    became: dict[str, set[str]] = field(default_factory=dict)

    def add(self, picture: str, thing: Thing, placed: Placed) -> None:
        """One more object."""
        easy = thing.told.get("difficult", "0") != "1"
        classes = self.shown.setdefault(picture, {})
        went = self.became.setdefault(thing.name, set())
        for ref in placed.refs:
            classes[str(ref)] = classes.get(str(ref), False) or easy
            went.add(str(ref))


@dataclass(frozen=True, slots=True)
class Voc:
    """A folder with annotations, or one annotation file."""

    root: Path
    annotations: tuple[str, ...]
    lists: tuple[str, ...]
    format: str = "Pascal VOC"
    dense: bool = False
    legend: Sequence[Entry] = ()

    def carry(self, run: Run) -> None:
        """Every annotation, then the lists of classes that changed."""
        seen = Seen()
        for path in self.annotations:
            data = (self.root / path if path else self.root).read_bytes()
            run.rewrite(path, [Chunk(data, _edits(data, path or self.root.name, run, seen))])
        self._tell_lists(run, seen)

    def _tell_lists(self, run: Run, seen: Seen) -> None:
        """Write anew the lists of all classes that objects of others joined, or left."""
        pictures: dict[str, dict[str, None]] = {}
        own = {path: _now(_class_of(path), run, seen) for path in self.lists}
        for path, now in own.items():
            if now != {_class_of(path)}:
                named = [line.split()[0] for line in _lines(self.root / path)]
                for each in now:
                    pictures.setdefault(_list_of(each, path), {}).update(dict.fromkeys(named))
        for path, now in own.items():
            name = _class_of(path)
            if path in pictures:
                named = [line.split()[0] for line in _lines(self.root / path)]
                every = {**dict.fromkeys(named), **pictures.pop(path)}
                run.replace(path, _list(name, every, seen))
            elif now != {name}:
                run.remove(path)
        for path, every in pictures.items():
            run.add(path, _list(_class_of(path), every, seen))


def _list_of(name: str, like: str) -> str:
    """The path of the list of a class for the split that another list is of."""
    return f"{_CLASS_LISTS}{name}_{PurePosixPath(like).stem.rpartition('_')[2]}.txt"


def _class_of(path: str) -> str:
    return PurePosixPath(path).stem.rpartition("_")[0]


def _now(name: str, run: Run, seen: Seen) -> set[str]:
    """What objects of a class are now; of one without objects, what they would be."""
    found = seen.became.get(name)
    if found is not None:
        return found
    placed = run.fixed(name)
    return {name} if placed is None else {str(ref) for ref in placed.refs}


def _list(name: str, pictures: Mapping[str, None], seen: Seen) -> bytes:
    def sign(picture: str) -> str:
        easy = seen.shown.get(picture, {}).get(name)
        return "-1" if easy is None else " 1" if easy else " 0"

    return "".join(f"{each} {sign(each)}\n" for each in pictures).encode()


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _edits(data: bytes, path: str, run: Run, seen: Seen) -> list[Edit]:
    events, encoding = xmltext.events(data, path)
    image: dict[str, str] = {}
    things = list(_things(events, data, path, image))
    beside: list[Ref] = [each.name for each in things] if run.looks_beside else []
    edits: list[Edit] = []
    removed = -1
    for thing in sorted(things, key=lambda each: each.start):
        fields = Lazy(partial(thing.fields, path, image))
        place = (path, tuple(sorted(thing.told.items())))
        (placed,) = run.place(Item((Label(thing.key, thing.name, fields),), beside, place))
        seen.add(PurePosixPath(path).stem, thing, placed)
        if thing.start < removed:
            continue  # a part of an object that goes
        if not placed.refs:
            edits.append(Edit(*xmltext.with_space(data, thing.start, thing.end), b""))
            removed = thing.end
        elif not placed.kept:
            new = xmltext.escaped(str(placed.refs[0]), encoding)
            edits.append(Edit(thing.name_start, thing.name_end, new))
    return edits


def _things(
    events: Sequence[Event], data: bytes, path: str, image: dict[str, str]
) -> Iterator[Thing]:
    """Objects and parts, as they end."""
    open_: list[str] = []
    things: list[Thing] = []
    count = parts = 0
    for event in events:
        if isinstance(event, Start):
            open_.append(event.name)
            if event.name == "object" and len(open_) == 2:
                count, parts = count + 1, 0
                things.append(Thing(f"{path}#{count}", event.at))
            elif event.name == "part" and things:
                parts += 1
                things.append(Thing(f"{path}#{count}.{parts}", event.at))
            elif event.name == "name" and things and not things[-1].name_start:
                things[-1].name_start = xmltext.tag_end(data, event.at)
            continue
        open_.pop()
        if event.name in ("object", "part") and things and len(open_) == len(things):
            thing = things.pop()
            thing.end = xmltext.tag_end(data, event.at)
            if not thing.name_end:
                raise UnreadableInput(f"{thing.key} has no name.")
            yield thing
        else:
            _tell(event, open_, things, image)


def _tell(event: End, open_: list[str], things: list[Thing], image: dict[str, str]) -> None:
    """What an element inside of a thing, or of the picture's size, says."""
    parent = open_[-1] if open_ else ""
    if not things:
        if parent == "size" or event.name == "filename":
            image["name" if event.name == "filename" else event.name] = event.text.strip()
    elif event.name == "name" and not things[-1].name_end:
        things[-1].name, things[-1].name_end = event.text.strip(), event.at
    elif parent == "bndbox":
        things[-1].told.setdefault(f"bndbox.{event.name}", event.text.strip())
    elif parent in ("object", "part") and event.text.strip():
        things[-1].told[event.name] = event.text.strip()


def opened(root: Path, reading: Reading) -> Voc | None:
    """The dataset in a folder or a file; none when it is not in this format."""
    if root.is_file():
        return Voc(root, ("",), ()) if _is_annotation(root) else None
    paths = [path for path, _ in files_of(root)]
    documents = [path for path in paths if path.endswith(".xml")]
    inside = [path for path in documents if "Annotations/" in f"/{path}"]
    found = inside or documents
    if not found or not _is_annotation(root / found[0]):
        return None
    lists = (path for path in paths if path.startswith(_CLASS_LISTS) and "_" in path)
    return Voc(root, tuple(found), tuple(each for each in lists if _is_list(root / each)))


def _is_annotation(path: Path) -> bool:
    """Whether the file begins as an annotation does."""
    with path.open("rb") as file:
        head = file.read(4096)
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and b"<annotation" in head


def _is_list(path: Path) -> bool:
    rows = [line.split() for line in _lines(path)]
    return bool(rows) and all(len(row) == 2 and row[1] in ("-1", "0", "1") for row in rows)
