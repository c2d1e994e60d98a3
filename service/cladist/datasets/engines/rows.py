"""What rows with a token become: the labels of one row together, as the core judges them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cladist.datasets.collisions import Together, merged, new_faults, rivals
from cladist.datasets.engines.mapping import BETWEEN, EMPTY, NULL, OR, Guide, Way, Ways
from cladist.datasets.migrate import ONE_ONLY
from cladist.datasets.records import Placed, Ref
from cladist.datasets.tally import Finding, left


class NoLabel(NamedTuple):
    """A value without a label: null, or what a column has in place of one."""

    null: bool


class Result(NamedTuple):
    """A row afterwards: what is written, and of each value before, what became of it and why."""

    new: tuple[Ref | NoLabel, ...]
    fates: tuple[str | None, ...]
    were: tuple[str | None, ...]
    via: tuple[str | None, ...]


class Rows:
    """Judges the rows with a token, and counts them."""

    def __init__(self, guide: Guide, ways: Ways) -> None:
        plan = guide.migration.plan
        self._guide, self._ways = guide, ways
        self._before, self._after = Together(plan.source), Together(plan.target)

    def results(self, tokens: Mapping[str, int]) -> dict[str, Result]:
        """What rows with each token become; ``tokens`` says how many there are."""
        return {token: self._result(token, times) for token, times in tokens.items()}

    def _result(self, token: str, times: int) -> Result:
        parts = token.split(BETWEEN) if token else []
        labels = [part for part in parts if part not in (NULL, EMPTY)]
        taken = [self._ways.all[int(part.partition(OR)[0])] for part in labels]
        placed: Sequence[Placed] = [each.placed for each in taken]
        if len(placed) > 1:
            decided = [part.partition(OR)[2] for part in labels]
            placed = self._together(taken, decided, times)
        self._count(taken, placed, times)
        return _told(parts, taken, placed)

    def _together(
        self, taken: Sequence[Way], decided: Sequence[str], times: int
    ) -> Sequence[Placed]:
        make, placed = self._guide.make, [each.placed for each in taken]
        candidates = rivals(placed)
        if self._guide.one_label and len(candidates) > 1:
            placed = [
                self._one_of(way, choice, candidates)
                for way, choice in zip(taken, decided, strict=True)
            ]
        elif any(not each.kept for each in placed):
            for fault in new_faults(placed, self._before.wrong, self._after.wrong):
                self._guide.migration.tally.findings.setdefault(fault, Finding()).count += times
        return [
            make.gone(each.verdict, collapsed=True) if again else each
            for each, again in zip(placed, merged(placed), strict=True)
        ]

    def _one_of(self, way: Way, decided: str, candidates: tuple[str, ...]) -> Placed:
        """One of several labels where only one may be: decided by a person."""
        case = self._guide.migration.case(way.ref)
        if case.bound is None:
            return way.placed
        if decided:
            return self._ways.all[int(decided)].placed
        return self._guide.make.review(case, candidates, ONE_ONLY)

    def _count(self, taken: Sequence[Way], placed: Sequence[Placed], times: int) -> None:
        tally = self._guide.migration.tally
        for way, each in zip(taken, placed, strict=True):
            tally.add(way.ref, each, times)
        if taken:
            tally.items += times
            tally.fewer += times * (left(placed) < len(taken))


def _told(parts: Sequence[str], taken: Sequence[Way], placed: Sequence[Placed]) -> Result:
    found = iter(zip(taken, placed, strict=True))
    new: list[Ref | NoLabel] = []
    about: list[tuple[str | None, str | None, str | None]] = []
    for part in parts:
        if part in (NULL, EMPTY):
            new.append(NoLabel(part == NULL))
            about.append((None, None, None))
            continue
        way, each = next(found)
        new.extend(each.refs)
        via = "; ".join(each.verdict.via) or None
        about.append((each.verdict.fate.value, str(way.value), via))
    fates, were, reasons = zip(*about, strict=True) if about else ((), (), ())
    return Result(tuple(new), fates, were, reasons)
