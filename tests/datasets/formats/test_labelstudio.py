"""Label Studio: paths after a move, several labels, predictions and drafts, and what goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cladist.datasets.transfer import Order, transfer
from cladist.model.change import kinds
from cladist.model.errors import UnknownLabels, UnreadableInput
from cladist.model.taxonomy import Structure
from tests.datasets import zoo
from tests.datasets.formats.runs import migrated
from tests.datasets.zoo import a, id_of

STREET = zoo.street(Structure.MULTI_LABEL)
MERGED = STREET.then(zoo.merge(["car", "truck"], a("motor", 91))).plan()
RETIRED = STREET.then(zoo.retire("sign")).plan()
REMOVE = {"retired": "remove"}


def choices(*labels: str, **about: Any) -> dict[str, Any]:
    return {"id": "r", "type": "choices", "value": {"choices": list(labels)}, **about}


def file(folder: Path, *results: dict[str, Any], **task: Any) -> Path:
    path = folder / "export.json"
    annotations = [{"id": 3, "result": list(results)}]
    path.write_text(json.dumps([{"id": 7, "data": {}, "annotations": annotations, **task}]))
    return path


def after(path: Path, plan: Any, **how: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(migrated(path, plan, **how)[0].read_bytes())[0]
    return found


def test_paths_follow_a_class_that_moved(tmp_path: Path) -> None:
    first = zoo.taxonomy_of(
        a("thing", 1), a("living", 2, "thing"), a("cat", 3, "thing"), kind=Structure.MULTI_LABEL
    )
    plan = (
        zoo.History(first).then(kinds.MoveClass(id=id_of("cat"), parents=(id_of("living"),))).plan()
    )
    path = file(
        tmp_path,
        {"id": "r", "value": {"taxonomy": [["thing", "cat"], ["thing", "living"]]}},
        {"id": "s", "value": {"taxonomy": [[id_of("thing"), id_of("cat")]]}},
    )
    one, other = after(path, plan)["annotations"][0]["result"]
    assert one["value"]["taxonomy"] == [["thing", "living", "cat"], ["thing", "living"]]
    assert other["value"]["taxonomy"] == [[id_of("thing"), id_of("living"), id_of("cat")]]


def test_a_path_that_is_none_is_unknown(tmp_path: Path) -> None:
    path = file(tmp_path, {"id": "r", "value": {"taxonomy": [["car", "bus"]]}})
    with pytest.raises(UnknownLabels):
        transfer(Order(source=path, plan=MERGED), tmp_path / "out.json")


def test_labels_that_are_one_now_stand_once(tmp_path: Path) -> None:
    found = after(file(tmp_path, choices("car", "bus", "truck")), MERGED)
    assert found["annotations"][0]["result"][0]["value"]["choices"] == ["motor", "bus"]


def test_aliases_stay_ids(tmp_path: Path) -> None:
    found = after(file(tmp_path, choices(id_of("truck"))), MERGED)
    assert found["annotations"][0]["result"][0]["value"]["choices"] == [id_of("motor")]


def test_predictions_and_drafts_follow_too(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        predictions=[{"id": 9, "result": [choices("car")], "score": 0.5}],
        drafts=[{"result": [choices("truck")]}],
    )
    found = after(path, MERGED)
    assert found["predictions"][0]["result"][0]["value"]["choices"] == ["motor"]
    assert found["drafts"][0]["result"][0]["value"]["choices"] == ["motor"]


def test_a_result_without_labels_goes_and_others_stay(tmp_path: Path) -> None:
    note = {"id": "n", "type": "textarea", "value": {"text": ["sign"]}}
    path = file(tmp_path, choices("sign"), note, choices("sign", "car"))
    found = after(path, RETIRED, rules=REMOVE)["annotations"][0]["result"]
    assert found == [note, choices("car")]


def test_a_region_in_two_results_is_decided_once(tmp_path: Path) -> None:
    plan = STREET.then(zoo.split("vehicle", a("van", 92), a("tram", 93))).plan()
    path = file(tmp_path, choices("vehicle"), choices("vehicle", type="labels"))
    found = after(path, plan, decided="7/3/r\tvehicle\tvan\n")["annotations"][0]["result"]
    assert [each["value"]["choices"] for each in found] == [["van"], ["van"]]


def test_the_short_form(tmp_path: Path) -> None:
    path = tmp_path / "min.json"
    box = {"x": 1, "y": 1, "width": 2, "height": 2, "rectanglelabels": ["car"]}
    task = {"id": 7, "label": [box], "annotation_id": 3, "kind": {"choices": ["truck", "bus"]}}
    path.write_text(json.dumps([task]))
    output, report = migrated(path, MERGED)
    (found,) = json.loads(output.read_bytes())
    assert report.dataset == "Label Studio JSON_MIN"
    assert found["label"][0]["rectanglelabels"] == ["motor"]
    assert found["kind"] == {"choices": ["motor", "bus"]}


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    path = file(tmp_path, *[choices("car")] * 50)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(UnreadableInput, match="line 1"):
        transfer(Order(source=path, plan=MERGED), tmp_path / "out.json")
    assert [each.name for each in tmp_path.iterdir()] == ["export.json"]


def test_identical_boxes_are_found(tmp_path: Path) -> None:
    box = {"x": 1, "y": 1, "width": 2, "height": 2}
    results = [
        {"id": label, "value": {**box, "rectanglelabels": [label]}} for label in ("car", "truck")
    ]
    _, report = migrated(file(tmp_path, *results), MERGED)
    (found,) = report.findings
    assert (found.what, found.count) == ("identical shapes of one class", 1)
