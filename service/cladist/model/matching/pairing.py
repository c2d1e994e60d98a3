"""Which free classes are one: pairs that stand out on both sides first, ties never silently."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.model.matching.links import Pair
from cladist.model.matching.proposals import Evidence
from cladist.model.matching.signs import Signs
from cladist.model.matching.weights import clear, confidence


class Pairing:
    """The free classes of both sides, paired as far as signs of identity go.

    A label that moved is none: it speaks as well for a merge or a split.
    """

    def __init__(self, signs: Signs, ours: set[str], theirs: set[str]) -> None:
        self._ours, self._theirs = set(ours), set(theirs)
        self._right: dict[str, dict[str, float]] = {}
        self._left: dict[str, dict[str, float]] = {}
        for source, target in signs.pairs():
            if source in ours and target in theirs:
                score = identity(signs, (source, target))
                if score:
                    self._right.setdefault(source, {})[target] = score
                    self._left.setdefault(target, {})[source] = score

    def settle(self, floor: float) -> Iterator[Pair]:
        """Pairs in which each is clearly the other's best; each pair taken makes others clear."""
        queue = dict.fromkeys(sorted(self._right))
        while queue:
            source = next(iter(queue))
            del queue[source]
            found = self._right.get(source)
            if not found or source not in self._ours:
                continue
            target = max(found, key=lambda each: (found[each], each))
            if found[target] >= floor and self._is_clear(source, target):
                yield source, target
                queue.update(self._take(source, target))

    def break_ties(self, floor: float) -> Iterator[tuple[Pair, tuple[Pair, ...]]]:
        """The rest, best first; each with the pairs that were about as likely at the start."""
        scores = {
            (source, target): score
            for source, found in self._right.items()
            for target, score in found.items()
            if score >= floor
        }
        rivals = {pair: tuple(self._rivals(pair)) for pair in scores}
        for pair in sorted(scores, key=lambda each: (-scores[each], each)):
            if pair[0] in self._ours and pair[1] in self._theirs:
                self._take(*pair)
                yield pair, rivals[pair]

    def _rivals(self, pair: Pair) -> Iterator[Pair]:
        source, target = pair
        best = self._right[source][target]
        for other, score in sorted(self._right[source].items()):
            if other != target and not clear(best, score):
                yield source, other
        for other, score in sorted(self._left[target].items()):
            if other != source and not clear(best, score):
                yield other, target

    def _is_clear(self, source: str, target: str) -> bool:
        return next(self._rivals((source, target)), None) is None

    def _take(self, source: str, target: str) -> dict[str, None]:
        """Take both out; the classes whose choice became smaller."""
        self._ours.discard(source)
        self._theirs.discard(target)
        touched = dict[str, None]()
        for other in self._right.pop(source, {}):
            self._left[other].pop(source, None)
            touched.update(dict.fromkeys(self._left[other]))
        for other in self._left.pop(target, {}):
            self._right[other].pop(target, None)
            touched[other] = None
        return touched


def identity(signs: Signs, pair: Pair) -> float:
    """How sure it is that both are one; 0 where only the place agrees, or words that both share.

    A label that moved supports a notation and adds nothing itself.
    """
    strengths = signs.strengths(*pair)
    if Evidence.MOVED_LABEL in strengths:
        strengths[Evidence.MOVED_LABEL] = 0.0
    own = strengths.keys() & {Evidence.NOTATION, Evidence.CHILDREN}
    return confidence(strengths) if own or signs.naming(*pair) else 0.0
