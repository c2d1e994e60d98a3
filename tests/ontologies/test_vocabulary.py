"""The vocabulary: every term is labelled, defined and sourced, and none is somebody else's."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from cladist.rdf import words
from tests.ontologies.terms import (
    CLAD,
    DCTERMS,
    RDFS,
    SKOS,
    TYPE,
    VOCABULARY,
    instances,
    objects,
    rows,
    values,
)

OWL = "http://www.w3.org/2002/07/owl#"
ONTOLOGY = CLAD.removesuffix("#")
TERMS = sorted({subject for subject, _, _ in rows(VOCABULARY)} - {ONTOLOGY})
KINDS = {
    OWL + "Class",
    OWL + "ObjectProperty",
    OWL + "DatatypeProperty",
    OWL + "AnnotationProperty",
    OWL + "NamedIndividual",
}
EACH_TERM = pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(CLAD))


def test_the_ontology_tells_its_title_licence_and_version() -> None:
    assert values(VOCABULARY, ONTOLOGY, TYPE) == [OWL + "Ontology"]
    for predicate in ("title", "description", "license"):
        assert len(values(VOCABULARY, ONTOLOGY, DCTERMS + predicate)) == 1
    [version] = values(VOCABULARY, ONTOLOGY, OWL + "versionInfo")
    assert values(VOCABULARY, ONTOLOGY, OWL + "versionIRI") == [f"{ONTOLOGY}/{version}"]


def test_only_own_terms_are_declared() -> None:
    assert TERMS
    assert [term for term in TERMS if not term.startswith(CLAD)] == []


@EACH_TERM
def test_a_term_has_one_english_label_and_definition(term: str) -> None:
    for predicate in (RDFS + "label", SKOS + "definition"):
        [text] = objects(VOCABULARY, term, predicate)
        assert isinstance(text, ox.Literal)
        assert text.language == "en"
        assert text.value


@EACH_TERM
def test_a_term_names_its_source_and_ontology(term: str) -> None:
    [source] = objects(VOCABULARY, term, DCTERMS + "source")
    assert isinstance(source, ox.NamedNode)
    assert values(VOCABULARY, term, RDFS + "isDefinedBy") == [ONTOLOGY]


@EACH_TERM
def test_a_term_has_one_kind(term: str) -> None:
    assert len(KINDS.intersection(values(VOCABULARY, term, TYPE))) == 1


def test_own_terms_that_are_mentioned_exist() -> None:
    mentioned = {o.value for _, _, o in rows(VOCABULARY) if isinstance(o, ox.NamedNode)}
    assert {iri for iri in mentioned if iri.startswith(CLAD)} <= set(TERMS)


def test_own_terms_that_the_code_writes_exist() -> None:
    written = set(re.findall(rf"{CLAD}\w+", repr(vars(words))))
    assert CLAD + "Taxonomy" in written
    assert written <= set(TERMS)


def test_there_are_six_label_structures() -> None:
    names = [iri.removeprefix(CLAD) for iri in instances(VOCABULARY, CLAD + "LabelStructure")]
    assert sorted(names) == [
        "multiLabel",
        "ordinal",
        "regression",
        "sequence",
        "singleLabel",
        "structured",
    ]
