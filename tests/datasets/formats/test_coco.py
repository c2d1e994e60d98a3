"""COCO: what stays as it is, what follows, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.datasets.formats.coco_annotations import ANNOTATIONS as DECODER
from cladist.datasets.formats.coco_annotations import plain, searched
from cladist.datasets.formats.jsonblocks import Block, parts
from cladist.datasets.policy import Policy, Unknown
from cladist.datasets.policy_document import policy_of
from cladist.datasets.transfer import Beside
from cladist.model.change.kinds import SplitClass
from cladist.model.errors import UnknownLabels
from tests.datasets import zoo
from tests.datasets.formats.coco_documents import carried, categories, document, labels, migrated

STRANGE = st.sampled_from(
    ['"category_id": 3', "category_id", {"category_id": 4}, [{"category_id": 5}], "\\", "é", "}, {"]
)
ANNOTATIONS = st.fixed_dictionaries(
    {},
    optional={
        "id": st.integers(0, 10**6) | st.just("a"),
        "note": STRANGE,
        "category_id": st.integers(-3, 10**5) | st.none(),
        "more": STRANGE,
        "category_id ": st.integers(0, 9),
    },
)
SAME = zoo.street().then().plan()
MERGED = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()
RENUMBERED = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 5000))).plan()
SPLIT = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93))).plan()
RETIRED = zoo.street().then(zoo.retire("sign")).plan()


def test_only_the_bytes_of_labels_change(tmp_path: Path) -> None:
    text = (
        '{ "info":null, "annotations":[\n\t{"id": 7,"category_id" : 3,"x":[1,  2.50]},\n'
        '\t{"category_id" : 9, "id": 8, "note": "caf\\u00e9", "score":1e-3}\n],'
        f'"images":[{{"id":1}}],"categories":{json.dumps(categories())}}}\r\n'
    )
    data, _ = carried(text.encode(), tmp_path, MERGED)
    head, _, tail = data.decode().partition('"categories":')
    assert (
        head
        == text.replace('"category_id" : 3', '"category_id" : 91').partition('"categories":')[0]
    )
    assert [each["id"] for each in json.loads(tail[:-3])] == [1, 91, 9, 20, 21, 90]


def test_numbers_with_gaps_survive(tmp_path: Path) -> None:
    found = migrated(document("car", "sign", "bus"), tmp_path, SAME)
    assert [each["id"] for each in found["categories"]] == [1, 3, 8, 9, 20, 21, 90]
    assert [each["category_id"] for each in found["annotations"]] == [3, 90, 9]


@pytest.mark.parametrize(
    "strange",
    [
        {"attributes": {"category_id": 8}},
        {"note": 'said "category_id": 8, and more'},
        {"note": "a \\u0041 in a text"},
        {"segments": [{"category_id": 3}, {"category_id": 9}]},
    ],
)
def test_a_name_that_stands_elsewhere_is_let_alone(strange: dict[str, Any], tmp_path: Path) -> None:
    written = document("car", "bus", "truck", "car")
    written["annotations"][1] |= strange
    written["annotations"][2] = {**strange, **written["annotations"][2]}
    found = migrated(written, tmp_path, MERGED)
    assert labels(found) == ["motor", "bus", "motor", "motor"]
    assert {**found["annotations"][1], **strange} == found["annotations"][1]


def test_a_name_spelled_with_escapes_is_known(tmp_path: Path) -> None:
    text = json.dumps(document("car", "truck")).replace('"category_id"', '"category\\u005fid"', 1)
    found = json.loads(carried(text.encode(), tmp_path, MERGED)[0])
    assert labels(found) == ["motor", "motor"]


@given(st.lists(ANNOTATIONS, min_size=1, max_size=8), st.sampled_from([None, 0, 2]))
def test_plain_blocks_are_those_that_a_full_search_finds_alike(
    folder: Path, rows: list[dict[str, Any]], indent: int | None
) -> None:
    path = folder / "rows.json"
    path.write_text(json.dumps({"annotations": rows}, indent=indent))
    for part in parts(path, {"annotations": DECODER}, size=100):
        if isinstance(part, Block):
            full, quick = searched(part), plain(part)
            spans = zip(full.bounds(), full.owners, strict=True)
            for (start, end), owner in spans:
                assert json.loads(part.data[start:end]) == part.values[owner].category_id
            if quick is not None:
                assert (quick.texts, list(quick.owners)) == (full.texts, full.owners)
                assert quick.bounds() == full.bounds()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("coco")


def test_annotations_without_a_class_stay(tmp_path: Path) -> None:
    written = document("car", "truck")
    written["annotations"][0]["category_id"] = None
    written["annotations"].append({"id": 7, "caption": "a street"})
    data, report = carried(written, tmp_path, MERGED)
    found = json.loads(data)["annotations"]
    assert [each.get("category_id") for each in found] == [None, 91, None]
    assert report.labels == 1


def test_many_blocks_are_followed_alike(tmp_path: Path) -> None:
    names = ["car", "truck", "bus", "person"] * 3_000
    data, report = carried(document(*names), tmp_path, RENUMBERED)
    assert len(data) > 2**19
    now = {"car": "motor", "truck": "motor"}
    assert labels(json.loads(data)) == [now.get(each, each) for each in names]
    assert report.fates["merged"] == 6_000 and report.fates["kept"] == 6_000


def test_annotations_go_with_their_commas_over_many_blocks(tmp_path: Path) -> None:
    names = ["sign"] * 4_000 + ["car", "sign"] * 2_000
    policy = policy_of({"retired": "remove"}, RETIRED)
    data, report = carried(document(*names), tmp_path, RETIRED, policy)
    assert labels(json.loads(data)) == ["car"] * 2_000
    assert report.fates["retired"] == 6_000


def test_a_document_of_which_nothing_is_left_is_whole(tmp_path: Path) -> None:
    policy = policy_of({"retired": "remove"}, RETIRED)
    found = migrated(document(*["sign"] * 5_000), tmp_path, RETIRED, policy)
    assert found["annotations"] == []


def test_labels_one_by_one_and_together_give_the_same(tmp_path: Path) -> None:
    """A class that is split makes the others of its block no less certain."""
    names = ["vehicle", "car", "person"] * 2_000
    policy = policy_of({"splits": [{"class": "vehicle", "default": "tram"}]}, SPLIT)
    data, report = carried(document(*names), tmp_path, SPLIT, policy)
    now = {"vehicle": "tram"}
    assert labels(json.loads(data)) == [now.get(each, each) for each in names]
    assert report.fates["split by default"] == 2_000 and report.fates["kept"] == 4_000


def test_rules_see_the_annotation_its_picture_and_what_is_beside(tmp_path: Path) -> None:
    written = document("vehicle", "vehicle", "vehicle", "vehicle", "person")
    written["images"].append({"id": 6, "file_name": "night.jpg", "width": 9, "height": 9})
    written["annotations"][0]["attributes"] = {"rails": True}
    written["annotations"][1]["image_id"] = 6
    written["annotations"][2] |= {"segmentation": [[0, 0, 1, 0, 1, 1]], "image_id": 7}
    tests = [
        {"field": "attributes.rails", "is": True},
        {"field": "image.name", "starts-with": "night"},
        {"field": "geometry.points", "is": 3},
    ]
    rules = [{"name": "tram", "when": {"any": tests}, "to": "tram"}]
    beside = {"name": "with people", "when": {"beside": "person"}, "to": "van"}
    split = {"class": "vehicle", "rules": [*rules, beside]}
    found = migrated(written, tmp_path, SPLIT, policy_of({"splits": [split]}, SPLIT))
    assert labels(found) == ["tram", "tram", "tram", "van", "person"]


def test_a_class_is_not_beside_itself(tmp_path: Path) -> None:
    rule = {"name": "two", "when": {"beside": "vehicle"}, "to": "tram"}
    policy = policy_of({"splits": [{"class": "vehicle", "rules": [rule], "default": "van"}]}, SPLIT)
    assert labels(migrated(document("vehicle"), tmp_path, SPLIT, policy)) == ["van"]


def test_nothing_may_be_certain(tmp_path: Path) -> None:
    policy = policy_of({"splits": [{"class": "vehicle", "default": "tram"}]}, SPLIT)
    written = document("vehicle", "vehicle", categories=categories("vehicle"))
    assert labels(migrated(written, tmp_path, SPLIT, policy)) == ["tram", "tram"]


def test_records_without_an_id_are_named_by_their_place(tmp_path: Path) -> None:
    written = document("vehicle", "car", "vehicle")
    del written["annotations"][2]["id"]
    carried(written, tmp_path, SPLIT)
    rows = Beside(tmp_path / "out" / "out.json").review.read_text().splitlines()[1:]
    assert [row.split("\t")[0] for row in rows] == ["100", "annotation 3"]


def test_boxes_that_become_alike_are_told(tmp_path: Path) -> None:
    names = ["car", "truck", "car", "bus"] * 1_500
    written = document(*names)
    places = {1: 0, 4_001: 2, 4_002: 2, 4_003: 0}  # 4,002 is a car too, and 4,003 a bus
    for place, other in places.items():
        written["annotations"][place]["bbox"] = written["annotations"][other]["bbox"]
    written["annotations"][9]["bbox"] = written["annotations"][8]["bbox"]
    written["annotations"][9]["image_id"] = 6
    _, report = carried(written, tmp_path, MERGED)
    assert {each.what: each.records for each in report.findings} == {
        "identical shapes of one class": ("101", "4101")
    }
    assert report.labels == 6_000 and report.fates["merged"] == 4_500


def test_boxes_are_compared_with_those_that_a_rule_decides(tmp_path: Path) -> None:
    plan = zoo.street().then(
        SplitClass(id=zoo.id_of("vehicle"), new=(zoo.a("van", 92),), into=(zoo.id_of("bus"),))
    )
    written = document("bus", "vehicle", "vehicle")
    for each in written["annotations"]:
        each["bbox"] = [1, 1, 1, 1]
    rules = {"splits": [{"class": "vehicle", "default": "bus"}]}
    _, report = carried(written, tmp_path, plan.plan(), policy_of(rules, plan.plan()))
    assert sum(each.count for each in report.findings) == 1


def test_numbers_that_no_category_has_are_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownLabels, match="77"):
        carried(document("car", 77, 77), tmp_path, MERGED)
    data, report = carried(document("car", 77, 77), tmp_path, MERGED, Policy(unknown=Unknown.KEEP))
    assert [each["category_id"] for each in json.loads(data)["annotations"]] == [91, 77, 77]
    assert report.unknown == (("77", 2),)
