"""COCO panoptic: a thing is a segment in a picture of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "COCO panoptic"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    root = folder / "street"
    pictures = root / "annotations" / "panoptic_val"
    pictures.mkdir(parents=True)
    document = {
        "images": [{"id": each.number, "width": 64, "height": 64} for each in things],
        "annotations": [
            {
                "segments_info": [
                    {
                        "id": _segment(each.number),
                        "category_id": 3 + 5 * labels.index(each.label),
                        "area": each.size * each.size,
                        "bbox": [2, 2, each.size, each.size],
                        "iscrowd": 0,
                    }
                ],
                "file_name": f"{each.number}.png",
                "image_id": each.number,
            }
            for each in things
        ],
        "categories": [
            {"id": 3 + 5 * place, "name": label, "isthing": 0, "color": [place, 9, 9]}
            for place, label in enumerate(labels)
        ],
    }
    (root / "annotations" / "panoptic_val.json").write_text(json.dumps(document))
    for each in things:
        image = Image.new("RGB", (64, 64))
        number = _segment(each.number)
        colour = (number % 256, number // 256 % 256, number // 65536)
        image.paste(colour, (2, 2, 2 + each.size, 2 + each.size))
        image.save(pictures / f"{each.number}.png")
    return root


def _segment(number: int) -> int:
    """Ids that need all three colours."""
    return 70_000 * number + 300


def key(number: int, labels: Sequence[str]) -> str:
    return f"{number}#{_segment(number)}"


def counts(dataset: Path) -> Counter[str]:
    document = json.loads((dataset / "annotations" / "panoptic_val.json").read_text())
    names = {each["id"]: each["name"] for each in document["categories"]}
    assert all(each["isthing"] == 0 for each in document["categories"])
    found: Counter[str] = Counter()
    for annotation in document["annotations"]:
        path = dataset / "annotations" / "panoptic_val" / annotation["file_name"]
        areas = _areas(path)
        for segment in annotation["segments_info"]:
            assert areas.pop(segment["id"]) == segment["area"]
            found[names[segment["category_id"]]] += 1
        assert not areas, "pixels of no segment"
    return found


def _areas(path: Path) -> dict[int, int]:
    with Image.open(path) as image:
        data = image.convert("RGB").tobytes()
    colours = zip(data[::3], data[1::3], data[2::3], strict=True)
    found = Counter(r + 256 * g + 65536 * b for r, g, b in colours)
    del found[0]
    return dict(found)
