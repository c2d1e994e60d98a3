"""The label table of COCO: which members of a category follow, and which stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cladist.datasets.plan import Plan
from cladist.datasets.policy_document import policy_of
from cladist.model.change.kinds import MergeClasses, MoveClass
from cladist.model.errors import InvalidValue
from tests.datasets import zoo
from tests.datasets.formats.coco_documents import carried, document, migrated

TREE = zoo.History(
    zoo.taxonomy_of(
        zoo.a("thing", 50),
        zoo.a("vehicle", 21, "thing"),
        zoo.a("rail", 22, "thing"),
        zoo.a("car", 3, "vehicle"),
        zoo.a("truck", 8, "vehicle"),
        zoo.a("bus", 9, "vehicle"),
    )
)
MERGED = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()


def table(plan: Plan, tmp_path: Path, *rows: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = migrated(document(categories=rows), tmp_path, plan)["categories"]
    return found


def above(history: zoo.History, tmp_path: Path, name: str, supercategory: str) -> str:
    """The supercategory of a class after the last version."""
    row = {"id": 3, "name": name, "supercategory": supercategory}
    found: str = table(history.plan(), tmp_path, row)[0]["supercategory"]
    return found


def test_a_category_that_goes_on_keeps_all_its_members_in_order(tmp_path: Path) -> None:
    row = {"synset": "a.n.1", "name": "person", "def": "é", "id": 1, "supercategory": "person"}
    plan = zoo.street().then(zoo.rename("person", "pedestrian")).plan()
    (found,) = table(plan, tmp_path, row)
    assert found == {**row, "name": "pedestrian"}
    assert list(found) == list(row)


def test_a_new_category_takes_nothing_that_says_what_the_old_one_was(tmp_path: Path) -> None:
    rows = [
        {"id": 3, "name": "car", "supercategory": "vehicle", "synset": "car.n.1", "isthing": 1},
        {"id": 8, "name": "truck", "supercategory": "vehicle", "synset": "t.n.1", "isthing": 1},
    ]
    assert table(MERGED, tmp_path, *rows) == [
        {"id": 91, "name": "motor", "supercategory": "vehicle", "isthing": 1}
    ]


def test_a_class_merged_into_another_one_leaves_it_as_it_was(tmp_path: Path) -> None:
    plan = (
        zoo.street().then(MergeClasses(sources=(zoo.id_of("truck"),), into=zoo.id_of("car"))).plan()
    )
    car = {"id": 3, "name": "car", "supercategory": "vehicle", "color": [1, 2, 3], "isthing": 1}
    truck = {"id": 8, "name": "truck", "supercategory": "lorry", "isthing": 0}
    assert table(plan, tmp_path, truck, car) == [car]


def test_iris_say_which_class_it_is(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "name": "Auto", "iri": zoo.id_of("car")},
        {"id": 2, "name": "Laster", "iri": zoo.id_of("truck")},
    ]
    (found,) = table(MERGED, tmp_path, *rows)
    assert found == {"id": 91, "name": "motor", "iri": zoo.id_of("motor")}


@pytest.mark.parametrize("name", ["vehicle", "thing", "my own group", "car"])
def test_a_supercategory_stays_where_nothing_happened(name: str, tmp_path: Path) -> None:
    assert above(TREE.then(), tmp_path, "car", name) == name


def test_a_supercategory_follows_a_rename_and_a_move(tmp_path: Path) -> None:
    renamed = TREE.then(zoo.rename("vehicle", "motor vehicle"))
    assert above(renamed, tmp_path / "1", "car", "vehicle") == "motor vehicle"
    moved = TREE.then(
        MoveClass(id=zoo.id_of("car"), parents=(zoo.id_of("rail"),)),
    )
    assert above(moved, tmp_path / "2", "car", "vehicle") == "rail"
    assert above(moved, tmp_path / "3", "car", "my own group") == "my own group"


def test_a_new_class_is_under_its_parent_and_never_under_itself(tmp_path: Path) -> None:
    rows = [
        {"id": 21, "name": "vehicle", "supercategory": "thing"},
        {"id": 3, "name": "car", "supercategory": "vehicle"},
        {"id": 8, "name": "truck", "supercategory": "vehicle"},
    ]
    plan = TREE.then(zoo.merge(["car", "truck"], zoo.a("motor", 91, "vehicle"))).plan()
    assert [each["supercategory"] for each in table(plan, tmp_path / "1", *rows)] == [
        "thing",
        "vehicle",
    ]
    into = MergeClasses(
        sources=(zoo.id_of("car"), zoo.id_of("truck"), zoo.id_of("bus")), into=zoo.id_of("vehicle")
    )
    assert table(TREE.then(into).plan(), tmp_path / "2", *rows) == [rows[0]]


def test_a_residue_has_no_supercategory(tmp_path: Path) -> None:
    plan = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93))).plan()
    rules = {
        "residues": {"unlabeled": 255},
        "splits": [{"class": "vehicle", "default": "unlabeled"}],
    }
    found = migrated(document("vehicle"), tmp_path, plan, policy_of(rules, plan))
    assert (
        found["categories"][-1] == {"id": 255, "name": "unlabeled", "supercategory": ""}
        or {
            "id": 255,
            "name": "unlabeled",
            "supercategory": "",
        }
        in found["categories"]
    )


def test_classes_with_other_key_points_do_not_become_one(tmp_path: Path) -> None:
    car = {"id": 3, "name": "car", "keypoints": ["a", "b"], "skeleton": [[1, 2]]}
    truck = {"id": 8, "name": "truck", "keypoints": ["a", "c"], "skeleton": [[1, 2]]}
    with pytest.raises(InvalidValue, match=r"“car” and “truck” would both be “motor”.*keypoints"):
        table(MERGED, tmp_path / "1", car, truck)
    assert table(MERGED, tmp_path / "2", car, {**truck, "keypoints": ["a", "b"]}) == [
        {**car, "id": 91, "name": "motor"}
    ]


def test_key_points_are_said(tmp_path: Path) -> None:
    car = {"id": 3, "name": "car", "keypoints": ["a", "b"], "skeleton": [[1, 2]]}
    written = document("car", categories=[car])
    written["annotations"][0] |= {"keypoints": [1, 2, 2, 3, 4, 1], "num_keypoints": 2}
    data, report = carried(written, tmp_path, MERGED)
    assert report.dataset == "COCO keypoints"
    assert b'"keypoints": [1, 2, 2, 3, 4, 1]' in data


def test_colours_of_new_classes(tmp_path: Path) -> None:
    rows = [{"id": 3, "name": "car", "color": [9, 9, 9]}, {"id": 8, "name": "truck"}]
    motor = replace(zoo.a("motor", 91), colour="#0A0B0C")
    plan = zoo.street().then(zoo.merge(["car", "truck"], motor)).plan()
    assert table(plan, tmp_path, *rows) == [{"id": 91, "name": "motor", "color": [10, 11, 12]}]
