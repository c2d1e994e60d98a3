"""From links to proposals: components, their kinds, their confidence, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.model.matching.links import Component, Link, Pair
from cladist.model.matching.placing import has_moved
from cladist.model.matching.proposals import (
    Evidence,
    Proposal,
    ProposedKind,
    ProposedPair,
    proposal_id,
)
from cladist.model.matching.reading import Reading
from cladist.model.matching.sides import Side
from cladist.model.matching.weights import DECLARED, HINT, children, confidence

_ORDER = list(ProposedKind)
_ALONE = 0.95
"""How sure it is that a class without any sign of a counterpart has none."""
_REGROUPED = 0.7
"""The most that a regrouping nobody told is worth."""
_DOUBT = 0.5
"""The most that one of several readings is worth; what leaves a class alone in doubt."""


def outcome(reading: Reading) -> tuple[Proposal, ...]:
    """All proposals by kind, then by the labels' classes."""
    found = [_component(reading, each) for each in reading.links.components(_sources(reading))]
    found += _alone(reading)
    return tuple(sorted(found, key=lambda each: (_ORDER.index(each.kind), each.sources, each.id)))


def _sources(reading: Reading) -> list[str]:
    return sorted(reading.links.targets)


def _component(reading: Reading, component: Component) -> Proposal:
    sources, targets = component
    links = [link for each in sources for link in reading.links.of_source(each)]
    pairs = tuple(_proposed(reading, link, component) for link in links)
    kind = _kind(reading, sources, targets)
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
        confidence=min(sure, _DOUBT) if rivals else sure,
        ambiguous=bool(rivals),
        alternatives=tuple(_alternative(reading, each) for each in rivals),
        note="Another reading is about as likely." if rivals else "",
    )


def _kind(reading: Reading, sources: list[str], targets: list[str]) -> ProposedKind:
    if len(sources) > 1:
        return ProposedKind.REGROUPED if len(targets) > 1 else ProposedKind.MERGED
    if len(targets) > 1:
        return ProposedKind.SPLIT
    pair = sources[0], targets[0]
    if _renamed(reading.old, reading.new, pair):
        return ProposedKind.RENAMED
    moved = has_moved(reading.old, reading.new, reading.links, pair)
    return ProposedKind.MOVED if moved else ProposedKind.SAME


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


def _alone(reading: Reading) -> Iterator[Proposal]:
    """Classes of either side without a counterpart."""
    for source in sorted(reading.old.active - reading.links.targets.keys()):
        closed = source in reading.links.closed_sources
        pairs = [] if closed else [(source, each) for each in reading.signs.targets.get(source, ())]
        yield _lone(reading, ProposedKind.RETIRED, (source,), (), pairs)
    for target in sorted(reading.new.active - reading.links.sources.keys()):
        closed = target in reading.links.closed_targets
        pairs = [] if closed else [(each, target) for each in reading.signs.sources.get(target, ())]
        yield _lone(reading, ProposedKind.ADDED, (), (target,), pairs)


def _lone(
    reading: Reading,
    kind: ProposedKind,
    sources: tuple[str, ...],
    targets: tuple[str, ...],
    pairs: list[Pair],
) -> Proposal:
    scores = {each: confidence(reading.as_descent(each)) for each in pairs}
    likely = sorted((each for each in pairs if scores[each] >= HINT), key=lambda e: -scores[e])
    doubt = max(scores.values(), default=0.0)
    note = "No class of the new version is it." if sources else "No class of the old version is it."
    return Proposal(
        id=proposal_id(kind, sources, targets),
        kind=kind,
        sources=sources,
        targets=targets,
        confidence=round(min(_ALONE, 1 - doubt), 3),
        ambiguous=doubt >= _DOUBT,
        alternatives=tuple(_alternative(reading, each) for each in likely),
        note="It may be another class, or a part of one." if likely else note,
    )


def _alternative(reading: Reading, pair: Pair) -> ProposedPair:
    return ProposedPair(
        source=pair[0],
        target=pair[1],
        confidence=round(confidence(reading.signs.strengths(*pair)), 3),
        clues=reading.signs.clues(*pair),
    )
