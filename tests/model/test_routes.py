"""The way of a class: over random histories, and by the successors of retired classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cladist.model.bump import reasons
from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.correspondence.components import outcome
from cladist.model.correspondence.descent import correspondence_of, extent_of
from cladist.model.correspondence.relation import converse
from cladist.model.correspondence.routes import Hop, route, succession
from cladist.model.diff.operations import ends_of, kind_of
from cladist.model.diff.values import Operation, OperationKind
from cladist.model.errors import SuccessorCycle
from cladist.model.taxonomy import Class, Text
from tests.model.histories import empty, histories
from tests.model.test_correspondence_laws import made


def operations(changes: Sequence[Change]) -> list[Operation]:
    """The changes as a difference tells them."""
    found = []
    for place, (change, reason) in enumerate(zip(changes, reasons(empty(), changes), strict=True)):
        sources, targets = ends_of(change)
        found.append(
            Operation(
                id=f"change-{place}",
                kind=kind_of(change),
                version="1.0.0",
                text=reason.text,
                bump=reason.bump,
                sources=sources,
                targets=targets,
                change=change,
            )
        )
    return found


def back(met: Sequence[Operation]) -> list[Operation]:
    """The operations as they are met on the way back."""
    return [replace(each, reverted=True) for each in reversed(met)]


def reached(start: str, hops: Sequence[Hop]) -> set[str]:
    """All classes on the way; every hop begins where an earlier one was."""
    seen = {start}
    for hop in hops:
        assert hop.sources
        assert seen.issuperset(hop.sources)
        seen.update(hop.targets)
    return seen


@given(histories(most=14), st.data())
@settings(max_examples=300, deadline=None)
def test_every_answer_lies_on_the_way(changes: tuple[Change, ...], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(changes)))
    before, after = replay(empty(), changes[:cut])[0], replay(empty(), changes)[0]
    met = operations(changes)[cut:]
    there = correspondence_of(extent_of(before), made(changes)[cut:])
    for class_id in before.classes:
        hops = list(route(class_id, met))
        assert reached(class_id, hops).issuperset(outcome(there, class_id).targets)
        if not hops and before.classes[class_id].active:
            assert outcome(there, class_id).targets == (class_id,)
    home = converse(there)
    for class_id in after.classes:
        hops = list(route(class_id, back(met)))
        assert all(each.reverted for each in hops)
        assert reached(class_id, hops).issuperset(outcome(home, class_id).targets)


def ant(number: int) -> Class:
    return Class(id=f"https://example.org/t/c{number}", code=number, preferred=(Text("ant", "en"),))


A, B, C, D = (ant(number).id for number in range(4))
CHANGES = (
    kinds.AddClass(new=ant(0)),
    kinds.AddClass(new=ant(1)),
    kinds.RenameClass(id=A, label=Text("emmet", "en")),
    kinds.MoveClass(id=A, parents=(B,)),
    kinds.MergeClasses(sources=(A,), into=B),
    kinds.SplitClass(id=B, new=(ant(2), ant(3))),
    kinds.RetireClass(id=C),
)


def told(hops: Sequence[Hop]) -> list[tuple[OperationKind, tuple[str, ...], tuple[str, ...]]]:
    return [(each.kind, each.sources, each.targets) for each in hops]


def test_a_way_there_and_back() -> None:
    met = operations(CHANGES)
    assert told(list(route(A, met[2:]))) == [
        (OperationKind.RENAMED, (A,), (A,)),
        (OperationKind.MERGED, (A,), (B,)),
        (OperationKind.SPLIT, (B,), (C, D)),
        (OperationKind.RETIRED, (C,), ()),
    ]
    assert told(list(route(D, back(met)))) == [
        (OperationKind.SPLIT, (D,), (B,)),
        (OperationKind.MERGED, (B,), (A, B)),
        (OperationKind.RENAMED, (A,), (A,)),
        (OperationKind.ADDED, (B,), ()),
        (OperationKind.ADDED, (A,), ()),
    ]


def test_a_class_that_takes_others_in_is_told_so() -> None:
    met = operations(CHANGES)[:5]
    assert told(list(route(B, met[2:]))) == [(OperationKind.MERGED, (B,), (B,))]


RECORDS: Mapping[str, tuple[str, ...] | None] = {
    "a": ("b",),
    "b": ("c",),
    "c": None,
    "d": None,
    "two": ("b", "d"),
    "same": ("a", "b"),
    "end": (),
    "gone": ("nowhere",),
    "nowhere": (),
    "self": ("self",),
    "in": ("round",),
    "round": ("about",),
    "about": ("round",),
}


@pytest.mark.parametrize(
    ("start", "heirs", "sole"),
    [
        ("a", ("c",), True),
        ("two", ("c", "d"), False),
        ("same", ("c",), False),
        ("end", (), False),
        ("gone", (), False),
    ],
)
def test_successors_are_followed_to_classes_in_use(
    start: str, heirs: tuple[str, ...], sole: bool
) -> None:
    found = succession(start, RECORDS.__getitem__)
    assert (found.heirs, found.sole) == (heirs, sole)
    assert found.steps[0] == (start, RECORDS[start])


def test_a_circle_of_successors_is_named() -> None:
    with pytest.raises(SuccessorCycle) as caught:
        succession("in", RECORDS.__getitem__)
    assert caught.value.cycle == ("round", "about")
    assert "round → about → round" in str(caught.value)
    with pytest.raises(SuccessorCycle):
        succession("self", RECORDS.__getitem__)


def test_a_long_chain_is_no_burden() -> None:
    last = 50_000
    found = succession("0", lambda each: None if int(each) == last else (str(int(each) + 1),))
    assert found.heirs == (str(last),)
    assert found.sole
