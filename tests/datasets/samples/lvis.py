"""LVIS: COCO whose pictures say which classes they have not; the label table comes first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.samples import coco
from tests.datasets.scene import Thing

NAME = "LVIS"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    document = coco.document(things, labels)
    numbers = {each["name"]: each["id"] for each in document["categories"]}
    for picture in document["images"]:
        picture["neg_category_ids"] = [numbers[each] for each in ("person", "car", "animal")]
        picture["not_exhaustive_category_ids"] = [numbers[each] for each in ("car", "bus")]
    document = {"categories": document.pop("categories"), **document}
    path = folder / "lvis.json"
    path.write_text(json.dumps(document, indent=1))
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return coco.key(number, labels)


def counts(dataset: Path) -> Counter[str]:
    document = json.loads(dataset.read_text())
    known = {each["id"] for each in document["categories"]}
    for picture in document["images"]:
        for name in ("neg_category_ids", "not_exhaustive_category_ids"):
            numbers = picture[name]
            assert len(set(numbers)) == len(numbers)
            assert known.issuperset(numbers)
    return coco.counts(dataset)
