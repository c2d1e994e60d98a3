"""Which files are COCO, how their label tables are found, and what is refused."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cladist.datasets.detecting import opened
from cladist.datasets.records import Reading
from cladist.datasets.transfer import Beside, Order, survey, transfer
from cladist.model.errors import UnreadableInput
from tests.datasets import zoo
from tests.datasets.formats.coco_documents import carried, categories, document, labels, migrated

MERGED = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"categories": [*categories(), categories("car")[0]]}, "two categories with the id 3"),
        ({"categories": [{"id": "x", "name": "car"}]}, "whole number as id"),
        ({"categories": [{"id": 3}]}, "whole number as id"),
        ({"categories": None}, "no “categories”"),
    ],
)
def test_label_tables_that_say_nothing_certain_are_refused(
    change: dict[str, Any], message: str, tmp_path: Path
) -> None:
    written = document("car", **change)
    if change["categories"] is None:
        del written["categories"]
    with pytest.raises(UnreadableInput, match=message):
        carried(written, tmp_path, MERGED)


def test_labels_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    written = document("car", "bus")
    written["annotations"][1]["category_id"] = "bus"
    with pytest.raises(UnreadableInput, match=r"Element 2 of “annotations”.*“category_id”"):
        carried(written, tmp_path, MERGED)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_a_file_cut_off_is_refused(share: float, tmp_path: Path) -> None:
    written = document(*["car"] * 3_000)
    data = json.dumps({"categories": written.pop("categories"), **written}).encode()
    source = tmp_path / "in.json"
    source.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(UnreadableInput, match="line 1, column"):
        survey(Order(source=source, plan=MERGED))


def test_a_file_damaged_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    data = json.dumps(document(*["car"] * 9_000)).replace('"id": 8000,', '"id" 8000,').encode()
    with pytest.raises(UnreadableInput, match=r"damaged.*line 1, column \d{6}"):
        carried(data, tmp_path, MERGED)
    assert not list((tmp_path / "out").iterdir())


def test_the_table_is_found_wherever_it_stands(tmp_path: Path) -> None:
    written = document(*["car", "truck"] * 3_000)
    table = written.pop("categories")
    many = {"licenses": [{"id": each, "text": "x" * 900} for each in range(6_000)]}
    for place, whole in enumerate(
        (
            {"categories": table, **written, **many},
            {"images": [], "categories": table, **written, **many},
            {**written, **many, "categories": table, "more": {"categories": [1]}},
        )
    ):
        folder = tmp_path / str(place)
        folder.mkdir()
        found = migrated(whole, folder, MERGED)
        assert list(found) == list(whole)
        assert Counter(labels(found)) == {"motor": 6_000}


def test_files_of_a_folder_share_their_label_table(tmp_path: Path) -> None:
    root = tmp_path / "street"
    (root / "annotations").mkdir(parents=True)
    train = document("vehicle", categories=categories("vehicle", "car"))
    value = document("car", "truck", categories=categories("truck", "car"))
    (root / "annotations" / "train.json").write_text(json.dumps(train))
    (root / "annotations" / "val.json").write_text(json.dumps(value))
    (root / "captions.json").write_text(json.dumps({"annotations": [{"caption": "x"}]}))
    (root / "a.jpg").write_bytes(b"picture")
    output = tmp_path / "output"
    plan = zoo.street().then(
        zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93)),
        zoo.merge(["car", "truck"], zoo.a("motor", 91)),
    )
    report = transfer(Order(source=root, plan=plan.plan()), output)
    assert report.dataset == "COCO instances" and report.labels == 3
    review = Beside(output).review.read_text().splitlines()[1:]
    assert [row.split("\t")[0] for row in review] == ["annotations/train.json#100"]
    found = json.loads((output / "annotations" / "val.json").read_text())
    assert labels(found) == ["motor", "motor"] and len(found["categories"]) == 1
    assert (output / "a.jpg").read_bytes() == b"picture"


def test_files_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    one = document("car", categories=[{"id": 3, "name": "car"}])
    other = document("car", categories=[{"id": 3, "name": "bus"}])
    (tmp_path / "one.json").write_text(json.dumps(one))
    (tmp_path / "other.json").write_text(json.dumps(other))
    with pytest.raises(UnreadableInput, match=r"Category 3 is “car” in one\.json and “bus”"):
        opened(tmp_path, Reading(format="coco"))


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", "x", '{"images": []}', '{"categories": {"label": {}}, "images": []}', '{"a": 1}'],
)
def test_other_files_are_not_taken_for_coco(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(UnreadableInput, match="format"):
        opened(tmp_path / "a.json", Reading(format="coco"))
