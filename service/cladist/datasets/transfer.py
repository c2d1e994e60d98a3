"""A whole migration: from a dataset on disk to another one beside it, or nothing at all.

The input is only read. The output, its delta, report, lock and review file are written to a
temporary folder beside the place where they go and renamed when everything is done, the output
last. Whatever goes wrong before leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cladist.datasets import lock as locks
from cladist.datasets import report as reports
from cladist.datasets.carrying import Carrying
from cladist.datasets.decisions import NO_DECISIONS, Decisions
from cladist.datasets.delta import FORMAT, DeltaWriter, digest
from cladist.datasets.detecting import opened
from cladist.datasets.files import files_of, refuse_overlap
from cladist.datasets.legend import Legend, Listed, Names
from cladist.datasets.migrate import Migration, Origins, no_origins
from cladist.datasets.output import Nowhere, Output
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy, Unknown
from cladist.datasets.records import Entry, Reading, Ref, Row
from cladist.datasets.report import Report
from cladist.datasets.review import Review
from cladist.datasets.run import Dataset
from cladist.datasets.trace import Trace
from cladist.index.naming import By
from cladist.model.errors import OutputExists, UnknownLabels

Progress = Callable[[int, int], None]
"""Told the bytes that are done and all there are; raises to stop."""


def silent(done: int, total: int) -> None:
    """Where nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to migrate, by which plan, and how to decide."""

    source: Path
    plan: Plan
    policy: Policy = field(default_factory=Policy)
    decisions: Decisions = NO_DECISIONS
    reading: Reading = field(default_factory=Reading)
    by: By | None = None
    """By what the dataset names classes, where it cannot be told apart."""
    origins: Origins = no_origins


@dataclass(frozen=True, slots=True)
class Beside:
    """The files beside an output."""

    output: Path

    def _named(self, suffix: str) -> Path:
        return self.output.with_name(f"{self.output.name}.{suffix}")

    @property
    def delta(self) -> Path:
        """What takes the migration back."""
        return self._named("delta")

    @property
    def report(self) -> Path:
        """What it did, as JSON."""
        return self._named("report.json")

    @property
    def review(self) -> Path:
        """What a person must decide; there is none when nothing is left open."""
        return self._named("review.tsv")


def survey(order: Order, progress: Progress = silent) -> Report:
    """What a migration would do; nothing is written."""
    dataset = opened(order.source, order.reading)
    total = sum(size for _, size in files_of(order.source))
    migration = _migration(order, _legend(order, dataset))
    _carry(order, dataset, migration, Nowhere(), _Advance(progress, total))
    return reports.report_of(migration, dataset.format, order.decisions)


def transfer(order: Order, output: Path, progress: Progress = silent) -> Report:
    """Migrate a dataset to a new place.

    Raises OutputExists, UnknownLabels, UnreadableInput, and whatever ``progress`` raises to stop.
    """
    refuse_overlap(order.source, output)
    dataset = opened(order.source, order.reading)
    with _workplace(output) as work:
        report = _transferred(order, dataset, work, progress)
        _settle(work, output)
    return report


@contextmanager
def _workplace(output: Path) -> Iterator[Path]:
    """A temporary folder on the file system of the output, gone at the end."""
    output.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{output.name}.", suffix=".part", dir=output.parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _transferred(order: Order, dataset: Dataset, work: Path, progress: Progress) -> Report:
    files = files_of(order.source)
    total = sum(size for _, size in files)
    dense = _dense(order, dataset)
    advance = _Advance(progress, total * (1 + dense))
    legend = _legend(order, dataset)
    if dense:
        first = _migration(order, legend)
        _carry(order, dataset, first, Nowhere(), advance)
        _refuse_unknown(order, first)
        legend.settle(first.followed(_entries(order, dataset)))
    migration = _migration(order, legend)
    delta = DeltaWriter((work / "delta").open("wb"))
    delta.write("head", FORMAT, _head(order, dataset))
    trace, review = Trace(delta), Review(work / "review.tsv", order.plan)
    output = Output(order.source, work / "data", delta)
    _carry(order, dataset, migration, output, advance, trace=trace, review=review)
    output.finish(path for path, _ in files)
    trace.close(migration.tally.verdicts)
    review.close()
    _refuse_unknown(order, migration)
    report = reports.report_of(migration, dataset.format, order.decisions)
    if not report.adds_up:
        raise AssertionError("the counts of the migration do not add up; nothing was written")
    delta.write("tail", report.labels, report.written)
    delta.close()
    (work / "report.json").write_bytes(reports.encoded(report))
    if not review.count:
        (work / "review.tsv").unlink()
    rows = legend.rows(migration.followed(_entries(order, dataset)))
    _lock(order, work, {} if dataset.legend else {row.ref: _meaning(row) for row in rows})
    return report


def _head(order: Order, dataset: Dataset) -> dict[str, str]:
    plan = order.plan
    return {
        "taxonomy": plan.target.taxonomy,
        "from": plan.source.version,
        "to": plan.target.version,
        "from_digest": plan.source.digest,
        "to_digest": plan.target.digest,
        "dataset": dataset.format,
    }


def _meaning(row: Row) -> str:
    """What a line of the label table means, as a legend has it."""
    return row.class_id or row.name


def _lock(order: Order, work: Path, legend: Mapping[Ref, str]) -> None:
    data = work / "data"
    single = digest(data) if data.is_file() else ""
    lock = locks.lock_of(
        order.plan.target,
        dataset=single,
        migrated_from=order.plan.source.version,
        legend=legend,
    )
    place = data / locks.NAME if data.is_dir() else work / locks.NAME
    place.write_bytes(locks.encoded(lock))


def _settle(work: Path, output: Path) -> None:
    """Rename what is done to where it goes, the output itself last."""
    beside = Beside(output)
    places = {
        "delta": beside.delta,
        "report.json": beside.report,
        "review.tsv": beside.review,
        locks.NAME: locks.place_of(output),
    }
    if output.exists():
        raise OutputExists(str(output))
    for name, place in places.items():
        if (work / name).exists():
            os.replace(work / name, place)
        elif place.is_file() and name == "review.tsv":
            place.unlink()  # of an earlier output in this place that is gone
    os.rename(work / "data", output)


def _entries(order: Order, dataset: Dataset) -> Sequence[Entry]:
    """The label table: the dataset's own, else the legend that came with the order."""
    given = order.reading.legend.items()
    return dataset.legend or [Entry(ref=ref, names=(meaning,)) for ref, meaning in given]


def _dense(order: Order, dataset: Dataset) -> bool:
    """Whether numbers are places, from 0 without gaps: said by the dataset, or of its legend."""
    legend = order.reading.legend
    places = bool(legend) and sorted(legend, key=str) == sorted(range(len(legend)), key=str)
    return dataset.dense or (not dataset.legend and places)


def _legend(order: Order, dataset: Dataset) -> Legend:
    entries = _entries(order, dataset)
    if not entries:
        return Names(order.plan, order.by)
    dense = _dense(order, dataset)
    return Listed(order.plan, entries, order.by, dense=dense, residues=order.policy.residues)


def _migration(order: Order, legend: Legend) -> Migration:
    return Migration(order.plan, legend, order.policy, order.decisions, order.origins)


def _carry(
    order: Order,
    dataset: Dataset,
    migration: Migration,
    output: Output | Nowhere,
    advance: Callable[[int], None],
    *,
    trace: Trace | None = None,
    review: Review | None = None,
) -> None:
    dataset.carry(
        Carrying(
            root=order.source,
            reading=order.reading,
            migration=migration,
            output=output,
            entries=_entries(order, dataset),
            traces=trace,
            review=review,
            origins=order.origins,
            advance=advance,
            looks_beside=order.policy.looks_beside,
        )
    )


def _refuse_unknown(order: Order, migration: Migration) -> None:
    if order.policy.unknown is Unknown.REFUSE:
        report = reports.report_of(migration, "", NO_DECISIONS)
        if report.unknown:
            source = order.plan.source
            raise UnknownLabels(report.unknown, f"{source.slug} {source.version}")


class _Advance:
    """Adds up what is done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self, size: int) -> None:
        self._done += size
        self._progress(min(self._done, self._total), self._total)
