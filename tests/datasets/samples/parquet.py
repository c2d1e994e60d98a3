"""Parquet with Hugging Face's class names: a thing is a row with a number and a size."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pyarrow
from pyarrow.parquet import read_table, write_table

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "Parquet with ClassLabel"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "scene.parquet"
    features = {
        "size": {"dtype": "int32", "_type": "Value"},
        "label": {"names": list(labels), "_type": "ClassLabel"},
    }
    table = pyarrow.table(
        {
            "size": pyarrow.array([each.size for each in things], pyarrow.int32()),
            "label": pyarrow.array([labels.index(each.label) for each in things], pyarrow.int64()),
        }
    ).replace_schema_metadata({"huggingface": json.dumps({"info": {"features": features}})})
    write_table(table, path, compression="zstd", row_group_size=10)
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"row {number}"


def counts(dataset: Path) -> Counter[str]:
    table = read_table(dataset)
    features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
    names = features["label"]["names"]
    return Counter(names[each] for each in table["label"].to_pylist() if each is not None)
