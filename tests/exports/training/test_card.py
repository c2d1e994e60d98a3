"""The training card: outputs, permutations, what excludes what, weights, matrices."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.exports.classes.choosing import State, class_list
from cladist.exports.training.card import Before, Subject, card
from cladist.exports.training.matrices import MOST, archive
from cladist.exports.training.weights import weights_of
from cladist.model.errors import InvalidValue, LimitExceeded
from cladist.model.taxonomy import Slot, Structure
from tests.exports.classes.farm import a, iri, state


def subject(made: State) -> Subject:
    """What a card is about."""
    header = made.taxonomy.header
    regression = header.structure.kind is Structure.REGRESSION
    return Subject(
        slug="farm",
        version="1.0.0",
        digest="ab",
        header=header,
        classes=None if regression else class_list(made),
    )


def arrays(found: dict[str, Any]) -> dict[str, Any]:
    """The archive's arrays."""
    with np.load(io.BytesIO(archive(found)), allow_pickle=False) as opened:
        return dict(opened)


@pytest.mark.parametrize(
    ("structure", "outputs", "loss"),
    [
        (Structure.SINGLE_LABEL, 5, "cross entropy"),
        (Structure.MULTI_LABEL, 5, "binary cross entropy"),
        (Structure.ORDINAL, 4, "cumulative link (CORAL)"),
        (Structure.SEQUENCE, 11, "cross entropy over tags, or a linear-chain CRF"),
        (Structure.STRUCTURED, 5, "cross entropy for each slot"),
        (Structure.REGRESSION, 1, "mean squared error"),
    ],
)
def test_outputs_and_loss_follow_the_structure(
    structure: Structure, outputs: int, loss: str
) -> None:
    found = card(subject(state(structure)))
    assert found["outputs"] == outputs
    assert found["loss"]["name"] == loss
    assert all(each["reason"] for each in [found["loss"], *found["metrics"]])


def test_a_regression_has_bounds_and_no_index() -> None:
    found = card(subject(state(Structure.REGRESSION, minimum="0", maximum="9.5", unit="m")))
    assert found["index"] == []
    assert found["target"] == {"unit": "m", "minimum": "0", "maximum": "9.5", "step": ""}
    assert found["outputs"] == 1
    assert arrays(found)["size"] == 0


def test_outputs_of_earlier_versions_are_found_again() -> None:
    now = subject(state())
    before = Before("0.9.0", (iri("hawk"), iri("dodo"), iri("crane")))
    moved = card(now, [before])["permutations"]["0.9.0"]
    assert moved == {"size": 3, "positions": (2, None, 0), "added": [1, 3, 4]}
    assert list(arrays(card(now, [before]))["permutation_0.9.0"]) == [2, -1, 0]


def test_one_label_excludes_all_others() -> None:
    assert np.array_equal(arrays(card(subject(state())))["exclusive"], ~np.eye(5, dtype=bool))


def test_groups_reach_down_and_spare_what_is_under_both_members() -> None:
    found = card(subject(state(Structure.MULTI_LABEL)))
    assert found["exclusive"] == [[[0, 1, 2, 4], [3, 4]]]
    exclusive = arrays(found)["exclusive"]
    pairs = {(int(one), int(other)) for one, other in np.argwhere(exclusive) if one < other}
    assert pairs == {(0, 3), (1, 3), (2, 3), (0, 4), (1, 4), (2, 4), (3, 4)}
    assert (exclusive == exclusive.T).all()


def test_ancestors_are_those_of_the_taxonomy() -> None:
    made = state()
    found = arrays(card(subject(made)))
    ids = list(found["ids"])
    for row, class_id in enumerate(ids):
        above = {ids[column] for column in np.flatnonzero(found["ancestors"][row])}
        assert above == {class_id, *made.index.ancestors(class_id)}
        parents = {ids[column] for column in np.flatnonzero(found["parents"][row])}
        assert parents == set(made.index.parents(class_id))


def test_slots_name_the_classes_that_may_fill_them() -> None:
    slot = Slot(role="seen", owner=iri("cat"), value=iri("bird"))
    (found,) = card(subject(state(Structure.STRUCTURED, slots=(slot,))))["slots"]
    assert found["classes"] == [0, 2, 4]  # crane, hawk and drone


def test_tags_have_transitions() -> None:
    found = arrays(card(subject(state(Structure.SEQUENCE, tagging_scheme="BIOES"))))
    tags = list(found["tags"])
    assert found["transitions"].shape == (21, 21)
    assert found["transitions"][tags.index("B-cat"), tags.index("E-cat")]
    assert not found["transitions"][tags.index("B-cat"), 0]
    assert found["begins"].sum() == 11
    assert found["ends"].sum() == 11


COUNTS = st.lists(st.integers(0, 1000), min_size=5, max_size=5).filter(any)


@given(COUNTS)
def test_weights_of_one_label_have_the_mean_one(counts: list[int]) -> None:
    ids = [each["id"] for each in card(subject(state()))["index"]]
    given = dict(zip(ids, counts, strict=True))
    found = weights_of(Structure.SINGLE_LABEL, ids, given, None)
    total = sum(
        count * weight
        for count, weight in zip(counts, found.weights, strict=True)
        if weight is not None
    )
    assert total == pytest.approx(sum(counts))
    assert list(found.unseen) == [place for place, count in enumerate(counts) if not count]


def test_weights_of_several_labels_need_the_items() -> None:
    ids = (iri("cat"), iri("hawk"))
    found = weights_of(Structure.MULTI_LABEL, ids, {ids[0]: 20}, 100)
    assert found.weights == (4.0, None)
    with pytest.raises(InvalidValue, match="items"):
        weights_of(Structure.MULTI_LABEL, ids, {ids[0]: 20}, None)
    with pytest.raises(InvalidValue, match="counts"):
        weights_of(Structure.SINGLE_LABEL, ids, {}, None)
    with pytest.raises(InvalidValue, match="counts"):
        weights_of(Structure.SINGLE_LABEL, ids, {ids[0]: -1, ids[1]: 2}, None)


def test_weights_stand_in_the_arrays() -> None:
    made = subject(state())
    weights = weights_of(made.structure, made.ids, {iri("cat"): 3}, None)
    found = arrays(card(made, (), weights))["weights"]
    assert found[1] == 1.0
    assert np.isnan(found[[0, 2, 3, 4]]).all()


def test_matrices_have_a_bound() -> None:
    many = [a(f"c{code}", code) for code in range(1, MOST + 2)]
    found = card(subject(state(classes=many, groups=())))
    assert found["outputs"] == MOST + 1
    with pytest.raises(LimitExceeded):
        archive(found)
