"""Contents to validate, written as Turtle or built by the thousand."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pyoxigraph

from cladist.rdf.namespaces import CLAD, DCTERMS, OWL, RDF, RDFS, SKOS, XSD

TAXONOMY = "https://example.org/pets"

_PREFIXES = {"clad": CLAD, "dcterms": DCTERMS, "owl": OWL, "rdf": RDF, "rdfs": RDFS, "skos": SKOS}


def lines_of(turtle: str) -> list[bytes]:
    """The canonical lines of a Turtle or TriG text."""
    quads = pyoxigraph.parse(turtle.encode(), format=pyoxigraph.RdfFormat.TRIG)
    text = BytesIO()
    pyoxigraph.serialize(quads, text, format=pyoxigraph.RdfFormat.N_QUADS)
    return sorted(set(text.getvalue().splitlines(keepends=True)))


def content(body: str, *, header: str = "clad:labelStructure clad:multiLabel") -> list[bytes]:
    """The lines of a taxonomy with a body in Turtle; ``:x`` is a class id, ``<>`` the taxonomy."""
    prefixes = {**_PREFIXES, "xsd": XSD, "": f"{TAXONOMY}/"}
    declared = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())
    about = 'dcterms:title "Pets"@en ; dcterms:description "Pets."@en ; dcterms:license <>'
    kinds = 'skos:ConceptScheme, clad:Taxonomy ; clad:defaultLanguage "en"'
    scheme = f"<> a {kinds} ; {header} ; {about} .\n"
    return lines_of(f"@base <{TAXONOMY}> .\n{declared}{scheme}{body}")


def chain(length: int, links: Iterable[tuple[int, int]] = ()) -> list[bytes]:
    """A taxonomy in which each class stands under the one before, with further parents given as
    pairs of positions."""
    pairs = [(lower, lower - 1) for lower in range(1, length)] + list(links)
    above: dict[int, str] = {}
    for lower, upper in pairs:
        above[lower] = f"{above.get(lower, '')} ; skos:broader :c{upper}"
    classes = (
        f':c{n} a skos:Concept ; skos:inScheme <> ; clad:code {n} ; skos:prefLabel "c{n}"@en ;'
        f' skos:definition "Number {n}."@en{above.get(n, "")} .'
        for n in range(length)
    )
    return content("\n".join(classes))
