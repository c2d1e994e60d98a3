"""What a taxonomy holds, in numbers: the nine statistics of qSKOS under their published names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cladist.rdf.namespaces import CLAD
from cladist.rdf.words import BROADER, HAS_TOP, IN_SCHEME, MATCHES, MEMBER, TOP_OF
from cladist.validation.native.facts import Facts
from cladist.validation.native.statements import (
    COLLECTION,
    CONCEPT,
    GROUP,
    LABELS,
    ORDERED,
    RELATED,
    SCHEME,
    is_text,
    language,
)

NAMES = {
    "concepts": "qSKOS All Concepts [c]",
    "authoritative": "qSKOS Authoritative Concepts [ac]",
    "labels": "qSKOS Concept Labels [clb]",
    "languages": "qSKOS Language Coverage [lc]",
    "schemes": "qSKOS Concept Schemes [cs]",
    "semantic_relations": "qSKOS Semantic Relations [sr]",
    "aggregation_relations": "qSKOS Aggregation Relations [ar]",
    "collections": "qSKOS Collections [cc]",
    "web_ids": "qSKOS HTTP URIs [huc]",
}
"""The name under which others publish each statistic."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over a content. ``authoritative`` are the classes of the taxonomy itself, ``labels``
    those of concepts, ``languages`` how many labels each language has, ``web_ids`` the classes
    whose id begins with http or https."""

    concepts: int
    authoritative: int
    active: int
    labels: int
    languages: tuple[tuple[str, int], ...]
    schemes: int
    semantic_relations: int
    aggregation_relations: int
    collections: int
    web_ids: int


def statistics(facts: Facts) -> Statistics:
    """Count; linear in the size of the content."""
    concepts = facts.instances(CONCEPT)
    spoken: Counter[str] = Counter()
    for kind in LABELS:
        for item, texts in facts.forward[kind].items():
            if item in concepts:
                spoken.update(language(each) for each in texts if is_text(each))
    collections = {each for kind in (COLLECTION, ORDERED, GROUP) for each in facts.instances(kind)}
    return Statistics(
        concepts=len(concepts),
        authoritative=len(facts.classes),
        active=len(facts.active),
        labels=spoken.total(),
        languages=tuple(sorted(spoken.items())),
        schemes=len(facts.instances(SCHEME)),
        semantic_relations=_links(facts, BROADER, RELATED, *MATCHES),
        aggregation_relations=_links(facts, IN_SCHEME, TOP_OF, HAS_TOP, MEMBER),
        collections=len(collections),
        web_ids=sum(each.startswith(("http://", "https://")) for each in concepts),
    )


def _links(facts: Facts, *predicates: str) -> int:
    return sum(len(values) for each in predicates for values in facts.forward[each].values())


METRICS = f"{CLAD}statistic-"
"""What the IRI of a statistic begins with."""
