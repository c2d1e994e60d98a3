"""Files of Parquet, alone and in lakes: every byte stays that is no label, and damage is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars
import pyarrow
import pytest
import yaml
from pyarrow.parquet import ParquetFile, read_table, write_table

from cladist.datasets.formats.parquet import opened
from cladist.datasets.policy import Policy
from cladist.datasets.records import Reading
from cladist.datasets.transfer import Beside
from cladist.model.errors import UnreadableInput
from tests.datasets import zoo
from tests.datasets.formats.parquet_cases import (
    CLASSES,
    MERGE,
    NAMES,
    featured,
    features_of,
    migrated,
)


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
        "day=1/a.parquet",
        "day=2/b.parquet",
        "day=2/.b.parquet.crc",
    }


CARD = """---
# of the Hub
dataset_info:
- config_name: plain
  features:
  - name: tags
    list:
      class_label:
        names:
          '0': person
          '1': car
          '2': no such class # kept
  - name: label  # à
    dtype:
      class_label:
        names:
          '0': person
          '1': car
          '2': truck
          '3': bus
          '4': animal
          '5': vehicle
          '6': sign # the last
  splits:
  - name: train
license: mit
---
# Streets: '1': car
"""


def test_the_card_of_a_dataset_names_the_same_classes(tmp_path: Path) -> None:
    root = tmp_path / "lake"
    root.mkdir()
    table = featured(pyarrow.table({"label": [0, 1, 3]}), {"label": CLASSES})
    write_table(table, root / "a.parquet")
    (root / "README.md").write_text(CARD)
    yes = zoo.rename("animal", "yes")
    output, _ = migrated(root, plan=zoo.street().then(MERGE, yes).plan(), policy=Policy())
    names = features_of(output / "a.parquet")["label"]["names"]
    assert names == ["person", "motor", "yes", "vehicle", "sign"]
    card = (output / "README.md").read_text()
    (info,) = yaml.safe_load(card.split("---\n")[1])["dataset_info"]
    listed = info["features"][1]["dtype"]["class_label"]["names"]
    assert listed == {str(place): name for place, name in enumerate(names)}
    start, end = (
        CARD.index("          '0': person\n          '1': car\n          '2': tr"),
        CARD.index(" # the last"),
    )
    assert card.startswith(CARD[:start]) and card.endswith(CARD[end:])


@pytest.mark.parametrize("card", ["# no head", "---\n{\n---\n", "---\na: &a [*a]\n---\n", "\xff"])
def test_other_cards_stay(tmp_path: Path, card: str) -> None:
    root = tmp_path / "lake"
    root.mkdir()
    table = featured(pyarrow.table({"label": [0, 1, 3]}), {"label": CLASSES})
    write_table(table, root / "a.parquet")
    (root / "README.md").write_text(card, encoding="latin-1")
    output, _ = migrated(root)
    assert (output / "README.md").read_text(encoding="latin-1") == card


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
