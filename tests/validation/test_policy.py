"""Policies: usual enforcement, single settings, refusals, and their JSON form."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.model.errors import InvalidValue
from cladist.validation import DEFAULT, Enforcement, Policy, Setting, Severity

NAMES = st.text("abcdefgh-", min_size=1, max_size=6)
REASONS = st.text(min_size=1).filter(lambda text: bool(text.strip()))
SETTINGS = st.builds(Setting, NAMES, st.sampled_from(list(Enforcement)), REASONS)
POLICIES = st.builds(
    lambda settings: Policy(tuple(sorted(settings))),
    st.lists(SETTINGS, unique_by=lambda setting: setting.rule),
)


@given(POLICIES)
def test_json_and_back_is_the_same_policy(policy: Policy) -> None:
    assert Policy.from_json(json.loads(json.dumps(policy.to_json()))) == policy


@given(POLICIES, st.sampled_from(list(Severity)))
def test_a_setting_wins_over_what_is_usual(policy: Policy, severity: Severity) -> None:
    for setting in policy.settings:
        assert policy.of(setting.rule, severity) is setting.enforcement
    assert policy.of("unset rule", severity) is DEFAULT.of("unset rule", severity)


def test_usually_violations_are_enforced_and_the_rest_is_reported() -> None:
    assert DEFAULT.of("x", Severity.VIOLATION) is Enforcement.ENFORCE
    assert DEFAULT.of("x", Severity.WARNING) is Enforcement.REPORT
    assert DEFAULT.of("x", Severity.INFO) is Enforcement.REPORT


def test_to_ignore_a_rule_takes_a_reason() -> None:
    with pytest.raises(InvalidValue, match="takes a reason"):
        Policy((Setting("x", Enforcement.IGNORE, " "),))


def test_a_rule_is_set_once() -> None:
    with pytest.raises(InvalidValue, match="set twice"):
        Policy((Setting("x", Enforcement.REPORT), Setting("x", Enforcement.ENFORCE)))


def test_an_unknown_enforcement_is_refused() -> None:
    with pytest.raises(InvalidValue, match="'forbid' is not one of enforce, report, ignore"):
        Policy.from_json({"x": {"enforcement": "forbid"}})
