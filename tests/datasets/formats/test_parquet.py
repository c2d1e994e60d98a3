"""Parquet: names and numbers change together, and every other byte stays."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars
import pyarrow
import pytest
from pyarrow.parquet import ParquetFile, SortingColumn, read_schema, read_table, write_table

from cladist.datasets.formats.parquet import opened
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Reading, Ref
from cladist.datasets.report import Report
from cladist.datasets.restoring import restore
from cladist.datasets.transfer import Beside, Order, transfer
from cladist.model.errors import InvalidValue, UnknownLabels, UnreadableInput
from cladist.model.taxonomy import Structure
from tests.datasets import zoo

NAMES = ["person", "car", "truck", "bus", "animal", "vehicle", "sign"]
MERGE = zoo.merge(["car", "truck", "bus"], zoo.a("motor", 91))
CLASSES = {"names": NAMES, "_type": "ClassLabel"}
INT = {"dtype": "int64", "_type": "Value"}


def plan_of(structure: Structure = Structure.MULTI_LABEL) -> Plan:
    """Three classes become one, one is renamed, and one is retired."""
    return (
        zoo.street(structure).then(MERGE, zoo.rename("person", "walker"), zoo.retire("sign")).plan()
    )


PLAN = plan_of()
REMOVE = policy_of({"retired": "remove"}, PLAN)


def featured(table: pyarrow.Table, features: Mapping[str, Any]) -> pyarrow.Table:
    said = {"info": {"features": features}}
    return table.replace_schema_metadata({"huggingface": json.dumps(said), "other": "kept"})


def migrated(
    source: Path, reading: Reading | None = None, plan: Plan = PLAN, policy: Policy = REMOVE
) -> tuple[Path, Report]:
    """The output, which can be taken back."""
    output = source.with_name(f"new-{source.name}")
    order = Order(source=source, plan=plan, policy=policy, reading=reading or Reading())
    report = transfer(order, output)
    again = source.with_name(f"again-{source.name}")
    restore(output, Beside(output).delta, again)
    if source.is_file():
        assert again.read_bytes() == source.read_bytes()
        polars.read_parquet(output)
    return output, report


def features_of(path: Path) -> Any:
    return json.loads(read_schema(path).metadata[b"huggingface"])["info"]["features"]


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


def chunks(path: Path) -> dict[tuple[int, str], bytes]:
    """The bytes of every column of every row group."""
    data, metadata = path.read_bytes(), ParquetFile(path).metadata
    found = {}
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            each = metadata.row_group(group).column(column)
            start = each.dictionary_page_offset or each.data_page_offset
            end = start + each.total_compressed_size
            found[group, each.path_in_schema] = data[start:end]
    return found


@pytest.mark.parametrize("codec", ["none", "snappy", "gzip", "brotli", "zstd", "lz4"])
@pytest.mark.parametrize("pages", ["1.0", "2.0"])
def test_other_columns_keep_their_bytes(tmp_path: Path, codec: str, pages: str) -> None:
    path = tmp_path / "a.parquet"
    columns = {
        "id": list(range(3000)),
        "label": ["car", "sign", None, "person", "animal", ""] * 500,
        "note": [f"note {each}" for each in range(3000)],
    }
    write_table(
        pyarrow.table(columns),
        path,
        row_group_size=1000,
        compression=codec,
        data_page_version=pages,
        write_page_index=True,
        use_dictionary=["label"],
    )
    output, _ = migrated(path, Reading(label="label"))
    now = ["motor", None, None, "walker", "animal", ""] * 500
    assert read_table(output).to_pydict() == {**columns, "label": now}
    before, after = chunks(path), chunks(output)
    same = {key for key, data in before.items() if after[key] == data}
    assert same == {(group, name) for group in range(3) for name in ("id", "note")}
    for group in range(3):
        kept, new = (ParquetFile(each).metadata.row_group(group) for each in (path, output))
        assert new.total_byte_size == sum(
            new.column(each).total_uncompressed_size for each in range(3)
        )
        assert new.column(1).compression == kept.column(1).compression
        assert new.column(1).encodings == kept.column(1).encodings
        assert new.column(1).has_offset_index and new.column(1).has_column_index


def test_row_groups_in_which_nothing_changes_keep_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    labels = ["animal"] * 10 + ["car"] * 10 + ["animal"] * 10
    write_table(pyarrow.table({"label": labels}), path, row_group_size=10)
    output, _ = migrated(path, Reading(label="LABEL"))
    before, after = chunks(path), chunks(output)
    assert [after[key] == before[key] for key in before] == [True, False, True]


def test_a_file_of_polars(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    frame = polars.DataFrame({"label": ["bus", None, "sign"] * 100, "tags": [["car", "bus"]] * 300})
    frame.write_parquet(path, row_group_size=70)
    output, _ = migrated(path, Reading(label="label"))
    assert polars.read_parquet(output)["label"].to_list() == ["motor", None, None] * 100
    output, report = migrated(output, Reading(label="tags"))
    assert polars.read_parquet(output)["tags"].to_list() == [["motor"]] * 300
    assert report.collapsed == 300


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


def lake(folder: Path, parts: Mapping[str, Sequence[str]]) -> Path:
    root = folder / "lake"
    for name, labels in parts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_table(pyarrow.table({"label": labels}), path)
    return root


def test_a_lake_is_one_dataset(tmp_path: Path) -> None:
    root = lake(tmp_path, {"day=1/a.parquet": ["car", "sign"], "day=2/b.parquet": ["vehicle"]})
    for name in ("_SUCCESS", "_metadata", "day=1/.a.parquet.crc", "day=2/.b.parquet.crc"):
        (root / name).write_bytes(b"old")
    output, report = migrated(root, Reading(label="label"), policy=Policy())
    assert report.labels == 3
    assert Beside(output).review.read_text().splitlines()[1].startswith("row 2\tsign")
    assert {
        each.relative_to(output).as_posix() for each in output.rglob("*") if each.is_file()
    } == {
        "_SUCCESS",
        "taxonomy.lock",
        "day=1/a.parquet",
        "day=2/b.parquet",
        "day=2/.b.parquet.crc",
    }


def test_files_that_number_classes_otherwise_are_no_lake(tmp_path: Path) -> None:
    root = tmp_path / "lake"
    root.mkdir()
    table = pyarrow.table({"label": [0]})
    write_table(featured(table, {"label": CLASSES}), root / "a.parquet")
    turned = {**CLASSES, "names": NAMES[::-1]}
    write_table(featured(table, {"label": turned}), root / "b.parquet")
    with pytest.raises(UnreadableInput, match=r"b\.parquet has another schema or other classes"):
        migrated(root)


def test_a_folder_with_other_data_is_no_lake(tmp_path: Path) -> None:
    root = lake(tmp_path, {"a.parquet": ["car"]})
    (root / "a.jpg").write_bytes(b"")
    assert opened(root, Reading(label="label")) is None


def test_a_file_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pyarrow.table({"label": pyarrow.array([], pyarrow.int64())})
    write_table(featured(table, {"label": CLASSES}), path)
    output, _ = migrated(path)
    assert read_table(output).num_rows == 0


def broken(data: bytes, kind: str) -> bytes:
    """A file in which something is wrong."""
    length = int.from_bytes(data[-8:-4], "little")
    start = len(data) - 8 - length
    return {
        "cut off": data[: len(data) // 2],
        "too short": b"PAR1",
        "encrypted": data[:-4] + b"PARE",
        "metadata": data[:start] + b"\xff" * length + data[-8:],
        "length": data[:-8] + (1 << 30).to_bytes(4, "little") + data[-4:],
        "pages": data[:4] + b"\xff" * (start - 4) + data[start:],
    }[kind]


@pytest.mark.parametrize(
    "kind", ["cut off", "too short", "encrypted", "metadata", "length", "pages"]
)
def test_damage_is_told(tmp_path: Path, kind: str) -> None:
    whole = tmp_path / "whole.parquet"
    write_table(pyarrow.table({"label": ["car", "bus"] * 100}), whole)
    path = tmp_path / "a.parquet"
    path.write_bytes(broken(whole.read_bytes(), kind))
    with pytest.raises(UnreadableInput, match=r"a\.parquet|metadata"):
        migrated(path, Reading(label="label"))
    assert {each.name for each in tmp_path.iterdir()} == {"whole.parquet", "a.parquet"}


def test_damaged_names_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    for said in (b"{", b"[]", b'{"info": {"features": {"label": {"_type": "ClassLabel"}}}}'):
        table = pyarrow.table({"label": [1]}).replace_schema_metadata({"huggingface": said})
        write_table(table, path)
        with pytest.raises(UnreadableInput, match=r"a\.parquet"):
            opened(path, Reading())


def test_other_files_are_none() -> None:
    assert opened(Path(__file__), Reading()) is None
    assert opened(Path(__file__).parent, Reading()) is None
