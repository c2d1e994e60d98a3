"""What relates versions of different taxonomies, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ConfigDict, Field

from cladist.api.schemas.base import Model, Object, taxonomy_path
from cladist.api.schemas.tables import TableModel

if TYPE_CHECKING:
    from cladist.catalog.relations import Place, Provenance, Related
    from cladist.ledger import RelationSummary

RELATION_EXAMPLE: Object = {
    "source": {"taxonomy": "activities", "version": "4"},
    "target": {"taxonomy": "products", "version": "2.1.0"},
    "table": {
        "format": "csv",
        "text": "activity,product,part\n0111,01111,1\n0111,01112,1\n",
        "columns": {"source": "activity", "target": "product", "source_part": "part"},
    },
    "title": "Activities and their products",
}


class RelationEnd(Model):
    """A published version of a taxonomy."""

    taxonomy: str = Field(
        pattern=r"^[a-z0-9-]{1,64}$", description="Its short name.", examples=["activities"]
    )
    version: str = Field(
        pattern=r"^[a-z0-9.]{1,40}$",
        description="`latest`, `4`, `4.0` or `4.0.0`; in answers the full number.",
        examples=["4.0.0"],
    )


class RelationRequest(Model):
    """Two versions of different taxonomies and the table that relates them."""

    model_config = ConfigDict(json_schema_extra={"examples": [RELATION_EXAMPLE]})

    source: RelationEnd
    target: RelationEnd
    table: TableModel
    title: str = Field("", max_length=1_000, description="What the table is called.")
    license: str = Field("", max_length=2_048, description="Its licence, best as an IRI.")
    origin: str = Field("", max_length=2_048, description="Where it comes from, best as an IRI.")


class RelationLinks(Model):
    """Where to go from here, as paths on this service."""

    correspondence: str = Field(
        examples=["/api/v1/taxonomies/activities/correspondence?from=4.0.0&to=2.1.0&with=products"]
    )


class RelatedModel(Model):
    """What a table relates, or would relate: pairs and classes counted."""

    source: RelationEnd
    target: RelationEnd
    revision: int | None = Field(
        description="Counts the tables for these two versions; the last one is used. Null in a dry "
        "run.",
        examples=[1],
    )
    dry_run: bool = Field(examples=[False])
    pairs: int = Field(examples=[2663])
    sources: int = Field(description="Source classes that are in pairs.", examples=[374])
    targets: int = Field(description="Target classes that are in pairs.", examples=[2446])
    sources_left: int = Field(
        description="Source classes in use that are in no pair.", examples=[392]
    )
    targets_left: int = Field(
        description="Target classes in use that are in no pair.", examples=[0]
    )
    components: dict[str, int] = Field(
        description="Classes that hang together, counted by cardinality.",
        examples=[{"1:1": 58, "1:n": 179, "n:m": 25}],
    )
    findings: list[str] = Field(description="What was noticed in the table.", examples=[[]])
    links: RelationLinks


class RelationLine(Model):
    """A relation as lists show it."""

    source: RelationEnd
    target: RelationEnd
    revision: int = Field(description="Of the same two versions the highest is used.", examples=[1])
    title: str = Field(examples=["Activities and their products"])
    license: str = Field(examples=["https://creativecommons.org/licenses/by/4.0/"])
    origin: str = Field(examples=["https://example.org/tables"])
    stored_by: str = Field(examples=["Ada Lovelace"])
    stored_at: str = Field(examples=["2026-01-31T12:00:00.000000Z"])
    links: RelationLinks


class RelationList(Model):
    """All relations that are stored, by their versions and then by revision."""

    relations: list[RelationLine]


def place_of(end: RelationEnd) -> Place:
    """The version that an end of a request names."""
    from cladist.catalog.relations import Place

    return Place(end.taxonomy, end.version)


def provenance_of(request: RelationRequest) -> Provenance:
    """Where the table of a request comes from."""
    from cladist.catalog.relations import Provenance

    return Provenance(title=request.title, license=request.license, origin=request.origin)


def related_of(done: Related) -> RelatedModel:
    """What was related as JSON."""
    source, target = _end(*done.source), _end(*done.target)
    return RelatedModel(
        source=source,
        target=target,
        revision=done.revision,
        dry_run=done.dry_run,
        pairs=done.pairs,
        sources=done.sources,
        targets=done.targets,
        sources_left=done.sources_left,
        targets_left=done.targets_left,
        components=dict(done.components),
        findings=list(done.findings),
        links=_links(source, target),
    )


def line_of(record: RelationSummary) -> RelationLine:
    """A stored relation as JSON."""
    source = _end(record.source_slug, record.source_number)
    target = _end(record.target_slug, record.target_number)
    return RelationLine(
        source=source,
        target=target,
        revision=record.revision,
        title=record.title,
        license=record.license,
        origin=record.origin,
        stored_by=record.who,
        stored_at=record.at,
        links=_links(source, target),
    )


def _end(slug: str, number: str) -> RelationEnd:
    return RelationEnd(taxonomy=slug, version=number)


def _links(source: RelationEnd, target: RelationEnd) -> RelationLinks:
    path = f"{taxonomy_path(source.taxonomy)}/correspondence"
    query = f"from={source.version}&to={target.version}&with={target.taxonomy}"
    return RelationLinks(correspondence=f"{path}?{query}")
