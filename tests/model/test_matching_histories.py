"""Hidden changes are found again in made-up histories, and nothing unclear passes for true."""

from __future__ import annotations

import pytest

from benchmarks.inference import ACCEPTED, KINDS, PRECISION, RECALL, Findings, findings
from cladist.model.matching import ProposedKind

SEEDS = range(1_001, 1_013)


@pytest.fixture(scope="module")
def found() -> Findings:
    return findings(SEEDS)


@pytest.mark.parametrize("kind", KINDS)
def test_changes_are_found_again(found: Findings, kind: ProposedKind) -> None:
    precision, recall = found.precision(ACCEPTED, [kind]), found.recall(ACCEPTED, [kind])
    assert precision.whole and recall.whole
    assert precision.ratio >= PRECISION, precision
    assert recall.ratio >= RECALL, recall


def test_what_ids_do_not_say_is_found_as_well(found: Findings) -> None:
    without = found.without_ids()
    assert without.precision(ACCEPTED).ratio >= PRECISION
    assert without.recall(ACCEPTED).ratio >= RECALL


def test_nothing_unclear_is_accepted(found: Findings) -> None:
    assert found.unclear
    assert [each for each in found.unclear if each.confidence >= ACCEPTED] == []
