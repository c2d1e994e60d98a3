"""COCO panoptic: segments of stuff that meet become one, with their pixels; things stay apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy
import pytest
from PIL import Image

from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy
from cladist.datasets.policy_document import policy_of
from cladist.datasets.report import Report
from cladist.datasets.restoring import restore
from cladist.datasets.transfer import Beside, Order, transfer
from cladist.model.errors import InvalidValue, UnreadableInput
from tests.datasets import zoo
from tests.datasets.formats.coco_documents import NUMBERS, document

MERGED = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()
SPLIT = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93))).plan()
RETIRED = zoo.street().then(zoo.retire("sign")).plan()
IDS = (70_001, 302, 5)
"""Of the segments, from the left."""


def written(root: Path, *labels: str, things: tuple[str, ...] = ()) -> Path:
    """A picture of 8 by 4 pixels with a segment of 2 by 3 pixels for each label."""
    (root / "val").mkdir(parents=True)
    segments = [
        {
            "id": IDS[place],
            "category_id": NUMBERS[label],
            "area": 6,
            "bbox": [2 * place, 1, 2, 3],
            "iscrowd": 0,
        }
        for place, label in enumerate(labels)
    ]
    table = [
        {"id": number, "name": name, "isthing": int(name in things), "color": [number, 0, 0]}
        for name, number in NUMBERS.items()
    ]
    found = {
        "images": [{"id": 7, "file_name": "a.jpg", "width": 8, "height": 4}],
        "annotations": [{"segments_info": segments, "file_name": "a.png", "image_id": 7}],
        "categories": table,
    }
    (root / "val.json").write_text(json.dumps(found))
    pixels = numpy.zeros((4, 8, 3), dtype=numpy.uint8)
    for place in range(len(labels)):
        number = IDS[place]
        colour = (number % 256, number // 256 % 256, number // 65536)
        pixels[1:4, 2 * place : 2 * place + 2] = colour
    Image.fromarray(pixels).save(root / "val" / "a.png")
    return root


def carried(
    root: Path, tmp_path: Path, plan: Plan, policy: Policy | None = None
) -> tuple[Path, Report]:
    output = tmp_path / "output"
    report = transfer(Order(source=root, plan=plan, policy=policy or Policy()), output)
    restore(output, Beside(output).delta, tmp_path / "again")
    for each in ("val.json", "val/a.png"):
        assert (tmp_path / "again" / each).read_bytes() == (root / each).read_bytes()
    return output, report


def segments(root: Path) -> list[dict[str, Any]]:
    found = json.loads((root / "val.json").read_text())
    names = {each["id"]: each["name"] for each in found["categories"]}
    listed: list[dict[str, Any]] = found["annotations"][0]["segments_info"]
    return [{"name": names[each.pop("category_id")], **each} for each in listed]


def pixels(root: Path) -> list[int]:
    """The ids in the third row of the picture, for every second pixel."""
    with Image.open(root / "val" / "a.png") as image:
        row = numpy.asarray(image)[2, ::2].astype(int)
    return [int(r + 256 * g + 65536 * b) for r, g, b in row]


def test_stuff_that_becomes_one_class_is_one_segment(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "car", "sign", "truck")
    output, report = carried(root, tmp_path, MERGED)
    assert segments(output) == [
        {"name": "motor", "id": 70_001, "area": 12, "bbox": [0, 1, 6, 3], "iscrowd": 0},
        {"name": "sign", "id": 302, "area": 6, "bbox": [2, 1, 2, 3], "iscrowd": 0},
    ]
    assert pixels(output) == [70_001, 302, 70_001, 0]
    assert report.fates["merged"] == 2


def test_things_stay_apart(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "car", "truck", things=("car", "truck"))
    output, _ = carried(root, tmp_path, MERGED)
    assert [each["name"] for each in segments(output)] == ["motor", "motor"]
    assert (output / "val" / "a.png").read_bytes() == (root / "val" / "a.png").read_bytes()
    table = json.loads((output / "val.json").read_text())["categories"]
    assert next(each for each in table if each["name"] == "motor")["isthing"] == 1


def test_two_segments_that_were_of_one_class_before_are_let_alone(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "car", "car")
    output, _ = carried(root, tmp_path, MERGED)
    assert len(segments(output)) == 2


def test_things_and_stuff_do_not_become_a_new_class(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "car", "truck", things=("car",))
    with pytest.raises(InvalidValue, match=r"“car” and “truck”.*isthing differ"):
        carried(root, tmp_path, MERGED)


def test_the_pixels_of_a_segment_that_goes_are_of_none(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "sign", "car")
    output, _ = carried(root, tmp_path, RETIRED, policy_of({"retired": "remove"}, RETIRED))
    assert [each["name"] for each in segments(output)] == ["car"]
    assert pixels(output) == [0, 302, 0, 0]


def test_rules_see_segments_and_what_is_beside_them(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "vehicle", "sign", "vehicle", things=("vehicle",))
    rules = [
        {"name": "left", "when": {"field": "geometry.x", "is": 0}, "to": "van"},
        {"name": "signed", "when": {"beside": "sign"}, "to": "tram"},
    ]
    policy = policy_of({"splits": [{"class": "vehicle", "rules": rules}]}, SPLIT)
    output, _ = carried(root, tmp_path, SPLIT, policy)
    assert [each["name"] for each in segments(output)] == ["van", "sign", "tram"]


def test_other_coco_files_of_the_folder_follow_as_well(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "car")
    table = json.loads((root / "val.json").read_text())["categories"]
    (root / "boxes.json").write_text(json.dumps(document("truck", categories=table)))
    output, report = carried(root, tmp_path, MERGED)
    found = json.loads((output / "boxes.json").read_text())
    assert found["annotations"][0]["category_id"] == 91
    assert report.dataset == "COCO panoptic" and report.labels == 2


def test_a_picture_that_is_needed_must_be_there(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "car", "truck")
    with pytest.raises(UnreadableInput, match=r"a\.png.*is not there"):
        transfer(Order(source=root / "val.json", plan=MERGED), tmp_path / "out.json")
    outside = json.loads((root / "val.json").read_text())
    outside["annotations"][0]["file_name"] = "../val/a.png"
    (root / "val.json").write_text(json.dumps(outside))
    with pytest.raises(UnreadableInput, match="is not there"):
        transfer(Order(source=root, plan=MERGED), tmp_path / "output")
    assert not (tmp_path / "output").exists()


def test_a_picture_that_is_damaged_is_refused(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "car", "truck")
    path = root / "val" / "a.png"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(UnreadableInput, match=r"val/a\.png is"):
        transfer(Order(source=root, plan=MERGED), tmp_path / "output")


def test_segments_need_a_class(tmp_path: Path) -> None:
    root = written(tmp_path / "input", "car")
    text = (root / "val.json").read_text()
    (root / "val.json").write_text(text.replace('"category_id": 3', '"category": 3'))
    with pytest.raises(UnreadableInput, match="Element 1 of “annotations”"):
        transfer(Order(source=root, plan=MERGED), tmp_path / "output")
