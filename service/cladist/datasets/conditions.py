"""Conditions on a record as data: what a split rule may ask, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cladist.datasets.records import Fields
from cladist.model.errors import InvalidValue

_DEPTH = 16
"""Conditions inside conditions; more is nothing that a person wrote."""


@dataclass(frozen=True, slots=True)
class Compare:
    """A field of the record compared with a value; of a list field one element is enough."""

    field: str
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class Beside:
    """Another label around the record is of one of these source classes, or below one."""

    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Every:
    """All of the conditions hold."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of the conditions holds, or more."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    part: Condition


Condition = Compare | Beside | Every | Some | Not

Subtree = Callable[[str, str], frozenset[str]]
"""From where in the document and the name of a source class to the class and all below it."""


def _number(value: Any) -> float | None:
    """The number that a value is or writes; none for truth values and other texts."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _same(found: Any, wanted: Any) -> bool:
    """Whether two values say the same: formats tell of one number or truth value in many ways."""
    if isinstance(wanted, bool) or isinstance(found, bool):
        return _text(found).lower() == _text(wanted).lower()
    left, right = _number(found), _number(wanted)
    if left is not None and right is not None:
        return left == right
    return _text(found) == _text(wanted)


def _numbers(test: Callable[[float, float], bool]) -> Callable[[Any, Any], bool]:
    def compared(found: Any, wanted: Any) -> bool:
        left, right = _number(found), _number(wanted)
        return left is not None and right is not None and test(left, right)

    return compared


OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": _same,
    "in": lambda found, wanted: any(_same(found, each) for each in wanted),
    "at-least": _numbers(lambda left, right: left >= right),
    "at-most": _numbers(lambda left, right: left <= right),
    "above": _numbers(lambda left, right: left > right),
    "below": _numbers(lambda left, right: left < right),
    "contains": lambda found, wanted: _text(wanted) in _text(found),
    "starts-with": lambda found, wanted: _text(found).startswith(_text(wanted)),
    "ends-with": lambda found, wanted: _text(found).endswith(_text(wanted)),
    "length-at-least": lambda found, wanted: len(_text(found)) >= wanted,
    "length-at-most": lambda found, wanted: len(_text(found)) <= wanted,
}
"""What a field may be compared by. Numbers in texts count as numbers; units do not."""

_NUMERIC = frozenset({"at-least", "at-most", "above", "below"})
_LENGTHS = frozenset({"length-at-least", "length-at-most"})


def holds(condition: Condition, fields: Fields, beside: Collection[str]) -> bool:
    """Whether a record meets a condition; a field that it lacks meets no comparison.

    ``beside`` are the ids of the source classes around the record.
    """
    match condition:
        case Compare(field, operator, value):
            found = fields.get(field)
            if found is None:
                return operator == "given" and value is False
            if operator == "given":
                return bool(value)
            test = OPERATORS[operator]
            each = found if isinstance(found, list | tuple) else (found,)
            return any(test(one, value) for one in each)
        case Beside(classes):
            return not classes.isdisjoint(beside)
        case Every(parts):
            return all(holds(part, fields, beside) for part in parts)
        case Some(parts):
            return any(holds(part, fields, beside) for part in parts)
        case Not(part):
            return not holds(part, fields, beside)


def looks_beside(condition: Condition) -> bool:
    """Whether the condition asks for other labels."""
    match condition:
        case Beside():
            return True
        case Every(parts) | Some(parts):
            return any(looks_beside(part) for part in parts)
        case Not(part):
            return looks_beside(part)
        case _:
            return False


def condition_of(document: Any, place: str, subtree: Subtree, depth: int = 0) -> Condition:
    """The condition that a document describes; raises InvalidValue with the place.

    ``{"field": "geometry.area", "at-least": 1024}``, ``{"beside": "class"}``, and ``all``, ``any``
    or ``not`` of such.
    """
    if depth > _DEPTH:
        raise InvalidValue(place, f"conditions may be nested {_DEPTH} deep.")
    if not isinstance(document, Mapping):
        raise InvalidValue(place, "a condition is an object such as {field: size, at-least: 10}.")
    if "field" in document:
        return _comparison(document, place)
    if len(document) != 1:
        raise InvalidValue(place, "name one of field, beside, all, any, not.")
    ((word, inner),) = document.items()
    if word == "beside":
        names = inner if isinstance(inner, list) else [inner]
        return Beside(frozenset().union(*(subtree(place, str(name)) for name in names)))
    if word == "not":
        return Not(condition_of(inner, f"{place}.not", subtree, depth + 1))
    if word in ("all", "any") and isinstance(inner, list) and inner:
        parts = tuple(
            condition_of(each, f"{place}.{word}[{number}]", subtree, depth + 1)
            for number, each in enumerate(inner, 1)
        )
        return Every(parts) if word == "all" else Some(parts)
    raise InvalidValue(place, "name one of field, beside, all, any, not; all and any take a list.")


def _comparison(document: Mapping[str, Any], place: str) -> Compare:
    words = [word for word in document if word != "field"]
    if len(words) != 1 or (words[0] not in OPERATORS and words[0] != "given"):
        known = ", ".join((*OPERATORS, "given"))
        raise InvalidValue(place, f"compare the field by one of {known}.")
    operator, value = words[0], document[words[0]]
    _check(operator, value, f"{place}.{operator}")
    return Compare(str(document["field"]), operator, value)


def _check(operator: str, value: Any, place: str) -> None:
    if operator in _NUMERIC and _number(value) is None:
        raise InvalidValue(place, "give a number.")
    whole = isinstance(value, int) and not isinstance(value, bool)
    if operator in _LENGTHS and not whole:
        raise InvalidValue(place, "give a whole number.")
    if operator == "given" and not isinstance(value, bool):
        raise InvalidValue(place, "give true or false.")
    if operator == "in" and not (isinstance(value, list) and value):
        raise InvalidValue(place, "give a list of values.")
    if operator not in ("in", "given") and not isinstance(value, str | int | float | bool):
        raise InvalidValue(place, "give a text, a number or a truth value.")
