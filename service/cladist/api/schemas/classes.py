"""Classes of a state as JSON; they describe what ``listing.py`` writes out."""

from __future__ import annotations

from pydantic import Field

from cladist.api.schemas.base import Model, Object

_CLASS = "https://w3id.org/cladist/id/pets/7k2m9x4q1c"


class Head(Model):
    """Which state the answer is about."""

    taxonomy: str = Field(examples=["pets"])
    iri: str = Field(examples=["https://w3id.org/cladist/id/pets"])
    version: str = Field(description="The full number, or `draft`.", examples=["2.1.0"])
    digest: str = Field(
        description="SHA-256 of the version's content; of a draft a mark of its state.",
        examples=["9f86d081884c7d65…"],
    )


class ClassLine(Model):
    """A class as labeling tools need it."""

    id: str = Field(description="The IRI, which never changes.", examples=[_CLASS])
    code: int = Field(description="Given once, never reused.", examples=[2])
    index: int | None = Field(
        description="The place in the class index; null if not selectable.", examples=[0]
    )
    label: str = Field(description="In the default language.", examples=["cat"])
    labels: dict[str, str] = Field(
        description="Preferred labels by language.", examples=[{"en": "cat", "de": "Katze"}]
    )
    parents: list[str] = Field(examples=[["https://w3id.org/cladist/id/pets/3w8t5n0v6h"]])
    selectable: bool = Field(description="May annotators pick it?", examples=[True])
    colour: str | None = Field(examples=["#1A2B3C"])
    hotkey: str | None = Field(examples=["c"])


class DefinedLine(ClassLine):
    """A class with its definition, where definitions were asked for."""

    definition: str | None = Field(None, examples=["A small feline kept at home."])


class ClassList(Head):
    """The classes of a state with its label structure and what that means for training."""

    label_structure: Object = Field(examples=[{"kind": "single-label"}])
    training: Object = Field(examples=[{"activation": "softmax", "loss": "cross-entropy"}])
    default_language: str = Field(examples=["en"])
    count: int = Field(examples=[1])
    classes: list[DefinedLine]


class BranchLine(ClassLine):
    """A class and how many children it has."""

    children: int = Field(examples=[3])


class NodeLine(BranchLine):
    """A class with those under it."""

    below: list[NodeLine] = Field(examples=[[]])


class ClassTree(Head):
    """Nested classes; ``truncated`` when the tree has more than its bound."""

    truncated: bool = Field(examples=[False])
    tree: list[NodeLine]


class ClassPage(Head):
    """A page of the children of a class, or of the top classes."""

    parent: str | None = Field(examples=[_CLASS])
    offset: int = Field(examples=[0])
    limit: int = Field(examples=[100])
    total: int = Field(description="How many there are in all.", examples=[3])
    classes: list[BranchLine]


class Matched(Model):
    """What answered to a search."""

    label: str = Field(examples=["kitty"])
    language: str = Field(examples=["en"])
    how: str = Field(examples=["alternative"])


class HitLine(ClassLine):
    """A class that was found."""

    active: bool = Field(examples=[True])
    matched: Matched


class Found(Head):
    """Sure hits, the surest first, and apart from them guesses at typing errors."""

    query: str = Field(examples=["kit"])
    hits: list[HitLine]
    suggestions: list[HitLine]


class WholeClass(Head):
    """One class with all that is said of it."""

    class_: Object = Field(
        alias="class",
        description="All fields of the class, every path down to it as ids and labels, its place "
        "in the class index, the exclusive groups it is in.",
        examples=[
            {
                "id": _CLASS,
                "code": 2,
                "label": "cat",
                "index": 0,
                "active": True,
                "selectable": True,
                "preferred": [{"value": "cat", "language": "en"}],
                "definitions": [{"value": "A small feline kept at home.", "language": "en"}],
                "paths": [[{"id": _CLASS, "label": "cat"}]],
            }
        ],
    )


class IndexLine(Model):
    """A place of the class index."""

    index: int = Field(examples=[0])
    id: str = Field(examples=[_CLASS])
    code: int = Field(examples=[2])
    label: str = Field(examples=["cat"])


class ClassIndex(Head):
    """What a training head predicts: the selectable classes at their places."""

    sha256: str = Field(
        description="Over the ids, one a line without a last line end.",
        examples=["9f86d081884c7d65…"],
    )
    size: int = Field(examples=[1])
    classes: list[IndexLine]


class Permutation(Model):
    """How the class index of one state became that of another."""

    taxonomy: str = Field(examples=["pets"])
    from_: str = Field(alias="from", examples=["1.0.0"])
    to: str = Field(examples=["2.0.0"])
    size_from: int = Field(examples=[3])
    size_to: int = Field(examples=[3])
    positions: list[int | None] = Field(
        description="For each old place the new one; null where the class is gone.",
        examples=[[0, 2, None]],
    )
    added: list[int] = Field(description="New places without an old one.", examples=[[1]])


class Resolved(Model):
    """Where an IRI leads."""

    location: str = Field(examples=["/api/v1/taxonomies/pets/versions/latest/class?id=…"])
