"""How sure each inferred pair is, in the light of all the pairs that it hangs together with."""

from __future__ import annotations

from cladist.model.matching.links import Component, Link
from cladist.model.matching.members import Share
from cladist.model.matching.proposals import Clue, Evidence, ProposedPair
from cladist.model.matching.reading import Reading
from cladist.model.matching.signs import Strengths
from cladist.model.matching.weights import DECLARED, FLOOR, children, confidence


def proposed(reading: Reading, link: Link, component: Component) -> ProposedPair:
    """The pair with its confidence and clues."""
    if link.told is not None:
        sure = DECLARED if link.told.evidence is Evidence.DECLARED else 1.0
        clues: tuple[Clue, ...] = (link.told,)
    else:
        strengths = _strengths(reading, link, component)
        sure = round(confidence(strengths), 3)
        clues = reading.clues((link.source, link.target), strengths)
    return ProposedPair(
        source=link.source,
        target=link.target,
        source_part=link.source_part,
        target_part=link.target_part,
        confidence=sure,
        clues=clues,
    )


def prune(reading: Reading) -> None:
    """Drop the pairs for which too little speaks now that all others are known."""
    dropped = True
    while dropped:
        dropped = False
        for component in list(reading.links.components(sorted(reading.links.targets))):
            for source in component[0]:
                for link in list(reading.links.of_source(source)):
                    if _is_weak(reading, link, component):
                        reading.links.drop((link.source, link.target))
                        dropped = True


def _is_weak(reading: Reading, link: Link, component: Component) -> bool:
    return link.told is None and confidence(_strengths(reading, link, component)) < FLOOR


def _strengths(reading: Reading, link: Link, component: Component) -> Strengths:
    pair = link.source, link.target
    found = reading.as_descent(pair) if link.descent else reading.signs.strengths(*pair)
    share = reading.shares.get(pair)
    asked = Evidence.CHILDREN in found if link.descent else Evidence.CHILDREN in reading.signs.use
    found.pop(Evidence.CHILDREN, None)
    strength = _children(reading, link, share, component) if share and asked else 0.0
    return {**found, Evidence.CHILDREN: strength} if strength else found


def _children(reading: Reading, link: Link, share: Share, component: Component) -> float:
    """What children say for what came out: all of the class, part of a merge, part of a split."""
    sources, targets = component
    if len(sources) == len(targets) == 1:
        return children(min(share.sent, share.received), share.overlap)
    if len(targets) == 1:
        return children(share.sent, share.forward)
    heirs = reading.links.targets[link.source]
    parts = (reading.shares.get((link.source, each)) for each in heirs)
    covered = sum(each.forward for each in parts if each is not None)
    return children(share.received, share.backward) * min(1.0, covered)
