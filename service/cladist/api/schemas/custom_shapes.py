"""Custom shapes as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from cladist.api.schemas.base import Model
from cladist.rdf.formats import RdfFormat

if TYPE_CHECKING:
    from cladist.validation.custom import CustomShapes

_EXAMPLE = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<#German> a sh:NodeShape ; sh:targetClass skos:Concept ;
  sh:property [ sh:path skos:prefLabel ; sh:qualifiedMinCount 1 ;
    sh:qualifiedValueShape [ sh:languageIn ( "de" ) ] ; sh:message "has no German label." ] .
"""

_TRIPLES = """<https://example.org/S> <http://www.w3.org/ns/shacl#targetSubjectsOf> \
<http://www.w3.org/2004/02/skos/core#prefLabel> .
<https://example.org/S> <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#IRI> .
"""
_JSON_LD = """{"@context": {"sh": "http://www.w3.org/ns/shacl#"}, "@id": "https://example.org/S",
 "@type": "sh:NodeShape", "sh:nodeKind": {"@id": "sh:IRI"},
 "sh:targetClass": {"@id": "http://www.w3.org/2004/02/skos/core#Concept"}}
"""
FILES = {
    RdfFormat.TURTLE.media_type: _EXAMPLE,
    RdfFormat.N_TRIPLES.media_type: _TRIPLES,
    RdfFormat.JSON_LD.media_type: _JSON_LD,
}
"""What shapes are sent as, with examples."""


class ShapeModel(Model):
    """A shape with a name, as a rule."""

    rule: str = Field(examples=["custom-german"])
    shape: str = Field(examples=["https://w3id.org/cladist/id/pets/shapes#German"])
    title: str = Field(examples=["German"])
    severity: str = Field(examples=["violation"])
    advice: str = Field(examples=["Write one."])


class ShapesModel(Model):
    """The shapes of a state; ``trusted`` is whether they may hold SPARQL constraints."""

    digest: str = Field(examples=["9f86d081884c7d65…"])
    trusted: bool = Field(examples=[False])
    shapes: list[ShapeModel]
    turtle: str = Field(examples=[_EXAMPLE])


def shapes_model(found: CustomShapes, *, trusted: bool) -> ShapesModel:
    """The shapes with the ids under which reports speak of them."""
    from cladist.validation.custom.writing import turtle

    shapes = [
        ShapeModel(
            rule=rule,
            shape=shape,
            title=found.title(shape),
            severity=found.severity(shape).value,
            advice=found.advice(shape),
        )
        for shape, rule in found.rules.items()
    ]
    return ShapesModel(digest=found.digest, trusted=trusted, shapes=shapes, turtle=turtle(found))
