"""The training card of a version, as JSON."""

from __future__ import annotations

from pydantic import Field

from cladist.api.schemas.base import Model, Object

_CLASS: Object = {"index": 0, "code": 2, "id": "https://w3id.org/cladist/id/pets/7k2m9x4q1c"}


class TrainingAdvice(Model):
    """A loss or metric, and why."""

    name: str = Field(examples=["cross entropy"])
    reason: str = Field(examples=["exactly one class applies to an item, so outputs compete."])


class TrainingCard(Model):
    """What a model must know that is trained on a version."""

    format: str = Field(examples=["cladist-training-card-1"])
    taxonomy: str = Field(examples=["pets"])
    iri: str = Field(examples=["https://w3id.org/cladist/id/pets"])
    version: str = Field(examples=["2.0.0"])
    digest: str = Field(description="SHA-256 of the version's content.", examples=["9f2c…"])
    label_structure: str = Field(examples=["single-label"])
    outputs: int = Field(description="Numbers that a model gives for an item.", examples=[2])
    activation: str = Field(examples=["softmax"])
    loss: TrainingAdvice
    metrics: list[TrainingAdvice]
    index: list[Object] = Field(
        description="The class index: place, code, id and label.", examples=[[_CLASS]]
    )
    permutations: Object = Field(
        description="By version: where each output of it is now, `null` where gone, and which"
        " places are new.",
        examples=[{"1.0.0": {"size": 2, "positions": [None, 0], "added": [1]}}],
    )
    class_weights: Object | None = Field(
        None, description="With `usage`: weights of the classes by its counts.", examples=[None]
    )
    nodes: list[Object] = Field(
        [], description="The outputs and all classes above them.", examples=[[]]
    )
    parents: list[list[int]] = Field(
        [], description="For each node the places of its parents.", examples=[[[2], [2], []]]
    )
    exclusive: list[list[list[int]]] = Field(
        [],
        description="Exclusive groups: outputs of one list exclude those of the others.",
        examples=[[[[0], [1]]]],
    )
    target: Object | None = Field(
        None, description="Of a regression: its unit and bounds.", examples=[None]
    )
    tags: list[str] | None = Field(
        None, description="Of a sequence: the tags, which are its outputs.", examples=[None]
    )
    scheme: str | None = Field(
        None, description="Of a sequence: the tagging scheme.", examples=[None]
    )
    slots: list[Object] | None = Field(
        None, description="Of structured labels: what may fill each slot.", examples=[None]
    )
