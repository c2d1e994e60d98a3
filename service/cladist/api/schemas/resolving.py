"""What became of references as JSON; it describes what ``resolution_forms.py`` writes out."""

from __future__ import annotations

from functools import cache

from pydantic import Field, TypeAdapter

from cladist.api.schemas.base import Model

_CAT = "https://w3id.org/cladist/id/pets/7k2m9x4q1c"
_PET = "https://w3id.org/cladist/id/pets/3w8t5n0v6h"
EXAMPLE = ["cat", "#3", "Hund"]


class ReferenceBatch(Model):
    """References in an object; a bare array of them is taken as well."""

    references: list[str] = Field(
        description="Ids, codes, notations or labels; 100,000 at most.", examples=[EXAMPLE]
    )


@cache
def batch_adapter() -> TypeAdapter[ReferenceBatch]:
    """What checks a batch."""
    return TypeAdapter(ReferenceBatch)


class MeantClass(Model):
    """A class of the source that a reference names, or may name."""

    id: str = Field(examples=[_CAT])
    code: int = Field(examples=[2])
    label: str = Field(description="In the default language.", examples=["cat"])
    active: bool = Field(description="Is it in use in the source?", examples=[True])


class ResolvedTarget(Model):
    """A class in use in the target that the class became, or a part of it did."""

    id: str = Field(examples=[_PET])
    code: int | None = Field(examples=[7])
    label: str = Field(examples=["pet"])
    predicate: str = Field(
        description="SKOS mapping property, from source to target.", examples=["broadMatch"]
    )
    confidence: float = Field(description="From 0 to 1.", examples=[1.0])


class ReferenceAnswer(Model):
    """What became of one reference."""

    query: str = Field(description="The reference as it was given.", examples=["cat"])
    status: str = Field(
        description="`unchanged`, `renamed`, `redefined`, `merged`, `split`, `regrouped`, "
        "`retired`, `restored`; `ambiguous` when several classes have the name; `unknown`.",
        examples=["merged"],
    )
    automatic: bool = Field(
        description="There is exactly one target: data may be rewritten without asking anybody.",
        examples=[True],
    )
    needs_decision: bool = Field(
        description="Somebody must choose among the targets or candidates.", examples=[False]
    )
    how: str | None = Field(
        description="What of the class the reference is: `id`, `code`, `notation`, `preferred`, "
        "`alternative` or `hidden`; a label found without regard to case and accents ends in "
        "`-folded`.",
        examples=["preferred"],
    )
    class_: MeantClass | None = Field(alias="class")
    targets: list[ResolvedTarget] = Field(description="The surest first.")
    by_successors: bool = Field(
        description="The class was retired in the source already; its stored successors were "
        "followed.",
        examples=[False],
    )
    candidates: list[MeantClass] = Field(
        description="Of an ambiguous reference, up to 20 classes.", examples=[[]]
    )
    candidates_total: int = Field(description="How many there are in all.", examples=[0])
    known_in: list[str] = Field(
        description="Of an unknown reference, which of the target and the newest version know it.",
        examples=[[]],
    )


class HopClass(Model):
    """A class on the way."""

    id: str = Field(examples=[_CAT])
    code: int | None = Field(examples=[2])
    label: str = Field(examples=["cat"])


class ResolvedHop(Model):
    """One step on the way of the class."""

    version: str = Field(description="The version that brought it, or `draft`.", examples=["2.0.0"])
    change: str | None = Field(
        description="Id of the change; null for stored successors.", examples=["5d8k1m3n7p"]
    )
    kind: str = Field(examples=["merged"])
    text: str = Field(examples=["“cat” and “dog” were merged into “pet”."])
    from_: list[HopClass] = Field(alias="from")
    to: list[HopClass]
    reverted: bool = Field(
        description="It is taken back, since the target is the older state.", examples=[False]
    )


class SuggestedClass(MeantClass):
    """A class that may be meant by an unknown reference."""

    matched: str = Field(description="The label that is alike.", examples=["cat"])
    how: str = Field(examples=["similar"])


class ReferenceAccount(ReferenceAnswer):
    """What became of one reference, with the way of its class through the versions."""

    taxonomy: str = Field(examples=["pets"])
    from_: str = Field(alias="from", description="Full number, or `draft`.", examples=["1.0.0"])
    to: str = Field(examples=["3.0.0"])
    path: list[ResolvedHop]
    suggestions: list[SuggestedClass] = Field(
        description="Of an unknown reference: classes whose labels are alike. Never an answer.",
        examples=[[]],
    )
