"""Versions as JSON."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ConfigDict, Field

from cladist.api.schemas.base import Links, Model, Object, Why, taxonomy_path, version_path
from cladist.api.schemas.reports import ReportModel
from cladist.ledger.records import VersionSummary

PUBLISH_EXAMPLE: Object = {"notes": "Adds the ferret.", "version": "2.0.0"}


class PublishRequest(Model):
    """How to publish. All may be left out; an empty object publishes as proposed."""

    model_config = ConfigDict(json_schema_extra={"examples": [PUBLISH_EXAMPLE]})

    version: str = Field(
        "",
        max_length=32,
        description="A number above the proposed one; never below.",
        examples=["2.0.0"],
    )
    notes: str = Field(
        "",
        max_length=65_536,
        description="Release notes in Markdown; drafted from the changes without them.",
    )
    without_acknowledgement: str = Field(
        "",
        max_length=2_000,
        description="Why it is published although usages that want to be asked have not agreed; it"
        " goes into the notes.",
        examples=["They agreed by telephone."],
    )


class VersionLine(Model):
    """A published version, which never changes."""

    taxonomy: str = Field(examples=["pets"])
    version: str = Field(examples=["2.1.0"])
    previous: str | None = Field(examples=["2.0.0"])
    digest: str = Field(
        description="SHA-256 over the sorted canonical N-Quads.", examples=["9f86d081884c7d65…"]
    )
    notes: str = Field(
        description="Markdown.", examples=["## Additions\n\n- “ferret” was added.\n"]
    )
    published_by: str = Field(examples=["Ada Lovelace"])
    published_at: str = Field(examples=["2026-01-31T12:00:00.000000Z"])
    links: Links


class VersionList(Model):
    """All versions, oldest first."""

    versions: list[VersionLine]


class PublishedChange(Model):
    """A change that was frozen with a version."""

    id: str = Field(examples=["7k2m9x4q1c"])
    who: str = Field(examples=["Ada Lovelace"])
    at: str = Field(examples=["2026-01-31T12:00:00.000000Z"])
    why: str | None = Field(examples=["Asked for by the clinic."])
    evidence: Any = Field(examples=[{"confused": 17}])
    bump: str = Field(examples=["minor"])
    text: str = Field(examples=["“ferret” was added."])
    change: Object = Field(examples=[{"op": "remove_exclusive_group", "id": "…"}])


class VersionDetail(VersionLine):
    """A version with the changes that made it."""

    changes: list[PublishedChange]


class Published(VersionLine):
    """A version that was just published: why it has its number, and what the rules found."""

    reasons: list[Why]
    report: ReportModel | None


def line_fields(version: VersionSummary) -> dict[str, Any]:
    """The fields of a version that lists show."""
    return {
        "taxonomy": version.slug,
        "version": version.number,
        "previous": version.previous,
        "digest": version.sha,
        "notes": version.notes,
        "published_by": version.who,
        "published_at": version.at,
        "links": links_of(version.slug, version.number),
    }


def links_of(slug: str, number: str) -> Links:
    """The links of a version."""
    path = version_path(slug, number)
    return Links(
        self=path,
        versions=f"{taxonomy_path(slug)}/versions",
        classes=f"{path}/classes",
        turtle=f"{path}.ttl",
    )


def detail_of(version: VersionSummary, changes: str) -> VersionDetail:
    """A version with its changes, given as the JSON text that was stored."""
    found = [PublishedChange(**each) for each in json.loads(changes)]
    return VersionDetail(**line_fields(version), changes=found)
