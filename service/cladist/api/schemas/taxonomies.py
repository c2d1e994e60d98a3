"""Taxonomies as JSON."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from cladist.api.schemas.base import Links, Model, Object, taxonomy_path, version_path
from cladist.api.schemas.versions import VersionLine
from cladist.model.taxonomy import LabelStructure, SelectableRule, Text

NEW_EXAMPLE: Object = {
    "slug": "pets",
    "titles": [{"value": "Pets", "language": "en"}],
    "structure": {"kind": "single-label"},
    "license": "https://creativecommons.org/publicdomain/zero/1.0/",
}


class TaxonomyRequest(Model):
    """A taxonomy to create. Only the slug is needed."""

    model_config = ConfigDict(json_schema_extra={"examples": [NEW_EXAMPLE]})

    slug: str = Field(
        max_length=64,
        description="The short name in paths: lower-case letters, digits, inner hyphens.",
        examples=["pets"],
    )
    iri: str = Field(
        "", description="The IRI; made from the installation's base and the slug without it."
    )
    titles: tuple[Text, ...] = Field((), description="Titles, one a language.")
    descriptions: tuple[Text, ...] = Field((), description="Descriptions, one a language.")
    license: str = Field("", max_length=2048, description="The licence, best as an IRI.")
    source: str = Field("", max_length=2048, description="Where it comes from, best as an IRI.")
    namespace: str = Field(
        "", description="What the IRIs of new classes begin with; the taxonomy's IRI without it."
    )
    default_language: str = Field("en", description="The language of labels that people see first.")
    structure: LabelStructure = Field(
        default_factory=LabelStructure, description="What one item may carry."
    )
    selectable_rule: SelectableRule = Field(
        SelectableRule.LEAVES, description="Which classes annotators may pick."
    )
    polyhierarchy: bool = Field(True, description="Whether a class may have several parents.")


class TaxonomyLine(Model):
    """A taxonomy as lists show it."""

    slug: str = Field(examples=["pets"])
    iri: str = Field(examples=["https://w3id.org/cladist/id/pets"])
    created_by: str = Field(examples=["Ada Lovelace"])
    created_at: str = Field(examples=["2026-01-31T12:00:00.000000Z"])
    latest: str | None = Field(description="The last version's number.", examples=["2.1.0"])
    revision: int = Field(description="The draft's revision.", examples=[7])
    links: Links


class TaxonomyList(Model):
    """All taxonomies, by slug."""

    taxonomies: list[TaxonomyLine]


class DraftLine(Model):
    """Where the draft stands."""

    revision: int = Field(examples=[7])
    changes: int = Field(description="How many it holds.", examples=[2])
    proposed_version: str = Field(examples=["2.2.0"])
    etag: str = Field(description="What writes name in If-Match.", examples=['"pets-draft-7-…"'])


class TaxonomyDetail(Model):
    """One taxonomy: what its draft says of it, its versions, and where the draft stands."""

    slug: str = Field(examples=["pets"])
    iri: str = Field(examples=["https://w3id.org/cladist/id/pets"])
    titles: dict[str, str] = Field(description="By language.", examples=[{"en": "Pets"}])
    descriptions: dict[str, str] = Field(description="By language.", examples=[{"en": "At home."}])
    license: str = Field(examples=["https://creativecommons.org/publicdomain/zero/1.0/"])
    source: str = Field(examples=["https://example.org/pets"])
    namespace: str = Field(examples=["https://w3id.org/cladist/id/pets/"])
    default_language: str = Field(examples=["en"])
    structure: Object = Field(examples=[{"kind": "single-label"}])
    selectable_rule: str = Field(examples=["leaves"])
    polyhierarchy: bool = Field(examples=[True])
    classes: int = Field(description="How many the draft holds, retired ones too.", examples=[12])
    draft: DraftLine
    versions: list[VersionLine]
    links: Links


def links_of(slug: str, latest: str | None) -> Links:
    """The links of a taxonomy."""
    path, state = taxonomy_path(slug), version_path(slug, "latest" if latest else "draft")
    return Links(
        self=path,
        draft=f"{path}/draft",
        versions=f"{path}/versions",
        classes=f"{state}/classes",
        turtle=f"{state}.ttl",
    )
