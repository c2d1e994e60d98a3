"""What a change's values must be before they may enter a taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from cladist.model.errors import CodeTaken, InvalidChange, InvalidValue, UnknownClass
from cladist.model.identifiers import (
    LABEL_LENGTH,
    TEXT_LENGTH,
    check_colour,
    check_iri,
    check_language,
    check_statement,
    check_text,
)
from cladist.model.taxonomy import Class, Match, Notation, State, Statement, Text, Texts, name

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
    item = replace(item, id=check_iri(item.id))
    taken = (state.classes, state.groups, state.others, (state.header.iri,))
    if any(item.id in each for each in taken):
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


def clean(state: State, item: Class, only: Collection[str] | None = None) -> Class:
    """The class in the form that is stored: sets sorted, texts NFC, colour in upper case.

    ``only`` names the fields to look at: what a change does not touch may be dirty, as imported.
    """
    cleaners = _CLEANERS if only is None else {each: _CLEANERS[each] for each in only}
    fields = {field: clean_one(getattr(item, field)) for field, clean_one in cleaners.items()}
    for field in {"boundary_with", "related"} & fields.keys():
        for other in fields[field]:
            if other != item.id:
                known(state, other)
    return replace(item, **fields)


def statements(given: Iterable[Statement]) -> tuple[Statement, ...]:
    """Kept statements in the form that is stored; each must be one statement and no more."""
    for each in given:
        check_statement(each.predicate, each.object)
    return tuple(sorted(set(given)))


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


def _rank(rank: int | None) -> int | None:
    if rank is not None and not 0 <= rank <= CODE_LIMIT:
        raise InvalidValue("rank", f"is not a whole number from 0 to {CODE_LIMIT}.")
    return rank


def _texts_of(field: str, limit: int) -> Callable[[Texts], Texts]:
    return lambda given: as_set(_text(each, field, limit) for each in given)


_CLEANERS: Mapping[str, Callable[[Any], Any]] = {
    **{field: _texts_of(field, LABEL_LENGTH) for field in _LABELS},
    **{field: _texts_of(field, TEXT_LENGTH) for field in _NOTES},
    "boundary_with": as_set,
    "related": as_set,
    "parents": as_set,
    "notations": lambda given: as_set(_notation(each) for each in given),
    "rank": _rank,
    "colour": lambda given: check_colour(given) if given else "",
    "hotkey": lambda given: check_text(given, "hotkey", 40) if given else "",
    "matches": lambda given: as_set(_match(each) for each in given),
    "extra": statements,
}
