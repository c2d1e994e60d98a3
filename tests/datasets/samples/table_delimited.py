"""A TSV with a key column and several labels in a cell: those of a thing, and what it is beside."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "TSV (Tags)"
READING = Reading(label="tags", key="id", separator="|")
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "scene.tsv"
    lines = (f"t{each.number}\t{each.size}\t{each.label}\r\n" for each in things)
    path.write_bytes(("\ufeffid\tsize\tTags\r\n" + "".join(lines)).encode())
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"t{number}"


def counts(dataset: Path) -> Counter[str]:
    with dataset.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return Counter(tag for row in rows for tag in row["Tags"].split("|") if tag)
