"""What a service says became of references and of classes, as frozen values."""

from __future__ import annotations

import msgspec

from cladist.client.values import Value


class MeantClass(Value, frozen=True):
    """A class of the source that a reference names, or may name."""

    id: str
    code: int
    label: str
    active: bool


class ResolvedTarget(Value, frozen=True):
    """A class in use in the target that the class became, or a part of it did."""

    id: str
    code: int | None
    label: str
    predicate: str
    confidence: float


class ReferenceAnswer(Value, frozen=True):
    """What became of one reference; data may follow without asking where ``automatic``."""

    query: str
    status: str
    automatic: bool
    needs_decision: bool
    how: str | None
    meant: MeantClass | None = msgspec.field(name="class")
    targets: tuple[ResolvedTarget, ...]
    by_successors: bool
    candidates: tuple[MeantClass, ...]
    candidates_total: int
    known_in: tuple[str, ...]


class HopClass(Value, frozen=True):
    """A class on the way."""

    id: str
    code: int | None
    label: str


class ResolvedHop(Value, frozen=True):
    """One step on the way of a class through the versions."""

    version: str
    change: str | None
    kind: str
    text: str
    sources: tuple[HopClass, ...] = msgspec.field(name="from")
    targets: tuple[HopClass, ...] = msgspec.field(name="to")
    reverted: bool


class SuggestedClass(MeantClass, frozen=True):
    """A class that may be meant by an unknown reference; never an answer."""

    matched: str
    how: str


class ReferenceAccount(ReferenceAnswer, frozen=True):
    """What became of one reference, with the way of its class through the versions."""

    taxonomy: str
    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    path: tuple[ResolvedHop, ...]
    suggestions: tuple[SuggestedClass, ...]


class Side(Value, frozen=True):
    """One of two versions that a correspondence is between."""

    taxonomy: str
    slug: str
    version: str
    language: str


class Notation(Value, frozen=True):
    """A code in somebody else's code system."""

    value: str
    system: str


class CorrespondingClass(Value, frozen=True):
    """A class as it is named on its side."""

    id: str
    code: int | None
    label: str | None
    notations: tuple[Notation, ...]


class Pair(Value, frozen=True):
    """A source and a target class, and how much of each (whole or part) is in the other."""

    source: str
    target: str
    source_part: str
    target_part: str
    predicate: str
    justification: str
    confidence: float
    needs_decision: bool
    changes: tuple[str, ...]


class Component(Value, frozen=True):
    """Classes that hang together."""

    kind: str
    cardinality: str
    sources: tuple[CorrespondingClass, ...]
    targets: tuple[CorrespondingClass, ...]
    pairs: tuple[Pair, ...]


class Loss(Value, frozen=True):
    """How many classes in use need care when data follow; ``share`` is from 0 to 1."""

    classes: int
    without_target: int
    needing_decision: int
    share: float


class Correspondence(Value, frozen=True):
    """What became of the classes of one version in another."""

    source: Side
    target: Side
    counts: dict[str, int]
    loss: Loss
    components: tuple[Component, ...]
