"""What a change's values must be before they may enter a taxonomy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from cladist.model.errors import CodeTaken, InvalidChange, InvalidValue, UnknownClass
from cladist.model.identifiers import (
    LABEL_LENGTH,
    TEXT_LENGTH,
    check_colour,
    check_iri,
    check_language,
    check_text,
)
from cladist.model.taxonomy import Class, Match, Notation, State, Text, Texts, name

CODE_LIMIT = 2**53 - 1
"""The greatest integer that every JSON reader keeps exactly (RFC 8259, section 6)."""

MATCH_PREDICATES = frozenset(
    {"exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"}
)

_LABELS = ("preferred", "alternative", "hidden")
_NOTES = (
    "definitions",
    "scope_notes",
    "examples",
    "counter_examples",
    "boundary_notes",
)

T = TypeVar("T", str, Text, Notation, Match)


def as_set(items: Iterable[T]) -> tuple[T, ...]:
    """The items without repeats, in sorted order: how the model holds a set."""
    return tuple(sorted(set(items)))


def known(state: State, class_id: str) -> Class:
    """The class with this id, active or retired."""
    found = state.classes.get(class_id)
    if found is None:
        raise UnknownClass(class_id)
    return found


def active(state: State, class_id: str) -> Class:
    """The class with this id, refused when it is retired."""
    found = known(state, class_id)
    if not found.active:
        raise InvalidChange(
            f"“{name(state, class_id)}” is retired; restore it first or choose another.", class_id
        )
    return found


def label(text: Text) -> Text:
    """A label in the form that is stored."""
    return _text(text, "label", LABEL_LENGTH)


def parents(state: State, item: Class, chosen: tuple[str, ...]) -> None:
    """Refuse parents that are unknown, retired, or too many for this taxonomy."""
    for parent in chosen:
        active(state, parent)
    if len(chosen) > 1 and not state.header.polyhierarchy:
        raise InvalidChange(
            f"“{item.label(state.header.default_language)}” would have {len(chosen)} parents; "
            "this taxonomy allows one.",
            item.id,
        )


def new_class(state: State, item: Class) -> Class:
    """A class that may enter the state: a fresh id, a fresh code, a label, active parents."""
    check_iri(item.id)
    if item.id in state.classes or item.id in state.groups or item.id == state.header.iri:
        raise InvalidChange(f"The id {item.id} is taken.", item.id)
    if not 0 <= item.code <= CODE_LIMIT:
        raise InvalidValue("code", f"{item.code} is not a whole number from 0 to {CODE_LIMIT}.")
    holder = state.holder(item.code)
    if holder is not None:
        raise CodeTaken(item.code, name(state, holder))
    if item.active and not item.preferred:
        raise InvalidValue("preferred", "a new class needs a preferred label.")
    item = clean(state, item)
    if item.active:
        parents(state, item, item.parents)
    return item


def clean(state: State, item: Class) -> Class:
    """The class in the form that is stored: sets sorted, texts NFC, colour in upper case."""
    fields: dict[str, Any] = {
        field: as_set(_text(each, field, LABEL_LENGTH) for each in getattr(item, field))
        for field in _LABELS
    }
    for field in _NOTES:
        fields[field] = as_set(_text(each, field, TEXT_LENGTH) for each in getattr(item, field))
    for field in ("boundary_with", "related"):
        fields[field] = as_set(getattr(item, field))
        for other in fields[field]:
            if other != item.id:
                known(state, other)
    if item.rank is not None and not 0 <= item.rank <= CODE_LIMIT:
        raise InvalidValue("rank", f"{item.rank} is not a whole number from 0 on.")
    return replace(
        item,
        **fields,
        parents=as_set(item.parents),
        notations=as_set(_notation(each) for each in item.notations),
        colour=check_colour(item.colour) if item.colour else "",
        hotkey=check_text(item.hotkey, "hotkey", 40) if item.hotkey else "",
        matches=as_set(_match(each) for each in item.matches),
        extra=tuple(sorted(set(item.extra))),
    )


def texts(given: Texts, field: str, limit: int = TEXT_LENGTH) -> Texts:
    """Texts in the form that is stored."""
    return as_set(_text(each, field, limit) for each in given)


def _text(text: Text, field: str, limit: int) -> Text:
    return Text(check_text(text.value, field, limit), check_language(text.language))


def _notation(notation: Notation) -> Notation:
    value = check_text(notation.value, "notation", LABEL_LENGTH)
    return Notation(value, check_iri(notation.system, "notation") if notation.system else "")


def _match(match: Match) -> Match:
    if match.predicate not in MATCH_PREDICATES:
        raise InvalidValue("matches", f"{match.predicate!r} is no SKOS mapping property.")
    return Match(match.predicate, check_iri(match.target, "matches"))
