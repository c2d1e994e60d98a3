"""Datumaro JSON: a thing is a box in an item of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "Datumaro JSON"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "default.json"
    listed = [{"name": each, "parent": "thing", "attributes": []} for each in labels]
    groups = [{"name": "all", "group_type": "exclusive", "labels": list(labels)}]
    items = [
        {
            "id": f"i{each.number}",
            "annotations": [
                {
                    "id": 0,
                    "type": "bbox",
                    "attributes": {},
                    "label_id": labels.index(each.label),
                    "bbox": [2, 2, each.size, each.size],
                }
            ],
        }
        for each in things
    ]
    document = {
        "dm_format_version": "1.0",
        "infos": {},
        "categories": {"label": {"labels": listed, "label_groups": groups, "attributes": []}},
        "items": items,
    }
    path.write_text(json.dumps(document))
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"i{number}#1"


def counts(dataset: Path) -> Counter[str]:
    document = json.loads(dataset.read_text())
    table = document["categories"]["label"]
    names = [each["name"] for each in table["labels"]]
    assert table["label_groups"][0]["labels"] == names
    assert {each["parent"] for each in table["labels"]} <= {"thing"}
    labels = (each for item in document["items"] for each in item["annotations"])
    return Counter(names[each["label_id"]] for each in labels)
