"""Which classes a projection takes, and what it calls them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cladist.exports.classes.choosing import class_list
from cladist.exports.classes.colours import colour_of
from cladist.exports.classes.projection import Letters, NameForm, Projection, Which
from cladist.model.errors import InvalidValue, UnknownClass
from cladist.model.taxonomy import Structure
from tests.exports.classes.farm import LEAVES, a, iri, listed, state


def test_without_more_it_is_the_class_index() -> None:
    found = listed()
    assert found.names == LEAVES
    assert [each.code for each in found.items] == [3, 6, 7, 90, 91]
    assert [each.index for each in found.items] == [0, 1, 2, 3, 4]
    assert found.whole


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"depth": 1, "which": Which.ACTIVE}, ["animal", "machine"]),
        ({"depth": 2, "which": Which.LEAVES}, ["crane", "drone"]),
        ({"under": (iri("mammal"),)}, ["cat"]),
        ({"under": (iri("bird"),)}, ["crane", "hawk", "drone"]),
        ({"under": (iri("bird"),), "depth": 1, "which": Which.ACTIVE}, ["bird"]),
        ({"name": NameForm.CODE}, ["3", "6", "7", "90", "91"]),
        ({"name": NameForm.ID}, list(map(iri, ("crane", "cat", "hawk", "crane2", "drone")))),
        (
            {"name": NameForm.PATH, "separator": " > "},
            [
                "animal > bird > crane",
                "animal > mammal > cat",
                "animal > bird > hawk",
                "machine > crane",
                "animal > bird > drone",
            ],
        ),
        (
            {"letters": Letters.WORD},
            ["crane_bird", "cat", "hawk", "crane_machine", "drone"],
        ),
    ],
)  # fmt: skip
def test_classes_and_names_are_those_asked_for(given: dict[str, Any], names: list[str]) -> None:
    found = listed(**given)
    assert found.names == names
    assert not found.whole or len(names) == len(LEAVES)


def test_a_class_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownClass):
        listed(under=(iri("newt"),))


@pytest.mark.parametrize(
    "given", [{"depth": 0}, {"longest": 3}, {"separator": ""}, {"separator": "123456789"}]
)
def test_bounds_without_sense_are_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        Projection(**given)


def test_a_choice_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidValue, match="No class"):
        listed(under=(iri("dodo"),))
    with pytest.raises(InvalidValue, match="regression"):
        class_list(state(Structure.REGRESSION))


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.text("abé (1)", min_size=1, max_size=30), min_size=1, max_size=8),
    st.sampled_from(Letters),
    st.integers(8, 20),
)
def test_no_name_comes_twice_or_is_too_long(
    labels: list[str], letters: Letters, longest: int
) -> None:
    classes = [a(f"c{code}", code, label=label) for code, label in enumerate(labels, 1)]
    projection = Projection(letters=letters, longest=longest)
    found = class_list(state(classes=classes, groups=()), projection)
    assert len(set(found.names)) == len(labels)
    assert all(len(each) <= longest for each in found.names)


def test_names_that_were_changed_are_told() -> None:
    codes = [each.code for each in listed(longest=8).warnings]
    assert codes == ["names-told-apart"]
    long = [a("x", 1, label="a" * 20)]
    found = class_list(state(classes=long, groups=()), Projection(longest=10))
    assert [each.code for each in found.warnings] == ["names-fitted"]
    assert found.names == ["a" * 9 + "~"]


def test_colours_stay_and_lie_apart() -> None:
    assert len({colour_of(code) for code in range(1, 200)}) == 199
    assert listed().by_id[iri("crane")].colour == "#AA0011"
    assert listed().by_id[iri("cat")].colour == colour_of(6)
