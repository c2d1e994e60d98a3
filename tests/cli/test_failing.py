"""Refusals: one message with what to do, a status that says which kind, never a traceback."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cladist.cli import failing
from cladist.cli.migrating import OPEN
from cladist.model import errors
from tests.cli.program import Cli


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("classes cats", 3, "cladist taxonomies"),
        ("classes pets@9", 3, "cladist versions"),
        ("show pets mouse", 3, "cladist search"),
        ("unexclude pets none", 3, "cladist groups"),
        ("undo pets none", 3, "cladist status"),
        ("new pets", 4, "exists already"),
        ("publish pets", 4, "no change"),
        ("rename pets cat cat", 5, "label already"),
        ("move pets animal --under cat", 5, "cycle"),
        ("describe pets cat --colour red", 5, "colour"),
        ("new Pets", 5, "short name"),
        ("import no-such-file.csv --as a", 2, "No such file"),
        ("classes pets@", 2, "pets@draft"),
        ("classes", 2, "SLUG"),
        ("marge pets cat dog", 2, "“merge”"),
        ("xyz", 2, "--help"),
        ("versions pets --store mysql://x/y", 5, "store"),
        ("versions pets --store postgresql://u@127.0.0.1:1/x", 8, "CLADIST_STORE"),
    ],
)
def test_each_kind_has_its_status(pets: Cli, words: str, status: int, said: str) -> None:
    result = pets.run(*words.split())
    assert (result.exit_code, result.stdout) == (status, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_refusal_in_json(pets: Cli) -> None:
    result = pets.run("show", "pets", "mouse", "--json")
    error = json.loads(result.stderr)["error"]
    assert (error["kind"], error["status"]) == ("UnknownClass", 3)
    assert error["details"] == {
        "reference": "mouse",
        "state": "pets 1.0.0 (look in pets@draft)",
    }


def test_settings_that_are_wrong_are_named(pets: Cli) -> None:
    from click.testing import CliRunner

    from cladist.cli.program import program

    result = CliRunner(env={"CLADIST_PORT": "many"}).invoke(program, ["versions", "pets"])
    assert (result.exit_code, "port" in result.stderr) == (2, True)


def test_what_steers_a_terminal_is_not_printed(pets: Cli) -> None:
    result = pets.run("show", "pets", "\x1b[31mred")
    assert (result.exit_code, "\x1b" in result.stderr) == (3, False)


def test_a_reader_that_goes_away_is_no_error(pets: Cli) -> None:
    program = "from cladist.cli import main; main()"
    command = [sys.executable, "-c", program, "export", "pets", "--format", "json"]
    shell = " ".join(f"'{each}'" for each in [*command, "--store", pets.store]) + " | head -c 1"
    service = str(Path(__file__).resolve().parents[2] / "service")
    ran = subprocess.run(
        ["bash", "-c", shell],
        env={**os.environ, "PYTHONPATH": service},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == "{"
    assert "Traceback" not in ran.stderr


def subclasses(kind: type[Exception]) -> set[type[Exception]]:
    return {kind}.union(*map(subclasses, kind.__subclasses__()))


def test_every_error_has_a_status_and_the_table_is_documented() -> None:
    documented = set(map(int, re.findall(r"^\| (\d) \|", inspect.getdoc(failing) or "", re.M)))
    given = {code for code in failing.STATUSES.values()}
    assert documented == given | {0, 1, 2, OPEN}
    for kind in subclasses(errors.CladistError) - {errors.CladistError}:
        if kind.__module__.startswith("cladist"):
            assert any(issubclass(kind, known) for known in failing.STATUSES), kind
