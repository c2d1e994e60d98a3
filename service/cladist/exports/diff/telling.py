"""The words in which a difference is told, whatever it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from cladist.model.correspondence.account import Side
from cladist.model.diff.values import (
    Card,
    CardState,
    Diff,
    FieldChange,
    Operation,
    OperationKind,
    Statements,
)

# Characters that steer a display and are not seen: controls, directions, separators of lines.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)

HEADINGS: Mapping[OperationKind, str] = {
    OperationKind.ADDED: "Added",
    OperationKind.RENAMED: "Renamed",
    OperationKind.MOVED: "Moved",
    OperationKind.MERGED: "Merged",
    OperationKind.SPLIT: "Split",
    OperationKind.REGROUPED: "Regrouped",
    OperationKind.RETIRED: "Retired",
    OperationKind.RESTORED: "Restored",
    OperationKind.REDEFINED: "Redefined",
    OperationKind.EDITED: "Described",
    OperationKind.REORDERED: "Reordered",
    OperationKind.SELECTABLE: "May be picked or not",
    OperationKind.EXCLUSIVITY: "Exclusive groups",
    OperationKind.STRUCTURE: "Label structure",
    OperationKind.TAXONOMY: "The taxonomy itself",
}
"""What stands above the operations of each kind."""

NO_RESIDUAL = "The operations explain every statement of the difference."
TAKEN_BACK = "taken back"


class Level(StrEnum):
    """How much is told; each level tells what those before it tell as well."""

    OPERATIONS = "operations"
    CARDS = "cards"
    STATEMENTS = "statements"

    def shows(self, level: Level) -> bool:
        """Whether this much comprises that level."""
        order = tuple(Level)
        return order.index(self) >= order.index(level)


def named(side: Side) -> str:
    """A side as people name it: taxonomy and version."""
    return f"{side.slug} {side.version}"


def labels(diff: Diff, class_ids: Iterable[str], *, source: bool) -> tuple[str, ...]:
    """The labels that classes have on one side; where they are not on it, those of the other."""
    first, other = (diff.source, diff.target) if source else (diff.target, diff.source)
    return tuple((first if each in first.names else other).label(each) for each in class_ids)


def ends(diff: Diff, operation: Operation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The labels of the classes that an operation starts from and of those that it leads to."""
    before = not operation.reverted  # taken back, its sources stand on the later side
    return (
        labels(diff, operation.sources, source=before),
        labels(diff, operation.targets, source=not before),
    )


def relates(operation: Operation) -> bool:
    """Whether the operation leads from classes to other classes."""
    return bool(operation.sources and operation.targets) and operation.sources != operation.targets


def groups(diff: Diff) -> Iterator[tuple[OperationKind, list[Operation]]]:
    """The operations by kind, in the order of the kinds, the weightiest first."""
    for kind in diff.counts():
        found = [each for each in diff.operations if each.kind is kind]
        yield kind, sorted(found, key=lambda each: -each.bump)


def weight(operation: Operation) -> str:
    """How far an operation moves the version number, in a word."""
    return operation.bump.name.lower()


def said(operation: Operation) -> str:
    """The operation in words; one that runs against time is said to be taken back."""
    return f"Taken back: {operation.text}" if operation.reverted else operation.text


def facts(operation: Operation) -> Iterator[str]:
    """Weight, version, author and time of an operation, those that are known."""
    yield weight(operation)
    yield operation.version
    yield from (each for each in (operation.who, operation.at) if each)


def counted(number: int, one: str, several: str) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else several}"


def summary(diff: Diff) -> str:
    """How much differs, in one sentence."""
    parts = (
        counted(len(diff.operations), "operation", "operations"),
        counted(len(diff.cards), "subject changed", "subjects changed"),
        counted(len(diff.statements.removed), "statement removed", "statements removed"),
        counted(len(diff.statements.added), "statement added", "statements added"),
    )
    return f"{', '.join(parts)}."


def meaning(diff: Diff) -> str:
    """What the difference means for those who use the classes."""
    if diff.bump is None:
        return "No operation lies between the two."
    weightiest = diff.bump.name.lower()
    if any(each.reverted for each in diff.operations):
        return f"The weightiest operation taken back is {weightiest}."
    return f"The weightiest operation is {weightiest}."


def unexplained(residual: Statements) -> str:
    """What is left over, in one sentence."""
    if not len(residual):
        return NO_RESIDUAL
    count = counted(len(residual), "statement", "statements")
    return f"{count} of the difference that no operation explains:"


def title(card: Card) -> tuple[str, ...]:
    """The label of a card's subject, or both where it changed."""
    both = (card.before, card.after)
    return tuple(dict.fromkeys(each for each in both if each)) or (card.id,)


def state(card: Card) -> str:
    """What happened to a card's subject, in a word; a new label is told beside it."""
    renamed = card.state is CardState.CHANGED and len(title(card)) > 1
    return "renamed" if renamed else card.state.value


def values(diff: Diff, change: FieldChange, *, removed: bool) -> tuple[str, ...]:
    """What a field lost or gained, classes by their labels."""
    found = change.removed if removed else change.added
    return labels(diff, found, source=removed) if change.names_classes else found


def visible(text: str) -> str:
    """The text with characters that steer a display shown by their numbers."""
    return _UNSEEN.sub(lambda found: f"⟦U+{ord(found.group()):04X}⟧", text)


def lines(statements: Statements) -> Iterator[tuple[str, str]]:
    """The statements with their signs, those that leave first, without the line ends."""
    for sign, found in (("-", statements.removed), ("+", statements.added)):
        for each in found:
            yield sign, visible(each.decode().rstrip("\n"))
