"""What the header says with subjects of its own: slots, relations, rule settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from cladist.model.taxonomy import (
    Enforcement,
    LabelStructure,
    Relation,
    RuleSetting,
    Slot,
    Structure,
)
from cladist.rdf import words
from cladist.rdf.namespaces import XSD
from cladist.rdf.terms import is_iri, literal

T = TypeVar("T")

_KINDS = {token: kind for kind, token in words.STRUCTURES.items()}
_ENFORCEMENTS = {f'"{each}"': each for each in Enforcement}
_DECIMAL = f'"^^<{XSD}decimal>'
_INTEGER = f'"^^<{XSD}integer>'


class Kept:
    """What is said of one subject, of which fields take what they understand."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = list(pairs)

    def drop(self, predicate: str, token: str) -> None:
        """Take one statement away if it is there."""
        if (predicate, token) in self.pairs:
            self.pairs.remove((predicate, token))

    def one(self, predicate: str, fits: Callable[[str], bool]) -> str:
        """Take the first fitting object of the predicate; empty when there is none."""
        for pair in self.pairs:
            if pair[0] == predicate and fits(pair[1]):
                self.pairs.remove(pair)
                return pair[1]
        return ""

    def all(self, predicate: str, convert: Callable[[str], T | None]) -> list[T]:
        """Take every object of the predicate that can be converted."""
        taken: list[T] = []
        left: list[tuple[str, str]] = []
        for pair in self.pairs:
            value = convert(pair[1]) if pair[0] == predicate else None
            if value is None:
                left.append(pair)
            else:
                taken.append(value)
        self.pairs = left
        return taken


def read_structure(
    kept: Kept, found: Mapping[str, list[tuple[str, str]]]
) -> tuple[LabelStructure, list[str]]:
    """The label structure, and the subjects (slots and relations) that it took in."""
    slots, relations, used = [], [], []
    for token in [pair[1] for pair in kept.pairs if pair[0] == words.HAS_SLOT]:
        slot = _slot(token, found.get(token, []))
        if slot is not None:
            slots.append(slot)
            used.append(token)
            kept.drop(words.HAS_SLOT, token)
    for token in [pair[1] for pair in kept.pairs if pair[0] == words.HAS_RELATION]:
        relation = _relation(token, found.get(token, []))
        if relation is not None:
            relations.append(relation)
            used.append(token)
            kept.drop(words.HAS_RELATION, token)
    kind = kept.one(words.STRUCTURE, _KINDS.__contains__)
    bounds = {field: kept.one(token, _is_decimal) for token, field in words.BOUNDS.items()}
    structure = LabelStructure(
        kind=_KINDS[kind] if kind else Structure.SINGLE_LABEL,
        tagging_scheme=_plain(kept.one(words.TAGGING, _is_plain)),
        unit=kept.one(words.UNIT, is_iri)[1:-1],
        slots=tuple(sorted(slots, key=lambda each: each.id)),
        relations=tuple(sorted(relations)),
        **{field: _plain(token) for field, token in bounds.items()},
    )
    return structure, used


def _slot(token: str, pairs: list[tuple[str, str]]) -> Slot | None:
    """A slot, if its statements say just what a slot has."""
    kept = Kept(pairs)
    kept.drop(words.TYPE, words.SLOT)
    role = kept.one(words.ROLE, _is_plain)
    owner, value = kept.one(words.SLOT_OF, is_iri), kept.one(words.VALUE_CLASS, is_iri)
    low, high = kept.one(words.MIN_COUNT, _is_count), kept.one(words.MAX_COUNT, _is_count)
    if kept.pairs or not (role and owner and value and low):
        return None
    return Slot(
        id=token[1:-1],
        role=_plain(role),
        owner=owner[1:-1],
        value=value[1:-1],
        minimum=int(_plain(low)),
        maximum=int(_plain(high)) if high else None,
    )


def _relation(token: str, pairs: list[tuple[str, str]]) -> Relation | None:
    kept = Kept(pairs)
    kept.drop(words.TYPE, words.RELATION)
    role = kept.one(words.ROLE, _is_plain)
    source, target = kept.one(words.FROM, is_iri), kept.one(words.TO, is_iri)
    if kept.pairs or not (role and source and target):
        return None
    return Relation(id=token[1:-1], role=_plain(role), source=source[1:-1], target=target[1:-1])


def read_rules(
    taxonomy: str, kept: Kept, found: Mapping[str, list[tuple[str, str]]]
) -> tuple[tuple[RuleSetting, ...], list[str]]:
    """How the taxonomy takes validation rules, and the subjects that say so."""
    settings, used = [], []
    for token in [pair[1] for pair in kept.pairs if pair[0] == words.HAS_SETTING]:
        setting = _setting(found.get(token, []))
        if setting is not None and token[1:-1] == words.setting_id(taxonomy, setting.rule):
            settings.append(setting)
            used.append(token)
            kept.drop(words.HAS_SETTING, token)
    return tuple(sorted(settings)), used


def _setting(pairs: list[tuple[str, str]]) -> RuleSetting | None:
    kept = Kept(pairs)
    kept.drop(words.TYPE, words.SETTING)
    rule, reason = kept.one(words.RULE, _is_plain), kept.one(words.SETTING_REASON, _is_plain)
    enforcement = kept.one(words.ENFORCEMENT, _ENFORCEMENTS.__contains__)
    if kept.pairs or not (rule and enforcement):
        return None
    return RuleSetting(
        rule=_plain(rule), enforcement=_ENFORCEMENTS[enforcement], reason=_plain(reason)
    )


def _plain(token: str) -> str:
    return literal(token).value if token else ""


def _is_plain(token: str) -> bool:
    return token[0] == token[-1] == '"' and len(token) > 2


def _is_decimal(token: str) -> bool:
    return token.endswith(_DECIMAL)


def _is_count(token: str) -> bool:
    value = token[1 : -len(_INTEGER)]
    fits = token.endswith(_INTEGER) and value.isdecimal() and len(value) <= 16
    return fits and str(int(value)) == value
