"""Parquet files with classes, and a migration of them that is taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars
import pyarrow
from pyarrow.parquet import read_schema

from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Reading
from cladist.datasets.report import Report
from cladist.datasets.restoring import restore
from cladist.datasets.transfer import Beside, Order, transfer
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
