"""Reading the shipped Turtle files: their triples, and the values of one property."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox

FOLDER = Path(__file__).parents[2] / "ontologies"
VOCABULARY = FOLDER / "cladist.ttl"
EXAMPLES = sorted((FOLDER / "examples").glob("*.ttl"))

CLAD = "https://w3id.org/cladist/ns#"
DCTERMS = "http://purl.org/dc/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

TYPE = RDF + "type"

Object = ox.NamedNode | ox.Literal
Row = tuple[str, str, Object]


def example(name: str) -> Path:
    """The example file of this name."""
    return FOLDER / "examples" / f"{name}.ttl"


@cache
def rows(path: Path) -> tuple[Row, ...]:
    """The file's statements; every subject and object is an IRI or a literal, or this fails."""
    return tuple(_rows(path))


def _rows(path: Path) -> Iterator[Row]:
    for each in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        assert isinstance(each.subject, ox.NamedNode), f"{each.subject} is no IRI"
        assert isinstance(each.object, ox.NamedNode | ox.Literal), f"{each.object} is no IRI"
        yield each.subject.value, each.predicate.value, each.object


def objects(path: Path, subject: str, predicate: str) -> list[Object]:
    """The objects of this subject and predicate, as terms."""
    return [o for s, p, o in rows(path) if (s, p) == (subject, predicate)]


def values(path: Path, subject: str, predicate: str) -> list[str]:
    """The objects of this subject and predicate, as plain texts."""
    return [each.value for each in objects(path, subject, predicate)]


def instances(path: Path, type_: str) -> list[str]:
    """The subjects of this type."""
    return [s for s, p, o in rows(path) if p == TYPE and o.value == type_]


def table(path: Path, predicate: str) -> dict[str, str]:
    """Subject to the one object of this predicate; a second one for a subject is a mistake."""
    pairs = [(s, o.value) for s, p, o in rows(path) if p == predicate]
    found = dict(pairs)
    assert len(found) == len(pairs), f"several values of {predicate} on one subject"
    return found
