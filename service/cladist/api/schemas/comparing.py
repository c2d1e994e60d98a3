"""Differences and correspondences as JSON; they describe what ``exports`` writes out."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from cladist.api.schemas.base import Model, Object

_CAT = "https://w3id.org/cladist/id/pets/7k2m9x4q1c"
_PET = "https://w3id.org/cladist/id/pets/3w8t5n0v6h"


class StateSide(Model):
    """One of the two states that are compared."""

    taxonomy: str = Field(description="Its IRI.", examples=["https://w3id.org/cladist/id/pets"])
    slug: str = Field(examples=["pets"])
    version: str = Field(description="The full number, or `draft`.", examples=["1.0.0"])


class NamedClass(Model):
    """A class and its label on the side where it is told of."""

    id: str = Field(examples=[_CAT])
    label: str = Field(examples=["cat"])


class OperationModel(Model):
    """One change that lies between the two states."""

    id: str = Field(description="That of the change.", examples=["7k2m9x4q1c"])
    kind: str = Field(examples=["renamed"])
    version: str = Field(description="The version that brought it, or `draft`.", examples=["1.1.0"])
    text: str = Field(examples=["“cat” was renamed to “house cat”."])
    bump: str = Field(description="`major`, `minor` or `patch`.", examples=["minor"])
    reverted: bool = Field(
        description="Whether it is taken back, since the target is the older state.",
        examples=[False],
    )
    sources: list[NamedClass]
    targets: list[NamedClass]
    who: str = Field(examples=["Ada Lovelace"])
    at: str = Field(examples=["2026-01-31T12:00:00.000000Z"])
    why: str = Field(examples=["Asked for by the clinic."])
    change: Object = Field(examples=[{"op": "rename_class", "id": _CAT}])


class WordsModel(Model):
    """Some words of a text that stayed, went or came."""

    mark: str = Field(description="`same`, `removed` or `added`.", examples=["added"])
    text: str = Field(examples=["house "])


class FieldModel(Model):
    """The values that one field lost and gained."""

    field: str = Field(examples=["preferred"])
    language: str = Field(description="Empty where it has none.", examples=["en"])
    names_classes: bool = Field(
        description="Whether the values are classes, each with id and label.", examples=[False]
    )
    removed: list[Any] = Field(examples=[["cat"]])
    added: list[Any] = Field(examples=[["house cat"]])
    words: list[WordsModel] = Field(description="Where one text gave way to one other.")


class CardModel(Model):
    """What changed of one class, group, the taxonomy or another subject."""

    id: str = Field(examples=[_CAT])
    subject: str = Field(description="`class`, `group`, `taxonomy` or `other`.", examples=["class"])
    state: str = Field(
        description="`added`, `removed`, `retired`, `restored` or `changed`.", examples=["changed"]
    )
    before: str = Field(description="Its label in the source.", examples=["cat"])
    after: str = Field(description="Its label in the target.", examples=["house cat"])
    fields: list[FieldModel]


class StatementsModel(Model):
    """Statements that leave and come, as canonical N-Quads without line ends."""

    removed: list[str] = Field(examples=[[f'<{_CAT}> <…#prefLabel> "cat"@en .']])
    added: list[str] = Field(examples=[[f'<{_CAT}> <…#prefLabel> "house cat"@en .']])


class DiffSummary(Model):
    """How much differs, of what was asked for."""

    operations: int = Field(examples=[1])
    kinds: dict[str, int] = Field(
        description="Operations by kind; those that there are none of are left out.",
        examples=[{"renamed": 1}],
    )
    bump: str | None = Field(description="The weightiest operation's.", examples=["minor"])
    cards: int = Field(examples=[1])
    removed: int = Field(description="Statements that leave.", examples=[1])
    added: int = Field(description="Statements that come.", examples=[2])
    residual: int = Field(description="Statements that no operation explains.", examples=[0])


class Diff(Model):
    """What differs between two states."""

    source: StateSide
    target: StateSide
    level: str = Field(description="How far it goes.", examples=["cards"])
    summary: DiffSummary
    operations: list[OperationModel]
    cards: list[CardModel] | None = Field(
        None, description="Where the level is `cards` or `statements`."
    )
    statements: StatementsModel | None = Field(None, description="Where the level is `statements`.")
    residual: StatementsModel = Field(
        description="What no operation explains, of the whole difference."
    )


class LanguageSide(StateSide):
    """One side of a correspondence."""

    language: str = Field(description="The language of its labels.", examples=["en"])


class NotationModel(Model):
    """A code in somebody else's code system."""

    value: str = Field(examples=["0111"])
    system: str = Field(examples=["https://example.org/isic"])


class CorrespondingClass(Model):
    """A class as it is named on its side."""

    id: str = Field(examples=[_CAT])
    code: int | None = Field(examples=[2])
    label: str | None = Field(examples=["cat"])
    notations: list[NotationModel]


class PairModel(Model):
    """A source and a target class, and how much of each is in the other."""

    source: str = Field(examples=[_CAT])
    target: str = Field(examples=[_PET])
    source_part: str = Field(description="`whole` or `part`.", examples=["whole"])
    target_part: str = Field(description="`whole` or `part`.", examples=["part"])
    predicate: str = Field(description="A SKOS mapping property.", examples=["broadMatch"])
    justification: str = Field(description="A term of semapv.", examples=["ManualMappingCuration"])
    confidence: float = Field(examples=[1.0])
    needs_decision: bool = Field(
        description="Whether the source class has no single certain target.", examples=[False]
    )
    changes: list[str] = Field(
        description="The changes that made the pair.", examples=[["7k2m9x4q1c"]]
    )


class ComponentModel(Model):
    """Classes that hang together."""

    kind: str = Field(
        description="`unchanged`, `renamed`, `redefined`, `merged`, `split`, `regrouped`, "
        "`retired`, `added` or `restored`.",
        examples=["merged"],
    )
    cardinality: str = Field(examples=["n:1"])
    sources: list[CorrespondingClass]
    targets: list[CorrespondingClass]
    pairs: list[PairModel]


class LossModel(Model):
    """How many classes in use need care when data follow."""

    classes: int = Field(description="Classes in use in the source.", examples=[4])
    without_target: int = Field(examples=[0])
    needing_decision: int = Field(examples=[1])
    share: float = Field(description="Their part of the classes, from 0 to 1.", examples=[0.25])


class CorrespondenceModel(Model):
    """What became of the classes of one state in another."""

    source: LanguageSide
    target: LanguageSide
    counts: dict[str, int] = Field(
        description="Components by kind, those that are told; none of a kind is left out.",
        examples=[{"merged": 1}],
    )
    loss: LossModel
    total: int = Field(description="How many components there are in all.", examples=[1])
    offset: int = Field(description="How many were passed over.", examples=[0])
    components: list[ComponentModel]
