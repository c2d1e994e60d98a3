"""The difference of two states at three levels, as values: operations, cards, statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cladist.model.change.kinds import Change
from cladist.model.correspondence.account import Side
from cladist.model.version import Bump


class OperationKind(StrEnum):
    """What people call an operation."""

    ADDED = "added"
    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    REGROUPED = "regrouped"
    RETIRED = "retired"
    RESTORED = "restored"
    REDEFINED = "redefined"
    EDITED = "edited"
    REORDERED = "reordered"
    SELECTABLE = "selectable"
    EXCLUSIVITY = "exclusivity"
    STRUCTURE = "structure"
    TAXONOMY = "taxonomy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One change between the two states: what was meant, by whom, why, and how far it reaches.

    ``sources`` and ``targets`` are ids of classes as they were and as they became. ``reverted``
    says that the difference runs against time, so that the operation is taken back by it.
    """

    id: str
    kind: OperationKind
    version: str
    """The version that brought it, or ``draft``."""
    text: str
    bump: Bump
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    change: Change
    who: str = ""
    at: str = ""
    why: str = ""
    reverted: bool = False


class CardState(StrEnum):
    """What happened to the subject of a card, in a word."""

    ADDED = "added"
    REMOVED = "removed"
    RETIRED = "retired"
    RESTORED = "restored"
    CHANGED = "changed"


class Subject(StrEnum):
    """What a card is about."""

    CLASS = "class"
    GROUP = "group"
    TAXONOMY = "taxonomy"
    OTHER = "other"


class Mark(StrEnum):
    """What happened to a stretch of a text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a text, and whether they stayed, went or came."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """The values that one field lost and gained, in one language where it has languages.

    Values that are class ids say so by ``names_classes``. ``words`` marks the words where one text
    gave way to one other.
    """

    field: str
    language: str = ""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    names_classes: bool = False
    words: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What changed of one class, group, the taxonomy itself or another subject, field by field."""

    id: str
    subject: Subject
    state: CardState
    before: str
    """Its label in the source; empty when it was not there."""
    after: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """Lines of canonical N-Quads, sorted, that leave and come."""

    removed: tuple[bytes, ...] = ()
    added: tuple[bytes, ...] = ()

    def __len__(self) -> int:
        return len(self.removed) + len(self.added)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Everything that differs between two states.

    ``residual`` are the statements of the difference that no operation explains.
    """

    source: Side
    target: Side
    operations: tuple[Operation, ...]
    cards: tuple[Card, ...]
    statements: Statements
    residual: Statements = Statements()

    def counts(self) -> Mapping[OperationKind, int]:
        """How many operations of each kind there are, those that there are none of left out."""
        found = Counter(each.kind for each in self.operations)
        return {kind: found[kind] for kind in OperationKind if found[kind]}

    @property
    def bump(self) -> Bump | None:
        """The weight of the weightiest operation."""
        return max((each.bump for each in self.operations), default=None)
