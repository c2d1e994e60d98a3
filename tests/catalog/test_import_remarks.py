"""What the rules on files say of a document is part of what its import reports."""

from __future__ import annotations

from cladist.catalog.catalog import Catalog
from cladist.catalog.values import Author, Document, ImportOptions, NewTaxonomy

BY = Author("ann")
ONE_WAY = b"""
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix : <https://example.org/> .
    :s a skos:ConceptScheme ; skos:hasTopConcept :a .
    :a a skos:Concept ; skos:inScheme :s ; skos:topConceptOf :s ; skos:prefLabel "a"@en ;
        skos:narrower :b .
    :b a skos:Concept ; skos:inScheme :s ; skos:broader :a ; skos:prefLabel "b"@en .
    :c a skos:Concept ; skos:inScheme :s ; skos:broader :a ; skos:prefLabel "c"@en .
"""


def test_an_import_reports_what_only_the_file_has(catalog: Catalog) -> None:
    new = NewTaxonomy(slug="letters")
    done = catalog.import_new(new, Document(ONE_WAY, "turtle"), BY)
    said = {each.kind: (each.message, each.count) for each in done.findings}
    assert said["clad-src-one-way"] == (
        "Not kept: relations are stated both ways or one way throughout.",
        1,
    )
    options = ImportOptions()
    again = catalog.import_onto("letters", Document(ONE_WAY, "turtle"), 0, BY, options)
    assert "clad-src-one-way" in {each.kind for each in again.findings}
