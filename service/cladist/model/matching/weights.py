"""How much each piece of evidence weighs, and how several add up to a confidence.

The numbers were set by hand and corrected on generated histories whose seeds the benchmark does not
use (``docs/explanation/matching.md``).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from cladist.model.matching.proposals import Evidence

DECLARED = 0.99
MAPPING = 0.95
LABEL = 0.88
LOCAL_NAME = 0.95
DEFINITION = 0.88
NOTATION = 0.6
PARENT = 0.55
BOTH_TOP = 0.2
OVERLAP = 0.65
CHILDREN = (0.0, 0.35, 0.8, 0.9)
"""By how many children could be compared: none, one, two, more."""

MAJORITY = 0.5
NAMED = 0.66
"""From here on labels are alike as labels of one class are; below, they share words."""
MOST = 0.99
"""What is inferred never counts as certain."""
UNSUPPORTED = 0.39
"""The most that an equal notation is worth, together with the place, when no meaning agrees."""
FLOOR = 0.4
"""Below this nothing is proposed."""
DOUBT = 0.5
"""The most that one of several readings is worth; a reading worth more leaves none sure."""
ALONE = 0.95
"""How sure it is that a class has no counterpart when nothing speaks for any."""
HINT = 0.3
"""Below this nothing is even named as another reading."""
SURE = 0.8
"""From here on a pair is taken before weaker ones are looked at."""
SETTLED = 0.6
"""Then from here on."""
RIVAL = 2.0
"""A reading is clear when the next best leaves at least this many times its doubt."""

_PLACE = frozenset({Evidence.NOTATION, Evidence.PARENT})


def confidence(strengths: Mapping[Evidence, float]) -> float:
    """What remains when each piece of evidence halves, quarters, ... the doubt by its strength."""
    if not strengths:
        return 0.0
    found = 1 - prod(1 - each for each in strengths.values())
    if strengths.keys() <= _PLACE:
        return min(found, UNSUPPORTED)
    return min(found, MOST)


def clear(best: float, rival: float) -> bool:
    """Whether a reading stands out against the next best."""
    return 1 - rival >= RIVAL * (1 - best)


def children(compared: int, share: float) -> float:
    """What a share of so many children that could be compared is worth; a minority says nothing."""
    if share < MAJORITY:
        return 0.0
    return CHILDREN[min(compared, len(CHILDREN) - 1)] * share
