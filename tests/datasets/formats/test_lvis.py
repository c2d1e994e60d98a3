"""LVIS: lists of classes that a picture has not, and of classes not marked everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cladist.datasets.policy import Policy, Unknown
from cladist.datasets.trace import told
from cladist.datasets.transfer import Beside
from tests.datasets import zoo
from tests.datasets.formats.coco_documents import NUMBERS, carried, document

MERGED = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()
SPLIT = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93))).plan()


def picture(number: int, absent: list[str], partial: list[str]) -> dict[str, Any]:
    return {
        "id": number,
        "neg_category_ids": [NUMBERS[each] for each in absent],
        "file_name": "a.jpg",
        "not_exhaustive_category_ids": [NUMBERS[each] for each in partial],
    }


def lists(data: bytes) -> list[tuple[list[int], list[int]]]:
    return [
        (each["neg_category_ids"], each["not_exhaustive_category_ids"])
        for each in json.loads(data)["images"]
    ]


def test_a_merged_class_is_absent_only_if_all_its_sources_are(tmp_path: Path) -> None:
    written = document(
        "bus",
        images=[
            picture(1, ["car", "bus"], []),
            picture(2, ["truck", "bus", "car"], []),
            picture(3, ["person"], []),
            picture(4, [], []),
        ],
    )
    data, report = carried(written, tmp_path, MERGED)
    assert report.dataset == "LVIS"
    assert lists(data) == [([9], []), ([91, 9], []), ([1], []), ([], [])]
    assert report.fates["negative withdrawn"] == 1
    keys = {key for key, _, _ in told(Beside(tmp_path / "out" / "out.json").delta)}
    assert keys == {"image 1", "image 2"}


def test_a_merged_class_is_not_exhaustive_if_any_of_its_sources_is(tmp_path: Path) -> None:
    images = [picture(1, [], ["car", "bus", "truck"]), picture(2, [], ["truck"])]
    data, report = carried(document(images=images), tmp_path, MERGED)
    assert lists(data) == [([], [91, 9]), ([], [91])]
    assert report.collapsed == 1 and report.labels == 4


def test_all_parts_of_a_split_class_are_absent(tmp_path: Path) -> None:
    images = [picture(1, ["vehicle", "sign"], [])]
    data, report = carried(document(images=images), tmp_path, SPLIT)
    ((absent, _),) = lists(data)
    assert sorted(absent) == [90, 92, 93]
    assert report.fates["negative of all parts"] == 1


def test_only_the_lists_change(tmp_path: Path) -> None:
    text = json.dumps(document(images=[picture(1, ["truck", "car"], [])]))
    text = text.replace("[8, 3]", "[ 8 ,\n 3 ]")
    data, _ = carried(text.encode(), tmp_path, MERGED)
    images = data.decode().partition('"annotations"')[0]
    assert images == text.partition('"annotations"')[0].replace("[ 8 ,\n 3 ]", "[ 91 ]")


def test_pictures_are_named_by_their_place_where_they_have_no_id(tmp_path: Path) -> None:
    images = [picture(1, [], []), picture(2, [], ["vehicle"])]
    del images[1]["id"]
    carried(document(images=images), tmp_path, SPLIT)
    rows = Beside(tmp_path / "out" / "out.json").review.read_text().splitlines()[1:]
    assert [row.split("\t")[0] for row in rows] == ["image 2"]


def test_unknown_numbers_stay(tmp_path: Path) -> None:
    written = document(images=[picture(1, [], [])])
    written["images"][0]["neg_category_ids"] = [77, 3, 8]
    data, report = carried(written, tmp_path, MERGED, Policy(unknown=Unknown.KEEP))
    assert lists(data)[0][0] == [77, 91]
    assert report.unknown == (("77", 1),)
