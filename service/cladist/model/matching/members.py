"""Signs in the hierarchy: children that are found again under a class, and parents above both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

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
        return Sign(*pair, Evidence.CHILDREN, strength, self.told(old, new, pair))

    def told(self, old: Side, new: Side, pair: Pair) -> str:
        """The shares in one sentence."""
        return (
            f"{self.forward:.0%} of what was under “{old.label(pair[0])}” makes up "
            f"{self.backward:.0%} of what is under “{new.label(pair[1])}”."
        )


class Levels:
    """How high classes stand above those that a table names, on either side."""

    def __init__(self, old: Side, new: Side, links: Links) -> None:
        self.ours = _heights(old, links.closed_sources & old.active)
        self.theirs = _heights(new, links.closed_targets & new.active)

    def agree(self, pair: Pair) -> bool:
        """Whether both stand equally high, as far as that is known."""
        ours, theirs = self.ours.get(pair[0]), self.theirs.get(pair[1])
        return ours is None or theirs is None or ours == theirs


def _heights(side: Side, named: set[str]) -> dict[str, int]:
    found = dict.fromkeys(sorted(named), 0)
    queue = list(found)
    for each in queue:
        for parent in side.parents(each):
            if parent not in found:
                found[parent] = found[each] + 1
                queue.append(parent)
    return found


def shares(old: Side, new: Side, links: Links, levels: Levels) -> dict[Pair, Share]:
    """The shares of all pairs of classes that have members in common.

    Members are children; where a table names classes below, they are all that it names there, and
    only classes that are level with each other are compared by them.
    """
    sent: defaultdict[str, set[str]] = defaultdict(set)
    received: defaultdict[str, set[str]] = defaultdict(set)
    forward: defaultdict[Pair, float] = defaultdict(float)
    backward: defaultdict[Pair, float] = defaultdict(float)
    for source, target in links.pairs:
        if source not in old.active:
            continue
        named = source in links.closed_sources
        ours = _above(old, source, named, links.closed_sources)
        theirs = _above(new, target, named, links.closed_targets)
        for one in ours:
            sent[one].add(source)
        for other in theirs:
            received[other].add(target)
        for pair in _level(ours, theirs, levels) if named else product(ours, theirs):
            forward[pair] += 1 / len(links.targets[source])
            backward[pair] += 1 / len(links.sources[target])
    return {
        (one, other): Share(
            min(1.0, forward[one, other] / len(sent[one])),
            min(1.0, backward[one, other] / len(received[other])),
            len(sent[one]),
            len(received[other]),
        )
        for one, other in forward
    }


def _above(side: Side, class_id: str, named: bool, closed: set[str]) -> list[str]:
    above = hierarchy.reach(class_id, side.parents) if named else side.parents(class_id)
    return [each for each in above if each not in closed]


def _level(ours: list[str], theirs: list[str], levels: Levels) -> Iterator[Pair]:
    at: dict[int, list[str]] = {}
    for other in theirs:
        at.setdefault(levels.theirs[other], []).append(other)
    return ((one, other) for one in ours for other in at.get(levels.ours[one], ()))


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
