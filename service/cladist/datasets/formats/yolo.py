"""YOLO: a text file for each picture, a line for each object, its class a place in a table.

A record is a line, named by the path of its file and its number. Boxes have five numbers; lines
with more are polygons or oriented boxes, and may stand in one file with boxes; where data.yaml has
``kpt_shape`` they are poses. Caches that a trainer made of labels that changed are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cladist.datasets.files import files_of
from cladist.datasets.formats import yolo_names
from cladist.datasets.formats.imagefolder import PICTURES
from cladist.datasets.formats.lazy import Lazy, box, outline
from cladist.datasets.formats.yolo_names import Naming
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Reading, Table
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

_OTHERS = (*yolo_names.LISTS, "readme.txt", "notes.txt", "license.txt")
_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_OBJECT = re.compile(
    rb"(?:\xef\xbb\xbf)?[ \t]*(\d{1,9})((?:[ \t]+" + _NUMBER + rb"){4,})[ \t\r]*\n?\Z"
)
_LONGEST = 2**20
_LOOKED_AT = 20


class Line(NamedTuple):
    """A line with an object: where the line and its class lie in the file, and what follows."""

    number: int
    start: int
    end: int
    class_start: int
    class_end: int
    ref: int
    rest: bytes


def _fields(numbers: bytes, source: str, poses: bool) -> dict[str, object]:
    """Fields of a line; lengths are parts of the picture's."""
    values = [float(each) for each in numbers.split()]
    found: dict[str, object] = {"source": source, "image.name": PurePosixPath(source).stem}
    if poses or len(values) < 6:
        x, y, width, height = values[:4]
        return found | box(x - width / 2, y - height / 2, width, height)
    return found | outline(list(zip(values[0::2], values[1::2], strict=False)))


@dataclass(frozen=True, slots=True)
class Yolo:
    """A folder with label files, and the files that name the classes."""

    root: Path
    namings: Sequence[Naming]
    labels: tuple[str, ...]
    stale: tuple[str, ...]
    format: str = "YOLO"
    dense: bool = True

    @property
    def legend(self) -> Sequence[Entry]:
        """The names of the classes by their places."""
        return self.namings[0].entries

    def carry(self, run: Run) -> None:
        """Every label file, then the names."""
        changed = False
        for path in self.labels:
            data = (self.root / path).read_bytes()
            edits = self._edits(data, path, run)
            changed = changed or bool(edits)
            run.rewrite(path, [Chunk(data, edits)])
        for path in self.stale if changed else ():
            run.remove(path)
        for naming in self.namings:
            run.rewrite(naming.path, [Table(naming.text.encode(), partial(_renamed, naming, run))])

    def _edits(self, data: bytes, path: str, run: Run) -> list[Edit]:
        lines = list(self._lines(data, path))
        beside = [line.ref for line in lines] if run.looks_beside else ()
        poses = any(each.told is not None and each.told.keypoints for each in self.namings)
        edits = []
        for line in lines:
            fields = Lazy(partial(_fields, line.rest, path, poses))
            label = Label(f"{path}:{line.number}", line.ref, fields)
            (placed,) = run.place(Item((label,), beside, (path, line.rest.strip())))
            if not placed.refs:
                edits.append(Edit(line.start, line.end, b""))
            elif not placed.kept:
                edits.append(Edit(line.class_start, line.class_end, str(placed.refs[0]).encode()))
        return edits

    def _lines(self, data: bytes, path: str) -> Iterator[Line]:
        for number, found in enumerate(_LINE.finditer(data), 1):
            text = found.group()
            if not text.strip():
                continue
            told = _OBJECT.match(text)
            if told is None:
                raise UnreadableInput(f"{path} has no object here: a class and its place.", number)
            ref = int(told.group(1))
            if ref >= len(self.legend):
                raise UnreadableInput(
                    f"{path} has class {ref}, and {self.namings[0].path} names 0 to "
                    f"{len(self.legend) - 1}.",
                    number,
                )
            start, (low, high) = found.start(), told.span(1)
            yield Line(number, start, found.end(), start + low, start + high, ref, told.group(2))


def _renamed(naming: Naming, run: Run) -> Sequence[Edit]:
    return naming.edits(run.rows())


def opened(root: Path, reading: Reading) -> Yolo | None:
    """The dataset in a folder; none when it is not in this format."""
    if not root.is_dir():
        return None
    paths = [path for path, _ in files_of(root)]
    if not yolo_names.files(root, paths):
        return None
    labels = _label_files(root, paths)
    if not reading.format and not (labels and _look_right(root, labels)):
        return None
    if not labels:
        raise UnreadableInput("There are no label files here: the text files beside data.yaml.")
    namings = yolo_names.namings(root, paths)
    if not namings:
        return None
    stale = tuple(path for path in paths if path.endswith(".cache"))
    return Yolo(root, tuple(namings), tuple(labels), stale)


def _label_files(root: Path, paths: Sequence[str]) -> list[str]:
    """The label files: those in folders of labels, else all that do not list pictures."""
    texts = [
        path
        for path in paths
        if path.endswith(".txt") and PurePosixPath(path).name.lower() not in _OTHERS
    ]
    under = [path for path in texts if any(map(_is_labels, path.split("/")[:-1]))]
    return under or [path for path in texts if not _lists_pictures(root / path)]


def _is_labels(folder: str) -> bool:
    return folder.startswith("labels")


def _first_line(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.readline(_LONGEST)


def _lists_pictures(path: Path) -> bool:
    first = _first_line(path).strip().decode("utf-8", "replace")
    return PurePosixPath(first).suffix.lower() in PICTURES


def _look_right(root: Path, labels: Sequence[str]) -> bool:
    """Whether files begin as label files do, or are all empty."""
    firsts = [_first_line(root / each) for each in labels[:_LOOKED_AT]]
    told = [first for first in firsts if first.strip()]
    return not told or any(_OBJECT.match(first) for first in told)
