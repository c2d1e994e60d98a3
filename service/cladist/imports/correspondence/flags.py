"""The words of a table for whole and part."""

from __future__ import annotations

from collections.abc import Sequence

from cladist.imports.sketch import shown
from cladist.model.change.parts import Part
from cladist.model.errors import InvalidValue

PART = frozenset(
    ("1", "p", "part", "partial", "partly", "part of", "x", "*", "yes", "y", "true", "ex")
)
WHOLE = frozenset(("0", "w", "whole", "full", "no", "n", "false"))


def flag_of(cell: str, field: str) -> Part | None:
    """What the cell says; none if it is empty. Raises :class:`InvalidValue` for other words."""
    word = " ".join(cell.lower().split())
    if word in PART:
        return Part.PART
    if word in WHOLE:
        return Part.WHOLE
    if word:
        raise InvalidValue(field, f"“{shown(cell)}” says neither whole (0, no) nor part (1, yes).")
    return None


def settled(flags: Sequence[Part | None]) -> list[Part | None]:
    """The flags of a whole column, with what its empty cells mean.

    Where a column only marks parts, what is not marked is whole. Where it has a word for whole as
    well, or no mark at all, an empty cell says nothing.
    """
    marks_only = Part.PART in flags and Part.WHOLE not in flags
    return [each or (Part.WHOLE if marks_only else None) for each in flags]
