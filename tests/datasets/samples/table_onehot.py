"""A CSV with a column for each label."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets import zoo
from tests.datasets.scene import Thing

NAME = "CSV (one-hot)"
READING = Reading(label=",".join(each.id.removeprefix(zoo.BASE) for each in zoo.STREET), key="id")
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "scene.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("id", *labels, "size"))
        for each in things:
            cells = ["1" if label == each.label else "0" for label in labels]
            rows.writerow((f"t{each.number}", *cells, each.size))
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"t{number}"


def counts(dataset: Path) -> Counter[str]:
    with dataset.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return Counter(
        name
        for row in rows
        for name, cell in row.items()
        if name not in ("id", "size") and cell == "1"
    )
