"""Folders of images: a picture of its own for each thing, whose width is its size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "ImageFolder"
READING = Reading()
BYTE_EQUAL = True
TOPS = ("",)


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    root = folder / "pictures"
    for each in things:
        top = TOPS[each.number % len(TOPS)]
        path = root / top / each.label / f"{each.number}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\xd8 picture " + b"x" * each.size)
    (root / "README.md").write_text("pictures\n")
    return root


def key(number: int, labels: Sequence[str]) -> str:
    label = labels[(number - 1) % len(labels)]
    return "/".join(filter(None, (TOPS[number % len(TOPS)], label, f"{number}.jpg")))


def counts(dataset: Path) -> Counter[str]:
    return Counter(path.parent.name for path in dataset.rglob("*.jpg"))
