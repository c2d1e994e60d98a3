"""Labels in Parquet: names and numbers change together, alone, in lists and in structures."""

from __future__ import annotations

from pathlib import Path

import pyarrow
import pytest
from pyarrow.parquet import ParquetFile, SortingColumn, read_schema, read_table, write_table

from cladist.datasets.formats.parquet import opened
from cladist.datasets.policy import Policy
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Reading, Ref
from cladist.datasets.transfer import Beside
from cladist.model.errors import InvalidValue, UnknownLabels, UnreadableInput
from tests.datasets import zoo
from tests.datasets.formats.parquet_cases import (
    CLASSES,
    INT,
    NAMES,
    PLAN,
    featured,
    features_of,
    migrated,
)


def test_a_merge_leaves_no_name_behind(tmp_path: Path) -> None:
    path = tmp_path / "bus.parquet"
    table = featured(pyarrow.table({"label": [0, 1, 2, 3, None, -1]}), {"label": CLASSES})
    write_table(table, path)
    output, _ = migrated(path)
    assert features_of(output)["label"]["names"] == ["walker", "motor", "animal", "vehicle"]
    assert read_table(output)["label"].to_pylist() == [0, 1, 1, 1, None, -1]
    assert read_schema(output).metadata[b"other"] == b"kept"


def test_the_schema_that_arrow_keeps_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_table(featured(pyarrow.table({"label": [1]}), {"label": CLASSES}), path)
    output, _ = migrated(path)
    assert b'"car"' not in output.read_bytes()
    said = ParquetFile(output).metadata.metadata
    assert b"ARROW:schema" in said


def test_a_list_holds_a_class_once_after_a_merge(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = [[1, 2], [3], [6], [6, 0], None, [], [-1, 1, None, 1], [4, 4]]
    feature = {"feature": CLASSES, "_type": "Sequence", "length": -1}
    write_table(featured(pyarrow.table({"tags": rows}), {"tags": feature}), path, row_group_size=3)
    output, report = migrated(path)
    now = [[1], [1], [], [0], None, [], [-1, 1, None], [2]]
    assert read_table(output)["tags"].to_pylist() == now
    assert features_of(output)["tags"]["feature"]["names"][1] == "motor"
    assert (report.items, report.fewer, report.collapsed) == (6, 5, 3)


def test_lists_of_one_size_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = pyarrow.FixedSizeListArray.from_arrays(pyarrow.array([1, 6, 0, 2]), 2)
    feature = {"feature": CLASSES, "_type": "List", "length": 2}
    write_table(featured(pyarrow.table({"tags": rows}), {"tags": feature}), path)
    output, _ = migrated(path)
    assert read_table(output)["tags"].to_pylist() == [[1, None], [0, 1]]


THINGS = [[{"category": 1, "area": 1}, {"category": 6, "area": 2}], None, [], [None]]


def test_things_in_a_list_are_labels_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"objects": THINGS})
    write_table(featured(table, {"objects": [{"category": CLASSES, "area": INT}]}), path)
    output, report = migrated(path)
    first = [{"category": 1, "area": 1}, {"category": None, "area": 2}]
    assert read_table(output)["objects"].to_pylist() == [first, *THINGS[1:]]
    assert report.items == 2


def test_things_in_parallel_lists_are_labels_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    boxes = [[2.0, 2.0, 4.0, 4.0], [2.0, 2.0, 1.0, 1.0]]
    rows = [{"category": [5, 5], "bbox": boxes, "kind": ["a", "b"]}, None]
    feature = {"feature": {"category": CLASSES, "bbox": INT}, "_type": "Sequence"}
    write_table(featured(pyarrow.table({"objects": rows}), {"objects": feature}), path)
    plan = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93))).plan()
    large = {"when": {"field": "geometry.area", "at-least": 10}, "to": "tram"}
    other = {"when": {"field": "attributes.kind", "is": "b"}, "to": "van"}
    policy = policy_of({"splits": [{"class": "vehicle", "rules": [large, other]}]}, plan)
    output, _ = migrated(path, plan=plan, policy=policy)
    names = features_of(output)["objects"]["feature"]["category"]["names"]
    ((van, tram),) = (each["category"] for each in read_table(output)["objects"].to_pylist()[:1])
    assert (names[van], names[tram]) == ("tram", "van")


def test_things_are_reviewed_by_row_and_place(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"objects": THINGS})
    write_table(featured(table, {"objects": [{"category": CLASSES, "area": INT}]}), path)
    output, _ = migrated(path, policy=Policy())
    rows = Beside(output).review.read_text().splitlines()
    assert rows[1].split("\t")[0] == "row 1#2"


def test_numbers_without_names_are_codes(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    labels = pyarrow.array([3, 8, 1, 90, None, -1], pyarrow.int16())
    write_table(pyarrow.table({"label": labels}), path, use_dictionary=False)
    output, _ = migrated(path, Reading(label="label"))
    assert read_table(output)["label"].to_pylist() == [91, 91, 1, None, None, -1]
    assert read_schema(output).field("label").type == pyarrow.int16()


def test_a_legend_explains_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_table(pyarrow.table({"label": [10, 20, 30]}), path)
    legend: dict[Ref, str] = {10: "car", 20: "bus", 30: "animal"}
    output, _ = migrated(path, Reading(label="label", legend=legend))
    assert read_table(output)["label"].to_pylist() == [91, 91, 30]


def test_a_code_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_table(pyarrow.table({"label": pyarrow.array([3], pyarrow.uint8())}), path)
    plan = zoo.street().then(zoo.merge(["car", "bus"], zoo.a("motor", 300))).plan()
    with pytest.raises(InvalidValue, match="does not fit in label"):
        migrated(path, Reading(label="label"), plan)
    assert [each.name for each in tmp_path.iterdir()] == ["a.parquet"]


def test_a_column_that_must_have_values_gets_minus_one(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    schema = pyarrow.schema([pyarrow.field("label", pyarrow.int64(), nullable=False)])
    table = featured(pyarrow.Table.from_arrays([[1, 6, 0]], schema=schema), {"label": CLASSES})
    write_table(table, path, sorting_columns=[SortingColumn(0)])
    output, _ = migrated(path)
    assert read_table(output)["label"].to_pylist() == [1, -1, 0]
    assert ParquetFile(path).metadata.row_group(0).sorting_columns
    assert not ParquetFile(output).metadata.row_group(0).sorting_columns


def test_a_number_without_a_name_is_told_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = featured(pyarrow.table({"label": [0, 1, 2, 7]}), {"label": CLASSES})
    write_table(table, path, row_group_size=2)
    with pytest.raises(UnreadableInput, match=r"row 4 .* no class of label: they go from 0 to 6"):
        migrated(path)


def test_unknown_labels_are_refused_and_kept_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_table(pyarrow.table({"label": ["car", "zebra"]}), path)
    with pytest.raises(UnknownLabels, match="zebra"):
        migrated(path, Reading(label="label"))
    output, _ = migrated(path, Reading(label="label"), policy=policy_of({"unknown": "keep"}, PLAN))
    assert read_table(output)["label"].to_pylist() == ["motor", "zebra"]


@pytest.mark.parametrize("wanted", ["", "nothing", "size", "pair"])
def test_columns_to_choose_from_are_listed(tmp_path: Path, wanted: str) -> None:
    path = tmp_path / "a.parquet"
    columns = {"kind": ["car"], "size": [1.5], "seen": [{"name": "car"}], "pair": [b"x"]}
    write_table(pyarrow.table(columns), path)
    with pytest.raises(InvalidValue, match=r"name one of kind, seen\.name"):
        opened(path, Reading(label=wanted))


def test_of_two_columns_with_classes_one_must_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"fine": [1], "coarse": [2]})
    write_table(featured(table, {"fine": CLASSES, "coarse": CLASSES}), path)
    with pytest.raises(InvalidValue, match="name one of fine, coarse"):
        opened(path, Reading())
    output, _ = migrated(path, Reading(label="fine"))
    assert features_of(output)["coarse"]["names"] == NAMES


def test_records_have_their_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    columns = {
        "label": ["vehicle"] * 20_000,
        "size": list(range(20_000)),
        "image": [b"\x00"] * 20_000,
    }
    write_table(pyarrow.table(columns), path, row_group_size=15_000)
    plan = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93))).plan()
    rule = {"when": {"field": "record.size", "at-least": 17_000}, "to": "tram"}
    document = {"splits": [{"class": "vehicle", "rules": [rule], "default": "van"}]}
    output, _ = migrated(path, Reading(label="label"), plan, policy_of(document, plan))
    assert read_table(output)["label"].to_pylist() == ["van"] * 17_000 + ["tram"] * 3_000
