"""Files checked by the command, without a store, as the page shows it."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.cli.program import Cli
from tests.conftest import ROOT
from tests.console import lines_of

PAGE = ROOT / "docs" / "how-to" / "check-a-file.md"
SCHEMA = ROOT / "tests" / "schemas" / "sarif-2.1.0-rtm.5.json"


@pytest.fixture
def birds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The folder of the page."""
    monkeypatch.chdir(tmp_path)
    cli = Cli(tmp_path)
    page = PAGE.read_text("utf-8")
    for name, text in re.findall(r"```\w+ title=\"(\S+)\"\n(.*?)```", page, re.DOTALL):
        cli.write(name, text)
    return cli


def test_every_line_answers_what_the_page_shows(birds: Cli) -> None:
    lines = lines_of(PAGE.read_text("utf-8"))
    assert lines
    for line in lines:
        told = birds.run(*shlex.split(line.command)[1:])
        assert line.answered_by(told.output), (line.command, told.output)


def test_no_store_is_made(birds: Cli) -> None:
    birds.run("check", "birds.ttl")
    assert [each.name for each in birds.folder.iterdir()] == ["birds.ttl"]


def test_the_status_says_whether_publishing_would_be_refused(birds: Cli) -> None:
    lenient = "clad-hier-dangling-parent=report"
    assert birds.run("check", "birds.ttl").exit_code == 5
    assert birds.run("check", "birds.ttl", "--rule", lenient).exit_code == 0
    stricter = birds.run("check", "birds.ttl", "--rule", lenient, "--fail-on", "warning")
    assert stricter.exit_code == 5


def test_every_form_is_written(birds: Cli) -> None:
    for form in ("text", "json", "sarif", "shacl", "dqv", "html"):
        birds.run("check", "birds.ttl", "--report", form, "--output", f"out.{form}")
        assert Path(f"out.{form}").stat().st_size > 100
    log = json.loads(Path("out.sarif").read_text("utf-8"))
    jsonschema.Draft4Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(log)
    [file] = json.loads(Path("out.json").read_text("utf-8"))["files"]
    assert {each["line"] for each in file["results"]} == {4, 12, 18}
    assert file["statistics"]["concepts"] == 3


def test_several_files_make_one_report(birds: Cli) -> None:
    birds.write("other.txt", "animal\n  cat\n  dog\n")
    found = json.loads(birds.run("check", "birds.ttl", "other.txt", "--json").stdout)["files"]
    assert [each["file"] for each in found] == ["birds.ttl", "other.txt"]


def test_what_cannot_be_read_says_where(birds: Cli) -> None:
    birds.write("broken.ttl", "<a> <b> .\n")
    told = birds.run("check", "broken.ttl")
    assert told.exit_code == 6
    assert "line 1" in told.stderr.lower() or "1:" in told.stderr


def test_unknown_rules_and_ways_are_refused(birds: Cli) -> None:
    assert birds.run("check", "birds.ttl", "--rule", "nothing=report").exit_code == 5
    assert birds.run("check", "birds.ttl", "--rule", "clad-hier-cycle=maybe").exit_code == 2


def test_the_hook_for_commits_runs(birds: Cli) -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert re.search(hook["files"], "birds.ttl")
    program, *words = hook["entry"].split()
    assert program == "cladist"
    command = [Path(sys.executable).parent / program, *words, "birds.ttl"]
    told = subprocess.run(command, capture_output=True, check=False)
    assert told.returncode == 5
    assert "raptor" in told.stdout.decode()
