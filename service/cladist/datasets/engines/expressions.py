"""Conditions as expressions over columns, in the words of an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import reduce
from typing import Any, NamedTuple, Protocol

from cladist.datasets.conditions import Beside, Compare, Condition, Every, Not, Some
from cladist.model.errors import InvalidValue

FIELD = "record."
NUMBER = r"^[+-]?([0-9]+(_[0-9]+)*\.?([0-9]+(_[0-9]+)*)?|\.[0-9]+(_[0-9]+)*)([eE][+-]?[0-9]+)?$"
"""Texts that write a number, as conditions understand it."""


class Kind(Enum):
    """What a column has."""

    TEXT = "texts"
    WHOLE = "whole numbers"
    NUMBER = "numbers"
    TRUTH = "truth values"
    OTHER = "values of another kind"


class Field(NamedTuple):
    """The kind of a column, and whether a row has a list of such."""

    kind: Kind
    listed: bool = False


class Dialect(Protocol):
    """What an engine calls things. Expressions are combined by ``&``, ``|`` and ``~``."""

    def column(self, name: str) -> Any:
        """The values of a column."""

    def truth(self, value: bool) -> Any:
        """The same for every row."""

    def given(self, values: Any) -> Any:
        """Whether there is a value."""

    def certain(self, test: Any) -> Any:
        """A test that fails where it has no answer."""

    def number(self, values: Any, kind: Kind) -> Any:
        """Values as numbers; null where they write none."""

    def text(self, values: Any) -> Any:
        """Values as texts, truth values in small letters."""

    def lower(self, texts: Any) -> Any:
        """Texts in small letters."""

    def length(self, texts: Any) -> Any:
        """How many characters texts have."""

    def matches(self, texts: Any, operator: str, wanted: str) -> Any:
        """Whether texts contain, start with or end with another one."""

    def any_of(self, lists: Any, test: Callable[[Any], Any]) -> Any:
        """Whether an element of each list passes a test."""


class Compiler:
    """Turns conditions into expressions; ``fields`` are the columns that rules may ask for."""

    def __init__(self, fields: Mapping[str, Field], dialect: Dialect) -> None:
        self._fields, self._dialect = fields, dialect

    def compiled(self, condition: Condition) -> Any:
        """The expression; raises InvalidValue for what only the core can answer."""
        match condition:
            case Compare():
                return self._comparison(condition)
            case Beside():
                raise InvalidValue(
                    "engine", "a rule looks at labels beside; leave --engine out for that."
                )
            case Every(parts):
                return reduce(lambda a, b: a & b, map(self.compiled, parts))
            case Some(parts):
                return reduce(lambda a, b: a | b, map(self.compiled, parts))
            case Not(part):
                return ~self.compiled(part)

    def _comparison(self, asked: Compare) -> Any:
        dialect, operator, wanted = self._dialect, asked.operator, asked.value
        name = column_of(asked)
        field = self._fields.get(name)
        if field is None:
            return dialect.truth(operator == "given" and wanted is False)
        values = dialect.column(name)
        if operator == "given":
            return dialect.given(values) if wanted else ~dialect.given(values)
        if field.kind is Kind.OTHER:
            raise InvalidValue(
                "engine", f"a rule asks for “{name}”, which has no texts, numbers or truth values."
            )
        if not field.listed:
            return dialect.certain(self._test(values, field.kind, operator, wanted))
        return dialect.certain(
            dialect.any_of(values, lambda one: self._test(one, field.kind, operator, wanted))
        )

    def _test(self, values: Any, kind: Kind, operator: str, wanted: Any) -> Any:
        dialect = self._dialect
        if operator == "in":
            tests = (self._same(values, kind, each) for each in wanted)
            return reduce(lambda a, b: a | b, tests)
        if operator == "is":
            return self._same(values, kind, wanted)
        if operator in _ORDERS:
            if kind is Kind.TRUTH:
                return dialect.truth(False)
            return _ORDERS[operator](dialect.number(values, kind), float(wanted))
        if kind is Kind.NUMBER:
            raise InvalidValue(
                "engine", f"a rule asks of numbers with decimals what “{operator}” asks of texts."
            )
        if operator in _LENGTHS:
            return _LENGTHS[operator](dialect.length(dialect.text(values)), wanted)
        return dialect.matches(dialect.text(values), operator, _text(wanted))

    def _same(self, values: Any, kind: Kind, wanted: Any) -> Any:
        dialect = self._dialect
        if kind is Kind.TRUTH:
            return dialect.text(values) == _text(wanted).lower()
        if isinstance(wanted, bool):
            if kind is Kind.TEXT:
                return dialect.lower(values) == _text(wanted)
            return dialect.truth(False)
        number = _number(wanted)
        if number is not None:
            return dialect.number(values, kind) == number
        if kind is Kind.TEXT:
            return values == str(wanted)
        return dialect.truth(False)


_ORDERS: Mapping[str, Callable[[Any, float], Any]] = {
    "at-least": lambda values, wanted: values >= wanted,
    "at-most": lambda values, wanted: values <= wanted,
    "above": lambda values, wanted: values > wanted,
    "below": lambda values, wanted: values < wanted,
}
_LENGTHS: Mapping[str, Callable[[Any, int], Any]] = {
    "length-at-least": lambda lengths, wanted: lengths >= wanted,
    "length-at-most": lambda lengths, wanted: lengths <= wanted,
}


def column_of(asked: Compare) -> str:
    """The column that a comparison asks for; raises InvalidValue for any other field."""
    if not asked.field.startswith(FIELD):
        raise InvalidValue(
            "engine",
            f"a rule asks for “{asked.field}”, and engines know columns only, such as "
            f"“{FIELD}size”; leave --engine out for that.",
        )
    return asked.field.removeprefix(FIELD)


def columns_of(condition: Condition) -> frozenset[str]:
    """The columns that a condition asks for."""
    match condition:
        case Compare():
            return frozenset((column_of(condition),))
        case Every(parts) | Some(parts):
            return frozenset().union(*map(columns_of, parts))
        case Not(part):
            return columns_of(part)
        case _:
            return frozenset()


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
