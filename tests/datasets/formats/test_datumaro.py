"""Datumaro: numbers and table together, parents and groups kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cladist.datasets.transfer import Order, transfer
from cladist.model.errors import UnreadableInput
from tests.datasets import zoo
from tests.datasets.formats.runs import migrated

MERGED = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()


def document(**table: Any) -> dict[str, Any]:
    labels = [
        {"name": "sign", "parent": "", "attributes": ["lit"]},
        {"name": "car", "parent": "vehicle", "attributes": []},
        {"name": "truck", "parent": "vehicle", "attributes": []},
        {"name": "vehicle", "parent": "transport", "attributes": []},
    ]
    groups = [
        {"name": "g", "group_type": "exclusive", "labels": ["car", "truck", "sign"]},
        {"name": "h", "group_type": "inclusive", "labels": ["truck"]},
    ]
    label = {"labels": labels, "label_groups": groups, "attributes": [], **table}
    colours = [{"label_id": each, "r": each, "g": 0, "b": 0} for each in range(4)]
    annotations = [
        {"id": 0, "type": "bbox", "label_id": each, "bbox": [1, 1, 2, 2], "z_order": 5}
        for each in (2, 0, 1, 3)
    ]
    return {
        "infos": {},
        "categories": {"label": label, "mask": {"colormap": colours}},
        "items": [{"id": "a", "annotations": [*annotations, {"id": 9, "type": "caption"}]}],
    }


def after(path: Path, content: dict[str, Any]) -> dict[str, Any]:
    path.write_text(json.dumps(content))
    found: dict[str, Any] = json.loads(migrated(path, MERGED)[0].read_bytes())
    return found


def test_numbers_follow_the_table(tmp_path: Path) -> None:
    found = after(tmp_path / "default.json", document())
    label = found["categories"]["label"]
    assert [(each["name"], each["parent"]) for each in label["labels"]] == [
        ("sign", ""),
        ("motor", "vehicle"),
        ("vehicle", "transport"),
    ]
    assert label["labels"][0]["attributes"] == ["lit"]
    assert [each["labels"] for each in label["label_groups"]] == [["motor", "sign"], ["motor"]]
    ids = [each.get("label_id") for each in found["items"][0]["annotations"]]
    assert ids == [1, 0, 1, 2, None]
    colours = found["categories"]["mask"]["colormap"]
    assert [(each["label_id"], each["r"]) for each in colours] == [(0, 0), (1, 1), (2, 3)]


def test_no_label_is_its_own_parent(tmp_path: Path) -> None:
    content = document()
    content["categories"]["label"]["labels"][1]["parent"] = "truck"
    found = after(tmp_path / "default.json", content)
    assert found["categories"]["label"]["labels"][1] == {
        "name": "motor",
        "parent": "",
        "attributes": [],
    }


def test_a_number_out_of_the_table(tmp_path: Path) -> None:
    content = document()
    content["items"][0]["annotations"][0]["label_id"] = 4
    path = tmp_path / "default.json"
    path.write_text(json.dumps(content))
    with pytest.raises(UnreadableInput, match=r"Item a has label_id 4, and the table 0 to 3"):
        transfer(Order(source=path, plan=MERGED), tmp_path / "out.json")
    assert [each.name for each in tmp_path.iterdir()] == ["default.json"]
