"""Spark, Polars and the pure core make the same of the same rows."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy
import pyarrow
import pytest

from cladist.datasets.report import Report
from cladist.model.taxonomy import Structure
from tests.datasets.engines.lakes import (
    LABELS,
    Case,
    Migrate,
    Told,
    by_command,
    by_the_core,
    case,
    columns,
    in_process,
    lake,
    same,
)

ROWS = 1_000_000
LISTS = 3_000


def alike(report: Report, expected: Report) -> None:
    """Assert that two reports differ in nothing but examples of findings."""
    plain = [
        msgspec.structs.replace(
            each,
            findings=tuple(msgspec.structs.replace(one, records=()) for one in each.findings),
        )
        for each in (report, expected)
    ]
    for name in Report.__struct_fields__:
        assert getattr(plain[0], name) == getattr(plain[1], name), name


class Rows(NamedTuple):
    """A million rows with a label, or with none, and what the core makes of them."""

    table: pyarrow.Table
    case: Case
    source: Path
    told: Told
    report: Report


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    dice = numpy.random.default_rng(5)
    labels = pyarrow.array([*LABELS, None, ""])
    table = columns(ROWS, labels.take(pyarrow.array(dice.integers(0, 9, ROWS))))
    named = ("cat", "dog")
    decided = [(number, "animal", named[number % 2]) for number in range(0, ROWS, 211)]
    given = case(Structure.SINGLE_LABEL, decided)
    source = lake(tmp_path_factory.mktemp("rows"), table)
    return Rows(table, given, source, *by_the_core(given, table))


@pytest.mark.parametrize("migrate", [in_process, by_command])
def test_a_million_rows(migrate: Migrate, rows: Rows, tmp_path: Path) -> None:
    alike(migrate(rows.case, rows.source, tmp_path / "new"), rows.report)
    assert rows.report.labels == rows.report.written > ROWS // 2
    assert rows.report.unused_count > 0
    same(tmp_path / "new", rows.table, rows.told)
    assert (tmp_path / "new.taxonomy.lock").is_file()


def several(size: int) -> pyarrow.Table:
    """Rows with lists of labels: none, one, several, some of them empty, some twice."""
    dice = numpy.random.default_rng(3)
    known = [*LABELS, None, ""]
    lists = [
        None if each == 4 else [known[place] for place in dice.integers(0, 9, each)]
        for each in dice.integers(0, 5, size).tolist()
    ]
    return columns(size, pyarrow.array(lists, pyarrow.list_(pyarrow.string())))


@pytest.mark.parametrize("structure", [Structure.SINGLE_LABEL, Structure.MULTI_LABEL])
def test_lists_by_polars(structure: Structure, tmp_path: Path) -> None:
    check_lists(in_process, structure, tmp_path)


def test_lists_by_spark(tmp_path: Path) -> None:
    check_lists(by_command, Structure.SINGLE_LABEL, tmp_path)


def check_lists(migrate: Migrate, structure: Structure, folder: Path) -> None:
    named = (("animal", "dog"), ("person", "walker"), ("vehicle", "(none)"))
    decided = [(number, source, to) for number in range(0, LISTS, 3) for source, to in named]
    by_lists = case(structure, decided)
    table = several(LISTS)
    told, report = by_the_core(by_lists, table)
    found = migrate(by_lists, lake(folder, table), folder / "new")
    unused = ("unused", "unused_count")
    if structure is Structure.SINGLE_LABEL:  # whether one is asked for, labels beside decide
        found = msgspec.structs.replace(found, **{name: getattr(report, name) for name in unused})
    alike(found, report)
    assert report.collapsed or structure is Structure.SINGLE_LABEL
    same(folder / "new", table, told)
