"""Conditions as expressions of Polars say the same as conditions themselves."""

from __future__ import annotations

from typing import Any

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.datasets.conditions import Beside, Compare, Condition, Every, Not, Some, holds
from cladist.datasets.engines.expressions import Compiler, Field, Kind, columns_of
from cladist.datasets.engines.polars import Words
from cladist.model.errors import InvalidValue

FIELDS = {
    "text": Field(Kind.TEXT),
    "whole": Field(Kind.WHOLE),
    "number": Field(Kind.NUMBER),
    "truth": Field(Kind.TRUTH),
    "texts": Field(Kind.TEXT, True),
    "wholes": Field(Kind.WHOLE, True),
    "strange": Field(Kind.OTHER),
}
TYPES: dict[str, Any] = {
    "text": polars.String,
    "whole": polars.Int64,
    "number": polars.Float64,
    "truth": polars.Boolean,
    "texts": polars.List(polars.String),
    "wholes": polars.List(polars.Int64),
}
TEXTS = st.one_of(
    st.sampled_from(("", "1", "1.0", " 2 ", "1_0", "1e1", "10", "-3", ".5", "True", "false", "é")),
    st.text("ab1. ", max_size=3),
)
WHOLES = st.integers(-12, 12)
NUMBERS = st.one_of(st.floats(-12, 12), st.sampled_from((float("nan"), float("inf"), 10.0)))
ROWS = st.fixed_dictionaries(
    {
        "text": st.none() | TEXTS,
        "whole": st.none() | WHOLES,
        "number": st.none() | NUMBERS,
        "truth": st.none() | st.booleans(),
        "texts": st.none() | st.lists(TEXTS, max_size=2),
        "wholes": st.none() | st.lists(WHOLES, max_size=2),
    }
)
WANTED = st.one_of(TEXTS, WHOLES, st.floats(-12, 12), st.booleans())
OF_TEXTS = ("contains", "starts-with", "ends-with")
OF_NUMBERS = ("at-least", "at-most", "above", "below")


@st.composite
def comparisons(draw: st.DrawFn) -> Condition:
    name = draw(st.sampled_from((*TYPES, "missing")))
    asked = f"record.{name}"
    kinds = ["is", "in", "given", "orders"] + ([] if name == "number" else ["texts", "lengths"])
    match draw(st.sampled_from(kinds)):
        case "is":
            return Compare(asked, "is", draw(WANTED))
        case "in":
            return Compare(asked, "in", draw(st.lists(WANTED, min_size=1, max_size=3)))
        case "given":
            return Compare(asked, "given", draw(st.booleans()))
        case "orders":
            return Compare(asked, draw(st.sampled_from(OF_NUMBERS)), draw(st.one_of(WHOLES)))
        case "lengths":
            operator = draw(st.sampled_from(("length-at-least", "length-at-most")))
            return Compare(asked, operator, draw(st.integers(0, 4)))
        case _:
            return Compare(asked, draw(st.sampled_from(OF_TEXTS)), draw(WANTED))


def combined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(Every, parts), st.builds(Some, parts), st.builds(Not, inner))


CONDITIONS = st.recursive(comparisons(), combined, max_leaves=4)


@given(CONDITIONS, st.lists(ROWS, min_size=1, max_size=5))
def test_an_expression_holds_where_the_condition_does(
    condition: Condition, rows: list[dict[str, Any]]
) -> None:
    frame = polars.DataFrame(rows, schema=TYPES)
    test = Compiler(FIELDS, Words()).compiled(condition)
    found = frame.with_columns(test.alias("found"))["found"].to_list()
    fields = ({f"record.{name}": value for name, value in row.items()} for row in rows)
    assert found == [holds(condition, each, ()) for each in fields]


def test_columns_are_found() -> None:
    parts = (Compare("record.a", "is", 1), Not(Compare("record.b", "given", True)))
    assert columns_of(Every((Some(parts), Beside(frozenset())))) == {"a", "b"}


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (Beside(frozenset()), "labels beside"),
        (Compare("geometry.area", "at-least", 1), "columns only"),
        (Compare("record.strange", "is", 1), "no texts, numbers or truth values"),
        (Compare("record.number", "contains", "1"), "numbers with decimals"),
    ],
)
def test_what_only_the_core_answers_is_refused(condition: Condition, told: str) -> None:
    with pytest.raises(InvalidValue, match=told):
        Compiler(FIELDS, Words()).compiled(condition)
