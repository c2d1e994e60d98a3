"""COCO instances: a thing is a box in a picture of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "COCO instances"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "instances.json"
    path.write_text(json.dumps(document(things, labels)))
    return path


def document(things: Sequence[Thing], labels: Sequence[str]) -> dict[str, Any]:
    """Categories with gaps between their numbers, and a member that nobody knows."""
    return {
        "info": {"year": 2024},
        "images": [
            {"id": each.number, "file_name": f"{each.number}.jpg", "width": 64, "height": 64}
            for each in things
        ],
        "annotations": [
            {
                "id": 1000 + each.number,
                "image_id": each.number,
                "category_id": _number(labels.index(each.label)),
                "bbox": [2, 2, each.size, each.size],
                "area": each.size * each.size,
                "iscrowd": 0,
                "note": "kept",
            }
            for each in things
        ],
        "categories": [
            {"supercategory": "thing", "id": _number(place), "name": label, "synset": f"{label}.n"}
            for place, label in enumerate(labels)
        ],
    }


def _number(place: int) -> int:
    return 3 + 5 * place


def key(number: int, labels: Sequence[str]) -> str:
    return str(1000 + number)


def counts(dataset: Path) -> Counter[str]:
    document = json.loads(dataset.read_text())
    names = {each["id"]: each["name"] for each in document["categories"]}
    assert len(names) == len(document["categories"])
    return Counter(names[each["category_id"]] for each in document["annotations"])
