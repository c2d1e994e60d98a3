"""What becomes of the labels of one row group: whole columns where all labels go alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cladist.datasets.formats.lazy import Lazy, box
from cladist.datasets.formats.parquet_column import Leaf
from cladist.datasets.records import Item, Label, Placed, Ref
from cladist.datasets.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy import bool_, int32, int64
    from numpy.typing import NDArray

    Codes = NDArray[int32]
    Places = NDArray[int64]

NULL, EMPTY = -1, -2
"""Codes of values without a label: none at all, and what a column has that must have a value."""


@dataclass(slots=True)
class Refs:
    """What is written in a column: the codes of a row group are places among them."""

    found: list[Ref]
    new: dict[Ref, int] = field(default_factory=dict)

    def code(self, ref: Ref) -> int:
        """The code of what is written now."""
        return self.new.setdefault(ref, len(self.new))

    def same(self, codes: Codes, new: Codes) -> bool:
        """Whether new codes stand for what the old ones did."""
        import numpy

        known = [self.new.get(ref, len(self.new)) for ref in self.found]
        return bool((numpy.asarray([*known, EMPTY, NULL], dtype="i4")[codes] == new).all())


@dataclass(frozen=True, slots=True)
class Rows:
    """A row group: the number of its first row, keys if there are any, and other columns."""

    source: str
    first: int
    leaf: Leaf
    keys: Sequence[Any] | None
    records: Callable[[int], Mapping[str, Any]]

    def key(self, row: int, part: int = 0) -> str:
        """By what decisions name a row, or one thing in it."""
        known = None if self.keys is None else self.keys[row]
        name = f"row {self.first + row}" if known is None else str(known)
        return f"{name}#{part}" if part else name

    def label(self, ref: Ref, row: int, part: int = 0) -> Label:
        """A label of a row."""
        return Label(self.key(row, part), ref, Lazy(lambda: self._fields(row, part)))

    def _fields(self, row: int, part: int) -> Mapping[str, Any]:
        return {"source": self.source, **fields_of(self.records(row), self.leaf, part)}


def fields_of(record: Mapping[str, Any], leaf: Leaf, part: int) -> dict[str, Any]:
    """What rules may ask of a row: its other columns, and of a thing in it what is told of it."""
    found = {f"record.{name}": value for name, value in record.items() if name != leaf.top}
    thing = _thing(record.get(leaf.top), part - 1)
    found.update((f"attributes.{name}", value) for name, value in thing.items())
    corners = thing.get("bbox")
    if isinstance(corners, list) and len(corners) == 4:
        found.update(box(*corners))
    return found


def _thing(value: Any, place: int) -> dict[str, Any]:
    """The members that belong to one thing of several, or to the only one."""
    if isinstance(value, list):
        value = value[place] if place >= 0 else None
    if not isinstance(value, dict):
        return {}
    if place < 0:
        return value
    return {
        name: each[place] if isinstance(each, list) and len(each) > place else each
        for name, each in value.items()
    }


@dataclass(slots=True)
class Placing:
    """Places the labels of one row group after another; the ``refs`` may be other ones in each."""

    run: Run
    rows: Rows
    refs: Refs
    gone: int = NULL
    """The code of a label that goes."""
    _fixed: list[Placed | None] = field(init=False)

    def __post_init__(self) -> None:
        self._fixed = [self.run.fixed(ref) for ref in self.refs.found]

    def values(
        self, codes: Codes, rows: Places | None = None, parts: Places | None = None
    ) -> Codes:
        """New codes of values of which each is a label of its own.

        ``rows`` and ``parts`` say in which row a value stands and the how many-th it is there.
        """
        import numpy

        told = codes >= 0
        fixed = self._told([each is not None for each in self._fixed], codes) & told
        new = self._taken(codes)
        self._count(codes[fixed])
        self._trace(codes, numpy.flatnonzero(fixed & self._changed(codes)), rows, parts)
        for place in numpy.flatnonzero(told & ~fixed).tolist():
            row = place if rows is None else int(rows[place])
            part = 0 if parts is None else int(parts[place])
            label = self.rows.label(self.refs.found[codes[place]], row, part)
            (placed,) = self.run.place(Item((label,)))
            new[place] = self.refs.code(placed.refs[0]) if placed.refs else self.gone
        return new

    def lists(self, codes: Codes, rows: Places) -> tuple[Codes, NDArray[bool_]]:
        """New codes of values of which those in one row belong together, and which of them stay."""
        import numpy

        told = codes >= 0
        labels = numpy.bincount(rows[told], minlength=int(rows[-1]) + 1 if len(rows) else 0)
        alone = told & (labels[rows] == 1)
        alone &= self._told([each is not None for each in self._fixed], codes)
        new = self._taken(codes)
        self._count(codes[alone])
        self._trace(codes, numpy.flatnonzero(alone & self._changed(codes)), rows, None)
        kept = ~told | (alone & (new >= 0))
        open_ = numpy.flatnonzero(told & ~alone)
        for places in _runs(open_, rows[open_]):
            self._together(places, codes, int(rows[places[0]]), new, kept)
        return new, kept

    def _together(
        self, places: list[int], codes: Codes, row: int, new: Codes, kept: NDArray[bool_]
    ) -> None:
        found = self.refs.found
        labels = tuple(self.rows.label(found[codes[place]], row) for place in places)
        beside = tuple(each.ref for each in labels) if self.run.looks_beside else ()
        for place, placed in zip(places, self.run.place(Item(labels, beside)), strict=True):
            kept[place] = bool(placed.refs)
            new[place] = self.refs.code(placed.refs[0]) if placed.refs else self.gone

    def _told(self, what: Sequence[Any], codes: Codes) -> Any:
        """Something of each ref, for every value; of values without a label what the last says."""
        import numpy

        return numpy.asarray([*what, False, False])[codes]

    def _changed(self, codes: Codes) -> Any:
        return self._told([each is not None and not each.kept for each in self._fixed], codes)

    def _taken(self, codes: Codes) -> Codes:
        """New codes by what is fixed."""
        import numpy

        new = [
            self.refs.code(each.refs[0]) if each is not None and each.refs else self.gone
            for each in self._fixed
        ]
        found: Codes = numpy.asarray([*new, EMPTY, NULL], dtype="i4")[codes]
        return found

    def _count(self, codes: Codes) -> None:
        import numpy

        for code, times in enumerate(numpy.bincount(codes, minlength=1).tolist()):
            if times:
                self.run.count(self.refs.found[code], times)

    def _trace(
        self, codes: Codes, places: Places, rows: Places | None, parts: Places | None
    ) -> None:
        """Tell of changed labels."""
        numbers: Any = places if rows is None else rows[places]
        if self.rows.keys is None and parts is None:
            met, known = self._met(codes[places])
            self.run.trace_rows(self.rows.first, numbers, met, known)
            return
        keys = [
            self.rows.key(row, 0 if parts is None else int(parts[place]))
            for place, row in zip(places.tolist(), numbers.tolist(), strict=True)
        ]
        self.run.trace(keys, [self.refs.found[code] for code in codes[places].tolist()])

    def _met(self, codes: Codes) -> tuple[Any, list[Ref]]:
        """The refs that codes stand for, without any other ones, and codes among these."""
        import numpy

        met = numpy.flatnonzero(numpy.bincount(codes, minlength=1))
        found = numpy.zeros(len(self.refs.found) + 1, dtype="i4")
        found[met] = numpy.arange(len(met))
        known = [self.refs.found[code] for code in met.tolist()] if len(codes) else []
        return found[codes], known


def _runs(places: Places, rows: Places) -> Iterator[list[int]]:
    """Places of values, those of one row together."""
    found: list[int] = []
    row = -1
    for place, each in zip(places.tolist(), rows.tolist(), strict=True):
        if found and each != row:
            yield found
            found = []
        row = each
        found.append(place)
    if found:
        yield found
