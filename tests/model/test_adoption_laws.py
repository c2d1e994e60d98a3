"""Taking over versions made elsewhere, over random histories: it ends where they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.matching.matcher import match
from cladist.model.matching.proposals import ProposedKind
from cladist.model.proposal import propose
from cladist.model.proposal.adoption import adopt
from cladist.model.proposal.taking import Manner
from cladist.model.taxonomy import Class, Retirement, Taxonomy
from tests.model.histories import empty, histories

ELSEWHERE = "https://elsewhere.example/"


def moved(taxonomy: Taxonomy, wanted: Callable[[str], bool]) -> Taxonomy:
    """The taxonomy with other ids for the wanted classes, as another publisher might give them."""
    ids = {each: ELSEWHERE + each.rsplit("/", 1)[1] for each in taxonomy.classes if wanted(each)}

    def renamed(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(sorted(renamed(each) for each in value))
        if isinstance(value, Retirement):
            return replace(value, successors=renamed(value.successors))
        return ids.get(value, value) if isinstance(value, str) else value

    def class_of(item: Class) -> Class:
        names = ("id", "parents", "related", "boundary_with", "retirement")
        return replace(item, **{name: renamed(getattr(item, name)) for name in names})

    groups = {
        key: replace(each, members=renamed(each.members), under=renamed(each.under))
        for key, each in taxonomy.groups.items()
    }
    classes = {renamed(key): class_of(item) for key, item in taxonomy.classes.items()}
    return replace(taxonomy, classes=classes, groups=groups)


@given(histories(most=14), st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_accepted_is_what_comes_out(
    changes: tuple[Change, ...], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(changes)))
    old, later = replay(empty(), changes[:cut])[0], replay(empty(), changes)[0]
    chosen = data.draw(st.sets(st.sampled_from(sorted(later.classes))))
    new = moved(later, chosen.__contains__)
    proposals = match(old, new)
    numbers = count(1)
    adoption = adopt(old, new, proposals, lambda: f"{ELSEWHERE}fresh-{next(numbers)}", Manner())
    assert not adoption.keep_groups
    found = propose(old, adoption.target, descents=adoption.descents)
    outcome = replay(old, found)[0]
    assert in_use(outcome) == in_use(adoption.target)
    assert len(in_use(outcome)) == len(in_use(new))
    for class_id in in_use(outcome):
        assert told(outcome.classes[class_id]) == told(adoption.target.classes[class_id])
    kinds = {each.kind for each in proposals}
    if not kinds & {ProposedKind.MERGED, ProposedKind.SPLIT, ProposedKind.REGROUPED}:
        assert not adoption.descents


def in_use(taxonomy: Taxonomy) -> set[str]:
    return {each.id for each in taxonomy.classes.values() if each.active}


def told(item: Class) -> dict[str, Any]:
    """What a class says, its code aside: that is ours to give."""
    return {
        field.name: getattr(item, field.name) for field in fields(Class) if field.name != "code"
    }


@given(histories(most=14), st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_left_open_stays_in_use(changes: tuple[Change, ...], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(changes)))
    old, later = replay(empty(), changes[:cut])[0], replay(empty(), changes)[0]
    chosen = data.draw(st.sets(st.sampled_from(sorted(later.classes))))
    new = moved(later, chosen.__contains__)
    proposals = match(old, new)
    taken = [each for each in proposals if data.draw(st.booleans())]
    numbers = count(1)
    manner = Manner(partial=data.draw(st.booleans()), record_ids=data.draw(st.booleans()))
    adoption = adopt(old, new, taken, lambda: f"{ELSEWHERE}fresh-{next(numbers)}", manner)
    found = propose(
        old, adoption.target, descents=adoption.descents, keep_groups=adoption.keep_groups
    )
    outcome = replay(old, found)[0]
    told = {source for each in taken for source in each.sources}
    assert in_use(old) - told <= in_use(outcome)
    assert set(old.classes) <= set(outcome.classes)
    if not taken:
        assert not found
