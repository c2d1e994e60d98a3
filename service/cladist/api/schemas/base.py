"""The base of all models of JSON bodies, and pieces that many of them share."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cladist.model.taxonomy import Texts


class Model(BaseModel):
    """A JSON object: unknown fields are refused, values are never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Links(Model):
    """Where to go from here, as paths on this service."""

    self: str = Field(examples=["/api/v1/taxonomies/pets"])
    draft: str | None = Field(None, examples=["/api/v1/taxonomies/pets/draft"])
    versions: str | None = Field(None, examples=["/api/v1/taxonomies/pets/versions"])
    classes: str | None = Field(None, examples=["/api/v1/taxonomies/pets/versions/latest/classes"])
    turtle: str | None = Field(None, examples=["/api/v1/taxonomies/pets/versions/latest.ttl"])


class Why(Model):
    """One change's weight for the version number."""

    bump: str = Field(description="`major`, `minor` or `patch`.", examples=["minor"])
    text: str = Field(description="The reason, for people.", examples=["“ferret” was added."])


PREFIX = "/api/v1"
OPENAPI = f"{PREFIX}/openapi.json"


def taxonomy_path(slug: str) -> str:
    """The path of a taxonomy."""
    return f"{PREFIX}/taxonomies/{slug}"


def version_path(slug: str, selector: str) -> str:
    """The path of a version or the draft, under which its classes and documents stand."""
    return f"{taxonomy_path(slug)}/versions/{selector}"


def texts(values: Texts) -> dict[str, str]:
    """Texts by language; of several in one language the first."""
    found: dict[str, str] = {}
    for each in values:
        found.setdefault(each.language, each.value)
    return found


Object = dict[str, Any]
"""A JSON object whose fields the field's description names."""
