"""What is wrong with annotations, as JSON."""

from __future__ import annotations

from pydantic import Field

from cladist.api.schemas.base import Model, Object

_CAT = "https://w3id.org/cladist/id/pets/7k2m9x4q1c"
_PET = "https://w3id.org/cladist/id/pets/3w8t5n0v6h"
EXAMPLE: list[Object] = [{"item": "1.jpg", "labels": ["cat"]}, {"item": "2.jpg", "labels": ["cta"]}]


class FaultyClass(Model):
    """A class that findings are about."""

    id: str = Field(examples=[_CAT])
    code: int = Field(examples=[2])
    label: str = Field(description="In the default language.", examples=["cat"])
    findings: int = Field(description="How many findings are about it first.", examples=[12])


class AnnotationFinding(Model):
    """One thing that is wrong with an annotation."""

    annotation: int = Field(description="Its number, from 0.", examples=[1])
    item: str | int | None = Field(description="The item that it names.", examples=["2.jpg"])
    line: int | None = Field(description="Of JSON Lines: its line, from 1.", examples=[2])
    severity: str = Field(
        description="`violation`; `warning` where the annotation may be used all the same.",
        examples=["violation"],
    )
    fault: str = Field(description="What kind of fault it is.", examples=["retired-class"])
    place: str = Field(
        description="JSON pointer (RFC 6901) into the annotation.", examples=["/labels/0"]
    )
    message: str = Field(examples=["“cat” is retired: use “pet”, which stands in for it."])
    classes: list[str] = Field(description="Ids of the classes concerned.", examples=[[_CAT]])
    instead: list[str] = Field(
        description="Ids of classes that may stand in their place.", examples=[[_PET]]
    )


class AnnotationReport(Model):
    """Annotations summed up: `valid` and `invalid` ones are all of them."""

    format: str = Field(examples=["cladist-annotation-report-1"])
    taxonomy: str = Field(examples=["pets"])
    version: str = Field(examples=["2.0.0"])
    digest: str = Field(description="SHA-256 of the version's content.", examples=["9f2c…"])
    annotations: int = Field(examples=[2])
    valid: int = Field(examples=[1])
    invalid: int = Field(examples=[1])
    findings: int = Field(description="How many there are, shown or not.", examples=[1])
    faults: dict[str, int] = Field(
        description="Findings by kind of fault.", examples=[{"retired-class": 1}]
    )
    classes: list[FaultyClass] = Field(description="The most frequent first.")
    found: list[AnnotationFinding] = Field(description="The first findings, up to `limit`.")
