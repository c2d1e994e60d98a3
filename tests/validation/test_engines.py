"""The two engines against each other, and edits against a look at everything."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cladist.validation import Engine, Report, rules, validate
from cladist.validation.native import Checker
from cladist.validation.native.checker import RULES
from tests.validation.dirt import dirty, statements

SEEDS = 1_000
BATCH = 50


SHAPES = {each.id for each in rules() if each.shape}


def told(report: Report) -> set[tuple[str, str, str | None, str]]:
    """Rule, subject, value and message of each result of a rule that both engines run."""
    return {
        (each.rule, each.subject, each.value, each.message)
        for each in report.results
        if each.rule in SHAPES
    }


@pytest.mark.parametrize("start", range(0, SEEDS, BATCH))
def test_both_engines_find_the_same(start: int) -> None:
    for seed in range(start, start + BATCH):
        lines = dirty(seed)
        native, shacl = validate(lines), validate(lines, engine=Engine.PYSHACL)
        assert told(native) == told(shacl), seed


def test_random_dirt_breaks_every_rule() -> None:
    broken = {each.rule for seed in range(150) for each in validate(dirty(seed)).results}
    declared = {each.id for each in rules() if each.shape}
    assert declared - broken == set()


def test_every_rule_runs_natively_and_only_those() -> None:
    assert {each.id for each in RULES} == {each.id for each in rules()}
    assert len(RULES) == len({each.id for each in RULES})


class Editing(RuleBasedStateMachine):
    """Statements come and go, as many and as odd as an edit may make them."""

    @initialize(seed=st.integers(0, 10_000))
    def begin(self, seed: int) -> None:
        self.lines = set(dirty(seed))
        self.checker = Checker(sorted(self.lines))

    def move(self, lines: set[bytes]) -> None:
        self.checker.change(self.lines - lines, lines - self.lines)
        self.lines = lines

    @rule(seed=st.integers(0, 1_000_000), count=st.integers(1, 12))
    def add(self, seed: int, count: int) -> None:
        chance = Random(seed)
        self.move(self.lines | set(chance.sample(statements(chance), count)))

    @rule(seed=st.integers(0, 1_000_000), count=st.integers(1, 12))
    def remove(self, seed: int, count: int) -> None:
        chance = Random(seed)
        ordered = sorted(self.lines)
        self.move(self.lines - set(chance.sample(ordered, min(count, len(ordered)))))

    @rule(seed=st.integers(0, 1_000_000))
    def swap(self, seed: int) -> None:
        chance = Random(seed)
        out, into = chance.sample(sorted(self.lines), 3), chance.sample(statements(chance), 3)
        self.move((self.lines - set(out)) | set(into))

    @invariant()
    def finds_what_a_look_at_everything_finds(self) -> None:
        if hasattr(self, "checker"):
            whole = Checker(sorted(self.lines))
            assert set(self.checker.findings()) == set(whole.findings())
            assert self.checker.counts() == whole.counts()


TestEditing = Editing.TestCase
TestEditing.settings = settings(
    max_examples=500,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
