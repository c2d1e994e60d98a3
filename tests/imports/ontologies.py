"""Ontologies as text, read the way that an import reads them."""

from __future__ import annotations

from textwrap import dedent

from cladist.imports.owl import read_owl, speaks_owl
from cladist.imports.survey import Finding
from cladist.model.taxonomy import Class, Header, Taxonomy
from cladist.rdf.formats import FlatFormat, RdfFormat
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import OBO
from cladist.rdf.parse import parse
from cladist.rdf.reading import Subjects, subjects

HEADER = Header(iri="https://example.org/pets", slug="pets")
PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix oio: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix schema: <http://schema.org/> .
@prefix e: <https://example.org/pets/> .
"""


def statements(text: str | bytes, form: RdfFormat | FlatFormat) -> Subjects:
    """What a document says, by subject."""
    data = text if isinstance(text, bytes) else dedent(text).encode()
    base = HEADER.iri
    return subjects(parse(data, form, base=base, limits=Limits(), skolem_base=f"{base}/").lines)


def obo(text: str | bytes, header: Header = HEADER) -> tuple[Taxonomy, dict[str, Finding]]:
    """The taxonomy of an OBO document, and the findings by kind."""
    return _read(statements(text, FlatFormat.OBO), header)


def owl(turtle: str, scheme: str = "") -> tuple[Taxonomy, dict[str, Finding]]:
    """The taxonomy of an OWL document in Turtle, and the findings by kind."""
    return _read(statements(PREFIXES + dedent(turtle), RdfFormat.TURTLE), HEADER, scheme)


def _read(found: Subjects, header: Header, scheme: str = "") -> tuple[Taxonomy, dict[str, Finding]]:
    assert speaks_owl(found)
    taxonomy, findings = read_owl(found, header, scheme=scheme)
    return taxonomy, {each.kind: each for each in findings}


def pet(taxonomy: Taxonomy, number: str) -> Class:
    """The class PET:number of OBO, or the class of this local name."""
    return taxonomy.classes.get(f"{OBO}PET_{number}") or taxonomy.classes[f"{HEADER.iri}/{number}"]


def term(*clauses: str) -> str:
    """An OBO document of one term."""
    return "\n".join(("ontology: pets", "", "[Term]", *clauses, ""))
