"""What becomes of the labels of one row group: whole columns where all labels go alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from cladist.datasets.formats.lazy import Lazy, box
from cladist.datasets.formats.parquet_column import Leaf
from cladist.datasets.records import Item, Label, Placed, Ref
from cladist.datasets.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy import bool_, int64
    from numpy.typing import NDArray

    Codes = NDArray[int64]

_OFTEN = 4_096
T = TypeVar("T")

NULL, EMPTY, FIRST = range(3)
"""Codes of values: none at all; what says in a column that there is no label; the first label."""


@dataclass(slots=True)
class Refs:
    """What is written in a column before and after, in the order of the codes from ``FIRST``."""

    found: Sequence[Ref]
    new: dict[Ref, int] = field(default_factory=dict)

    def code(self, ref: Ref) -> int:
        """The code of what is written now."""
        return self.new.setdefault(ref, len(self.new) + FIRST)


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
    """Places the labels of one row group; ``changed`` tells whether any is not as it was."""

    run: Run
    rows: Rows
    refs: Refs
    gone: int = NULL
    """The code of a label that goes."""
    changed: bool = False
    _fixed: list[Placed | None] = field(init=False)

    def __post_init__(self) -> None:
        self._fixed = [self.run.fixed(ref) for ref in self.refs.found]

    def values(self, codes: Codes, rows: Codes | None = None, parts: Codes | None = None) -> Codes:
        """New codes of values of which each is a label of its own.

        ``rows`` and ``parts`` say in which row a value stands and the how many-th it is there.
        """
        import numpy

        new = self._taken(codes)
        fixed = self._certain(codes)
        self._count(codes if fixed is None else codes[fixed])
        self._trace(codes, fixed, rows, parts)
        loose = () if fixed is None else numpy.flatnonzero((codes >= FIRST) & ~fixed).tolist()
        for place in self._watched(loose):
            row = place if rows is None else int(rows[place])
            part = 0 if parts is None else int(parts[place])
            label = self.rows.label(self.refs.found[codes[place] - FIRST], row, part)
            (placed,) = self.run.place(Item((label,)))
            new[place] = self._code(placed)
        return new

    def lists(self, codes: Codes, rows: Codes) -> tuple[Codes, NDArray[bool_]]:
        """New codes of values of which those in one row belong together, and which of them stay."""
        import numpy

        told = codes >= FIRST
        labels = numpy.bincount(rows[told], minlength=int(rows[-1]) + 1 if len(rows) else 0)
        alone = told & (labels[rows] == 1)
        certain = self._certain(codes)
        if certain is not None:
            alone &= certain
        new = self._taken(codes)
        self._count(codes[alone])
        self._trace(codes, alone, rows, None)
        left = [each is not None and bool(each.refs) for each in self._fixed]
        kept = ~told | (alone & self._looked_up(left, codes))
        open_ = numpy.flatnonzero(told & ~alone)
        for places in self._watched(_runs(open_, rows[open_])):
            self._together(places, codes, int(rows[places[0]]), new, kept)
        return new, kept

    def _together(
        self, places: list[int], codes: Codes, row: int, new: Codes, kept: NDArray[bool_]
    ) -> None:
        found = self.refs.found
        labels = tuple(self.rows.label(found[codes[place] - FIRST], row) for place in places)
        beside = tuple(each.ref for each in labels) if self.run.looks_beside else ()
        for place, placed in zip(places, self.run.place(Item(labels, beside)), strict=True):
            kept[place] = bool(placed.refs)
            new[place] = self._code(placed)

    def _watched(self, things: Iterable[T]) -> Iterator[T]:
        """The same things; now and then the run may stop, which hears of bytes only later."""
        for number, each in enumerate(things):
            if number % _OFTEN == 0:
                self.run.advance(0)
            yield each

    def _code(self, placed: Placed) -> int:
        self.changed |= not placed.kept
        return self.refs.code(placed.refs[0]) if placed.refs else self.gone

    def _taken(self, codes: Codes) -> Codes:
        """New codes by what is fixed."""
        import numpy

        new = [NULL if each is None else self._written(each) for each in self._fixed]
        return numpy.asarray([NULL, EMPTY, *new], dtype="i8")[codes]

    def _written(self, placed: Placed) -> int:
        return self.refs.code(placed.refs[0]) if placed.refs else self.gone

    def _certain(self, codes: Codes) -> NDArray[bool_] | None:
        """Which values have a label that is fixed; none where all that have one do."""
        if all(each is not None for each in self._fixed):
            return None
        return self._looked_up([each is not None for each in self._fixed], codes)

    def _looked_up(self, told: Sequence[bool], codes: Codes) -> NDArray[bool_]:
        """What is told of each label, for every value."""
        import numpy

        return numpy.asarray([False, False, *told])[codes]

    def _count(self, codes: Codes) -> None:
        import numpy

        counts = numpy.bincount(codes, minlength=FIRST)[FIRST:].tolist()
        for ref, placed, times in zip(self.refs.found, self._fixed, counts, strict=False):
            if times and placed is not None:
                self.run.count(ref, times)
                self.changed |= not placed.kept

    def _trace(
        self, codes: Codes, among: NDArray[bool_] | None, rows: Codes | None, parts: Codes | None
    ) -> None:
        """Tell of changed labels among some."""
        import numpy

        if not self.changed:
            return
        changed = [each is not None and not each.kept for each in self._fixed]
        which = codes >= FIRST if all(changed) else self._looked_up(changed, codes)
        places = numpy.flatnonzero(which if among is None else which & among)
        numbers: Any = places if rows is None else rows[places]
        if self.rows.keys is None and parts is None:
            known = [ref for ref, each in zip(self.refs.found, changed, strict=True) if each]
            met = codes if len(places) == len(codes) else codes[places]
            ranks: Any = numpy.cumsum([False, False, *changed]) - 1
            told: Any = met - FIRST if all(changed) else ranks[met]
            self.run.trace_rows(self.rows.first, numbers, told, known)
            return
        keys = [
            self.rows.key(row, 0 if parts is None else int(parts[place]))
            for place, row in zip(places.tolist(), numbers.tolist(), strict=True)
        ]
        refs = self.refs.found
        self.run.trace(keys, [refs[code - FIRST] for code in codes[places].tolist()])


def _runs(places: Codes, rows: Codes) -> Iterator[list[int]]:
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
