"""Slots and relations of structured labels."""

from __future__ import annotations

from typing import Any

import pytest

from cladist.datasets.annotations.checking import Checker
from cladist.datasets.annotations.finding import Fault
from cladist.model.taxonomy import Relation, Slot, Structure
from tests.datasets.annotations.checks import checker, faults, made
from tests.exports.classes.farm import iri


@pytest.fixture(scope="module")
def structured() -> Checker:
    """Birds sit on one machine, or on two; mammals chase birds."""
    return checker(
        made(
            Structure.STRUCTURED,
            slots=(
                Slot(role="seat", owner=iri("bird"), value=iri("machine"), minimum=1, maximum=2),
                Slot(role="near", owner=iri("machine"), value=iri("animal")),
            ),
            relations=(Relation(role="chases", source=iri("mammal"), target=iri("bird")),),
        )
    )


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ({"labels": ["hawk"], "slots": {"seat": "#90"}}, []),
        ({"labels": ["hawk"], "slots": {"seat": [{"label": "#90", "slots": {"near": "cat"}}]}}, []),
        ({"labels": ["hawk"]}, [("too-few", "/slots/seat")]),
        ({"labels": ["hawk"], "slots": {"seat": ["#90"] * 3}}, [("too-many", "/slots/seat")]),
        ({"labels": ["hawk"], "slots": {"seat": "cat"}}, [("wrong-filler", "/slots/seat/0")]),
        (
            {"labels": ["hawk"], "slots": {"seat": "#90", "a/b": 1}},
            [("unknown-role", "/slots/a~1b")],
        ),
        (
            {"labels": ["hawk"], "slots": {"seat": {"label": "#90", "slots": {"near": "#90"}}}},
            [("wrong-filler", "/slots/seat/0/slots/near/0")],
        ),
        (
            {"labels": ["hawk"], "slots": {"seat": {"lable": "#90"}}},
            [("malformed", "/slots/seat/0")],
        ),
        ({"labels": ["cat"], "slots": []}, [("malformed", "/slots")]),
        ({"labels": ["cat", "hawk"], "slots": {"seat": 1}}, [("misplaced", "/slots")]),
        ({"relations": [{"role": "chases", "source": "cat", "target": "hawk"}]}, []),
        (
            {"relations": [{"role": "chases", "source": "hawk", "target": "cat"}]},
            [("wrong-ends", "/relations/0")],
        ),
        (
            {"relations": [{"role": "eats", "source": "cat", "target": "hawk"}]},
            [("unknown-relation", "/relations/0/role")],
        ),
        ({"relations": [{"role": "eats"}]}, [("malformed", "/relations/0")]),
        ({"relations": "all"}, [("malformed", "/relations")]),
    ],
)  # fmt: skip
def test_roles_and_relations(
    structured: Checker, annotation: Any, expected: list[tuple[str, str]]
) -> None:
    assert faults(structured, annotation) == expected


def test_slots_within_slots_come_to_an_end(structured: Checker) -> None:
    given: Any = {"label": "#90"}
    for _ in range(500):
        given = {"label": "#90", "slots": {"near": given}}
    found = structured.findings({"labels": ["hawk"], "slots": {"seat": given}})
    assert found[-1].fault is Fault.MALFORMED
