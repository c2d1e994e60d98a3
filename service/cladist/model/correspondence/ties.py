"""How a class of one state is tied to a class of another, and what ties in a row amount to.

Each tie says how much of the source is in the target and the reverse; that fixes its SKOS mapping
predicate. In a row they follow the chaining rules of SSSOM (T1, RCE1, RCE2): ``exactMatch`` changes
nothing, ``broadMatch`` and ``narrowMatch`` go on with themselves, and everything else (a merge and
then a split, say) only leaves candidates.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from cladist.model.change.parts import Part


class Tie(StrEnum):
    """How much of a source class is in a target class, along one way between them."""

    EXACT = "exact"
    """All of the one is all of the other."""
    BROAD = "broad"
    """All of the source is a part of the target, as after a merge."""
    NARROW = "narrow"
    """A part of the source is all of the target, as after a split."""
    RELATED = "related"
    """A part of the source is a part of the target."""
    CLOSE = "close"
    """Alike; nobody has said how much of one is in the other."""
    ABOVE = "above"
    """The class itself, kept above the parts into which it was split."""
    LOSSY = "lossy"
    """Steps that do not chain: the target is a candidate."""


class Standing(StrEnum):
    """Whether a way leads to a class or to the record of a class that went out of use."""

    PLAIN = "plain"
    RECORD = "record"
    """To the retired class, whose items went elsewhere."""
    BACK = "back"
    """To the class after it came back into use."""


_GOES_ON = frozenset({Tie.BROAD, Tie.NARROW, Tie.ABOVE})

_PARTS = {
    Tie.EXACT: (Part.WHOLE, Part.WHOLE),
    Tie.BROAD: (Part.WHOLE, Part.PART),
    Tie.NARROW: (Part.PART, Part.WHOLE),
    Tie.ABOVE: (Part.WHOLE, Part.WHOLE),
}
_PREDICATES = {
    Tie.EXACT: "exactMatch",
    Tie.BROAD: "broadMatch",
    Tie.NARROW: "narrowMatch",
    Tie.CLOSE: "closeMatch",
    Tie.ABOVE: "exactMatch",
}
_TURNED = {Tie.BROAD: Tie.NARROW, Tie.NARROW: Tie.BROAD}


def tie_of(source_part: Part, target_part: Part) -> Tie:
    """The tie of a pair whose sides are whole or part."""
    if source_part is Part.WHOLE:
        return Tie.EXACT if target_part is Part.WHOLE else Tie.BROAD
    return Tie.NARROW if target_part is Part.WHOLE else Tie.RELATED


def chained(first: Tie, then: Tie) -> Tie:
    """What two ties in a row amount to; associative, with ``EXACT`` as its unit."""
    if first is Tie.EXACT:
        return then
    if then is Tie.EXACT:
        return first
    return first if first is then and first in _GOES_ON else Tie.LOSSY


def stands(first: Standing, then: Standing) -> Standing:
    """The standing after two ways in a row: what was said last holds; associative."""
    return first if then is Standing.PLAIN else then


def turned(tie: Tie) -> Tie:
    """The tie seen from the other side (SSSOM RI1, RI2)."""
    return _TURNED.get(tie, tie)


def told(ties: Iterable[Tie]) -> Tie:
    """The one tie that several ways between the same two classes amount to."""
    found = set(ties)
    if Tie.EXACT in found:
        return Tie.EXACT
    return found.pop() if len(found) == 1 else Tie.LOSSY


def parts_of(tie: Tie) -> tuple[Part, Part]:
    """Whether source and target are in the pair as a whole or in part."""
    return _PARTS.get(tie, (Part.PART, Part.PART))


def predicate_of(tie: Tie) -> str:
    """The SKOS mapping property from source to target."""
    return _PREDICATES.get(tie, "relatedMatch")
