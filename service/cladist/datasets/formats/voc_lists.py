"""Class lists of Pascal VOC: a file for each class and split that says which picture shows it.

Lists of classes to which something happened are told anew from the objects: 1 where a picture shows
the class, 0 where all its objects are difficult ones, -1 where it has none. A picture without an
annotation keeps what the lists say: it shows a class if it showed one of those that the class comes
from, and does not if it showed none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from cladist.datasets.records import Placed
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

_PATH = re.compile(r"((?:.*/)?)ImageSets/Main/([^/]+)_([^_/]+)\.txt")
_ANNOTATION = re.compile(r"((?:.*/)?)Annotations/.*")
_ROW = re.compile(r"\s*(\S+)\s+(-1|0|1)\s*")

Picture = tuple[str, str]
"""The folder of the year, or whatever holds ``Annotations``, and the name of the picture."""


@dataclass(frozen=True, slots=True)
class ClassList:
    """One list: where it lies, of which class and split, and what it says, picture by picture."""

    path: str
    folder: str
    name: str
    split: str
    signs: Mapping[str, int]

    def of(self, name: str) -> str:
        """The path of the list of another class for this split."""
        return f"{self.folder}ImageSets/Main/{name}_{self.split}.txt"


def lists(root: Path, paths: Sequence[str]) -> tuple[ClassList, ...]:
    """The class lists among the files of a dataset."""
    return tuple(_lists(root, paths))


def _lists(root: Path, paths: Sequence[str]) -> Iterator[ClassList]:
    for path in paths:
        parts = _PATH.fullmatch(path)
        if parts is None:
            continue
        lines = (root / path).read_text("utf-8", "replace").splitlines()
        rows = [_ROW.fullmatch(line) for line in lines if line.strip()]
        told = {row.group(1): int(row.group(2)) for row in rows if row is not None}
        if rows and None not in rows:
            folder, name, split = parts.groups()
            yield ClassList(path, folder, name, split, told)


def picture_of(path: str) -> Picture:
    """The picture of an annotation file."""
    found = _ANNOTATION.fullmatch(path)
    return (found.group(1) if found else "", PurePosixPath(path).stem)


@dataclass(slots=True)
class Seen:
    """Which classes every annotated picture shows now: whether one of them is not difficult."""

    shown: dict[Picture, dict[str, bool]] = field(default_factory=dict)
    became: dict[str, set[str]] = field(default_factory=dict)

    def add(self, picture: Picture, name: str, placed: Placed, *, difficult: bool) -> None:
        """One more object."""
        classes = self.shown[picture]
        went = self.became.setdefault(name, set())
        for ref in map(str, placed.refs):
            classes[ref] = classes.get(ref, False) or not difficult
            went.add(ref)


def tell(found: Sequence[ClassList], run: Run, seen: Seen) -> None:
    """Write anew the lists of classes that objects or lists of others joined, or left."""
    now = {**{each.name: _fixed(each.name, run) for each in found}, **seen.became}
    for split in dict.fromkeys((each.folder, each.split) for each in found):
        own = {each.name: each for each in found if (each.folder, each.split) == split}
        _Telling(own, now, seen).tell(run)


def _fixed(name: str, run: Run) -> set[str]:
    """What a class without objects is now, where that is certain."""
    placed = run.fixed(name)
    return {name} if placed is None else {str(ref) for ref in placed.refs}


@dataclass(frozen=True, slots=True)
class _Telling:
    """The lists of one split, by class, and what every class became."""

    own: Mapping[str, ClassList]
    now: Mapping[str, set[str]]
    seen: Seen

    def tell(self, run: Run) -> None:
        """Write what changes."""
        joined = {to for name, went in self.now.items() for to in went if to != name}
        changed = {
            name for name in self.own if self.now.get(name, {name}) != {name} or name in joined
        }
        pictures: dict[str, dict[str, None]] = {}
        for name in self.own:
            for to in sorted(self.now.get(name, {name})) if name in changed else ():
                pictures.setdefault(to, {}).update(dict.fromkeys(self.own[name].signs))
        for name in changed - set(pictures):
            run.remove(self.own[name].path)
        any_list = next(iter(self.own.values()))
        for to, every in pictures.items():
            new = "".join(self._rows(any_list.folder, to, every)).encode()
            if to in self.own:
                run.replace(self.own[to].path, new)
            else:
                run.add(any_list.of(to.replace("/", "_")), new)

    def _rows(self, folder: str, to: str, pictures: Mapping[str, None]) -> Iterator[str]:
        for picture in pictures:
            shown = self.seen.shown.get((folder, picture))
            if shown is None:
                sign = self._listed(picture, to)
            else:
                sign = int(shown[to]) if to in shown else -1
            if sign is not None:
                yield f"{picture} {sign:2}\n"

    def _listed(self, picture: str, to: str) -> int | None:
        """What the lists say of a picture without an annotation; none where they do not."""
        sources = [name for name, went in self.now.items() if to in went]
        told = {name: self.own[name].signs.get(picture) for name in sources if name in self.own}
        signs = [sign for sign in told.values() if sign is not None]
        for name, sign in told.items():
            if len(self.now[name]) > 1 and sign in (0, 1):
                raise UnreadableInput(
                    f"{self.own[name].path} says that {picture} shows “{name}”, which was split, "
                    "and there is no annotation of it: add one, or take the line out."
                )
        return None if len(signs) < len(sources) and max(signs) < 0 else max(signs)
