"""Provenance of changed labels: written while a dataset is carried over, known again later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from cladist.datasets.delta import DeltaWriter, messages, numbers, plain, read_numbers
from cladist.datasets.migrate import Origin
from cladist.datasets.records import Numbers, Placed, Verdict

_WIDTHS = (1, 2, 4)
"""Bytes that the number of a verdict may take."""

_BATCH = 20_000
OWN = 0
"""Number of the origin that the verdict itself tells: the class before this migration."""


class Trace:
    """Writes which record's label met which verdict, and what the label was at first."""

    def __init__(self, delta: DeltaWriter) -> None:
        self._delta = delta
        self._keys: list[str] = []
        self._verdicts: list[int] = []
        self._origins: list[int] = []
        self._known: dict[Origin, int] = {}

    def add(self, key: str, placed: Placed, origins: Sequence[Origin] = ()) -> None:
        """One changed label, once for each of its origins."""
        for origin in origins or (None,):
            self._keys.append(key)
            self._verdicts.append(placed.number)
            self._origins.append(OWN if origin is None else self._number(origin))
        if len(self._keys) >= _BATCH:
            self.flush()

    def _number(self, origin: Origin) -> int:
        return self._known.setdefault(origin, 1 + len(self._known))

    def many(self, keys: Sequence[str], verdicts: Sequence[int]) -> None:
        """Changed labels without earlier origins, all at once."""
        self.flush()
        self._delta.write("trace", list(keys), numbers(verdicts), b"")

    def rows(self, name: str, first: int, rows: Numbers, verdicts: Numbers) -> None:
        """Changed labels of rows without keys, called by ``name`` and their number."""
        self.flush()
        import numpy

        found = numpy.asarray(verdicts)
        width = next(each for each in _WIDTHS if int(found.max()) < 256**each)
        steps = numpy.diff(numpy.asarray(rows), prepend=0)  # alike, so that they pack well
        narrow = found.astype(f"<u{width}").tobytes()
        self._delta.write("rows", name, first, numbers(steps), width, narrow)

    def flush(self) -> None:
        """Write what waits."""
        if self._keys:
            origins = numbers(self._origins) if any(self._origins) else b""
            self._delta.write("trace", self._keys, numbers(self._verdicts), origins)
            self._keys, self._verdicts, self._origins = [], [], []

    def close(self, verdicts: Sequence[Verdict]) -> None:
        """Write what the numbers mean."""
        self.flush()
        self._delta.write("verdicts", [plain(each) for each in verdicts])
        self._delta.write("origins", [list(each) for each in self._known])


class KnownOrigins:
    """What labels of a dataset were before the migrations that the delta beside it tells of."""

    def __init__(self, delta: Path) -> None:
        self._found: dict[tuple[str, str], tuple[Origin, ...]] = {}
        for key, target, origin in _targets(delta):
            known = self._found.get((key, target), ())
            if origin not in known:
                self._found[key, target] = (*known, origin)

    def __call__(self, key: str, class_id: str) -> tuple[Origin, ...]:
        """What the label of a class in a record was; empty when unknown."""
        return self._found.get((key, class_id), ())

    def versions(self) -> set[str]:
        """The versions that labels come from."""
        return {origin.version for found in self._found.values() for origin in found}


def _targets(delta: Path) -> Iterator[tuple[str, str, Origin]]:
    """Record, class after the migration, and origin of every changed label that has a class."""
    for key, verdict, origin in told(delta):
        target = verdict[1]
        if target is not None and verdict[0]:
            yield key, target, origin


def told(delta: Path) -> Iterator[tuple[str, list[Any], Origin]]:
    """Every changed label: record, plain verdict, and what it was at first."""
    version, verdicts, origins = _tables(delta)
    for message in messages(delta):
        if message[0] == "trace":
            keys, labels, known = message[1:]
            first = read_numbers(known) if known else [OWN] * len(keys)
            each = zip(keys, read_numbers(labels), first, strict=True)
        elif message[0] == "rows":
            name, start, steps, width, labels = message[1:]
            names = (f"{name}{start + row}" for row in accumulate(read_numbers(steps)))
            verdicts_of = read_numbers(labels, width)
            each = zip(names, verdicts_of, [OWN] * len(verdicts_of), strict=True)
        else:
            continue
        for key, label, number in each:
            verdict = verdicts[label]
            yield key, verdict, origins[number - 1] if number else Origin(version, verdict[0])


def _tables(delta: Path) -> tuple[str, list[list[Any]], list[Origin]]:
    version, verdicts, origins = "", [], []
    for message in messages(delta):
        if message[0] == "head":
            version = message[2]["from"]
        elif message[0] == "verdicts":
            verdicts = message[1]
        elif message[0] == "origins":
            origins = [Origin(*each) for each in message[1]]
    return version, verdicts, origins
