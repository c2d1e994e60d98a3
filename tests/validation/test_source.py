"""The rules about files: fixtures, both engines, and reports that hold them."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from cladist.rdf.namespaces import RDF, SKOS, SKOSXL
from cladist.validation import Severity, file_rules, report_of_file, rules
from cladist.validation.engine import examine
from cladist.validation.finding import Finding
from cladist.validation.loading import load
from cladist.validation.native import Checker
from cladist.validation.native.source import RULES, check_source
from cladist.validation.shapes import of_files
from tests.conftest import ROOT
from tests.validation.contents import content, lines_of
from tests.validation.dirt import dirty
from tests.validation.test_fixtures import expected

FIXTURES = sorted((ROOT / "tests" / "shapes" / "files" / "source").glob("*.ttl"))
NAMES = tuple(f"<https://example.org/pets/c{n}>" for n in range(6))
TERMS = (
    "broader",
    "narrower",
    "broaderTransitive",
    "narrowerTransitive",
    "subject",
    "topConceptOf",
)


def shacl(lines: list[bytes]) -> set[Finding]:
    """What pySHACL finds by the shapes, in the statements as they are."""
    return set(examine(load(lines), of_files().graph))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: str(path.name))
def test_just_the_expected_rules_speak(path: Path) -> None:
    lines = lines_of(path.read_text("utf-8"))
    found = check_source(lines)
    assert {each.rule for each in found} == expected(path)
    assert set(found) == shacl(lines)
    assert bool(expected(path)) == path.name.startswith("invalid-")


def test_every_rule_has_a_fixture_and_a_native_form() -> None:
    declared = {each.id for each in of_files().rules}
    assert declared == set(RULES) == {rule for path in FIXTURES for rule in expected(path)}
    assert all(each.severity is not Severity.VIOLATION for each in of_files().rules)
    assert {each.id for each in file_rules()} == declared | {each.id for each in rules()}


def odd(seed: int) -> list[bytes]:
    """A dirty taxonomy with what files say besides."""
    chance = Random(seed)
    more = [
        f"{chance.choice(NAMES)} <{SKOS}{chance.choice(TERMS)}> {chance.choice(NAMES)} .\n"
        for _ in range(12)
    ]
    for label in ("<urn:l1>", "<urn:l2>"):
        more.append(f"{label} <{RDF}type> <{SKOSXL}Label> .\n")
        if chance.random() < 0.5:
            more.append(f'{label} <{SKOSXL}literalForm> "x"@en .\n')
        if chance.random() < 0.5:
            more.append(f"{NAMES[0]} <{SKOSXL}altLabel> {label} .\n")
    return sorted({*dirty(seed), *(each.encode() for each in more)})


def test_both_engines_find_the_same() -> None:
    for seed in range(150):
        lines = odd(seed)
        assert set(check_source(lines)) == shacl(lines), seed


def test_a_report_of_a_file_has_both() -> None:
    lines = content(":c0 a skos:Concept ; skos:inScheme <> ; skos:broader :nobody .")
    found = {each.rule for each in report_of_file(Checker(lines), lines).results}
    assert {"clad-hier-dangling-parent", "clad-src-no-top"} <= found
