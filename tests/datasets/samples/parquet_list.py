"""A folder of Parquet files: a thing is in a row with a list of one number, keyed by a column."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow
from pyarrow.parquet import ParquetFile, write_table

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "Parquet with ClassLabel"
READING = Reading(key="id")
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    root = folder / "lake"
    (root / "day=1").mkdir(parents=True)
    feature = {"feature": {"names": list(labels), "_type": "ClassLabel"}, "_type": "List"}
    said = json.dumps({"info": {"features": {"tags": feature}}})
    half = len(things) // 2
    for name, part in (("day=1/part-0", things[:half]), ("part-1", things[half:])):
        table = pyarrow.table(
            {
                "id": [f"thing-{each.number}" for each in part],
                "tags": [[labels.index(each.label)] for each in part],
                "size": [each.size for each in part],
            }
        ).replace_schema_metadata({"huggingface": said})
        write_table(table, root / f"{name}.parquet", write_page_index=True)
    (root / "_SUCCESS").write_bytes(b"")
    return root


def key(number: int, labels: Sequence[str]) -> str:
    return f"thing-{number}"


def counts(dataset: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in dataset.rglob("*.parquet"):
        table = ParquetFile(path).read()
        features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
        names = features["tags"]["feature"]["names"]
        found.update(names[each] for row in table["tags"].to_pylist() for each in row)
    return found
