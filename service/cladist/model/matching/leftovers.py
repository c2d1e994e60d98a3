"""Classes that are left without a counterpart, each with what it might have been after all."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.model.matching.links import Pair
from cladist.model.matching.proposals import (
    Evidence,
    Proposal,
    ProposedKind,
    ProposedPair,
    proposal_id,
)
from cladist.model.matching.reading import Reading
from cladist.model.matching.weights import ALONE, DOUBT, HINT, confidence

_Scores = dict[str, dict[Pair, float]]


class Leftovers:
    """The active classes of either side that no link names, and the pairs that come nearest."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        links = reading.links
        self._gone = {
            each: dict[Pair, float]() for each in reading.old.active - links.targets.keys()
        }
        self._fresh = {
            each: dict[Pair, float]() for each in reading.new.active - links.sources.keys()
        }
        for pair in reading.candidates():
            lone = [*self._lone(self._gone, pair[0]), *self._lone(self._fresh, pair[1])]
            if lone and not links.closes(pair):
                score = confidence(reading.as_descent(pair))
                for scores in lone if score >= HINT else ():
                    scores[pair] = score
        for link in links.pairs.values():
            for pair in link.rivals:  # a tie was broken against this class
                for scores in (*self._lone(self._gone, pair[0]), *self._lone(self._fresh, pair[1])):
                    scores[pair] = max(DOUBT, alternative(reading, pair).confidence)

    def _lone(self, found: _Scores, class_id: str) -> Iterator[dict[Pair, float]]:
        if class_id in found:
            yield found[class_id]

    def likely(self) -> dict[str, list[str]]:
        """The foreign classes that old ones without a counterpart may well have gone into."""
        return {
            source: [target for (_, target), score in scores.items() if score >= DOUBT]
            for source, scores in self._gone.items()
            if any(score >= DOUBT for score in scores.values())
        }

    def proposals(self) -> Iterator[Proposal]:
        """Each as retired or added."""
        new, links = self._reading.new, self._reading.links
        for source, scores in sorted(self._gone.items()):
            told = source in links.closed_sources or (
                Evidence.ID in self._reading.signs.use and source in new.taxonomy.classes
            )
            yield self._proposal(ProposedKind.RETIRED, source, scores, told)
        for target, scores in sorted(self._fresh.items()):
            told = target in links.closed_targets
            yield self._proposal(ProposedKind.ADDED, target, scores, told)

    def _proposal(
        self, kind: ProposedKind, class_id: str, scores: dict[Pair, float], told: bool
    ) -> Proposal:
        gone = kind is ProposedKind.RETIRED
        sources, targets = ((class_id,), ()) if gone else ((), (class_id,))
        doubt = max(scores.values(), default=0.0)
        note = f"No class of the {'new' if gone else 'old'} version is it."
        return Proposal(
            id=proposal_id(kind, sources, targets),
            kind=kind,
            sources=sources,
            targets=targets,
            confidence=round(min(1.0 if told else ALONE, 1 - doubt), 3),
            ambiguous=doubt >= DOUBT,
            alternatives=tuple(
                alternative(self._reading, each)
                for each in sorted(scores, key=lambda e: -scores[e])
            ),
            note="It may be another class, or a part of one." if scores else note,
        )


def alternative(reading: Reading, pair: Pair) -> ProposedPair:
    """A pair that was not taken, with what speaks for it."""
    strengths = {**reading.signs.strengths(*pair), **reading.as_descent(pair)}
    return ProposedPair(
        source=pair[0],
        target=pair[1],
        confidence=round(confidence(strengths), 3),
        clues=reading.clues(pair, strengths),
    )
