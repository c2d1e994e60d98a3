"""One pass over a dataset: formats ask here what becomes of labels and hand over files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cladist.datasets.migrate import Migration, Origins, no_origins
from cladist.datasets.output import Nowhere, Output
from cladist.datasets.records import (
    Entry,
    Fate,
    Item,
    Label,
    Numbers,
    Piece,
    Placed,
    Reading,
    Ref,
    Row,
)
from cladist.datasets.review import Review
from cladist.datasets.trace import Trace

IDENTICAL = "identical shapes of one class"


@dataclass(slots=True, kw_only=True)
class Carrying:
    """A pass of a migration over a dataset; the ``Run`` that formats see.

    Without ``traces`` and ``review`` nothing is told of single records. ``advance`` is told how
    many more bytes of the input are done, and raises to stop.
    """

    root: Path
    reading: Reading
    migration: Migration
    output: Output | Nowhere
    entries: Sequence[Entry] = ()
    table: Sequence[Row] | None = None
    """The label table to write, where it is known before."""
    traces: Trace | None = None
    review: Review | None = None
    origins: Origins = no_origins
    advance: Callable[[int], None] = lambda size: None
    looks_beside: bool = False
    _shapes: dict[int, Ref] = field(default_factory=dict)

    def place(self, item: Item) -> Sequence[Placed]:
        """What becomes of each label of an item; counts and traces it."""
        placed = self.migration.place(item)
        if item.place is not None:
            self._look(item, placed)
        if self.traces is not None:
            for label, each in zip(item.labels, placed, strict=True):
                self._tell(self.traces, label, each)
        return placed

    def _tell(self, trace: Trace, label: Label, placed: Placed) -> None:
        verdict = placed.verdict
        if verdict.fate is Fate.REVIEW:
            if self.review is not None:
                self.review.add(label, verdict)
            return
        known = self.origins(label.key, verdict.source) if verdict.source else ()
        if known or not (placed.kept or verdict.fate is Fate.UNKNOWN):
            trace.add(label.key, placed, known)

    def _look(self, item: Item, placed: Sequence[Placed]) -> None:
        """Find items that lie in the same place and are of one class only since now."""
        for label, each in zip(item.labels, placed, strict=True):
            target = each.verdict.target
            if target is None or len(self.migration.plan.sources(target)) < 2:
                continue
            before = self._shapes.setdefault(hash((item.place, target)), label.ref)
            if before != label.ref:
                self.migration.tally.find(IDENTICAL, label.key)

    def fixed(self, ref: Ref) -> Placed | None:
        """What becomes of any plain label with this ref, where that is the same for all of them."""
        return self.migration.fixed(ref)

    def count(self, ref: Ref, times: int) -> None:
        """Count labels that a fast path followed by :meth:`fixed`."""
        placed = self.migration.fixed(ref)
        assert placed is not None
        self.migration.tally.add(ref, placed, times)
        self.migration.tally.items += times
        self.migration.tally.fewer += times * (not placed.refs)

    def trace(self, keys: Sequence[str], refs: Sequence[Ref]) -> None:
        """Tell of changed labels that a fast path followed."""
        if self.traces is not None and keys:
            numbers = {ref: self._number(ref) for ref in set(refs)}
            self.traces.many(keys, [numbers[ref] for ref in refs])

    def trace_rows(
        self,
        first: int,
        numbers: Numbers,
        codes: Numbers,
        refs: Sequence[Ref],
        *,
        name: str = "row",
    ) -> None:
        """Tell of changed labels in rows without a key, by their numbers from row ``first``."""
        if self.traces is not None and len(numbers):
            import numpy

            known = [self._number(ref) for ref in refs]
            verdicts = numpy.asarray(known, dtype="<u4")[codes]
            self.traces.rows(f"{name} ", first, numbers, verdicts)

    def _number(self, ref: Ref) -> int:
        placed = self.migration.fixed(ref)
        assert placed is not None
        return placed.number

    def colour(self, class_id: str) -> str:
        """``#RRGGBB`` of a class of the target version; empty if it has none."""
        entry = self.migration.plan.target.find(class_id)
        return "" if entry is None else entry.colour

    def rows(self) -> Sequence[Row]:
        """The label table to write."""
        if self.table is not None:
            return self.table
        migration = self.migration
        return migration.legend.rows(migration.followed(self.entries))

    def rewrite(self, path: str, pieces: Iterable[Piece]) -> None:
        """Write a file anew."""
        self.output.rewrite(path, self._advancing(pieces))

    def _advancing(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            yield piece
            self.advance(len(piece.data))

    def replace(self, path: str, new: bytes) -> None:
        """Write a file anew of which nothing can be kept."""
        self.output.replace(path, new)

    def add(self, path: str, new: bytes) -> None:
        """Write a file that the input does not have."""
        self.output.add(path, new)

    @contextmanager
    def writing(self, path: str) -> Iterator[Path]:
        """A path to which a library writes the file anew."""
        with self.output.writing(path) as target:
            yield target

    def move(self, path: str, to: str) -> None:
        """Keep a file under another path."""
        self.output.move(path, to)

    def remove(self, path: str) -> None:
        """Leave a file out."""
        self.output.remove(path)

    def copy(self, path: str) -> None:
        """Keep a file as it is."""
        self.output.copy(path)
