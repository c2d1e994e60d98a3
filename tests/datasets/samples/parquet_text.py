"""Parquet with the labels as texts, in a structure: a thing is a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow
from pyarrow.parquet import read_table, write_table

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "Parquet"
READING = Reading(label="seen.kind")
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "scene.parquet"
    rows = [{"seen": {"kind": each.label, "by": "ann"}, "size": each.size} for each in things]
    write_table(pyarrow.Table.from_pylist(rows), path, compression="snappy")
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"row {number}"


def counts(dataset: Path) -> Counter[str]:
    rows = read_table(dataset)["seen"].to_pylist()
    return Counter(each["kind"] for each in rows if each["kind"] is not None)
