"""A published SKOS vocabulary comes in, goes on, and comes out with every statement."""

from __future__ import annotations

import pyoxigraph as ox

from cladist.catalog.catalog import Catalog
from cladist.catalog.values import Author, Document, ImportOptions, NewTaxonomy
from cladist.rdf.derive import derived
from cladist.rdf.terms import split

ADA = Author("ada")
HEAD = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix s: <https://example.org/stars/> .
s: a skos:ConceptScheme ; dcterms:title "Stars"@en ; skos:hasTopConcept s:1 .
s:1 a skos:Concept ; skos:prefLabel "Star"@en ; skos:topConceptOf s: ; skos:narrower s:2 , s:3 .
s:2 a skos:Concept ; skos:prefLabel "Nova"@en ; skos:altLabel "New star"@en-GB ;
    skos:exactMatch <https://example.org/other/nova> ; dcterms:contributor [ rdfs:label "Bo" ] .
s:3 a skos:Concept ; skos:broader s:1 ; skos:prefLabel "Dwarf"@en ;
    skosxl:altLabel s:xl ; owl:disjointWith s:2 ; skos:notation "007"^^s:code .
s:xl a skosxl:Label ; skosxl:literalForm "Small star"@en .
"""
FIRST = HEAD + 's:9 a skos:Concept ; skos:prefLabel "Quasar"@en .\n'
SECOND = (
    HEAD.replace('"Dwarf"@en', '"Dwarf star"@en').replace(
        "skos:narrower s:2 , s:3", "skos:narrower s:3"
    )
    + 's:9 a skos:Concept ; rdfs:label "Quasar"@en ; owl:deprecated true .\n'
    + 's:4 a skos:Concept ; skos:prefLabel "Giant"@en ; skos:broader s:3 .\n'
    + "s:2 skos:broader s:9b . s:9b a skos:Concept ; skos:prefLabel 'Event'@en .\n"
)


def statements(lines: list[bytes]) -> set[tuple[str, ...]]:
    return {split(line.decode())[:3] for line in lines}


def expected(turtle: str) -> set[tuple[str, ...]]:
    quads = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
    return {
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for quad in quads
        if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)
    }


def test_two_versions_made_elsewhere(catalog: Catalog) -> None:
    done = catalog.import_new(NewTaxonomy(slug="stars"), Document(FIRST.encode(), "turtle"), ADA)
    assert done.new == 4
    kinds = {each.kind for each in done.findings}
    assert {"narrower-only", "xl-labels", "disjoint"} <= kinds
    first = catalog.open("stars", "draft")
    assert expected(FIRST) <= statements([*first.lines, *derived(first.lines)])
    dwarf = first.taxonomy.classes["https://example.org/stars/3"]
    assert [each.value for each in dwarf.alternative] == ["Small star"]
    assert next(iter(first.taxonomy.groups.values())).members == (
        "https://example.org/stars/2",
        "https://example.org/stars/3",
    )
    assert catalog.publish("stars", 0, ADA).number == "1.0.0"

    document = Document(SECOND.encode(), "turtle")
    onto = catalog.import_onto("stars", document, 1, ADA, ImportOptions())
    assert (onto.new, onto.retired) == (2, 1)
    ops = sorted(each.change.op for each in onto.changes)
    assert ops.count("add_class") == 2 and "rename_class" in ops and "retire_class" in ops
    second = catalog.open("stars", "draft")
    assert expected(SECOND) <= statements([*second.lines, *derived(second.lines)])
    codes = {each.id: each.code for each in first.taxonomy.classes.values()}
    assert codes.items() <= {e.id: e.code for e in second.taxonomy.classes.values()}.items()
    again = catalog.import_onto("stars", document, 2, ADA, ImportOptions(), dry_run=True)
    assert again.changes == ()
    assert catalog.publish("stars", 2, ADA).number == "2.0.0"


def test_one_class_with_what_follows(catalog: Catalog) -> None:
    catalog.import_new(NewTaxonomy(slug="stars"), Document(FIRST.encode(), "turtle"), ADA)
    star = "https://example.org/stars/1"
    about = statements(catalog.about("stars", "draft", star))
    skos = "http://www.w3.org/2004/02/skos/core#"
    assert (f"<{star}>", f"<{skos}narrower>", "<https://example.org/stars/3>") in about
    assert (f"<{star}>", f"<{skos}topConceptOf>", "<https://example.org/stars/>") in about
    assert (f"<{star}>", f"<{skos}prefLabel>", '"Star"@en') in about
    assert {subject for subject, _, _ in about} == {f"<{star}>"}
