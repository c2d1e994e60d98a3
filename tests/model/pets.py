"""Small taxonomies to match, and what is asked of the proposals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from cladist.model.matching import Evidence, Proposal
from cladist.model.taxonomy import Class, Header, Notation, Retirement, Taxonomy, Text

ACCEPTED = 0.8


def a(
    class_id: str, label: str, *others: str, under: str = "", code: str = "", told: str = ""
) -> Class:
    """A class with its other labels, parent, notation and definition."""
    return Class(
        id=class_id,
        preferred=(Text(label, "en"),),
        alternative=tuple(Text(each, "en") for each in sorted(others)),
        parents=(under,) if under else (),
        notations=(Notation(code, "codes"),) if code else (),
        definitions=(Text(told, "en"),) if told else (),
    )


def of(*classes: Class) -> Taxonomy:
    header = Header(iri="https://example.org/pets", slug="pets")
    return Taxonomy(header, {each.id: each for each in classes})


def gone(item: Class, *successors: str) -> Class:
    return replace(item, retirement=Retirement("merged", successors))


def told(found: Iterable[Proposal], accepted: bool = True) -> set[tuple[str, str, str]]:
    """Kind, sources and targets of the proposals that an importer would accept, or all."""
    return {
        (each.kind.value, " ".join(each.sources), " ".join(each.targets))
        for each in found
        if not accepted or (each.confidence >= ACCEPTED and not each.ambiguous)
    }


def the(found: Iterable[Proposal], *ids: str) -> Proposal:
    """The one proposal that names all these ids."""
    (wanted,) = [each for each in found if {*ids} <= {*each.sources, *each.targets}]
    return wanted


def evidence(proposal: Proposal) -> set[Evidence]:
    return {clue.evidence for pair in proposal.pairs for clue in pair.clues}
