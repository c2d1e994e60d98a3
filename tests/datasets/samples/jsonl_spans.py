"""JSON Lines with spans in a text: a thing is a span as long as its size."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "JSONL (spans[].label)"
READING = Reading(key="meta.id")
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "scene.jsonl"
    records = (
        {
            "text": "a " + "x" * each.size,
            "spans": [{"start": 2, "end": 2 + each.size, "label": each.label}],
            "meta": {"id": f"r{each.number}"},
            "answer": "accept",
        }
        for each in things
    )
    path.write_text("".join(json.dumps(each) + "\n" for each in records))
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"r{number} span 1"


def counts(dataset: Path) -> Counter[str]:
    records = map(json.loads, dataset.read_text().splitlines())
    return Counter(span["label"] for each in records for span in each["spans"])
