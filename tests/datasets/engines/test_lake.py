"""What engines take and refuse, and what they leave behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars
import pyarrow
import pytest
from pyarrow.parquet import write_table

from cladist.datasets.decisions import Decided, Decisions
from cladist.datasets.engines import run
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Choice, Policy
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Reading, Ref
from cladist.datasets.transfer import Order, transfer
from cladist.model.errors import InvalidValue, OutputExists, UnknownLabels, UnreadableInput
from tests.datasets import zoo

PLAN = zoo.street().then(zoo.merge(["car", "truck", "bus"], zoo.a("motor", 91))).plan()
SPLIT = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93))).plan()


def lake(folder: Path, columns: dict[str, Any]) -> Path:
    root = folder / "lake"
    root.mkdir()
    write_table(pyarrow.table(columns), root / "a.parquet")
    return root


def order(source: Path, reading: Reading, plan: Plan = PLAN, policy: Policy | None = None) -> Order:
    return Order(source=source, plan=plan, reading=reading, policy=policy or Policy())


def labels(root: Path) -> list[Any]:
    return polars.read_parquet(root / "a.parquet")["label"].to_list()


LABEL = Reading(label="label")


@pytest.mark.parametrize("kind", [pyarrow.int16(), pyarrow.int64(), pyarrow.uint8()])
def test_codes_stay_codes(tmp_path: Path, kind: Any) -> None:
    source = lake(tmp_path, {"label": pyarrow.array([3, 9, 1, None], kind)})
    run("polars", order(source, LABEL), tmp_path / "new")
    assert labels(tmp_path / "new") == [91, 91, 1, None]
    schema = polars.read_parquet_schema(tmp_path / "new" / "a.parquet")
    assert schema["label"] == polars.read_parquet_schema(source / "a.parquet")["label"]


def test_a_legend_numbered_from_zero_is_numbered_anew(tmp_path: Path) -> None:
    source = lake(tmp_path, {"label": [0, 1, 2, 3, -1]})
    legend: dict[Ref, str] = {0: "person", 1: "car", 2: "bus", 3: "sign"}
    given = order(source, Reading(label="label", legend=legend))
    report = run("polars", given, tmp_path / "new")
    assert report == transfer(given, tmp_path / "core")
    assert labels(tmp_path / "new") == labels(tmp_path / "core") == [0, 1, 1, 2, -1]
    assert json.loads((tmp_path / "new.taxonomy.lock").read_bytes())["legend"]["2"].endswith("sign")


def test_texts_as_a_dictionary(tmp_path: Path) -> None:
    source = lake(tmp_path, {"label": pyarrow.array(["car", None, "bus"]).dictionary_encode()})
    run("polars", order(source, LABEL), tmp_path / "new")
    assert labels(tmp_path / "new") == ["motor", None, "motor"]


def test_what_an_engine_told_before_gives_way(tmp_path: Path) -> None:
    source = lake(tmp_path, {"cladist_fate": ["old"], "label": ["car"], "x": [1]})
    run("polars", order(source, LABEL), tmp_path / "new")
    (row,) = polars.read_parquet(tmp_path / "new" / "a.parquet").to_dicts()
    assert row == {
        "label": "motor",
        "x": 1,
        "cladist_fate": "merged",
        "cladist_from": "car",
        "cladist_via": "change-1-1",
    }


def test_unknown_labels_are_refused_and_kept_on_demand(tmp_path: Path) -> None:
    source = lake(tmp_path, {"label": ["car", "zebra", "zebra"]})
    with pytest.raises(UnknownLabels, match=r"zebra” \(2\)"):
        run("polars", order(source, LABEL), tmp_path / "new")
    assert [each.name for each in tmp_path.iterdir()] == ["lake"]
    kept = policy_of({"unknown": "keep"}, PLAN)
    report = run("polars", order(source, LABEL, policy=kept), tmp_path / "new")
    assert labels(tmp_path / "new") == ["motor", "zebra", "zebra"]
    assert report.unknown == (("zebra", 2),)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    source = lake(tmp_path, {"label": ["car"]})
    (tmp_path / "new").mkdir()
    with pytest.raises(OutputExists):
        run("polars", order(source, LABEL), tmp_path / "new")


def test_residues_and_removed_labels(tmp_path: Path) -> None:
    source = lake(tmp_path, {"label": ["vehicle", "vehicle"], "size": [1, 2]})
    rule = {"when": {"field": "record.size", "is": 1}, "to": "(none)"}
    document = {
        "residues": ["odd"],
        "splits": [{"class": "vehicle", "rules": [rule], "default": "odd"}],
    }
    policy = policy_of(document, SPLIT)
    report = run("polars", order(source, LABEL, SPLIT, policy), tmp_path / "new")
    assert labels(tmp_path / "new") == [None, "odd"]
    assert (report.labels, report.written, report.fewer) == (2, 1, 1)


def named(folder: Path) -> Path:
    """A lake with class names in its metadata."""
    root = lake(folder, {"other": [1]})
    feature = {"names": ["car"], "_type": "ClassLabel"}
    said = json.dumps({"info": {"features": {"label": feature}}})
    table = pyarrow.table({"label": [0]}).replace_schema_metadata({"huggingface": said})
    write_table(table, root / "a.parquet")
    return root


@pytest.mark.parametrize("what", ["one file", "class names", "structure", "earlier", "key", "none"])
def test_what_only_the_core_does_is_refused(tmp_path: Path, what: str) -> None:
    if what == "class names":
        given = order(named(tmp_path), Reading())
    elif what == "structure":
        given = order(lake(tmp_path, {"seen": [{"kind": "car"}]}), Reading(label="seen.kind"))
    elif what == "key":
        source = lake(tmp_path, {"label": ["car"], "id": [1.5]})
        given = order(source, Reading(label="label", key="id"))
    else:
        given = order(lake(tmp_path, {"label": ["car"]}), LABEL)
    if what == "one file":
        given = Order(source=given.source / "a.parquet", plan=PLAN, reading=LABEL)
    if what == "earlier":
        given = Order(source=given.source, plan=PLAN, reading=LABEL, origins=lambda *_: ())
    if what == "none":
        decisions = Decisions({("a", "b"): Decided(Choice("c"))})
        given = Order(source=given.source, plan=PLAN, reading=LABEL, decisions=decisions)
    told = {
        "one file": "take a folder",
        "class names": "class names of its own",
        "structure": "lies in structures",
        "earlier": "migrated before",
        "key": "no column of texts or whole numbers",
        "none": "name the column that decisions call records by",
    }
    with pytest.raises(InvalidValue, match=told[what]):
        run("polars", given, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_damage_is_told(tmp_path: Path) -> None:
    source = lake(tmp_path, {"label": ["car", "bus"] * 100})
    data = (source / "a.parquet").read_bytes()
    start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    (source / "a.parquet").write_bytes(data[:4] + b"\xff" * (start - 4) + data[start:])
    with pytest.raises(UnreadableInput, match="could not go on"):
        run("polars", order(source, LABEL), tmp_path / "new")
    assert [each.name for each in tmp_path.iterdir()] == ["lake"]


def test_a_code_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    plan = zoo.street().then(zoo.merge(["car", "bus"], zoo.a("motor", 300))).plan()
    source = lake(tmp_path, {"label": pyarrow.array([3], pyarrow.uint8())})
    with pytest.raises(InvalidValue, match="does not fit in label"):
        run("polars", order(source, LABEL, plan), tmp_path / "new")


def test_rules_about_other_fields_are_refused(tmp_path: Path) -> None:
    source = lake(tmp_path, {"label": ["vehicle"]})
    rule = {"when": {"field": "geometry.area", "at-least": 1}, "to": "van"}
    policy = policy_of({"splits": [{"class": "vehicle", "rules": [rule]}]}, SPLIT)
    with pytest.raises(InvalidValue, match="columns only"):
        run("polars", order(source, LABEL, SPLIT, policy), tmp_path / "new")
    assert [each.name for each in tmp_path.iterdir()] == ["lake"]
