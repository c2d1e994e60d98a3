"""Folders of images: the name of the folder in which a file lies is its label.

One folder for each class, at the top or under ``train``, ``val``, ``test`` and the like. A record
is a file, named by its path. A file that comes into a folder with one of its name gets the name of
the folder that it came from behind its own.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cladist.datasets.files import files_of
from cladist.datasets.records import Entry, Item, Label, Reading
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

PICTURES = frozenset(
    (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".ppm", ".pgm", ".heic")
)
_TABLES = ("metadata.csv", "metadata.jsonl", "metadata.parquet")
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
        moves: dict[str, tuple[str, str]] = {}
        for path, size in self.files:
            label = self.label(path)
            if label and _is_picture(path):
                self._place(run, path, label, size, moves)
            run.advance(size)
        taken = {path for path, _ in self.files if path not in moves}
        for path, (to, before) in moves.items():
            if to:
                free = _free(to, before, taken)
                taken.add(free)
                run.move(path, free)
            else:
                run.remove(path)

    def label(self, path: str) -> str:
        """The folder that names the class; empty for a file that is in none."""
        folders = path.split("/")[self._depth(path) : -1]
        return folders[0] if folders else ""

    def _depth(self, path: str) -> int:
        return int(path.split("/", 1)[0] in self.splits)

    def _place(
        self, run: Run, path: str, label: str, size: int, moves: dict[str, tuple[str, str]]
    ) -> None:
        """Where a picture belongs now, and the folder that it comes from; nowhere if it goes."""
        fields = {"source": path, "image.name": PurePosixPath(path).name, "image.bytes": size}
        (placed,) = run.place(Item((Label(path, label, fields),)))
        if not placed.refs:
            moves[path] = "", label
        elif not placed.kept:
            parts, depth = path.split("/"), self._depth(path)
            parts[depth] = _folder(str(placed.refs[0]))
            if parts[depth] != label:
                moves[path] = "/".join(parts), label


def _folder(name: str) -> str:
    """A name that one folder can have: no separators, and not one that stands for another place."""
    plain = name.replace("/", "_").replace("\\", "_").replace("\0", "_")
    return f"_{plain}" if plain in ("", ".", "..") else plain


def _free(path: str, before: str, taken: Container[str]) -> str:
    """The path, or one that says from which folder the file came where there is such a file."""
    place, found, number = PurePosixPath(path), path, 1
    while found in taken:
        mark = before if number == 1 else f"{before}-{number}"
        found = str(place.with_name(f"{place.stem} ({mark}){place.suffix}"))
        number += 1
    return found


def _is_picture(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in PICTURES


def opened(root: Path, reading: Reading) -> ImageFolder | None:
    """The dataset in a folder; none where pictures do not lie in folders of classes."""
    if not root.is_dir():
        return None
    files = tuple(files_of(root))
    if not reading.format and not _looks_right(files):
        return None
    for path, _ in files:
        if PurePosixPath(path).name in _TABLES:
            raise UnreadableInput(
                f"{path} lists the pictures by their paths, and they would move: take it out."
            )
    found = ImageFolder(root, files, _splits([path for path, _ in files if _is_picture(path)]))
    labels = {found.label(path) for path, _ in files if _is_picture(path)} - {""}
    return found if len(labels) > 1 or (labels and reading.format) else None


def _looks_right(files: Sequence[tuple[str, int]]) -> bool:
    """Whether all pictures lie in folders, with nothing beside them that may be their labels."""
    paths = [path for path, _ in files]
    labels = (".txt", ".xml", ".json")
    return all("/" in path for path in paths if _is_picture(path)) and not any(
        path.endswith(_TABLES) or ("/" in path and path.endswith(labels)) for path in paths
    )


def _splits(pictures: Sequence[str]) -> frozenset[str]:
    """The folders at the top where these are splits: all have such names, and folders in them."""
    tops = {path.split("/", 1)[0] for path in pictures if "/" in path}
    known = all(each.lower() in _SPLITS for each in tops)
    return frozenset(tops if known and any(path.count("/") > 1 for path in pictures) else ())
