"""A whole migration: from a dataset on disk to another one beside it, or nothing at all.

The input is only read. The output, its delta, report, lock and review file are written to a
temporary folder beside the place where they go and renamed when everything is done, the output
last. Whatever goes wrong before leaves nothing behind.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from cladist.datasets import lock as locks
from cladist.datasets import report as reports
from cladist.datasets.carrying import Carrying
from cladist.datasets.decisions import NO_DECISIONS, Decisions
from cladist.datasets.delta import FORMAT, DeltaWriter
from cladist.datasets.detecting import opened
from cladist.datasets.files import files_of, refuse_overlap
from cladist.datasets.hashing import digest
from cladist.datasets.legend import Legend, Listed, Names
from cladist.datasets.migrate import Migration, Origins, no_origins
from cladist.datasets.output import Nowhere, Output
from cladist.datasets.packing import Unpacked
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy, Unknown
from cladist.datasets.records import Entry, Reading, Row
from cladist.datasets.report import Report
from cladist.datasets.review import Review
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
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Unpacked.of(order.source, Path(folder))
        if unpacked is not None:
            order = replace(order, source=unpacked.root)
        passes = _Passes(order, progress)
        return reports.report_of(passes.look(), passes.dataset.format, order.decisions)


def transfer(order: Order, output: Path, progress: Progress = silent) -> Report:
    """Migrate a dataset to a new place.

    Raises OutputExists, UnknownLabels, UnreadableInput, and whatever ``progress`` raises to stop.
    """
    refuse_overlap(order.source, output)
    with _workplace(output) as work:
        (work / "unpacked").mkdir()
        unpacked = Unpacked.of(order.source, work / "unpacked")
        if unpacked is None:
            report = _Passes(order, progress).write(work)
        else:
            inside = replace(order, source=unpacked.root)
            report = _Passes(inside, progress).write(work, unpacked)
            unpacked.pack(work / "data")
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


class _Passes:
    """The passes over one dataset: a first look, where numbers depend on it, and the writing."""

    def __init__(self, order: Order, progress: Progress) -> None:
        self._order = order
        self.dataset = dataset = opened(order.source, order.reading)
        self._files = files_of(order.source)
        given = order.reading.legend
        self._entries = dataset.legend or [
            Entry(ref=ref, names=(meaning,)) for ref, meaning in given.items()
        ]
        places = bool(given) and set(given) == set(range(len(given)))
        self._dense = dataset.dense or (not dataset.legend and places)
        total = sum(size for _, size in self._files) * (1 + self._dense)
        self._advance = _Advance(progress, total)
        self._legend = self._new_legend()
        self._table: Sequence[Row] | None = None
        self._digests: dict[str, str] = {}

    def _new_legend(self) -> Legend:
        order, entries = self._order, self._entries
        residues = order.policy.residues
        if not entries:
            return Names(order.plan, order.by, residues)
        return Listed(order.plan, entries, order.by, dense=self._dense, residues=residues)

    def look(self) -> Migration:
        """Place all labels and write nothing."""
        carrying = self._carrying(Nowhere())
        self.dataset.carry(carrying)
        return carrying.migration

    def write(self, work: Path, archive: Unpacked | None = None) -> Report:
        """Write the output and all that goes beside it to a folder."""
        if self._dense:
            first = self.look()
            self._refuse_unknown(first)
            followed = first.followed(self._entries)
            self._legend.settle(followed)
            self._table = self._legend.rows(followed)
        review = Review(work / "review.tsv", self._order.plan)
        with closing(DeltaWriter((work / "delta").open("wb"))) as delta, closing(review):
            carrying = self._written(work, delta, review, archive)
            report = self._report(carrying.migration)
            delta.write("tail", report.labels, report.written)
        if not report.review:
            (work / "review.tsv").unlink()
        (work / "report.json").write_bytes(reports.encoded(report))
        self._lock(work, carrying.rows(), archive)
        return report

    def _written(
        self, work: Path, delta: DeltaWriter, review: Review, archive: Unpacked | None
    ) -> Carrying:
        delta.write("head", FORMAT, self._head())
        if archive is not None:
            archive.tell(delta)
        output = Output(self._order.source, work / "data", delta)
        carrying = self._carrying(output)
        carrying.traces, carrying.review = Trace(delta), review
        carrying.table = self._table
        self.dataset.carry(carrying)
        output.finish(path for path, _ in self._files)
        self._digests = output.digests
        carrying.traces.close(carrying.migration.tally.verdicts)
        return carrying

    def _carrying(self, output: Output | Nowhere) -> Carrying:
        order = self._order
        migration = Migration(
            order.plan, self._legend, order.policy, order.decisions, order.origins
        )
        return Carrying(
            root=order.source,
            reading=order.reading,
            migration=migration,
            output=output,
            entries=self._entries,
            origins=order.origins,
            advance=self._advance,
            looks_beside=order.policy.looks_beside,
        )

    def _report(self, migration: Migration) -> Report:
        self._refuse_unknown(migration)
        report = reports.report_of(migration, self.dataset.format, self._order.decisions)
        if not report.adds_up:
            raise AssertionError("the counts of the migration do not add up; nothing was written")
        return report

    def _refuse_unknown(self, migration: Migration) -> None:
        unknown = reports.unknown(migration.tally)
        if unknown and self._order.policy.unknown is Unknown.REFUSE:
            source = self._order.plan.source
            raise UnknownLabels(unknown, f"{source.slug} {source.version}")

    def _digest(self, data: Path) -> str:
        """Of a single file what it is known by; of a folder nothing."""
        if data.is_dir():
            return ""
        return self._digests.get("") or digest(data)

    def _head(self) -> dict[str, str]:
        plan = self._order.plan
        return {
            "taxonomy": plan.target.taxonomy,
            "from": plan.source.version,
            "to": plan.target.version,
            "from_digest": plan.source.digest,
            "to_digest": plan.target.digest,
            "dataset": self.dataset.format,
        }

    def _lock(self, work: Path, rows: Sequence[Row], archive: Unpacked | None) -> None:
        data, plan = work / "data", self._order.plan
        legend = {} if self.dataset.legend else {row.ref: row.class_id or row.name for row in rows}
        lock = locks.lock_of(
            plan.target,
            dataset=self._digest(data),
            migrated_from=plan.source.version,
            legend=legend,
        )
        inside = locks.belongs_inside(data, self.dataset.format)
        if inside:
            (data / locks.NAME).write_bytes(locks.encoded(lock))
        if not inside or archive is not None:
            (work / locks.NAME).write_bytes(locks.encoded(lock))


def _settle(work: Path, output: Path) -> None:
    """Rename what is done to where it goes, the output itself last."""
    beside = Beside(output)
    places = {
        "delta": beside.delta,
        "report.json": beside.report,
        "review.tsv": beside.review,
        locks.NAME: locks.beside(output),
    }
    if output.exists():
        raise OutputExists(str(output))
    _to_disk(work)
    for name, place in places.items():
        if (work / name).exists():
            os.replace(work / name, place)
        elif place.is_file() and name == "review.tsv":
            place.unlink()  # of an earlier output in this place that is gone
    os.rename(work / "data", output)


def _to_disk(work: Path) -> None:
    """Have the system write everything, so that no rename comes to disk before what it names."""
    if (work / "data").is_dir():
        os.sync()  # one by one would take longer than writing them did
        return
    for each in work.iterdir():
        if each.is_file():
            with each.open("rb") as file:
                os.fsync(file.fileno())


class _Advance:
    """Adds up what is done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self, size: int) -> None:
        self._done += size
        self._progress(min(self._done, self._total), self._total)
