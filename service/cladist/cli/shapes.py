"""How model values look in the JSON that verbs answer with; keys never change their meaning."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from cladist.model.taxonomy import Class, Group, Header, Taxonomy, is_selectable

if TYPE_CHECKING:
    from cladist.catalog.values import Draft, Recorded, Version
    from cladist.ledger.records import VersionSummary
    from cladist.model.change.effect import Effect, Swap
    from cladist.validation.custom import CustomShapes
    from cladist.validation.report import Report, Result

Json = dict[str, Any]
TITLES = {
    "preferred": "label",
    "alternative": "other labels",
    "hidden": "hidden labels",
    "definitions": "definition",
    "extra": "other statements",
    "retirement": "retired",
}
"""What people call the fields whose own name would not do."""


def plain(value: Any) -> Any:
    """A model value as JSON: records become objects with all their fields."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value


def title_of(header: Header) -> str:
    """The title in the default language, else in any, else nothing."""
    best = ""
    for text in header.titles:
        if text.language == header.default_language:
            return text.value
        best = best or text.value
    return best


def class_json(taxonomy: Taxonomy, item: Class, position: int | None) -> Json:
    """A class: its fields, its label, whether it may be picked, and its class index."""
    return {
        "id": item.id,
        "code": item.code,
        "label": item.label(taxonomy.header.default_language),
        "index": position,
        "active": item.active,
        **{**plain(item), "selectable": is_selectable(taxonomy, item)},
    }


def group_json(taxonomy: Taxonomy, group: Group) -> Json:
    """An exclusive group and the labels of its members."""
    language = taxonomy.header.default_language
    found = (taxonomy.classes.get(each) for each in group.members)
    return {
        **plain(group),
        "member_labels": [each.label(language) for each in found if each is not None],
    }


def draft_json(draft: Draft) -> Json:
    """Where a draft stands, without its changes."""
    return {
        "slug": draft.slug,
        "iri": draft.iri,
        "revision": draft.revision,
        "base_version": draft.base_version,
        "proposed": str(draft.proposed),
        "length": len(draft.changes),
    }


def change_json(recorded: Recorded) -> Json:
    """One change of a draft and what it does."""
    from cladist.wire import as_json

    record = recorded.record
    return {
        "id": record.id,
        "op": recorded.change.op,
        "bump": recorded.reason.bump.name.lower(),
        "text": recorded.reason.text,
        "who": record.who,
        "at": record.at,
        "why": record.why,
        "evidence": None if record.evidence is None else json.loads(record.evidence),
        "change": as_json(recorded.change),
        "effect": effect_json(recorded.effect),
    }


def effect_json(effect: Effect) -> Json:
    """What a change does: the fields of each thing that it touches, before and after."""
    return {
        "classes": [_swap_json(each) for each in effect.classes],
        "groups": [_swap_json(each) for each in effect.groups],
        "taxonomy": None if effect.header is None else _swap_json(effect.header),
        "others": [_swap_json(each) for each in effect.others],
    }


def _swap_json(swap: Swap[Any]) -> Json:
    return {
        "id": swap.key,
        "new": swap.before is None,
        "gone": swap.after is None,
        "fields": {
            name: {"before": plain(before), "after": plain(after)}
            for name, before, after in differences(swap)
        },
    }


def differences(swap: Swap[Any]) -> Sequence[tuple[str, Any, Any]]:
    """The fields that differ: name, before, after; ``None`` on the side that does not exist."""
    one = swap.before if swap.before is not None else swap.after
    if not is_dataclass(one):
        return [("statements", swap.before, swap.after)]
    found = []
    for field in fields(one):
        before = getattr(swap.before, field.name, None)
        after = getattr(swap.after, field.name, None)
        if before != after and (before or after or None not in (swap.before, swap.after)):
            found.append((field.name, before, after))
    return found


def version_json(version: VersionSummary | Version) -> Json:
    """A published version as lists show it."""
    return {
        "slug": version.slug,
        "number": version.number,
        "previous": version.previous,
        "sha256": version.sha,
        "notes": version.notes,
        "who": version.who,
        "at": version.at,
    }


def report_json(report: Report) -> Json:
    """What a validation found."""
    return {
        "conforms": report.conforms,
        "violations": report.standing,
        "counts": dict(report.counts),
        "results": [result_json(each) for each in report.results],
        "rules_run": list(report.rules_run),
        "engine": report.engine,
        "shapes_digest": report.shapes_digest,
    }


def result_json(result: Result) -> Json:
    return {
        "rule": result.rule,
        "title": result.title,
        "severity": result.severity.value,
        "enforcement": result.enforcement.value,
        "message": result.message,
        "advice": result.advice,
        "subject": result.subject,
        "classes": plain(result.classes),
        "value": result.value,
    }


def shapes_json(found: CustomShapes, trusted: bool) -> Json:
    """The shapes that a taxonomy brings."""
    return {
        "digest": found.digest,
        "trusted": trusted,
        "shapes": [
            {
                "rule": rule,
                "shape": shape,
                "title": found.title(shape),
                "severity": found.severity(shape).value,
                "advice": found.advice(shape),
            }
            for shape, rule in found.rules.items()
        ],
    }
