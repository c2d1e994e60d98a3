"""The validator of the package ``sssom`` takes what is written, and reads the same rows in it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from hypothesis import Phase, given, settings

from cladist.model.correspondence.account import Account
from cladist.rdf.sssom import write
from tests.rdf.accounts import accounts, every_kind

READER = Path(__file__).with_name("read_sssom.py")
NO_TERM = "https://w3id.org/sssom/NoTermFound"


def validated(
    interpreter: Path, folder: Path, texts: list[str]
) -> subprocess.CompletedProcess[str]:
    """What the package says of the files."""
    paths = [folder / f"{place}.sssom.tsv" for place in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8", newline="")
    return subprocess.run(
        [interpreter, READER, *paths], capture_output=True, text=True, timeout=120, check=False
    )


def rows(account: Account) -> set[tuple[str, str, str]]:
    """Subject, predicate and object of every row, ``NO_TERM`` where there is no counterpart."""
    exact = "skos:exactMatch"
    found = {(pair.source, f"skos:{pair.predicate}", pair.target) for _, pair in account.pairs()}
    for component in account.components:
        if not component.pairs:
            found |= {(each, exact, NO_TERM) for each in component.sources}
            found |= {(NO_TERM, exact, each) for each in component.targets}
    return found


def complaints(ran: subprocess.CompletedProcess[str]) -> list[str]:
    """What the package warns of; that it keeps no values of extension slots is known."""
    return [line for line in ran.stderr.splitlines() if "No attr for ext_" not in line]


def check(held: dict[str, Any], account: Account) -> None:
    """The package reads every row, and counts the same cardinality."""
    assert held["source"] == account.source.taxonomy
    assert {tuple(row[:3]) for row in held["rows"]} == rows(account)
    assert len(held["rows"]) == len(rows(account))
    assert [row[3] for row in held["rows"]] == [row[4] for row in held["rows"]]


def test_every_kind_and_odd_names_are_valid(interpreter: Path, tmp_path: Path) -> None:
    account = every_kind()
    ran = validated(interpreter, tmp_path, [write(account)])
    assert (ran.returncode, complaints(ran)) == (0, [])
    [held] = json.loads(ran.stdout)
    check(held, account)


def test_random_histories_are_valid(interpreter: Path, tmp_path: Path) -> None:
    found: list[Account] = []

    @given(accounts())
    @settings(max_examples=50, phases=[Phase.generate])
    def collect(account: Account) -> None:
        if account.components:
            found.append(account)

    collect()
    ran = validated(interpreter, tmp_path, [write(each) for each in found])
    assert (ran.returncode, complaints(ran)) == (0, [])
    for held, account in zip(json.loads(ran.stdout), found, strict=True):
        check(held, account)


def test_the_validator_refuses_what_is_no_sssom(interpreter: Path, tmp_path: Path) -> None:
    text = write(every_kind()).replace("semapv:ManualMappingCuration", "semapv:Guessing", 1)
    ran = validated(interpreter, tmp_path, [text])
    assert ran.returncode != 0
    assert "Guessing" in ran.stderr
