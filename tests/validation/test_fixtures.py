"""Every shape file against contents that keep its rules and contents that break one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cladist.validation import Engine, Severity, rules, validate
from cladist.validation.report import Rule
from tests.conftest import ROOT
from tests.validation.contents import lines_of

FOLDER = ROOT / "tests" / "shapes"
FIXTURES = sorted(FOLDER.glob("*/*.ttl"))


def named(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


def expected(path: Path, head: str = "# expect: ") -> set[str]:
    """The rules that a fixture says it breaks; those that may remark on it under another head."""
    written = path.read_text(encoding="utf-8").splitlines()
    return {line.removeprefix(head) for line in written if line.startswith(head)}


def shapes() -> set[str]:
    """The rules that SHACL states."""
    return {rule.id for rule in rules() if rule.shape}


def is_aside(rule: Rule, path: Path) -> bool:
    """Whether a rule only remarks on what the fixtures of another file need not care for."""
    return rule.severity is Severity.INFO and Path(rule.file).stem != path.parent.name


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("path", FIXTURES, ids=named)
def test_just_the_expected_rules_speak(path: Path, engine: Engine) -> None:
    report = validate(lines_of(path.read_text(encoding="utf-8")), engine=engine)
    asides = {rule.id for rule in rules() if is_aside(rule, path)} - expected(path)
    asides |= expected(path, "# remark: ")
    wanted = expected(path) if engine is Engine.NATIVE else expected(path) & shapes()
    assert {result.rule for result in report.results} - asides == wanted
    assert bool(expected(path)) == path.name.startswith("invalid-")
    grave = {rule.id for rule in rules() if rule.severity is Severity.VIOLATION}
    assert report.conforms == (not expected(path) & grave)


def test_every_rule_is_broken_by_a_fixture_of_its_file() -> None:
    broken = {(rule, path.parent.name) for path in FIXTURES for rule in expected(path)}
    assert {(rule.id, Path(rule.file).stem) for rule in rules()} - broken == set()


def test_every_fixture_names_rules_that_exist() -> None:
    known = {rule.id for rule in rules()}
    assert {rule for path in FIXTURES for rule in expected(path)} - known == set()


def test_every_shape_file_has_fixtures_on_both_sides() -> None:
    for file in {rule.file for rule in rules()}:
        names = [path.name for path in FIXTURES if path.parent.name == Path(file).stem]
        assert any(name.startswith("valid-") for name in names), file
        assert any(name.startswith("invalid-") for name in names), file
