"""Laws of the correspondence, over random histories."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.correspondence.components import Kind, components, outcome, pairs_of
from cladist.model.correspondence.descent import Made, correspondence_of, extent_of
from cladist.model.correspondence.relation import (
    NOWHERE,
    Correspondence,
    compose,
    converse,
    identity,
)
from cladist.model.taxonomy import Taxonomy
from tests.model.histories import empty, histories


def made(changes: Sequence[Change]) -> list[Made]:
    """The changes, each under an id of its own."""
    return [Made(f"change-{place}", change) for place, change in enumerate(changes)]


def states(changes: Sequence[Change], cuts: Sequence[int]) -> list[Taxonomy]:
    """The state at each cut."""
    return [replay(empty(), changes[:cut])[0] for cut in cuts]


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[Taxonomy], list[Correspondence]]:
    """The states of a history cut at random places, and the correspondence of each stretch."""
    changes = draw(histories(most=16))
    numbered = made(changes)
    cuts = sorted(draw(st.lists(st.integers(0, len(changes)), min_size=2, max_size=6)))
    found = states(changes, cuts)
    steps = [
        correspondence_of(extent_of(state), numbered[start:end])
        for state, start, end in zip(found, cuts, cuts[1:], strict=False)
    ]
    return found, steps


@given(versions())
@settings(max_examples=500, deadline=None)
def test_the_laws_of_composition(history: tuple[list[Taxonomy], list[Correspondence]]) -> None:
    taxonomies, steps = history
    for taxonomy, step in zip(taxonomies, steps, strict=False):
        assert step.source == extent_of(taxonomy)
    assert steps[-1].target == extent_of(taxonomies[-1])
    whole = compose(*steps)
    first, last = steps[0], steps[-1]
    assert compose(identity(first.source), whole) == whole == compose(whole, identity(last.target))
    for cut in range(1, len(steps)):
        assert compose(compose(*steps[:cut]), compose(*steps[cut:])) == whole


@given(histories(most=16), st.data())
@settings(max_examples=500, deadline=None)
def test_where_versions_are_cut_does_not_matter(
    changes: tuple[Change, ...], data: st.DataObject
) -> None:
    numbered = made(changes)
    start = data.draw(st.integers(0, len(changes)))
    end = data.draw(st.integers(start, len(changes)))
    cut = data.draw(st.integers(start, end))
    before, middle = states(changes, [start, cut])
    whole = correspondence_of(extent_of(before), numbered[start:end])
    left = correspondence_of(extent_of(before), numbered[start:cut])
    right = correspondence_of(extent_of(middle), numbered[cut:end])
    assert compose(left, right) == whole


@given(versions())
@settings(max_examples=300, deadline=None)
def test_it_is_total_and_its_targets_exist(
    history: tuple[list[Taxonomy], list[Correspondence]],
) -> None:
    taxonomies, steps = history
    whole, last = compose(*steps), taxonomies[-1]
    for class_id in taxonomies[0].classes:
        ends = whole.ends(class_id)
        assert ends
        assert all(end == NOWHERE or end in last.classes for end in ends)
        found = outcome(whole, class_id)
        assert all(last.classes[each].active for each in found.targets)
        assert found.automatic == (len(found.targets) == 1 and not found.residue)
        assert [pair.target for pair in pairs_of(whole, class_id)] == list(found.targets)


@given(versions())
@settings(max_examples=300, deadline=None)
def test_the_converse_turns_every_pair_round(
    history: tuple[list[Taxonomy], list[Correspondence]],
) -> None:
    _, steps = history
    whole = compose(*steps)
    back = converse(whole)
    assert converse(back) == whole
    there = {(source, target) for source in whole.source.classes for target in whole.ends(source)}
    again = {
        (source, target)
        for target in (*whole.target.classes, NOWHERE)
        for source in back.ends(target)
    }
    assert there == again


@given(versions())
@settings(max_examples=300, deadline=None)
def test_components_account_for_every_class_in_use_once(
    history: tuple[list[Taxonomy], list[Correspondence]],
) -> None:
    taxonomies, steps = history
    whole = compose(*steps)
    found = list(components(whole, unchanged=True))
    sources = [each for component in found for each in component.sources]
    targets = [each for component in found for each in component.targets]
    assert sorted(sources) == sorted(
        each.id for each in taxonomies[0].classes.values() if each.active
    )
    assert sorted(targets) == sorted(
        each.id for each in taxonomies[-1].classes.values() if each.active
    )
    few = list(components(whole))
    assert [each for each in found if each.kind is not Kind.UNCHANGED] == [
        each for each in few if each.kind is not Kind.UNCHANGED
    ]
