"""Which columns of a table have the labels and the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cladist.datasets.records import Reading
from cladist.model.errors import InvalidValue

_USUAL = frozenset(
    (
        *("label", "labels", "class", "classes", "class_name", "classname", "category"),
        *("categories", "labelname", "label_name", "tag", "tags", "target"),
    )
)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by name; ``label`` and ``key`` are places, -1 where there is none."""

    names: tuple[str, ...]
    label: int
    key: int

    @property
    def told(self) -> str:
        """The column of the labels as people call it."""
        return self.names[self.label] or f"#{self.label + 1}"


def columns_of(names: Sequence[str], reading: Reading) -> Columns:
    """The columns that are meant; raises InvalidValue that lists those there are."""
    label = place_of(names, reading.label, "label") if reading.label else _usual(names)
    key = place_of(names, reading.key, "key") if reading.key else -1
    return Columns(tuple(names), label, key)


def _usual(names: Sequence[str]) -> int:
    found = [place for place, name in enumerate(names) if name.strip().lower() in _USUAL]
    if len(found) != 1:
        raise InvalidValue("label", f"say which column has the labels: {_listed(names)}.")
    return found[0]


def place_of(names: Sequence[str], said: str, option: str) -> int:
    """The place of a column that is named, or told by place such as ``#3``."""
    if said in names:
        return list(names).index(said)
    if said.startswith("#") and said[1:].isdecimal() and 0 < int(said[1:]) <= len(names):
        return int(said[1:]) - 1
    loosely = [place for place, name in enumerate(names) if name.strip().lower() == said.lower()]
    if len(loosely) != 1:
        raise InvalidValue(option, f"“{said}” is none of the columns {_listed(names)}.")
    return loosely[0]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
