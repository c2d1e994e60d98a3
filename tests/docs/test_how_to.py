"""What the how-to pages show in Python and JSON does what they say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cladist.catalog.values import Author, NewTaxonomy
from cladist.model.change.kinds import EditTaxonomy
from cladist.settings import Settings
from cladist.wire import changes_from
from cladist.wiring import catalog
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
