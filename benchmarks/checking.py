"""Checking annotations, against a plain Python loop that looks each label up.

A hundred thousand annotations of which one in a hundred is wrong. The loop knows the classes for
labeling by label and, of items with several labels, which members of exclusive groups each is
under; it says which annotations are wrong, and not why. The second figure adds the reading of
JSON Lines to both, as the server does it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from time import perf_counter
from typing import Any

from benchmarks.figures import Figure, middle
from benchmarks.generate import taxonomy
from cladist.datasets.annotations.checking import Checker, Row, report
from cladist.datasets.annotations.ground import Ground
from cladist.datasets.annotations.reading import lines
from cladist.index import build
from cladist.model.taxonomy import Structure

SIZES = (1_000, 100_000)
ROWS = 100_000


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Annotations per second, for each size, with one label and with three."""
    runs = 1 if quick else 5
    for size in sizes:
        bench = _Bench(size)
        for many in (1, 3):
            yield from _figures(bench, size, many, runs)


def _figures(bench: _Bench, size: int, many: int, runs: int) -> Iterator[Figure]:
    rows = bench.rows(many)
    text = [json.dumps(each).encode() for each in rows]
    told = f"check 100,000 annotations of {many} label{'s' * (many > 1)}"
    ours = _rate(lambda: bench.checked(map(Row, rows)), runs)
    yield _figure(told, size, ours, _rate(lambda: bench.looped(rows), runs))
    ours = _rate(lambda: bench.checked(lines(text)), runs)
    peer = _rate(lambda: bench.looped(map(json.loads, text)), runs)
    yield _figure(f"{told}, read from JSON Lines", size, ours, peer)


def _figure(name: str, size: int, ours: float, peer: float) -> Figure:
    told = f"loop {peer:,.0f} a second"
    return Figure(name, size, f"{ours:,.0f} a second", told, peer / ours)


class _Bench:
    def __init__(self, size: int) -> None:
        made = taxonomy(size)
        index = build(made)
        self._many = made.header.structure.kind is Structure.MULTI_LABEL
        self._checker = Checker(Ground(made, index))
        members = {
            each: n for n, group in enumerate(made.groups.values()) for each in group.members
        }
        self._known: Mapping[str, frozenset[tuple[int, str]]] = {
            made.classes[each].label(): frozenset(
                (members[up], up) for up in (each, *index.ancestors(each)) if up in members
            )
            for each in index.selection
        }

    def rows(self, many: int) -> list[dict[str, Any]]:
        """Annotations, of which one in a hundred has a label that nobody knows."""
        random = Random(5)
        known = sorted(self._known)
        rows = [{"item": f"{n}.jpg", "labels": random.sample(known, many)} for n in range(ROWS)]
        for each in rows[::100]:
            each["labels"] = ["no such class"]
        return rows

    def checked(self, rows: Any) -> int:
        """How many are wrong, by the checker."""
        return report(self._checker, rows, 100).invalid

    def looped(self, rows: Any) -> int:
        """How many are wrong, by a plain loop."""
        known, wrong = self._known, 0
        for row in rows:
            held: dict[int, str] = {}
            for label in row["labels"]:
                groups = known.get(label)
                if groups is None or any(held.setdefault(n, one) != one for n, one in groups):
                    wrong += 1
                    break
        return wrong


def _rate(work: Callable[[], int], runs: int) -> float:
    times = []
    for _ in range(runs + 1):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return ROWS / middle(times[1:])
