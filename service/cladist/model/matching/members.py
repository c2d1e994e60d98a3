"""Signs in the hierarchy: children that are found again under a class, and parents above both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cladist.model import hierarchy
from cladist.model.matching.links import Links
from cladist.model.matching.proposals import Evidence
from cladist.model.matching.sides import Side
from cladist.model.matching.signs import Sign
from cladist.model.matching.weights import BOTH_TOP, MAJORITY, PARENT, children

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """Which share of an old class's members went to a foreign one, and which share came from it.

    ``sent`` and ``received`` count the members of each that have a counterpart at all.
    """

    forward: float
    backward: float
    sent: int
    received: int

    @property
    def overlap(self) -> float:
        """The Jaccard index of both sets of members."""
        return 1 / (1 / self.forward + 1 / self.backward - 1)

    @property
    def most(self) -> bool:
        """Whether either share is a majority."""
        return max(self.forward, self.backward) >= MAJORITY

    def sign(self, old: Side, new: Side, pair: Pair) -> Sign:
        """The sign that both are one class."""
        strength = children(min(self.sent, self.received), self.overlap)
        detail = (
            f"{self.forward:.0%} of what was under “{old.label(pair[0])}” makes up "
            f"{self.backward:.0%} of what is under “{new.label(pair[1])}”."
        )
        return Sign(*pair, Evidence.CHILDREN, strength, detail)


def shares(old: Side, new: Side, links: Links) -> dict[Pair, Share]:
    """The shares of all pairs of classes that have members in common.

    Members are children; where a table speaks of some level, they are all classes of that level
    below, and only classes of one level are compared by them.
    """
    sent: dict[str, set[str]] = {}
    received: dict[str, set[str]] = {}
    forward: defaultdict[Pair, float] = defaultdict(float)
    backward: defaultdict[Pair, float] = defaultdict(float)
    for source, target in links.pairs:
        if source not in old.active:
            continue
        closed = source in links.closed_sources
        ours, theirs = _above(old, source, closed), _above(new, target, closed)
        for one in ours:
            sent.setdefault(one, set()).add(source)
        for other in theirs:
            received.setdefault(other, set()).add(target)
        for one in ours:
            for other in theirs:
                if not closed or old.levels.get(one) == new.levels.get(other):
                    forward[one, other] += 1 / len(links.targets[source])
                    backward[one, other] += 1 / len(links.sources[target])
    return {
        pair: Share(
            min(1.0, forward[pair] / len(sent[pair[0]])),
            min(1.0, backward[pair] / len(received[pair[1]])),
            len(sent[pair[0]]),
            len(received[pair[1]]),
        )
        for pair in forward
    }


def _above(side: Side, class_id: str, all_levels: bool) -> tuple[str, ...]:
    return hierarchy.reach(class_id, side.parents) if all_levels else side.parents(class_id)


def by_parent(old: Side, new: Side, links: Links, pairs: Iterable[Pair]) -> Iterator[Sign]:
    """Pairs whose parents are a pair as well, or that both stand at the top."""
    for source, target in pairs:
        ours, theirs = old.parents(source), new.parents(target)
        if not ours and not theirs:
            yield Sign(source, target, Evidence.PARENT, BOTH_TOP, "Both are at the top.")
            continue
        for parent in ours:
            shared = [each for each in links.targets.get(parent, ()) if each in theirs]
            if shared:
                detail = f"Both are under “{new.label(shared[0])}”."
                yield Sign(source, target, Evidence.PARENT, PARENT, detail)
                break
