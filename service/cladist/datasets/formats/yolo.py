"""YOLO: a text file for each picture, a line for each object, its class a place in a table.

A record is a line, named by the path of its file and its number. Boxes have five numbers; lines
with more are polygons, poses or oriented boxes, and may stand in one file with boxes.
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
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Reading, Table
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

_LISTS = ("classes.txt", "obj.names", "labels.txt", "names.txt")
_LINE = re.compile(rb"[^\n]*\n|[^\n]+")
_OBJECT = re.compile(rb"[ \t]*(\d+)((?:[ \t]+[-+0-9.eE]+)+)[ \t\r]*\n?\Z")
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


def _fields(numbers: bytes, source: str) -> dict[str, object]:
    """Fields of a line; lengths are parts of the picture's."""
    values = [float(each) for each in numbers.split()]
    if len(values) < 6:
        x, y, width, height = values[:4]
        return {**box(x - width / 2, y - height / 2, width, height), "source": source}
    points = list(zip(values[0::2], values[1::2], strict=False))
    return {**outline(points), "source": source}


@dataclass(frozen=True, slots=True)
class Yolo:
    """A folder with label files, and the file that names the classes."""

    root: Path
    names: str
    labels: tuple[str, ...]
    stale: tuple[str, ...]
    legend: Sequence[Entry]
    format: str = "YOLO"
    dense: bool = True

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
        data = (self.root / self.names).read_bytes()
        run.rewrite(self.names, [Table(data, lambda: self._renamed(data, run))])

    def _renamed(self, data: bytes, run: Run) -> Sequence[Edit]:
        text, rows = data.decode(), run.rows()
        now = [row.name for row in rows]
        if now == [each.names[0] for each in self.legend]:
            return []
        if self.names.endswith((".yaml", ".yml")):
            return yolo_names.yaml_edits(text, rows)
        return yolo_names.list_edits(text, rows)

    def _edits(self, data: bytes, path: str, run: Run) -> list[Edit]:
        lines = list(self._lines(data, path))
        beside = [line.ref for line in lines] if run.looks_beside else ()
        edits = []
        for line in lines:
            fields = Lazy(partial(_fields, line.rest, path))
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
            if told is None or len(told.group(2).split()) < 4:
                raise UnreadableInput(f"{path} has no object here: a class and its place.", number)
            ref = int(told.group(1))
            if ref >= len(self.legend):
                raise UnreadableInput(
                    f"{path} has class {ref}, and {self.names} names 0 to {len(self.legend) - 1}.",
                    number,
                )
            start, (low, high) = found.start(), told.span(1)
            yield Line(number, start, found.end(), start + low, start + high, ref, told.group(2))


def opened(root: Path, reading: Reading) -> Yolo | None:
    """The dataset in a folder; none when it is not in this format."""
    if not root.is_dir():
        return None
    paths = [path for path, _ in files_of(root)]
    names = _names_file(root, paths)
    if not names:
        return None
    labels = [path for path in paths if path.endswith(".txt") and path != names and _is_label(path)]
    labels = _label_files(root, labels)
    if not labels and not reading.format:
        return None
    if not all(_looks_right(root / each) for each in labels[:_LOOKED_AT]):
        return None
    return Yolo(root, names, tuple(labels), _stale(paths), tuple(_entries(root, names)))


def _names_file(root: Path, paths: Sequence[str]) -> str:
    """The file that names the classes: a YAML file with ``names``, else a list."""
    for path in sorted(paths, key=lambda each: (each.count("/"), each)):
        name = PurePosixPath(path).name
        if name.endswith((".yaml", ".yml")) and b"names" in (root / path).read_bytes():
            return path
    lists = (path for path in paths if PurePosixPath(path).name in _LISTS)
    return min(lists, key=lambda each: (each.count("/"), each), default="")


def _entries(root: Path, names: str) -> list[Entry]:
    try:
        text = (root / names).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableInput(f"{names} is not UTF-8.") from None
    if names.endswith((".yaml", ".yml")):
        return yolo_names.entries_of_yaml(text, names)
    return yolo_names.entries_of_list(text)


def _is_label(path: str) -> bool:
    return PurePosixPath(path).name not in (*_LISTS, "README.txt", "readme.txt")


def _label_files(root: Path, labels: Sequence[str]) -> list[str]:
    """The label files, without lists of pictures such as train.txt."""
    under = [each for each in labels if "labels/" in f"/{each}" or each.startswith("labels")]
    if under:
        return under
    return [each for each in labels if not _lists_pictures(root / each)]


def _lists_pictures(path: Path) -> bool:
    with path.open("rb") as file:
        first = file.readline().strip().decode("utf-8", "replace")
    return PurePosixPath(first).suffix.lower() in PICTURES


def _looks_right(path: Path) -> bool:
    with path.open("rb") as file:
        first = next((line for line in file if line.strip()), b"")
    return not first or _OBJECT.match(first) is not None


def _stale(paths: Sequence[str]) -> tuple[str, ...]:
    """Caches that a trainer made of the labels, which would hide the new ones."""
    return tuple(path for path in paths if path.endswith(".cache"))
