"""Relating taxonomies on the command line."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.program import Cli
from tests.console import lines_of
from tests.docs.pages import DOCS

ACTIVITIES = "label,notation\nwheat,011\nmaize,012\nfish,03\n"
PRODUCTS = "label,notation\ngrain,111\nstraw,112\n"
TABLE = "Activity;Product;of\n011;111;1\n011;112;1\n012;112;0\n"
COLUMNS = ("--source-column", "activity", "--target-column", "product", "--source-part-column")


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with a version of activities and one of products."""
    cli = Cli(tmp_path_factory.mktemp("economy"))
    for slug, table in (("activities", ACTIVITIES), ("products", PRODUCTS)):
        words = ("--as", slug, "--format", "csv", "--structure", "multi-label")
        cli.text("import", "-", *words, given=table)
        cli.text("publish", slug)
    return cli.folder


@pytest.fixture
def economy(stored: Path, tmp_path: Path) -> Cli:
    """A copy of that store."""
    copytree(stored, tmp_path / "copy")
    return Cli(tmp_path / "copy")


def test_a_table_relates_and_classes_are_followed(economy: Cli) -> None:
    table = economy.write("table.csv", TABLE)
    words = ("relate", "activities@1", "products", "--table", table, *COLUMNS, "of")
    looked = economy.text(*words, "--dry-run")
    assert "Nothing was stored" in looked
    assert economy.text("relations") == "No tables yet.\n"
    told = economy.text(*words, "--title", "Who makes what")
    assert told.splitlines()[0] == "activities 1.0.0 → products 1.0.0: 3 pairs"
    assert told.splitlines()[-1] == "Classes that hang together: n:m 1."
    assert "activities  2         1" in told
    listed = economy.text("relations").splitlines()
    assert listed[1].startswith("activities 1.0.0  products 1.0.0  1         Who makes what  ada")
    found = economy.text("correspondence", "activities", "1", "--with", "products")
    assert found.startswith("activities 1.0.0 → products 1.0.0\n")
    assert "wheat #1  has part  grain #1  decide" in found
    back = economy.json("correspondence", "products", "1", "latest", "--with", "activities")
    assert (back["source"]["slug"], back["target"]["slug"]) == ("products", "activities")
    assert back["counts"] == {"regrouped": 1, "added": 1}
    exported = economy.folder / "out.sssom.tsv"
    export = ("correspondence", "activities", "1", "1", "--with", "products", "-o", str(exported))
    assert economy.text(*export).startswith("activities 1.0.0 to products 1.0.0 is written")
    assert "subject_source" in exported.read_text("utf-8")


def test_json_says_all_that_was_counted(economy: Cli) -> None:
    table = economy.write("table.csv", TABLE)
    words = ("relate", "activities", "products", "--table", table, *COLUMNS, "of")
    assert economy.json(*words)["revision"] == 1
    done = economy.json(*words)
    assert done["source"] == {"slug": "activities", "version": "1.0.0"}
    assert (done["revision"], done["pairs"], done["components"]) == (2, 3, {"n:m": 1})
    assert [each["revision"] for each in economy.json("relations")["relations"]] == [1, 2]


REFUSED = {
    "no table": (("relate", "activities", "products"), 2, "--table FILE"),
    "no such form": (("relate", "activities", "products", "--table", "t.pdf"), 2, "--table-format"),
    "no table stored": (
        ("correspondence", "activities", "1", "--with", "products"),
        4,
        "no table relates them",
    ),
    "a draft": (("relate", "activities@draft", "products", "--table", "t.csv"), 5, "publish"),
    "one taxonomy": (("relate", "activities", "activities@1", "--table", "t.csv"), 5, "changes"),
    "no such taxonomy": (("relate", "activities", "goods", "--table", "t.csv"), 3, "goods"),
    "unknown codes": (("relate", "activities", "products", "--table", "t.csv"), 5, "Line 2"),
}


@pytest.mark.parametrize(("words", "status", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_related(
    economy: Cli,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    economy.write("t.csv", "source,target\n9,9\n")
    economy.write("t.pdf", "%PDF")
    monkeypatch.chdir(economy.folder)
    result = economy.run(*words)
    assert (result.exit_code, said in result.stderr) == (status, True), result.stderr
    assert economy.json("relations") == {"relations": []}


def test_the_page_on_it_shows_what_the_program_answers(
    empty: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (DOCS / "how-to" / "relate-two-taxonomies.md").read_text("utf-8")
    tables = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    for name, table in zip(("activities", "products", "table"), tables, strict=True):
        empty.write(f"{name}.csv", table)
    monkeypatch.chdir(empty.folder)
    lines = [each for each in lines_of(page) if each.command.startswith("cladist ")]
    answers = [(line, empty.text(*shlex.split(line.command)[1:])) for line in lines]
    wrong = [pair for pair in answers if pair[0].answer and not pair[0].answered_by(pair[1])]
    assert (len(lines), wrong) == (9, [])
