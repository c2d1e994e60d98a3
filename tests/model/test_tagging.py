"""The law of tag sequences: what may follow what is what spans can be read from."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cladist.datasets.formats.tagging import BadTag, spans
from cladist.model.tagging import OUTSIDE, may_follow, parted, tags

STRICT = ("BIO", "BIOES", "BILOU")


@pytest.mark.parametrize("scheme", STRICT)
@settings(deadline=None, max_examples=1000)
@given(data=st.data())
def test_a_sequence_is_legal_when_every_step_is(scheme: str, data: st.DataObject) -> None:
    every = tags(scheme, ("A", "B"))
    drawn = data.draw(st.lists(st.sampled_from(every), max_size=6))
    steps = pairwise((OUTSIDE, *drawn, OUTSIDE))
    legal = all(may_follow(scheme, before, after) for before, after in steps)
    try:
        spans(drawn, scheme)
    except BadTag:
        assert not legal
    else:
        assert legal


def test_iob1_begins_only_after_an_entity_of_the_same_type() -> None:
    assert may_follow("IOB1", "I-A", "B-A")
    assert not may_follow("IOB1", "O", "B-A")
    assert not may_follow("IOB1", "I-A", "B-B")
    assert may_follow("IOB1", "O", "I-A")


@pytest.mark.parametrize(
    ("scheme", "sequence"),
    [
        ("BILOU", ["B-A", "L-A", "L-A"]),  # the entity is over after its first L
        ("BIOES", ["B-A", "E-A", "I-A", "E-A"]),
        ("BIO", ["B-A", "X-A"]),
        ("BIO", ["B-A", "A"]),
    ],
)
def test_an_entity_that_is_over_does_not_go_on(scheme: str, sequence: list[str]) -> None:
    with pytest.raises(BadTag):
        spans(sequence, scheme)


def test_types_may_hold_hyphens() -> None:
    assert parted("B-run-off") == ("B", "run-off")
    assert parted(OUTSIDE) == ("", "")
