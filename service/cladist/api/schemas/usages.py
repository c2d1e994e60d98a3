"""Usages and what a state does to them, as JSON."""

from __future__ import annotations

from pydantic import Field

from cladist.api.schemas.base import Model, Object

_CAT = "https://w3id.org/cladist/id/pets/7k2m9x4q1c"
USAGE_EXAMPLE: Object = {"kind": "dataset", "version": "1.0.0", "counts": {"cat": 120, "#2": 30}}


class UsageRequest(Model):
    """What somebody uses. A second one under the same name takes the place of the first."""

    kind: str = Field("dataset", description="`dataset`, `model` or `labeling-project`.")
    version: str = Field("latest", description="A selector of a version.", examples=["1.0.0"])
    counts: dict[str, int] | None = Field(
        None,
        description="How many labels there are, by class: an id, `#code` or label.",
        examples=[{"cat": 120, "#2": 30}],
    )
    acknowledge: bool = Field(
        False, description="Nothing that hits it is published before it is acknowledged."
    )
    contact: str = Field("", examples=["vision@example.org"])
    url: str = Field("", examples=["https://example.org/datasets/pets"])
    note: str = Field("", examples=["The training set of 2026."])


class UsageModel(Model):
    """A dataset, model or labeling project that uses a version."""

    taxonomy: str = Field(examples=["pets"])
    name: str = Field(examples=["pets-2026"])
    kind: str = Field(examples=["dataset"])
    version: str = Field(examples=["1.0.0"])
    counts: dict[str, int] | None = Field(
        description="Labels by class id; null where nobody said.", examples=[{_CAT: 120}]
    )
    acknowledge: bool = Field(description="Does it want to be asked?", examples=[False])
    contact: str = Field(examples=["vision@example.org"])
    url: str = Field(examples=["https://example.org/datasets/pets"])
    note: str = Field(examples=["The training set of 2026."])
    who: str = Field(examples=["Ada Lovelace"])
    at: str = Field(examples=["2026-01-31T12:00:00.000000Z"])


class UsageList(Model):
    """The usages of a taxonomy by name."""

    usages: list[UsageModel]


class HitClass(Model):
    """A class that is hit, or what it became."""

    id: str = Field(examples=[_CAT])
    label: str = Field(examples=["cat"])


class HitModel(Model):
    """Classes that are not what they were."""

    kind: str = Field(
        description="`merged`, `split`, `regrouped`, `retired` or `redefined`.", examples=["merged"]
    )
    sources: list[HitClass]
    targets: list[HitClass]
    labels: int | None = Field(description="Labels of the sources, if known.", examples=[120])
    automatic: int | None = Field(description="Those that follow by themselves.", examples=[120])
    open: int | None = Field(description="Those that need a decision.", examples=[0])


class ImpactModel(Model):
    """What a state does to one usage."""

    name: str = Field(examples=["pets-2026"])
    kind: str = Field(examples=["dataset"])
    version: str = Field(description="The version that it uses.", examples=["1.0.0"])
    contact: str = Field(examples=["vision@example.org"])
    labels: int | None = Field(description="All labels, if known.", examples=[150])
    hit: int | None = Field(description="Labels that are hit, if known.", examples=[120])
    open: int | None = Field(description="Labels that need a decision, if known.", examples=[0])
    share: float | None = Field(description="Share of labels that are hit.", examples=[0.8])
    acknowledge: bool = Field(description="Does it want to be asked?", examples=[True])
    missing: bool = Field(description="Has it yet to agree?", examples=[True])
    hits: list[HitModel]


class ImpactList(Model):
    """What a state does to each usage, the ones hit most first."""

    taxonomy: str = Field(examples=["pets"])
    to: str = Field(description="The state.", examples=["draft"])
    usages: list[ImpactModel]
