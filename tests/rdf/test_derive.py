"""What follows from a content."""

from __future__ import annotations

from cladist.rdf.derive import derived
from tests.graph.samples import ANIMAL, DOG, IRI, LINES

SKOS = "http://www.w3.org/2004/02/skos/core#"


def test_inverses_inside_the_taxonomy_and_top_classes_in_use_follow() -> None:
    assert derived(LINES) == [
        f"<{ANIMAL}> <{SKOS}narrower> <{DOG}> .\n".encode(),
        f"<{ANIMAL}> <{SKOS}topConceptOf> <{IRI}> .\n".encode(),
        f"<{IRI}> <{SKOS}hasTopConcept> <{ANIMAL}> .\n".encode(),
    ]
    assert derived(LINES) == sorted(set(derived(LINES)))


def test_nothing_follows_without_a_taxonomy() -> None:
    assert derived([]) == []
    assert derived([line for line in LINES if b"ns#Taxonomy" not in line]) == []
