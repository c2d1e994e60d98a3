"""What the how-to pages show in Python and JSON does what they say."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from cladist.api.schemas.foreign import adoption_adapter
from cladist.catalog.values import Author, NewTaxonomy
from cladist.model.change.kinds import EditTaxonomy
from cladist.settings import Settings
from cladist.wire import changes_from
from cladist.wiring import catalog
from tests.cli.program import Cli
from tests.console import Line, lines_of
from tests.docs.pages import DOCS


def blocks(name: str, language: str) -> list[str]:
    """The blocks of a page in one language."""
    page = (DOCS / "how-to" / f"{name}.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def test_a_backup_is_made_and_found_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with catalog(Settings(store="sqlite:///data/cladist.sqlite")) as opened:
        opened.create(NewTaxonomy(slug="pets"), Author())
        for block in blocks("back-up", "python"):
            exec(compile(block, "back-up.md", "exec"), {})
    assert capsys.readouterr().out == "()\n"
    with catalog(Settings(store="sqlite:///backup.sqlite")) as opened:
        assert [each.slug for each in opened.taxonomies()] == ["pets"]


def test_the_change_of_a_rule_can_be_read() -> None:
    (block,) = blocks("take-a-rule-otherwise", "json")
    (change,) = changes_from(json.dumps(json.loads(block)["changes"]))
    assert isinstance(change, EditTaxonomy)
    assert change.rules is not None
    assert change.rules[0].reason


def test_a_version_made_elsewhere_is_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DOCS / "how-to" / "take-over-a-foreign-version.md").read_text("utf-8")
    files = dict(re.findall(r"```csv title=\"(\S+)\"\n(.*?)```", page, re.DOTALL))
    assert len(files) == 3
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    cli = Cli(tmp_path)
    ids: dict[str, str] = {}
    for line in lines_of(page.partition("## By other evidence")[0]):
        words = [ids.get(each, each) for each in shlex.split(line.command)]
        output = cli.text(*words[1:])
        ids |= dict(zip(proposal_ids(line.answer), proposal_ids(output), strict=False))
        assert Line(line.command, renamed(line.answer, ids)).answered_by(output), output
    assert len(ids) == 4


def proposal_ids(text: str) -> list[str]:
    """The ids in the first column; they follow from those of classes, which are given by chance."""
    return re.findall(r"^[0-9a-f]{10}(?=  )", text, re.MULTILINE)


def renamed(text: str, ids: dict[str, str]) -> str:
    for old, new in ids.items():
        text = text.replace(old, new)
    return text


def test_the_body_of_an_adoption_can_be_read() -> None:
    (block,) = blocks("take-over-a-foreign-version", "json")
    body = adoption_adapter().validate_json(block, strict=True)
    assert body.table is not None
    assert body.accept.ids


FARM = "animal\n  bird\n    crane\n    hawk\n  mammal\n    cat\nmachine\n  crane\n  lorry\n"


def test_classes_are_given_to_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cli = Cli(tmp_path)
    cli.text("import", "-", "--format", "outline", "--as", "farm", given=FARM)
    cli.text("publish", "farm")
    page = (DOCS / "how-to" / "export-for-tools.md").read_text("utf-8")
    lines = lines_of(page)
    assert len(lines) == 4
    for line in lines:
        told = cli.run(*shlex.split(line.command)[1:])
        assert line.answered_by(told.output), (line.command, told.output)


def test_a_head_is_kept_over_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cli = Cli(tmp_path)
    cli.text("import", "-", "--format", "outline", "--as", "farm", given=FARM)
    cli.text("publish", "farm")
    cli.text("rename", "farm", "cat", "house cat")
    cli.text("add", "farm", "ferret")
    cli.text("publish", "farm")
    page = (DOCS / "how-to" / "train-on-a-version.md").read_text("utf-8")
    ((name, text),) = re.findall(r"```csv title=\"(\S+)\"\n(.*?)```", page, re.DOTALL)
    (tmp_path / name).write_text(text, "utf-8")
    for line in lines_of(page):
        told = cli.run(*shlex.split(line.command)[1:])
        assert line.answered_by(told.output), (line.command, told.output)
    (block,) = blocks("train-on-a-version", "python")
    known: dict[str, object] = {}
    exec(compile(block, "train-on-a-version.md", "exec"), known)
    card = json.loads((tmp_path / "card.json").read_text("utf-8"))
    assert known["outputs"] == card["outputs"] == len(card["index"])
    made = json.loads(cli.text("card", "farm@2", "--counts", name))["class_weights"]
    assert sum(made["counts"]) == 45
