"""Folders of images: the name of the folder in which a file lies is its label.

One folder for each class, at the top or under ``train``, ``val``, ``test`` and the like. A record
is a file, named by its path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cladist.datasets.files import files_of
from cladist.datasets.records import Entry, Fields, Item, Label, Reading
from cladist.datasets.run import Run

PICTURES = frozenset(
    (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".ppm", ".pgm", ".heic")
)
_SPLITS = frozenset(("train", "training", "val", "valid", "validation", "test", "testing", "dev"))


@dataclass(frozen=True, slots=True)
class ImageFolder:
    """A folder whose folders are classes; ``splits`` stand above these, if there are any."""

    root: Path
    files: tuple[tuple[str, int], ...]
    splits: frozenset[str]
    format: str = "ImageFolder"
    dense: bool = False
    legend: Sequence[Entry] = ()

    def carry(self, run: Run) -> None:
        """Move every picture to the folder of its class."""
        taken = {path for path, _ in self.files}
        given: set[str] = set()
        for path, size in self.files:
            parts = path.split("/")
            depth = 1 if parts[0] in self.splits else 0
            if len(parts) > depth + 1 and _is_picture(path):
                fields = {"source": path, "image.name": parts[-1], "image.bytes": size}
                self._carry(run, path, depth, fields, taken, given)
            run.advance(size)

    def _carry(self, run: Run, path: str, depth: int, fields: Fields, *taken: set[str]) -> None:
        parts = path.split("/")
        (placed,) = run.place(Item((Label(path, parts[depth], fields),)))
        if not placed.refs:
            run.remove(path)
            return
        name = _folder(str(placed.refs[0]))
        to = "/".join((*parts[:depth], name, *parts[depth + 1 :]))
        if to != path:
            to = _free(to, parts[depth], *taken)
            taken[-1].add(to)
            run.move(path, to)


def _folder(name: str) -> str:
    """A name that one folder can have: no separators, and not one that stands for another place."""
    plain = name.replace("/", "_").replace("\\", "_").replace("\0", "_")
    return f"_{plain}" if plain in ("", ".", "..") else plain


def _free(path: str, before: str, taken: set[str], given: set[str]) -> str:
    """The path, or one that says from which folder the file came where there is such a file."""
    if path not in taken and path not in given:
        return path
    place = PurePosixPath(path)
    number = 1
    while True:
        mark = before if number == 1 else f"{before}-{number}"
        found = str(place.with_name(f"{place.stem} ({mark}){place.suffix}"))
        if found not in taken and found not in given:
            return found
        number += 1


def _is_picture(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in PICTURES


def opened(root: Path, reading: Reading) -> ImageFolder | None:
    """The dataset in a folder; none where pictures do not lie in folders of classes."""
    if not root.is_dir():
        return None
    files = tuple(files_of(root))
    pictures = [path for path, _ in files if _is_picture(path)]
    if not pictures or any("/" not in path for path in pictures):
        return None
    others = [path for path, _ in files if not _is_picture(path)]
    if any(path.endswith((".txt", ".xml", ".json")) and "/" in path for path in others):
        return None  # labels beside the pictures: another format
    tops = {path.split("/", 1)[0] for path in pictures}
    splits = frozenset(each for each in tops if each.lower() in _SPLITS)
    if splits and any(path.count("/") < 2 for path in pictures if path.split("/")[0] in splits):
        return None
    return ImageFolder(root, files, splits)
