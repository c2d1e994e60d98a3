"""Planning the changes around the classes: exclusive groups, label structure, the header."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cladist.model.change import checks
from cladist.model.change.effect import Effect, groups_effect, header_effect, others_effect
from cladist.model.change.kinds import (
    EditTaxonomy,
    RemoveExclusiveGroup,
    SetExclusiveGroup,
    SetLabelStructure,
)
from cladist.model.errors import InvalidChange, InvalidValue, UnknownGroup
from cladist.model.identifiers import check_iri, check_language, check_slug, check_text
from cladist.model.taxonomy import Enforcement, Group, LabelStructure, RuleSetting, State

_DECIMAL = re.compile(r"(-?)([0-9]{1,30})(?:\.([0-9]{1,30}))?")
TAGGING_SCHEMES = ("IO", "IOB1", "BIO", "BIOES", "BILOU")


def set_exclusive_group(state: State, change: SetExclusiveGroup) -> Effect:
    """The group holds these members from now on."""
    group = _clean_group(state, change.group)
    return Effect(groups=groups_effect(state, {group.id: group}))


def remove_exclusive_group(state: State, change: RemoveExclusiveGroup) -> Effect:
    """The group is gone."""
    if change.id not in state.groups:
        raise UnknownGroup(change.id)
    return Effect(groups=groups_effect(state, {change.id: None}))


def set_label_structure(state: State, change: SetLabelStructure) -> Effect:
    """The taxonomy's label structure is this one from now on."""
    structure = _clean_structure(state, change.structure)
    return Effect(header=header_effect(state, replace(state.header, structure=structure)))


def edit_taxonomy(state: State, change: EditTaxonomy) -> Effect:
    """The header fields given take their new values; other subjects are replaced whole."""
    cleaners: dict[str, Callable[[Any], Any]] = {
        "titles": lambda given: checks.texts(given, "title"),
        "descriptions": lambda given: checks.texts(given, "description"),
        "license": lambda given: given and check_text(given, "license"),
        "source": lambda given: given and check_text(given, "source"),
        "namespace": lambda given: given and check_iri(given, "namespace"),
        "default_language": lambda given: check_language(given, "default_language"),
        "selectable_rule": lambda given: given,
        "polyhierarchy": lambda given: given,
        "rules": _clean_rules,
        "extra": checks.statements,
    }
    fields = {
        field: clean(getattr(change, field))
        for field, clean in cleaners.items()
        if getattr(change, field) is not None
    }
    header = replace(state.header, **fields)
    resources = {
        check_subject(state, each.subject): checks.statements(each.statements) or None
        for each in change.resources or ()
    }
    return Effect(header=header_effect(state, header), others=others_effect(state, resources))


def check_subject(state: State, subject: str) -> str:
    """A subject that is neither taxonomy, class nor group."""
    taken = (state.classes, state.groups, (state.header.iri,))
    if any(subject in each for each in taken):
        raise InvalidChange(f"{subject} is no other subject; edit it by a change of its own.")
    return check_iri(subject, "subject")


def _clean_rules(given: tuple[RuleSetting, ...]) -> tuple[RuleSetting, ...]:
    if len({each.rule for each in given}) != len(given):
        raise InvalidValue("rules", "a rule is set twice.")
    return tuple(sorted(_clean_rule(each) for each in given))


def _clean_rule(given: RuleSetting) -> RuleSetting:
    check_slug(given.rule)
    if not given.reason and given.enforcement is Enforcement.ENFORCE:
        return given
    return replace(given, reason=check_text(given.reason, f"the reason for rule {given.rule}"))


def _clean_group(state: State, group: Group) -> Group:
    check_iri(group.id, "group")
    if group.id in state.classes or group.id == state.header.iri:
        raise InvalidChange(f"The id {group.id} is taken by something else.", group.id)
    members = checks.as_set(group.members)
    for member in members:
        checks.active(state, member)
    if len(members) < 2:
        raise InvalidChange("An exclusive group needs two classes or more.", *members)
    if group.under:
        checks.active(state, group.under)
    if group.exhaustive and not group.under:
        raise InvalidChange("An exhaustive group needs the class under which it is exhaustive.")
    return replace(
        group,
        members=members,
        labels=checks.texts(group.labels, "group label"),
        extra=checks.statements(group.extra),
    )


def _clean_structure(state: State, structure: LabelStructure) -> LabelStructure:
    scheme = structure.tagging_scheme.upper()
    if scheme and scheme not in TAGGING_SCHEMES:
        raise InvalidValue("tagging_scheme", f"use one of {', '.join(TAGGING_SCHEMES)}.")
    for slot in structure.slots:
        _check_named(slot.id, slot.role)
        for count in (slot.minimum, slot.maximum or 0):
            if not 0 <= count <= checks.CODE_LIMIT:
                raise InvalidValue("slots", f"{slot.role}: a count is a whole number from 0 on.")
        checks.active(state, slot.owner)
        checks.active(state, slot.value)
    for relation in structure.relations:
        _check_named(relation.id, relation.role)
        checks.active(state, relation.source)
        checks.active(state, relation.target)
    return replace(
        structure,
        tagging_scheme=scheme,
        unit=structure.unit and check_iri(structure.unit, "unit"),
        minimum=_decimal(structure.minimum, "minimum"),
        maximum=_decimal(structure.maximum, "maximum"),
        step=_decimal(structure.step, "step"),
        slots=tuple(sorted(structure.slots, key=lambda each: each.id)),
        relations=tuple(sorted(structure.relations)),
    )


def _check_named(part: str, role: str) -> None:
    check_iri(part, "slot or relation")
    check_text(role, "role")


def _decimal(text: str, field: str) -> str:
    """A decimal in the canonical form of XSD 1.1, exact to the last digit."""
    if not text:
        return ""
    found = _DECIMAL.fullmatch(text)
    if found is None:
        raise InvalidValue(field, f"{text[:40]!r} is not a decimal number of 30 digits at most.")
    sign, whole, part = found.groups(default="")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0") or "0"
    zero = whole == part == "0"
    return f"{'' if zero else sign}{whole}.{part}"
