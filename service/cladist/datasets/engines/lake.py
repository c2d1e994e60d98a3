"""A folder of Parquet files migrated by an engine: checked, counted, written, renamed at last."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cladist.datasets import lock as locks
from cladist.datasets import report as reports
from cladist.datasets.engines.expressions import Field, Kind
from cladist.datasets.engines.mapping import Guide, Value, Ways
from cladist.datasets.engines.rows import NoLabel, Result, Rows
from cladist.datasets.files import refuse_overlap
from cladist.datasets.formats.parquet import ParquetFiles, opened
from cladist.datasets.formats.parquet_column import Leaf
from cladist.datasets.formats.parquet_values import NO_LABEL, number_of, numbers_of, ref_of
from cladist.datasets.legend import Legend, Listed, Names
from cladist.datasets.migrate import Migration, no_origins
from cladist.datasets.policy import Unknown
from cladist.datasets.records import Entry, Ref
from cladist.datasets.report import Report
from cladist.datasets.transfer import Beside, Order
from cladist.model.errors import InvalidValue, OutputExists, UnknownLabels, UnreadableInput

FATE, WAS, VIA = "cladist_fate", "cladist_from", "cladist_via"
"""Columns that an engine adds: what became of the label, what it was, and why."""


@dataclass(frozen=True, slots=True)
class Lake:
    """A folder of Parquet files whose rows have a label, or a list of them, in one column."""

    root: Path
    paths: tuple[str, ...]
    leaf: Leaf
    key: str
    fields: Mapping[str, Field]
    """The other columns, by name."""

    @property
    def label(self) -> str:
        """The column with the labels."""
        return self.leaf.name

    @property
    def empty(self) -> Value:
        """What the column has where it says that there is no label."""
        return NO_LABEL if self.leaf.numbers else ""

    def value(self, ref: Ref | NoLabel) -> Value | None:
        """What is written in the column."""
        if isinstance(ref, NoLabel):
            return None if ref.null else self.empty
        if not self.leaf.numbers:
            return str(ref)
        number: int = numbers_of([number_of(ref)], self.leaf)[0].as_py()
        return number


class Engine(Protocol):
    """Works on all rows at once, and gives away tables that do not grow with them only."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What it raises where it cannot read or write."""

    def values(self) -> Mapping[Value, int]:
        """How often every value stands in the column of labels."""

    def tokens(self, ways: Ways) -> Mapping[str | None, int]:
        """How many rows take which ways; ``None`` for those without a list."""

    def met(self, ways: Ways) -> set[tuple[str, Value]]:
        """The keys and values of decisions that stand in rows."""

    def write(self, ways: Ways, results: Mapping[str, Result], to: Path) -> int:
        """Write all rows with what became of them, to a folder; gives how many."""


def migrated(engine: Callable[[Lake], Engine], order: Order, output: Path) -> Report:
    """Migrate a lake to a new place."""
    refuse_overlap(order.source, output)
    lake = _lake(order)
    started = engine(lake)
    migrating = _Migrating(order, lake, started)
    with _workplace(output) as work:
        try:
            report = migrating.run(work)
        except started.failures as error:
            lines = str(error).strip().splitlines()
            told = next((line[2:] for line in lines if line.startswith(": ")), lines[0])
            raise UnreadableInput(f"The engine could not go on: {told}") from None
        beside = Beside(output)
        if output.exists():
            raise OutputExists(str(output))
        os.replace(work / "report.json", beside.report)
        os.replace(work / locks.NAME, locks.beside(output))
        os.rename(work / "data", output)
    return report


@contextmanager
def _workplace(output: Path) -> Iterator[Path]:
    output.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{output.name}.", suffix=".part", dir=output.parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Migrating:
    """One migration: looks at the values, at the ways that rows take, and has them written."""

    def __init__(self, order: Order, lake: Lake, engine: Engine) -> None:
        self._order, self._lake, self._engine = order, lake, engine
        given = order.reading.legend
        self._entries = [Entry(ref=ref, names=(name,)) for ref, name in given.items()]
        self._dense = bool(given) and set(given) == set(range(len(given)))
        self._legend = self._new_legend()

    def _new_legend(self) -> Legend:
        order = self._order
        residues = order.policy.residues
        if not self._entries:
            return Names(order.plan, order.by, residues)
        return Listed(order.plan, self._entries, order.by, dense=self._dense, residues=residues)

    def run(self, work: Path) -> Report:
        """Write the rows, the report and the lock to a folder."""
        engine = self._engine
        counts = engine.values()
        known = self._order.reading.legend
        refs = {
            value: ref_of(value, known)
            for value in counts
            if value != self._lake.empty or value in known
        }
        guide, ways = self._guide(refs)
        self._refuse_unknown(guide, counts, ways)
        tokens = engine.tokens(ways)
        told = {token: times for token, times in tokens.items() if token is not None}
        if self._dense:
            Rows(guide, ways).results(told)
            self._legend.settle(guide.migration.followed(self._entries))
            guide, ways = self._guide(refs)
        results = Rows(guide, ways).results(told)
        rows = engine.write(ways, results, work / "data")
        self._note_used(guide, ways)
        migration = guide.migration
        report = reports.report_of(migration, "Parquet", self._order.decisions)
        came = sum(counts[value] for value in refs)
        if not report.adds_up or report.labels != came or rows != sum(tokens.values()):
            raise AssertionError("the counts of the migration do not add up; nothing was written")
        (work / "report.json").write_bytes(reports.encoded(report))
        self._lock(work, self._legend.rows(migration.followed(self._entries)))
        return report

    def _guide(self, refs: Mapping[Value, Ref]) -> tuple[Guide, Ways]:
        order = self._order
        migration = Migration(order.plan, self._legend, order.policy, order.decisions)
        guide = Guide(order.policy, order.decisions, migration, listed=self._lake.leaf.listed)
        return guide, guide.ways(refs)

    def _refuse_unknown(self, guide: Guide, counts: Mapping[Value, int], ways: Ways) -> None:
        order = self._order
        found = [
            (str(value), counts[value])
            for value, number in ways.fallback.items()
            if not ways.all[number].placed.verdict.source
        ]
        if found and order.policy.unknown is Unknown.REFUSE:
            source = order.plan.source
            found.sort(key=lambda each: (-each[1], each[0]))
            raise UnknownLabels(found, f"{source.slug} {source.version}")

    def _note_used(self, guide: Guide, ways: Ways) -> None:
        """Tell the report which decisions were asked for."""
        if not ways.decisions:
            return
        classes = {
            way.value: way.placed.verdict.source for way in ways.all if way.placed.verdict.source
        }
        for key, value in self._engine.met(ways):
            guide.migration.used.add((key, classes[value]))

    def _lock(self, work: Path, rows: Any) -> None:
        plan = self._order.plan
        legend = {row.ref: row.class_id or row.name for row in rows}
        lock = locks.lock_of(plan.target, migrated_from=plan.source.version, legend=legend)
        (work / locks.NAME).write_bytes(locks.encoded(lock))


def _lake(order: Order) -> Lake:
    """What an engine can work on; raises InvalidValue for what only the core can."""
    found = opened(order.source, order.reading) if order.source.is_dir() else None
    if found is None:
        raise InvalidValue("engine", "engines take a folder of Parquet files; leave --engine out.")
    if order.origins is not no_origins:
        raise InvalidValue(
            "engine",
            "the folder was migrated before, and what its labels were then stands in the delta "
            "beside it, which engines do not follow; leave --engine out.",
        )
    leaf = found.column.leaf
    if found.column.own or leaf.name != leaf.top or leaf.levels not in ((), ("[]",)):
        raise InvalidValue(
            "engine",
            f"{leaf.name} has class names of its own or lies in structures; leave --engine out.",
        )
    fields = _fields(found, leaf)
    key = order.reading.key
    if key and fields.get(key) not in (Field(Kind.TEXT), Field(Kind.WHOLE)):
        raise InvalidValue("key", f"“{key}” is no column of texts or whole numbers.")
    if len(order.decisions) and not key:
        raise InvalidValue("key", "name the column that decisions call records by.")
    return Lake(order.source, found.paths, leaf, key, fields)


def _fields(found: ParquetFiles, leaf: Leaf) -> dict[str, Field]:
    from pyarrow.parquet import read_schema

    schema = read_schema(found.root / found.paths[0])
    return {
        each.name: field_of(each.type)
        for each in schema
        if each.name != leaf.top and each.name not in (FATE, WAS, VIA)
    }


def field_of(kind: Any) -> Field:
    """What rules see of a column of a type of Arrow."""
    import pyarrow.types as types

    from cladist.datasets.formats.parquet_column import is_list, is_text

    if is_list(kind):
        inner = field_of(kind.value_type)
        return Field(Kind.OTHER if inner.listed else inner.kind, True)
    if types.is_dictionary(kind) and is_text(kind):
        return Field(Kind.TEXT)
    tests: tuple[tuple[Callable[[Any], bool], Kind], ...] = (
        (is_text, Kind.TEXT),
        (types.is_boolean, Kind.TRUTH),
        (types.is_integer, Kind.WHOLE),
        (types.is_floating, Kind.NUMBER),
    )
    return Field(next((found for test, found in tests if test(kind)), Kind.OTHER))
