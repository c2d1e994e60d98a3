"""A CSV whose cells hold JSON lists of labels."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "CSV (labels)"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "scene.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("labels", "size"))
        rows.writerows((json.dumps([each.label]), each.size) for each in things)
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"row {number}"


def counts(dataset: Path) -> Counter[str]:
    with dataset.open(newline="") as file:
        return Counter(tag for row in csv.DictReader(file) for tag in json.loads(row["labels"]))
