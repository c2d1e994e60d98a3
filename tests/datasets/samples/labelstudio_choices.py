"""Label Studio JSON with choices."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "Label Studio JSON"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "export.json"
    path.write_text(json.dumps([_task(each) for each in things], indent=2))
    return path


def _task(thing: Thing) -> dict[str, Any]:
    value = {"size": thing.size}
    result = {
        "id": f"r{thing.number}",
        "type": "choices",
        "from_name": "label",
        "to_name": "image",
        "value": {**value, "choices": [thing.label]},
    }
    note = {"id": "n", "type": "textarea", "from_name": "note", "value": {"text": ["a"]}}
    return {
        "id": thing.number,
        "data": {"image": "a.jpg"},
        "annotations": [{"id": 100 + thing.number, "result": [result, note]}],
        "predictions": [],
    }


def key(number: int, labels: Sequence[str]) -> str:
    return f"{number}/{100 + number}/r{number}"


def counts(dataset: Path) -> Counter[str]:
    return Counter(
        label
        for task in json.loads(dataset.read_text())
        for annotation in task["annotations"]
        for result in annotation["result"]
        for label in result["value"].get("choices", ())
    )
