"""From links to proposals: components, their kinds, their confidence, and what is left alone."""

from __future__ import annotations

from cladist.model.matching.leftovers import Leftovers, alternative
from cladist.model.matching.links import Component, Pair
from cladist.model.matching.placing import Became
from cladist.model.matching.proposals import (
    Proposal,
    ProposedKind,
    proposal_id,
)
from cladist.model.matching.reading import Reading
from cladist.model.matching.sides import Side
from cladist.model.matching.weighing import proposed
from cladist.model.matching.weights import DOUBT

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
    pairs = tuple(proposed(reading, link, component) for link in links)
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
