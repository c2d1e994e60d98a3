"""A difference as plain values, which any JSON writer takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cladist.exports.diff import telling
from cladist.exports.diff.telling import Level
from cladist.model.correspondence.account import Side
from cladist.model.diff.values import Card, Diff, FieldChange, Operation, Statements
from cladist.wire import Json, as_json


def plain(diff: Diff, level: Level = Level.STATEMENTS) -> Json:
    """The difference as an object; ``cards`` and ``statements`` are there if the level shows them.

    Classes stand with id and label, statements as N-Quads lines without their line ends.
    """
    found: Json = {
        "source": _side(diff.source),
        "target": _side(diff.target),
        "level": level.value,
        "summary": _summary(diff),
        "operations": [_operation(diff, each) for each in diff.operations],
    }
    if level.shows(Level.CARDS):
        found["cards"] = [_card(diff, each) for each in diff.cards]
    if level.shows(Level.STATEMENTS):
        found["statements"] = _statements(diff.statements)
    return {**found, "residual": _statements(diff.residual)}


def _side(side: Side) -> Json:
    return {"taxonomy": side.taxonomy, "slug": side.slug, "version": side.version}


def _summary(diff: Diff) -> Json:
    return {
        "operations": len(diff.operations),
        "kinds": {kind.value: count for kind, count in diff.counts().items()},
        "bump": None if diff.bump is None else diff.bump.name.lower(),
        "cards": len(diff.cards),
        "removed": len(diff.statements.removed),
        "added": len(diff.statements.added),
        "residual": len(diff.residual),
    }


def _operation(diff: Diff, operation: Operation) -> Json:
    sources, targets = telling.ends(diff, operation)
    return {
        "id": operation.id,
        "kind": operation.kind.value,
        "version": operation.version,
        "text": operation.text,
        "bump": telling.weight(operation),
        "reverted": operation.reverted,
        "sources": _classes(operation.sources, sources),
        "targets": _classes(operation.targets, targets),
        "who": operation.who,
        "at": operation.at,
        "why": operation.why,
        "change": as_json(operation.change),
    }


def _card(diff: Diff, card: Card) -> Json:
    return {
        "id": card.id,
        "subject": card.subject.value,
        "state": card.state.value,
        "before": card.before,
        "after": card.after,
        "fields": [_field(diff, each) for each in card.fields],
    }


def _field(diff: Diff, change: FieldChange) -> Json:
    return {
        "field": change.field,
        "language": change.language,
        "names_classes": change.names_classes,
        "removed": _values(diff, change, removed=True),
        "added": _values(diff, change, removed=False),
        "words": [{"mark": each.mark.value, "text": each.text} for each in change.words],
    }


def _values(diff: Diff, change: FieldChange, *, removed: bool) -> list[Any]:
    found = change.removed if removed else change.added
    if not change.names_classes:
        return list(found)
    return _classes(found, telling.labels(diff, found, source=removed))


def _classes(class_ids: Iterable[str], labels: Iterable[str]) -> list[Any]:
    return [
        {"id": class_id, "label": label} for class_id, label in zip(class_ids, labels, strict=True)
    ]


def _statements(statements: Statements) -> Json:
    return {
        "removed": [each.decode().rstrip("\n") for each in statements.removed],
        "added": [each.decode().rstrip("\n") for each in statements.added],
    }
