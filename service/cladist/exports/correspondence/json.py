"""A correspondence as plain values, ready to become JSON."""

from __future__ import annotations

from typing import Any

from cladist.model.correspondence.account import Account, Side
from cladist.model.correspondence.components import ClassPair, Component

Plain = dict[str, Any]


def plain(account: Account) -> Plain:
    """Both sides, and the components with their classes and pairs.

    A class is told once, with its names, in its component; pairs name it by ``id``. ``code`` and
    ``label`` are None where the account has no name of it.
    """
    return {
        "source": _side(account.source),
        "target": _side(account.target),
        "components": [_component(account, each) for each in account.components],
    }


def _side(side: Side) -> Plain:
    return {
        "taxonomy": side.taxonomy,
        "slug": side.slug,
        "version": side.version,
        "language": side.language,
    }


def _component(account: Account, component: Component) -> Plain:
    return {
        "kind": component.kind.value,
        "cardinality": component.cardinality,
        "sources": [_class(account.source, each) for each in component.sources],
        "targets": [_class(account.target, each) for each in component.targets],
        "pairs": [_pair(each) for each in component.pairs],
    }


def _class(side: Side, class_id: str) -> Plain:
    name = side.names.get(class_id)
    return {
        "id": class_id,
        "code": None if name is None else name.code,
        "label": None if name is None else name.label,
        "notations": [
            {"value": each.value, "system": each.system}
            for each in (name.notations if name else ())
        ],
    }


def _pair(pair: ClassPair) -> Plain:
    return {
        "source": pair.source,
        "target": pair.target,
        "source_part": pair.source_part.value,
        "target_part": pair.target_part.value,
        "predicate": pair.predicate,
        "justification": pair.justification,
        "confidence": pair.confidence,
        "needs_decision": pair.needs_decision,
        "changes": list(pair.changes),
    }
