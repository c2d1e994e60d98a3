"""JSON Lines with scores for labels, as spaCy's text categories have them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "JSONL (cats)"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "scene.jsonl"
    records = ({"text": "x" * each.size, "cats": {each.label: 1.0}} for each in things)
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"line {number}"


def counts(dataset: Path) -> Counter[str]:
    records = map(json.loads, dataset.read_text().splitlines())
    return Counter(name for each in records for name, score in each["cats"].items() if score)
