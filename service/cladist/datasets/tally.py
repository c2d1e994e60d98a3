"""Counting: every label comes in once and has one verdict, and what goes out adds up to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from cladist.datasets.records import Fate, Placed, Ref, Verdict

_EXAMPLES = 20


@dataclass(slots=True)
class Finding:
    """Something in the data that a person should see: how often, and some records."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, key: str) -> None:
        """One more."""
        self.count += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(key)


@dataclass(slots=True)
class Tally:
    """The counts of one pass over a dataset. ``came`` and ``went`` are counted apart."""

    verdicts: list[Verdict] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    """How many labels have the verdict with this number."""
    collapsed: list[int] = field(default_factory=list)
    """Of them, how many say what another label of their item says."""
    came: Counter[Ref] = field(default_factory=Counter)
    """Labels of the input by what was written for them."""
    went: int = 0
    """Labels of the output."""
    extra: int = 0
    """Of them, those that came from negative labels of classes that were split."""
    items: int = 0
    fewer: int = 0
    """Items with fewer labels than before."""
    findings: dict[str, Finding] = field(default_factory=dict)
    _numbers: dict[Verdict, int] = field(default_factory=dict)

    def number(self, verdict: Verdict) -> int:
        """The number of a verdict, the same for equal ones."""
        found = self._numbers.get(verdict)
        if found is None:
            found = self._numbers[verdict] = len(self.verdicts)
            self.verdicts.append(verdict)
            self.counts.append(0)
            self.collapsed.append(0)
        return found

    def add(self, ref: Ref, placed: Placed, times: int = 1) -> None:
        """Labels of an input ref that were placed alike."""
        self.came[ref] += times
        self.counts[placed.number] += times
        self.went += times * len(placed.refs)
        self.extra += times * max(len(placed.refs) - 1, 0)
        if placed.collapsed:
            self.collapsed[placed.number] += times

    def item(self, labels: int, left: int) -> None:
        """An item, and how many labels it had and has."""
        self.items += 1
        self.fewer += left < labels

    def find(self, kind: str, key: str) -> None:
        """One more of a kind of finding."""
        self.findings.setdefault(kind, Finding()).add(key)

    def fates(self) -> dict[Fate, int]:
        """How many labels met each fate."""
        found = dict.fromkeys(Fate, 0)
        for verdict, count in zip(self.verdicts, self.counts, strict=True):
            found[verdict.fate] += count
        return found

    @property
    def labels(self) -> int:
        """Labels of the input."""
        return self.came.total()


def left(placed: Sequence[Placed]) -> int:
    """How many labels of an item are written."""
    return sum(len(each.refs) for each in placed)
