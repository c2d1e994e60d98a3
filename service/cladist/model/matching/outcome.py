"""From links to proposals: components, their kinds, their confidence, and what is left alone."""

from __future__ import annotations

from cladist.model.matching.leftovers import Leftovers, alternative
from cladist.model.matching.links import Component, Link, Pair
from cladist.model.matching.placing import Became
from cladist.model.matching.proposals import (
    Evidence,
    Proposal,
    ProposedKind,
    ProposedPair,
    proposal_id,
)
from cladist.model.matching.reading import Reading
from cladist.model.matching.sides import Side
from cladist.model.matching.weights import DECLARED, DOUBT, children, confidence

_ORDER = list(ProposedKind)
_REGROUPED = 0.7
"""The most that a regrouping nobody told is worth."""


def outcome(reading: Reading) -> tuple[Proposal, ...]:
    """All proposals by kind, then by the labels' classes."""
    left = Leftovers(reading)
    became = Became(reading.old, reading.new, {**left.likely(), **reading.links.targets})
    components = reading.links.components(sorted(reading.links.targets))
    found = [_component(reading, became, each) for each in components]
    found += left.proposals()
    return tuple(sorted(found, key=lambda each: (_ORDER.index(each.kind), each.sources, each.id)))


def _component(reading: Reading, became: Became, component: Component) -> Proposal:
    sources, targets = component
    links = [link for each in sources for link in reading.links.of_source(each)]
    pairs = tuple(_proposed(reading, link, component) for link in links)
    kind = _kind(reading, became, component)
    rivals = sorted({each for link in links for each in link.rivals})
    sure = min(each.confidence for each in pairs)
    if kind is ProposedKind.REGROUPED and any(link.told is None for link in links):
        sure = min(sure, _REGROUPED)
    return Proposal(
        id=proposal_id(kind, sources, targets),
        kind=kind,
        sources=tuple(sources),
        targets=tuple(targets),
        pairs=pairs,
        confidence=min(sure, DOUBT) if rivals else sure,
        ambiguous=bool(rivals),
        alternatives=tuple(alternative(reading, each) for each in rivals),
        note="Another reading is about as likely." if rivals else "",
    )


def _kind(reading: Reading, became: Became, component: Component) -> ProposedKind:
    sources, targets = component
    if len(sources) > 1:
        return ProposedKind.REGROUPED if len(targets) > 1 else ProposedKind.MERGED
    if len(targets) > 1:
        return ProposedKind.SPLIT
    pair = sources[0], targets[0]
    if _renamed(reading.old, reading.new, pair):
        return ProposedKind.RENAMED
    return ProposedKind.MOVED if became.moved(pair) else ProposedKind.SAME


def _renamed(old: Side, new: Side, pair: Pair) -> bool:
    """Whether the label differs, in the language compared first if both sides have it."""
    before = {each.language: each.value for each in old.taxonomy.classes[pair[0]].preferred}
    after = {each.language: each.value for each in new.taxonomy.classes[pair[1]].preferred}
    shared = sorted(before.keys() & after.keys())
    if not shared:
        return not set(before.values()) & set(after.values()) and bool(before and after)
    language = old.language if old.language in shared else shared[0]
    return before[language] != after[language]


def _proposed(reading: Reading, link: Link, component: Component) -> ProposedPair:
    pair = link.source, link.target
    if link.told is not None:
        sure = DECLARED if link.told.evidence is Evidence.DECLARED else 1.0
        return ProposedPair(
            source=link.source,
            target=link.target,
            source_part=link.source_part,
            target_part=link.target_part,
            confidence=sure,
            clues=(link.told,),
        )
    strengths = reading.speaking_for(link)
    if Evidence.CHILDREN in strengths:
        strengths[Evidence.CHILDREN] = _children(reading, pair, component)
    return ProposedPair(
        source=link.source,
        target=link.target,
        confidence=round(confidence(strengths), 3),
        clues=reading.clues_for(link),
    )


def _children(reading: Reading, pair: Pair, component: Component) -> float:
    """What children say for what came out: all of the class, part of a merge, part of a split."""
    share = reading.shares.get(pair)
    if share is None:
        return 0.0
    sources, targets = component
    if len(sources) == len(targets) == 1:
        return children(min(share.sent, share.received), share.overlap)
    if len(targets) == 1:
        return children(share.sent, share.forward)
    parts = (reading.shares.get((pair[0], each)) for each in reading.links.targets[pair[0]])
    covered = sum(each.forward for each in parts if each is not None)
    return children(share.received, share.backward) * min(1.0, covered)
