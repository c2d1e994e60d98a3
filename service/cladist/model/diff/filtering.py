"""A part of a difference: some kinds of operation, some classes, one language."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from cladist.model.change import kinds
from cladist.model.diff.values import Card, Diff, Operation, OperationKind, Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What of a difference is wanted; ``None`` leaves a side of it open.

    ``language`` keeps texts of that language alone, and the operations that are about such a text.
    """

    kinds: frozenset[OperationKind] | None = None
    classes: AbstractSet[str] | None = None
    language: str | None = None

    def within(self, classes: AbstractSet[str]) -> Scope:
        """The same, of these classes alone."""
        return replace(self, classes=classes)


EVERYTHING = Scope()


def narrowed(diff: Diff, scope: Scope) -> Diff:
    """The part of the difference that is wanted; its residual stays whole, so that none hides."""
    if scope == EVERYTHING:
        return diff
    operations = tuple(each for each in diff.operations if _wanted(each, scope))
    about = {each for op in operations for each in (*op.sources, *op.targets)}
    cards = tuple(
        card
        for each in diff.cards
        if (card := _card(each, scope)) is not None and (scope.kinds is None or each.id in about)
    )
    keys = {card.id for card in cards}
    statements = Statements(
        _lines(diff.statements.removed, keys, scope), _lines(diff.statements.added, keys, scope)
    )
    return replace(diff, operations=operations, cards=cards, statements=statements)


def _wanted(operation: Operation, scope: Scope) -> bool:
    if scope.kinds is not None and operation.kind not in scope.kinds:
        return False
    if scope.classes is not None and scope.classes.isdisjoint(
        (*operation.sources, *operation.targets)
    ):
        return False
    return scope.language is None or scope.language in set(_languages(operation))


def _languages(operation: Operation) -> Iterable[str]:
    """The languages of the texts that an operation sets."""
    change = operation.change
    if isinstance(change, kinds.RenameClass):
        yield change.label.language
    elif isinstance(change, kinds.RedefineClass):
        yield from (each.language for each in change.definitions)
    elif isinstance(change, kinds.AddClass):
        yield from (each.language for each in (*change.new.preferred, *change.new.definitions))
    elif isinstance(change, kinds.EditClass):
        for texts in (change.preferred, change.alternative, change.hidden, change.scope_notes):
            yield from (each.language for each in texts or ())
        for texts in (change.examples, change.counter_examples, change.boundary_notes):
            yield from (each.language for each in texts or ())


def _card(card: Card, scope: Scope) -> Card | None:
    if scope.classes is not None and card.id not in scope.classes:
        return None
    if scope.language is None:
        return card
    fields = tuple(each for each in card.fields if each.language == scope.language)
    return replace(card, fields=fields) if fields else None


def _lines(lines: Iterable[bytes], keys: AbstractSet[str], scope: Scope) -> tuple[bytes, ...]:
    tag = f"@{scope.language} ".encode()
    return tuple(
        line
        for line in lines
        if line.split(b" ", 1)[0][1:-1].decode() in keys
        and (scope.language is None or tag in line[-len(tag) - 300 :])
    )
