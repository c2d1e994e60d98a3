"""JSON Lines with one label a record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "JSONL (label)"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "scene.jsonl"
    lines = (
        f'{{"text":"é {each.number}",  "label": "{each.label}", "size": {each.size}, "a": {{}}}}\n'
        for each in things
    )
    path.write_text("".join(lines), encoding="utf-8")
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"line {number}"


def counts(dataset: Path) -> Counter[str]:
    records = map(json.loads, dataset.read_text(encoding="utf-8").splitlines())
    return Counter(each["label"] for each in records if each["label"] is not None)
