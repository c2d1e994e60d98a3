"""Annotations checked by the command, as the page shows it."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.cli.program import Cli
from tests.console import lines_of

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "check-annotations.md"


@pytest.fixture
def farm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The farm of the page, published."""
    monkeypatch.chdir(tmp_path)
    cli = Cli(tmp_path)
    page = PAGE.read_text("utf-8")
    for name, text in re.findall(r"```\w+ title=\"(\S+)\"\n(.*?)```", page, re.DOTALL):
        cli.write(name, text)
    cli.text("import", "farm.txt", "--as", "farm")
    cli.text("publish", "farm")
    return cli


def test_every_line_answers_what_the_page_shows(farm: Cli) -> None:
    lines = lines_of(PAGE.read_text("utf-8"))
    assert lines
    for line in lines:
        told = farm.run(*shlex.split(line.command)[1:])
        assert line.answered_by(told.output), (line.command, told.output)


def test_the_python_of_the_page_works(
    farm: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CLADIST_STORE", farm.store)
    (block,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(compile(block, PAGE.name, "exec"), {})
    assert "unselectable-class /labels/0" in capsys.readouterr().out


def test_machines_get_all_of_it(farm: Cli) -> None:
    told = farm.run("check-data", "labels.jsonl", "farm", "--json")
    assert (told.exit_code, json.loads(told.stdout)["faults"]) == (
        5,
        {"unknown-class": 1, "unselectable-class": 1},
    )


@pytest.mark.parametrize(
    "text",
    [
        '[\n{"labels": ["cat"]}\n]',
        '{"annotations": [{"labels": ["cat"]}]}',
        '\n{"labels": "cat"}\n',
    ],
)
def test_a_document_or_lines(farm: Cli, text: str) -> None:
    told = farm.run("check-data", "-", "farm@1", "--json", given=text)
    assert (told.exit_code, json.loads(told.stdout)["valid"]) == (0, 1)


def test_what_holds_no_annotations(farm: Cli) -> None:
    told = farm.run("check-data", "-", "farm@1", given="[1, 2")
    assert told.exit_code == 6
    assert "no JSON" in told.output
