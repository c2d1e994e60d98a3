"""Every fix that is offered for a finding is taken by the state, and the finding is gone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from cladist.model.change.planning import Working, plan
from cladist.model.change.references import complete
from cladist.model.errors import CladistError
from cladist.model.taxonomy import Taxonomy
from cladist.rdf.reading import read
from cladist.rdf.writing import content
from cladist.validation import Result, rules, validate
from cladist.validation.fixes import FIXED, Fix, Problem, fixes
from tests.validation.contents import lines_of
from tests.validation.test_fixtures import FIXTURES, expected, named

BROKEN = [
    (path, rule)
    for path in FIXTURES
    for rule in sorted((expected(path) | expected(path, "# remark: ")) & FIXED)
]


def _taxonomy(path: Path) -> Taxonomy | None:
    lines = lines_of(path.read_text(encoding="utf-8"))
    kind = (
        b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/cladist/ns#Taxonomy>"
    )
    subjects = [line.split(b" ")[0][1:-1].decode() for line in lines if kind in line]
    return read(lines, subjects[0]) if len(subjects) == 1 else None


def _problem(taxonomy: Taxonomy, result: Result) -> Problem:
    others = tuple(each.id for each in result.classes if each.id != result.subject)
    return Problem(taxonomy, result.rule, result.subject, result.value, others)


def _after(taxonomy: Taxonomy, fix: Fix) -> Taxonomy:
    working, numbers = Working(taxonomy), count(1)
    for change in fix.changes:
        completed = complete(working, change, lambda: f"x{next(numbers)}")
        working.carry_out(plan(working, completed))
    return working.taxonomy()


def _findings(taxonomy: Taxonomy, rule: str) -> list[Result]:
    return [each for each in validate(content(taxonomy)).results if each.rule == rule]


def _tried(taxonomy: Taxonomy, rule: str) -> Iterator[tuple[Fix, bool]]:
    """The fixes that the state takes, with whether each leaves less to find."""
    before = _findings(taxonomy, rule)
    for result in before:
        for fix in fixes(_problem(taxonomy, result)):
            try:
                after = _after(taxonomy, fix)
            except CladistError:
                continue
            left = _findings(after, rule)
            yield fix, len(left) < len(before)


@pytest.mark.parametrize(("path", "rule"), BROKEN, ids=[f"{named(p)}-{r}" for p, r in BROKEN])
def test_a_fix_mends(path: Path, rule: str) -> None:
    taxonomy = _taxonomy(path)
    if taxonomy is None:
        return  # fixtures about contents that describe no taxonomy, or two
    assert [fix.title for fix, mended in _tried(taxonomy, rule) if not mended] == []


def test_every_rule_that_has_fixes_is_mended_by_one() -> None:
    mended: set[str] = set()
    for path, rule in BROKEN:
        taxonomy = None if rule in mended else _taxonomy(path)
        if taxonomy is not None and any(ok for _, ok in _tried(taxonomy, rule)):
            mended.add(rule)
    assert FIXED - mended == set()


def test_rules_with_fixes_exist() -> None:
    assert FIXED - {rule.id for rule in rules()} == set()
