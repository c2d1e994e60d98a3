"""Shapes that a taxonomy brings: set as a change, checked with all other rules, versioned."""

from __future__ import annotations

import pytest

from cladist.catalog.catalog import Catalog
from cladist.catalog.values import Author, Document, NewTaxonomy
from cladist.model.change.kinds import AddClass, EditTaxonomy
from cladist.model.errors import InvalidTaxonomy, InvalidValue, NotFound
from cladist.model.taxonomy import Class, Enforcement, RuleSetting, Text

BY = Author("ann")
SHAPES = b"""
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<#German> a sh:NodeShape ; sh:targetClass skos:Concept ; sh:name "German labels" ;
    sh:description "Translate the label." ; sh:message "has no German label" ;
    sh:property [ sh:path skos:prefLabel ; sh:qualifiedMinCount 1 ;
        sh:qualifiedValueShape [ sh:languageIn ( "de" ) ] ] .
"""
OTHERS = SHAPES.replace(b"German", b"Dutch").replace(b'"de"', b'"nl"')


def _document(data: bytes, form: str = "turtle") -> Document:
    return Document(data, form)


@pytest.fixture
def pets(catalog: Catalog) -> Catalog:
    catalog.create(NewTaxonomy(slug="pets"), BY)
    cat = Class(preferred=(Text("cat", "en"),), definitions=(Text("A small feline.", "en"),))
    dog = Class(
        preferred=(Text("dog", "en"), Text("Hund", "de")),
        definitions=(Text("A tame canine.", "en"),),
    )
    catalog.edit("pets", [AddClass(new=cat), AddClass(new=dog)], 0, BY)
    return catalog


def _custom(catalog: Catalog) -> list[str]:
    report = catalog.validate("pets")
    return [each.message for each in report.results if each.rule.startswith("custom-")]


def test_shapes_are_checked_with_all_other_rules(pets: Catalog) -> None:
    pets.shapes.set("pets", _document(SHAPES), 1, BY)
    report = pets.validate("pets")
    found = next(each for each in report.results if each.rule == "custom-german")
    assert (found.title, found.advice) == ("German labels", "Translate the label.")
    assert [each.label for each in found.classes] == ["cat"]
    assert not report.conforms
    assert dict(report.counts)["custom-german"] == 1


def test_they_stand_against_publishing_unless_the_taxonomy_says_otherwise(pets: Catalog) -> None:
    pets.shapes.set("pets", _document(SHAPES), 1, BY)
    with pytest.raises(InvalidTaxonomy, match="has no German label"):
        pets.publish("pets", 2, BY)
    lenient = RuleSetting(rule="custom-german", enforcement=Enforcement.REPORT, reason="Later.")
    pets.edit("pets", [EditTaxonomy(rules=(lenient,))], 2, BY)
    pets.publish("pets", 3, BY)
    assert pets.findings("pets")[0].counts is not None
    assert dict(pets.findings("pets")[0].counts or {})["custom-german"] == 1


def test_an_edit_is_seen(pets: Catalog) -> None:
    pets.shapes.set("pets", _document(SHAPES), 1, BY)
    assert len(_custom(pets)) == 1
    bird = Class(preferred=(Text("bird", "en"),))
    pets.edit("pets", [AddClass(new=bird)], 2, BY)
    assert len(_custom(pets)) == 2


def test_they_are_versioned(pets: Catalog) -> None:
    pets.publish("pets", 1, BY)
    pets.shapes.set("pets", _document(SHAPES), pets.draft("pets").revision, BY)
    with pytest.raises(NotFound, match="brings no shapes"):
        pets.shapes.of("pets", "1")
    assert pets.shapes.of("pets", "draft").rules.values()


def test_setting_them_replaces_those_there_were(pets: Catalog) -> None:
    pets.shapes.set("pets", _document(SHAPES), 1, BY)
    pets.shapes.set("pets", _document(OTHERS), 2, BY)
    assert list(pets.shapes.of("pets", "draft").rules.values()) == ["custom-dutch"]
    pets.shapes.remove("pets", 3, BY)
    assert not _custom(pets)
    others = pets.open("pets", "draft").taxonomy.others
    assert not others


def test_undo_takes_them_back(pets: Catalog) -> None:
    before = pets.open("pets", "draft").sha
    done = pets.shapes.set("pets", _document(SHAPES), 1, BY)
    pets.undo("pets", done.changes[0].record.id, 2, BY)
    assert pets.open("pets", "draft").sha == before


def test_a_dry_run_stores_nothing(pets: Catalog) -> None:
    pets.shapes.set("pets", _document(SHAPES), 1, BY, dry_run=True)
    assert pets.draft("pets").revision == 1


@pytest.mark.parametrize(
    ("data", "form", "said"),
    [
        (b"a,b", "csv", "shapes are statements"),
        (SHAPES.replace(b"sh:name", b"sh:naem"), "turtle", "sh:naem"),
        (SHAPES.replace(b"sh:path", b"sh:minCount 'x' ; sh:path"), "turtle", "minCount"),
    ],
)
def test_bad_shapes_are_refused_and_nothing_is_lost(
    pets: Catalog, data: bytes, form: str, said: str
) -> None:
    with pytest.raises(InvalidValue, match=said):
        pets.shapes.set("pets", _document(data, form), 1, BY)
    assert pets.draft("pets").revision == 1


def test_shapes_in_an_import_that_may_not_run_are_reported(catalog: Catalog) -> None:
    data = b"""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <https://example.org/s> a skos:ConceptScheme .
        <https://example.org/c> a skos:Concept ; skos:inScheme <https://example.org/s> ;
            skos:prefLabel "c"@en .
        <https://example.org/S> a sh:NodeShape ; sh:targetClass skos:Concept ; sh:rule [] .
    """
    catalog.import_new(NewTaxonomy(slug="pets"), _document(data), BY)
    report = catalog.validate("pets")
    found = next(each for each in report.results if each.rule == "custom-shapes")
    assert "derives statements" in found.message
    assert not report.conforms
