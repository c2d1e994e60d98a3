"""Every example taxonomy: it stands in the stored form and says what a taxonomy must say."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.ontologies.terms import (
    CLAD,
    DCTERMS,
    EXAMPLES,
    RDFS,
    SKOS,
    TYPE,
    VOCABULARY,
    XSD,
    instances,
    objects,
    rows,
    table,
    values,
)

BASE = "https://w3id.org/cladist/id/"
DERIVED = {SKOS + name for name in ("narrower", "hasTopConcept", "topConceptOf")}
EACH = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)


def scheme(path: Path) -> str:
    [iri] = instances(path, CLAD + "Taxonomy")
    return iri


def classes(path: Path) -> list[str]:
    return instances(path, SKOS + "Concept")


def structure(path: Path) -> str:
    [iri] = values(path, scheme(path), CLAD + "labelStructure")
    return iri.removeprefix(CLAD)


def test_five_label_structures_are_shown() -> None:
    assert Counter(structure(path) for path in EXAMPLES) == {
        "singleLabel": 2,
        "multiLabel": 1,
        "sequence": 1,
        "ordinal": 1,
        "regression": 1,
    }


@EACH
def test_own_terms_are_in_the_vocabulary(path: Path) -> None:
    defined = {subject for subject, _, _ in rows(VOCABULARY)}
    used = {p for _, p, _ in rows(path)} | {o.value for _, _, o in rows(path)}
    assert {iri for iri in used if iri.startswith(CLAD)} <= defined


@EACH
def test_values_fit_the_range_of_their_property(path: Path) -> None:
    ranges = table(VOCABULARY, RDFS + "range")
    for _, predicate, value in rows(path):
        expected = ranges.get(predicate, "")
        if expected.startswith(XSD):
            assert isinstance(value, ox.Literal)
            assert value.datatype.value == expected


@EACH
def test_properties_stand_on_what_their_domain_says(path: Path) -> None:
    domains = table(VOCABULARY, RDFS + "domain")
    for subject, predicate, _ in rows(path):
        if predicate in domains:
            assert domains[predicate] in values(path, subject, TYPE)


@EACH
def test_the_header_is_complete(path: Path) -> None:
    taxonomy = scheme(path)
    assert taxonomy == BASE + path.stem
    assert values(path, taxonomy, CLAD + "slug") == [path.stem]
    assert values(path, taxonomy, CLAD + "defaultLanguage") == ["en"]
    assert values(path, taxonomy, CLAD + "selectableRule") == ["leaves"]
    assert SKOS + "ConceptScheme" in values(path, taxonomy, TYPE)
    for name in ("title", "description", "rights", "source", "license"):
        [value] = objects(path, taxonomy, DCTERMS + name)
        assert isinstance(value, ox.NamedNode) == (name in {"source", "license"})


@EACH
def test_nothing_derived_is_stored(path: Path) -> None:
    assert not DERIVED.intersection(p for _, p, _ in rows(path))
    assert not any(p.startswith(SKOS) and p.endswith("Match") for _, p, _ in rows(path))


@EACH
def test_every_class_is_in_the_taxonomy_and_under_known_classes(path: Path) -> None:
    known = set(classes(path))
    for each in known:
        assert each.startswith(scheme(path) + "/")
        assert values(path, each, SKOS + "inScheme") == [scheme(path)]
        assert known.issuperset(values(path, each, SKOS + "broader"))


@EACH
def test_every_class_has_a_name_a_definition_and_a_code_of_its_own(path: Path) -> None:
    codes = table(path, CLAD + "code")
    assert set(codes) == set(classes(path))
    assert len(set(codes.values())) == len(codes)
    for each in codes:
        assert len(values(path, each, SKOS + "prefLabel")) == 1
        assert values(path, each, SKOS + "definition")


@EACH
def test_siblings_have_different_names(path: Path) -> None:
    parents = table(path, SKOS + "broader")
    names = table(path, SKOS + "prefLabel")
    pairs = Counter((parents.get(each), names[each].casefold()) for each in classes(path))
    assert [pair for pair, times in pairs.items() if times > 1] == []


@EACH
def test_a_label_stands_once_on_its_class(path: Path) -> None:
    for each in classes(path):
        labels = values(path, each, SKOS + "prefLabel") + values(path, each, SKOS + "altLabel")
        assert len({label.casefold() for label in labels}) == len(labels)


@EACH
def test_colours_and_hotkeys_tell_classes_apart(path: Path) -> None:
    colours = list(table(path, CLAD + "colour").values())
    hotkeys = list(table(path, CLAD + "hotkey").values())
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours)
    assert len(set(colours)) == len(colours)
    assert len(set(hotkeys)) == len(hotkeys)


@EACH
def test_every_class_that_can_be_picked_has_a_colour(path: Path) -> None:
    upper = set(table(path, SKOS + "broader").values())
    assert set(table(path, CLAD + "colour")) == set(classes(path)) - upper


@EACH
def test_boundary_notes_name_a_neighbour(path: Path) -> None:
    neighbours = table(path, CLAD + "boundaryWith")
    assert set(neighbours) == set(table(path, CLAD + "boundaryNote"))
    assert set(classes(path)).issuperset(neighbours.values())
    assert all(each != neighbour for each, neighbour in neighbours.items())


@EACH
def test_groups_hold_at_least_two_classes_apart_from_each_other(path: Path) -> None:
    parents = table(path, SKOS + "broader")
    for group in instances(path, CLAD + "ExclusiveGroup"):
        members = set(values(path, group, SKOS + "member"))
        assert len(members) >= 2
        assert members <= set(classes(path))
        assert not members.intersection(parents[each] for each in members if each in parents)
        assert values(path, group, SKOS + "inScheme") == [scheme(path)]


@EACH
def test_ranks_are_contiguous_where_there_is_an_order(path: Path) -> None:
    ranks = table(path, CLAD + "rank")
    assert set(ranks) == (set(classes(path)) if structure(path) == "ordinal" else set())
    assert sorted(map(int, ranks.values())) == list(range(len(ranks)))
