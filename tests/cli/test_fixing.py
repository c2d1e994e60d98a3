"""``cladist fix``, as its page shows it."""

from __future__ import annotations

import shlex

from tests.cli.program import Cli
from tests.conftest import ROOT
from tests.console import lines_of

PAGE = (ROOT / "docs" / "how-to" / "mend-what-is-found.md").read_text("utf-8")


def test_every_line_answers_what_the_page_shows(pets: Cli) -> None:
    lines = lines_of(PAGE)
    assert lines
    for line in lines:
        told = pets.run(*shlex.split(line.command)[1:])
        assert line.answered_by(told.output), (line.command, told.output)


def test_json_has_all(pets: Cli) -> None:
    pets.text("add-parent", "pets", "hound", "animal")
    found = pets.json("fix", "pets", "clad-hier-redundant")
    (finding,) = found["findings"]
    assert finding["fixes"][0]["changes"][0]["op"] == "remove_parent"
    assert (found["without"], found["more"]) == (0, 0)


def test_nothing_to_mend_and_refusals(pets: Cli) -> None:
    assert "No finding" in pets.text("fix", "pets", "clad-hier-redundant")
    assert pets.run("fix", "pets", "--choose", "1").exit_code == 2
    assert "there is no rule" in pets.run("fix", "pets", "clad-hier-x").stderr
    assert pets.run("fix", "pets", "--of", "nobody").exit_code
