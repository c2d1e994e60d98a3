"""Lakes of Parquet files for engines, and what the pure core makes of their rows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy
import pyarrow
from pyarrow.parquet import ParquetFile, write_table

import cladist
from cladist.datasets import plan as plans
from cladist.datasets.choosing import Choices
from cladist.datasets.decisions import Decisions, read
from cladist.datasets.engines import run
from cladist.datasets.legend import Names
from cladist.datasets.migrate import Migration
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Item, Label, Placed, Reading
from cladist.datasets.report import Report, report_of
from cladist.datasets.transfer import Order
from cladist.model.taxonomy import Structure
from tests.datasets import zoo

LABELS = ("person", "car", "truck", "bus", "animal", "vehicle", "sign")
RULES: dict[str, Any] = {
    "residues": ["odd"],
    "splits": [
        {
            "class": "vehicle",
            "rules": [
                {
                    "name": "large",
                    "when": {"field": "record.size", "at-least": 20},
                    "to": "tram",
                },
                {
                    "name": "odd",
                    "when": {
                        "any": [
                            {"field": "record.note", "is": 7},
                            {"field": "record.note", "starts-with": "x1"},
                            {"not": {"field": "record.note", "given": True}},
                            {"field": "record.tags", "in": ["wet", "dark"]},
                        ]
                    },
                    "to": "odd",
                },
            ],
            "default": "van",
        }
    ],
}


@dataclass(frozen=True)
class Case:
    """A plan, and what decides where that does not."""

    plan: Plan
    policy: Policy
    lines: str
    """The decisions, as people write them."""

    @property
    def decisions(self) -> Decisions:
        """The decisions."""
        return read(self.lines, "a.tsv", Choices(self.plan, self.policy.residues))

    def order(self, source: Path) -> Order:
        """The migration of a lake."""
        return Order(
            source=source,
            plan=self.plan,
            policy=self.policy,
            decisions=self.decisions,
            reading=Reading(label="label", key="id"),
        )


def case(structure: Structure, decided: Sequence[tuple[int, str, str]]) -> Case:
    """A merge, a rename, two splits, and a class without a successor."""
    plan = (
        zoo.street(structure)
        .then(
            zoo.merge(["car", "truck"], zoo.a("motor", 91)),
            zoo.rename("person", "walker"),
            zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93)),
            zoo.split("animal", zoo.a("cat", 94), zoo.a("dog", 95)),
            zoo.retire("sign"),
        )
        .plan()
    )
    lines = (f"r{number}\t{source}\t{to}\tann\n" for number, source, to in decided)
    return Case(plan, policy_of(RULES, plan), "".join(("record\tfrom\tto\tby\n", *lines)))


def columns(size: int, labels: Any) -> pyarrow.Table:
    """Rows with a label or several, and what rules ask for."""
    dice = numpy.random.default_rng(7)
    notes = pyarrow.array(["7", " 7.0", "x12", "z", None])
    tags = pyarrow.array([["wet"], [], None, ["dry", "dark"], ["dry"]])
    return pyarrow.table(
        {
            "id": pyarrow.array([f"r{number}" for number in range(size)]),
            "label": labels,
            "size": dice.integers(0, 30, size),
            "note": notes.take(pyarrow.array(dice.integers(0, 5, size))),
            "tags": tags.take(pyarrow.array(dice.integers(0, 5, size))),
        }
    )


def lake(folder: Path, table: pyarrow.Table) -> Path:
    """The rows in two files."""
    root = folder / "lake"
    half = len(table) // 2
    for name, part in (("day=1/a", table.slice(0, half)), ("day=2/b", table.slice(half))):
        path = root / f"{name}.parquet"
        path.parent.mkdir(parents=True)
        write_table(part, path)
    return root


def content(root: Path) -> pyarrow.Table:
    """All rows of a lake, by their ids, without what folders say."""
    parts = [ParquetFile(path).read() for path in sorted(root.rglob("*.parquet"))]
    found = pyarrow.concat_tables(parts, promote_options="permissive")
    order = [int(each[1:]) for each in found["id"].to_pylist()]
    return found.take(pyarrow.array(numpy.argsort(order))).combine_chunks()


Told = tuple[list[Any], list[Any], list[Any], list[Any]]


def by_the_core(case: Case, table: pyarrow.Table) -> tuple[Told, Report]:
    """New labels, fates, labels before, and reasons of every row, and the report."""
    names = Names(case.plan, None, case.policy.residues)
    migration = Migration(case.plan, names, case.policy, case.decisions)
    told: Told = ([], [], [], [])
    listed = pyarrow.types.is_list(table["label"].type)
    judge = _list if listed else _single
    for key, label, fields in _rows(table):
        for column, value in zip(told, judge(migration, key, label, fields), strict=True):
            column.append(value)
    return told, report_of(migration, "Parquet", case.decisions)


def _rows(table: pyarrow.Table) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    names = ("record.size", "record.note", "record.tags")
    others = zip(*(table[each[7:]].to_pylist() for each in names), strict=True)
    keys, labels = table["id"].to_pylist(), table["label"].to_pylist()
    for key, label, values in zip(keys, labels, others, strict=True):
        yield key, label, dict(zip(names, values, strict=True))


def _single(migration: Migration, key: str, label: Any, fields: dict[str, Any]) -> Sequence[Any]:
    if not label:
        return label, None, None, None
    (placed,) = migration.place(Item((Label(key, label, fields),)))
    return placed.refs[0] if placed.refs else None, *_about(label, placed)


def _list(migration: Migration, key: str, labels: Any, fields: dict[str, Any]) -> Sequence[Any]:
    if labels is None:
        return (None,) * 4
    found = tuple(Label(key, each, fields) for each in labels if each)
    placed = iter(migration.place(Item(found)) if found else ())
    new: list[Any] = []
    about: list[Any] = []
    for each in labels:
        if not each:
            new.append(each)
            about.append((None, None, None))
        else:
            one = next(placed)
            new.extend(one.refs)
            about.append(_about(each, one))
    return new, *([each[place] for each in about] for place in range(3))


def _about(label: str, placed: Placed) -> tuple[str, str, str | None]:
    verdict = placed.verdict
    return verdict.fate.value, label, "; ".join(verdict.via) or None


def same(root: Path, table: pyarrow.Table, told: Told) -> None:
    """Assert that a lake is the table with its labels replaced and told of."""
    found = content(root)
    names = ("label", "cladist_fate", "cladist_from", "cladist_via")
    for name, values in zip(names, told, strict=True):
        expected = pyarrow.array(values, table["label"].type)
        assert found[name].cast(expected.type).combine_chunks().equals(expected), name
    for name in ("id", "size", "note", "tags"):
        expected = table[name].combine_chunks()
        assert found[name].cast(expected.type).combine_chunks().equals(expected), name


Migrate = Callable[[Case, Path, Path], Report]


def in_process(case: Case, source: Path, output: Path) -> Report:
    """By Polars."""
    return run("polars", case.order(source), output)


def by_command(case: Case, source: Path, output: Path) -> Report:
    """By Spark, in a process of its own, with everything in files."""
    folder = output.parent / "said"
    folder.mkdir()
    (folder / "plan.json").write_bytes(plans.encoded(case.plan))
    (folder / "rules.json").write_bytes(msgspec.json.encode(RULES))
    (folder / "decisions.tsv").write_text(case.lines)
    done = subprocess.run(
        [
            *(sys.executable, "-c", "from cladist.cli import main; main()"),
            *("migrate", str(source), "-o", str(output)),
            *("--engine", "spark", "--label", "label", "--key", "id"),
            *("--taxonomy", "street", "--from", "1", "--to", "2"),
            *("--correspondence", str(folder / "plan.json")),
            *("--rules", str(folder / "rules.json")),
            *("--decisions", str(folder / "decisions.tsv")),
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(cladist.__file__).parents[1])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 9, done.stderr
    assert sorted(each.name for each in folder.iterdir()) == [
        "decisions.tsv",
        "plan.json",
        "rules.json",
    ]
    document = msgspec.json.decode(output.with_name(f"{output.name}.report.json").read_bytes())
    document.pop("format")
    return msgspec.convert(document, Report)
