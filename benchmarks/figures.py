"""One measured figure: ours, a named peer's, their ratio, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ratio should be: at least or at most so much."""

    sign: str
    bound: float

    def met(self, ratio: float) -> bool:
        """Whether the ratio is as asked."""
        return ratio >= self.bound if self.sign == "≥" else ratio <= self.bound

    def __str__(self) -> str:
        return f"{self.sign} {self.bound:,g}"


def at_least(bound: float) -> Asked:
    """Asked of a ratio that should be great."""
    return Asked("≥", bound)


def at_most(bound: float) -> Asked:
    """Asked of a ratio that should be small."""
    return Asked("≤", bound)


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table. ``ours`` and ``peer`` say what was measured, with units.

    Without a ``ratio`` the figure is only reported, and so is a ratio that nothing is asked of.
    ``size`` is in classes, 0 where none matter.
    """

    name: str
    size: int
    ours: str
    peer: str = ""
    ratio: float | None = None
    asked: Asked | None = None

    @property
    def missed(self) -> bool:
        """Whether the ratio is not what was asked for."""
        return self.asked is not None and self.ratio is not None and not self.asked.met(self.ratio)

    def cells(self) -> tuple[str, ...]:
        """The row as texts."""
        size = f"{self.size:,}" if self.size else ""
        ratio = "" if self.ratio is None else significant(self.ratio)
        asked, met = "", ""
        if self.asked is not None and self.ratio is not None:
            asked, met = str(self.asked), "MISSED" if self.missed else "met"
        return self.name, size, self.ours, self.peer, ratio, asked, met


class Benchmark(Protocol):
    """A module that measures."""

    @property
    def SIZES(self) -> Sequence[int]:
        """The sizes measured when none are named."""
        ...

    def measure(self, sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
        """The figures, each as soon as it is known; ``quick`` repeats less."""
        ...


_HEADINGS = ("what", "classes", "Cladist", "peer", "ratio", "asked", "")
_WIDTHS = (36, 7, 9, 30, 6, 7, 6)
_LEFT = (0, 3, 6)


def heading() -> str:
    """The head of the table, in Markdown."""
    rule = ["-" * width if at in _LEFT else "-" * (width - 1) + ":" for at, width in _places()]
    return f"{line(_HEADINGS)}\n| {' | '.join(rule)} |"


def line(cells: Sequence[str]) -> str:
    """One row of the table, in Markdown."""
    texts = [
        cells[at].ljust(width) if at in _LEFT else cells[at].rjust(width) for at, width in _places()
    ]
    return f"| {' | '.join(texts)} |"


def _places() -> Iterator[tuple[int, int]]:
    return enumerate(_WIDTHS)


def significant(value: float) -> str:
    """A number with as many digits as such measurements bear."""
    if value >= 100:
        return f"{float(f'{value:.2g}'):,.0f}"
    return f"{float(f'{value:.3g}'):g}"


def seconds(value: float) -> str:
    """A time in the unit that suits it."""
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if value * factor >= 1 or unit == "µs":
            return f"{float(f'{value * factor:.3g}'):g} {unit}"
    raise AssertionError


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))
