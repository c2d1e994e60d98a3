"""A small scene that every format can hold: things with a class and a size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cladist.datasets.records import Reading


@dataclass(frozen=True, slots=True)
class Thing:
    """One labelled thing. It lies alone in an image, row or sentence of its own number.

    A format tells of the size in the way it has: a box, a polygon or a region of ``size`` times
    ``size`` pixels at (2, 2) in an image of 64 by 64, a column ``size``, or a text of ``size``
    letters ``x``.
    """

    number: int
    """From 1, in order."""
    label: str
    size: int
    """From 2 to 30."""


class Sample(Protocol):
    """What a module of ``samples`` offers."""

    NAME: str
    """The name that detection must give: ``Dataset.format``."""
    READING: Reading
    BYTE_EQUAL: bool
    """Whether a migration that changes nothing gives the same bytes."""

    def write(self, folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
        """The dataset in an empty folder; ``labels`` is its label table, if it has one.

        Returns the file, or the folder itself where a dataset is a folder.
        """

    def key(self, number: int, labels: Sequence[str]) -> str:
        """By what decisions name the record of a thing."""

    def counts(self, dataset: Path) -> Counter[str]:
        """How many things there are of each label, read with other means than ours."""


def scene(labels: Sequence[str], times: int = 4) -> list[Thing]:
    """Things of every label, several sizes each, none empty of meaning to a format."""
    numbered = (label for _ in range(times) for label in labels)
    return [Thing(number, label, 2 + (number * 7) % 28) for number, label in enumerate(numbered, 1)]
