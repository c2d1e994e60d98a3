"""Who uses what, and whom a draft hits, as the page shows it."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from tests.cli.program import Cli
from tests.console import lines_of

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "know-who-is-hit.md"
FARM = "animal\n  bird\n    hawk\n    crane\n  cat\n  dog\n"


@pytest.fixture
def farm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The farm in one version, and the counts of the page."""
    monkeypatch.chdir(tmp_path)
    cli = Cli(tmp_path)
    for name, text in re.findall(r"```\w+ title=\"(\S+)\"\n(.*?)```", PAGE.read_text(), re.DOTALL):
        cli.write(name, text)
    cli.text("import", "-", "--format", "outline", "--as", "farm", given=FARM)
    cli.text("publish", "farm")
    return cli


def test_every_line_answers_what_the_page_shows(farm: Cli) -> None:
    for line in lines_of(PAGE.read_text("utf-8")):
        told = farm.run(*shlex.split(line.command)[1:])
        assert line.answered_by(told.output), (line.command, told.output)


def test_sums_add_up_over_versions(farm: Cli) -> None:
    farm.text("use", "farm@1", "photos", "--counts", "counts.json")
    farm.text("use", "farm@1", "detector", "--kind", "model")
    farm.text("merge", "farm", "cat", "dog", "--new", "pet")
    farm.text("publish", "farm")
    farm.text("split", "farm", "hawk", "--into", "kite", "--into", "harrier")
    farm.text("publish", "farm")
    farm.text("retire", "farm", "crane")
    found = {each["name"]: each for each in farm.json("impact", "farm")["usages"]}
    photos = found["photos"]
    assert (photos["labels"], photos["hit"], photos["open"]) == (170, 170, 50)
    kinds = {each["kind"]: (each["labels"], each["automatic"]) for each in photos["hits"]}
    assert kinds == {"merged": (120, 120), "split": (40, 0), "retired": (10, 0)}
    detector = found["detector"]
    assert (detector["labels"], detector["hit"]) == (None, None)
    assert {each["labels"] for each in detector["hits"]} == {None}
    assert "unknown" in farm.text("impact", "farm@2")


def test_counts_follow_to_the_card(farm: Cli) -> None:
    farm.text("use", "farm@1", "photos", "--counts", "counts.json")
    farm.text("merge", "farm", "cat", "dog", "--new", "pet")
    farm.text("split", "farm", "hawk", "--into", "kite", "--into", "harrier")
    farm.text("publish", "farm")
    told = farm.run("card", "farm@2", "--usage", "photos")
    assert "40 labels of photos need a decision" in told.stderr
    card = json.loads(told.stdout)
    counts = dict(
        zip([each["label"] for each in card["index"]], card["class_weights"]["counts"], strict=True)
    )
    assert counts == {"crane": 10, "pet": 120, "kite": 0, "harrier": 0}


def test_a_reason_goes_into_the_notes(farm: Cli) -> None:
    farm.text("use", "farm@1", "photos", "--ask")
    farm.text("retire", "farm", "crane")
    assert farm.run("publish", "farm").exit_code == 4
    farm.text("acknowledge", "farm", "photos")
    farm.text("retire", "farm", "hawk")
    assert farm.run("publish", "farm").exit_code == 4  # that is more than was agreed to
    told = farm.text("publish", "farm", "--without-acknowledgement", "They said yes.")
    assert "Published before photos acknowledged it: They said yes." in told


def test_usages_are_listed_and_removed(farm: Cli) -> None:
    assert "Nobody" in farm.text("usages", "farm")
    farm.text("use", "farm", "photos", "--counts", "counts.json", "--note", "old")
    farm.text("use", "farm", "photos", "--note", "new")
    (found,) = farm.json("usages", "farm")["usages"]
    assert (found["note"], found["counts"]) == ("new", None)
    assert "unknown" in farm.text("usages", "farm")
    kinds = [each["type"] for each in farm.json("events", "farm")["events"]]
    assert kinds.count("usage.registered") == 2
    farm.text("unuse", "farm", "photos")
    assert farm.run("unuse", "farm", "photos").exit_code == 3


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("use", "farm@9", "photos"), 3),
        (("use", "farm@draft", "photos"), 5),
        (("use", "farm", "no blanks"), 5),
        (("use", "farm", "photos", "--counts", "strange.json"), 3),
        (("use", "none", "photos"), 3),
        (("acknowledge", "farm", "photos"), 3),
        (("card", "farm", "--usage", "photos"), 3),
    ],
)
def test_what_cannot_be_registered(farm: Cli, words: tuple[str, ...], status: int) -> None:
    farm.write("strange.json", '{"wolf": 3}')
    assert farm.run(*words).exit_code == status
