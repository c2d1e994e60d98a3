"""The laws of changes, on random histories."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cladist.model.bump import reasons
from cladist.model.change.effect import apply_effect
from cladist.model.change.kinds import Change
from cladist.model.change.planning import apply, plan, replay
from cladist.model.class_index import class_index, permutation
from cladist.model.errors import CladistError
from cladist.model.hierarchy import cycles
from cladist.model.proposal import propose
from cladist.model.version import Bump
from tests.model.histories import empty, histories

History = tuple[Change, ...]


@given(histories())
@settings(max_examples=300)
def test_apply_then_inverse_is_identity(history: History) -> None:
    state = empty()
    for change in history:
        effect = plan(state, change)
        after = apply_effect(state, effect)
        assert apply_effect(after, effect.inverse()) == state
        state = after


@given(histories())
def test_replay_equals_one_by_one_and_cut_anywhere(history: History) -> None:
    state = empty()
    for change in history:
        state = apply(state, change)
    replayed, effects = replay(empty(), history)
    assert replayed == state
    middle, _ = replay(empty(), history[: len(history) // 2])
    assert replay(middle, history[len(history) // 2 :])[0] == state
    for effect in reversed(effects):
        replayed = apply_effect(replayed, effect.inverse())
    assert replayed == empty()


@given(histories())
def test_codes_never_move_and_classes_never_vanish(history: History) -> None:
    codes: dict[str, int] = {}
    state = empty()
    for change in history:
        state = apply(state, change)
        now = {each.id: each.code for each in state.classes.values()}
        assert len(set(now.values())) == len(now)
        assert codes.items() <= now.items()
        codes = now


@given(histories())
def test_active_hierarchy_stays_sound(history: History) -> None:
    state, _ = replay(empty(), history)
    assert cycles({each.id: each.parents for each in state.classes.values()}) == ()
    for item in state.classes.values():
        if item.active:
            assert all(state.classes[parent].active for parent in item.parents)
    for group in state.groups.values():
        assert all(state.classes[member].active for member in group.members)


@given(histories(), histories())
def test_proposed_changes_lead_to_the_other_state(first: History, second: History) -> None:
    old, _ = replay(empty(), first)
    extended, _ = replay(old, [])
    for change in second:
        try:
            extended = apply(extended, change)
        except CladistError:  # a foreign change need not fit
            continue
    changes = propose(old, extended)
    assert replay(old, changes)[0] == extended
    assert propose(extended, extended) == ()


@given(histories(), st.integers(0, 20))
def test_what_is_not_major_takes_no_class_from_the_index(history: History, cut: int) -> None:
    before, _ = replay(empty(), history[:cut])
    for change, reason in zip(history[cut:], reasons(before, history[cut:]), strict=True):
        after = apply(before, change)
        if reason.bump is not Bump.MAJOR:
            assert set(class_index(before)) <= set(class_index(after)), change
        before = after


@given(histories())
def test_every_change_has_a_weight(history: History) -> None:
    found = reasons(empty(), history)
    assert len(found) == len(history)
    assert all(each.text for each in found)


@given(histories())
def test_permutation_carries_the_index_over(history: History) -> None:
    half, _ = replay(empty(), history[: len(history) // 2])
    whole, _ = replay(empty(), history)
    old, new = class_index(half), class_index(whole)
    for position, moved in enumerate(permutation(old, new)):
        assert (moved is None) == (old[position] not in new)
        assert moved is None or new[moved] == old[position]
