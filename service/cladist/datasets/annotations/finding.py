"""What is wrong with an annotation."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Fault(StrEnum):
    """What may be wrong with an annotation."""

    MALFORMED = "malformed"
    """It is not of the form that annotations have."""
    MISPLACED = "misplaced"
    """It says something that the label structure has no place for."""
    UNKNOWN_CLASS = "unknown-class"
    AMBIGUOUS_CLASS = "ambiguous-class"
    RETIRED_CLASS = "retired-class"
    UNSELECTABLE_CLASS = "unselectable-class"
    NO_LABEL = "no-label"
    SEVERAL_LABELS = "several-labels"
    REPEATED_LABEL = "repeated-label"
    EXCLUSIVE_LABELS = "exclusive-labels"
    MISSING_ANCESTOR = "missing-ancestor"
    BROKEN_PATH = "broken-path"
    UNKNOWN_RANK = "unknown-rank"
    OUT_OF_RANGE = "out-of-range"
    OFF_STEP = "off-step"
    UNKNOWN_TAG = "unknown-tag"
    ILLEGAL_TRANSITION = "illegal-transition"
    UNKNOWN_ROLE = "unknown-role"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    WRONG_FILLER = "wrong-filler"
    UNKNOWN_RELATION = "unknown-relation"
    WRONG_ENDS = "wrong-ends"


WARNINGS = frozenset((Fault.REPEATED_LABEL,))
"""Faults that leave an annotation valid: what it means is plain."""


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong, where, and what to do about it.

    ``place`` is a JSON pointer (RFC 6901) into the annotation; ``classes`` are the ids of those
    concerned, ``instead`` of those that may stand in their place.
    """

    fault: Fault
    place: str
    message: str
    classes: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()

    @property
    def warning(self) -> bool:
        """Whether the annotation may be used all the same."""
        return self.fault in WARNINGS
