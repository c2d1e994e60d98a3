"""The small values that changes are made of: where children go, which pairs, what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cladist.model.taxonomy import Statement, Value


class Shift(StrEnum):
    """What a new definition does to a class's meaning, by the word of its author."""

    CLARIFIED = "clarified"
    NARROWED = "narrowed"
    BROADENED = "broadened"
    SHIFTED = "shifted"


class Part(StrEnum):
    """Whether a correspondence pair takes the whole of a class or a part of it."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True, order=True)
class Placement(Value):
    """Where a child goes when its parent is merged, split, regrouped or retired."""

    child: str
    parent: str


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Pair(Value):
    """A source class and a target, each in the pair as a whole or in part.

    Where that is not said, a class that is in one pair alone is in it as a whole.
    """

    source: str
    target: str
    source_part: Part | None = None
    target_part: Part | None = None


@dataclass(frozen=True, slots=True, order=True)
class Resource(Value):
    """All statements of a subject that is neither taxonomy, class nor group; none removes it."""

    subject: str
    statements: tuple[Statement, ...] = ()
