"""The signs found so far that an old class is, or goes into, a foreign one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cladist.model.matching.proposals import Evidence
from cladist.model.matching.weights import NAMED, confidence

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

CROWD = 400
"""Pairs that one shared name, word or code may give; more say nothing and are passed over."""

NAMING = frozenset(
    {
        Evidence.LABEL,
        Evidence.SIMILAR,
        Evidence.DEFINITION,
        Evidence.MAPPING,
        Evidence.LOCAL_NAME,
    }
)
"""Evidence that names one class; notations and children may also be handed on by a split."""

Strengths = dict[Evidence, float]


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence for a pair, with its strength from 0 to 1."""

    source: str
    target: str
    evidence: Evidence
    strength: float
    detail: str


class Signs:
    """For every pair the strongest sign of each kind of evidence that may be used."""

    def __init__(self, use: frozenset[Evidence]) -> None:
        self.use = use
        self.targets: dict[str, dict[str, None]] = {}
        self.sources: dict[str, dict[str, None]] = {}
        self._found: dict[tuple[str, str], dict[Evidence, Sign]] = {}

    def add(self, sign: Sign) -> None:
        """Keep the sign unless a stronger one of its kind is known."""
        if sign.evidence not in self.use or not sign.strength:
            return
        found = self._found.setdefault((sign.source, sign.target), {})
        known = found.get(sign.evidence)
        if known is None or known.strength < sign.strength:
            found[sign.evidence] = sign
        self.targets.setdefault(sign.source, {})[sign.target] = None
        self.sources.setdefault(sign.target, {})[sign.source] = None

    def put(self, sign: Sign) -> None:
        """Keep the sign in place of any of its kind."""
        self._found.get((sign.source, sign.target), {}).pop(sign.evidence, None)
        self.add(sign)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """All pairs that anything speaks for."""
        yield from tuple(self._found)

    def strengths(self, source: str, target: str) -> Strengths:
        """What speaks for a pair."""
        found = self._found.get((source, target), {})
        told = {evidence: sign.strength for evidence, sign in found.items()}
        if Evidence.LABEL in told:
            told.pop(Evidence.SIMILAR, None)  # the same label is no second witness
        return told

    def naming(self, source: str, target: str) -> frozenset[Evidence]:
        """The evidence that names one class, rather than a place or something handed on."""
        return frozenset(
            evidence
            for evidence, strength in self.strengths(source, target).items()
            if evidence in NAMING and strength >= NAMED
        )

    def confidence(self, source: str, target: str) -> float:
        """How sure the signs together make the pair."""
        return confidence(self.strengths(source, target))

    def details(self, source: str, target: str) -> dict[Evidence, str]:
        """What was seen, for each kind of evidence of a pair."""
        found = self._found.get((source, target), {})
        return {evidence: sign.detail for evidence, sign in found.items()}


def joined(
    left: Mapping[K, Sequence[T]], right: Mapping[K, Sequence[T]]
) -> Iterator[tuple[K, T, T]]:
    """Whatever shares a key, each with each, unless too many do: see :func:`crowds`."""
    for each, ours in left.items():
        theirs = right.get(each, ())
        if len(ours) * len(theirs) <= CROWD:
            yield from ((each, one, other) for one in ours for other in theirs)


def crowds(
    left: Mapping[K, Sequence[T]], right: Mapping[K, Sequence[T]]
) -> Iterator[tuple[Sequence[T], Sequence[T]]]:
    """The two sides of every key that too many share."""
    for each, ours in left.items():
        theirs = right.get(each, ())
        if len(ours) * len(theirs) > CROWD:
            yield ours, theirs
