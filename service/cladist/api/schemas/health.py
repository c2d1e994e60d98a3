"""The state of the service itself as JSON."""

from __future__ import annotations

from pydantic import Field

from cladist.api.schemas.base import Model


class Health(Model):
    """That the service is alive, or ready."""

    status: str = Field(examples=["ok"])
    version: str = Field(examples=["0.1.0"])
