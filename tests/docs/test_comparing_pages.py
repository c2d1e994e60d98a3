"""The pages on comparing show what the program answers for the pets that they tell of."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.program import Cli
from tests.console import lines_of
from tests.docs.pages import DOCS

PETS = "animal\n  cat\n  dog\n  hare\n  newt\n"


@pytest.fixture(scope="module")
def pets(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """Three versions of pets."""
    cli = Cli(tmp_path_factory.mktemp("pets"))
    cli.text("import", "-", "--format", "outline", "--as", "pets", given=PETS)
    cli.text("publish", "pets")
    cli.text("rename", "pets", "hare", "brown hare", "--why", "The clinic's word.")
    cli.text("merge", "pets", "cat", "dog", "--new", "pet")
    cli.text("retire", "pets", "newt")
    cli.text("publish", "pets")
    cli.text("split", "pets", "pet", "--into", "furry", "--into", "scaly")
    cli.text("publish", "pets")
    return cli


@pytest.mark.parametrize("name", ["compare-versions", "follow-a-correspondence"])
def test_every_line_answers_what_the_page_shows(
    pets: Cli, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (DOCS / "how-to" / f"{name}.md").read_text("utf-8")
    lines = [each for each in lines_of(page) if each.command.startswith("cladist ")]
    assert lines
    for line in lines:
        told = pets.run(*shlex.split(line.command)[1:])
        shown = line.answered_by(told.output) if line.answer else told.exit_code == 0
        assert shown, (line.command, told.output)
