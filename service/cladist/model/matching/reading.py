"""Both taxonomies side by side with the links taken so far and all that speaks for more."""

from __future__ import annotations

from collections.abc import Iterable

from cladist.model import hierarchy
from cladist.model.matching.evidence import by_definition, by_local_name, by_mapping, by_notation
from cladist.model.matching.links import Links, Pair
from cladist.model.matching.members import Levels, Share, by_parent, shares
from cladist.model.matching.naming import Names, by_labels, by_overlap
from cladist.model.matching.proposals import Clue, Evidence
from cladist.model.matching.sides import Side
from cladist.model.matching.signs import Signs, Strengths
from cladist.model.matching.told import heirs_alone
from cladist.model.matching.weights import children

_AGREE = frozenset({Evidence.LABEL, Evidence.SIMILAR})
_PAST = (Evidence.SIMILAR, Evidence.LOCAL_NAME)


class Reading:
    """What is known of both sides. ``refresh`` after links were added."""

    def __init__(self, old: Side, new: Side, links: Links, use: frozenset[Evidence]) -> None:
        self.old, self.new, self.links = old, new, links
        self.signs = Signs(use)
        self.shares: dict[Pair, Share] = {}
        self._heirs = heirs_alone(old, new, links)
        self._levels = Levels(old, new, links)

    def free_sources(self) -> set[str]:
        """Old classes of which nothing is known."""
        return self.old.active - self.links.targets.keys() - self.links.closed_sources

    def free_targets(self) -> set[str]:
        """Foreign classes that may still be an old one."""
        taken = {
            each
            for each, sources in self.links.sources.items()
            if each not in self._heirs or not self._only_heir(each, sources)
        }
        return self.new.active - taken - self.links.closed_targets

    def _only_heir(self, target: str, sources: Iterable[str]) -> bool:
        return all(self.links.pairs[each, target].told is not None for each in sources)

    def gather(self) -> None:
        """Find all signs that do not depend on links."""
        ours = sorted(self.free_sources())
        theirs = sorted(self.new.active - self.links.closed_targets)
        fresh = sorted(self.free_targets())
        names, others = Names(self.old, ours), Names(self.new, theirs)
        for found in (
            by_labels(names, others),
            by_overlap(names, Names(self.new, fresh)),
            by_notation(self.old, ours, self.new, theirs),
            by_mapping(self.old, ours, self.new, theirs),
            by_definition(self.old, ours, self.new, fresh),
        ):
            for sign in found:
                if self._levels.agree((sign.source, sign.target)):
                    self.signs.add(sign)
        for sign in by_local_name(ours, fresh, self._agree):
            self.signs.add(sign)

    def _agree(self, source: str, target: str) -> bool:
        return not _AGREE.isdisjoint(self.signs.strengths(source, target))

    def refresh(self) -> None:
        """Find the signs in the hierarchy, as the links now show it."""
        self.shares = shares(self.old, self.new, self.links, self._levels)
        for pair, share in self.shares.items():
            if pair not in self.links.pairs or self.links.pairs[pair].told is None:
                self.signs.put(share.sign(self.old, self.new, pair))
        for sign in by_parent(self.old, self.new, self.links, self.candidates()):
            self.signs.add(sign)

    def candidates(self) -> list[Pair]:
        """All pairs that anything speaks for."""
        most = (pair for pair, share in self.shares.items() if share.most)
        return sorted({*self.signs.pairs(), *most})

    def clues(self, pair: Pair, strengths: Strengths) -> tuple[Clue, ...]:
        """What speaks for a pair, for a person, in the order of :class:`Evidence`."""
        details = self.signs.details(*pair)
        if pair in self.shares:
            details[Evidence.CHILDREN] = self.shares[pair].told(self.old, self.new, pair)
        return tuple(Clue(each, details[each]) for each in Evidence if each in strengths)

    def as_descent(self, pair: Pair) -> Strengths:
        """What speaks for the old class being part of the foreign one, or the reverse.

        What the target's other sources had before it was theirs, and shows nothing. Children that
        went to what stood above them were only moved up.
        """
        found = self.signs.strengths(*pair)
        found.pop(Evidence.CHILDREN, None)
        kept = [each for each in self.links.sources.get(pair[1], ()) if each != pair[0]]
        if kept:
            self._forget_past(found, pair, kept)
        share = self.shares.get(pair)
        if share is not None and Evidence.CHILDREN in self.signs.use and not self._lifted(pair):
            backward = 0.0 if kept else children(share.received, share.backward)
            found[Evidence.CHILDREN] = max(children(share.sent, share.forward), backward)
        if not found.get(Evidence.CHILDREN):
            found.pop(Evidence.CHILDREN, None)
        return found if found.keys() - {Evidence.PARENT} else {}

    def _forget_past(self, found: Strengths, pair: Pair, kept: Iterable[str]) -> None:
        past = set().union(*(self.old.keys(each) for each in kept))
        shared = self.old.keys(pair[0]) & self.new.keys(pair[1])
        if shared and shared <= past:
            found.pop(Evidence.LABEL, None)
            found.pop(Evidence.MOVED_LABEL, None)
        codes = self.new.codes(pair[1]).difference(*(self.old.codes(each) for each in kept))
        if not self.old.codes(pair[0]) & codes:
            found.pop(Evidence.NOTATION, None)
        for each in _PAST:
            found.pop(each, None)

    def _lifted(self, pair: Pair) -> bool:
        above = [(each, pair[1]) for each in hierarchy.reach(pair[0], self.old.parents)]
        return any(
            each in self.links.pairs or (each in self.shares and self.shares[each].most)
            for each in above
        )
