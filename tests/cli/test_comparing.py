"""The verbs that compare: tables for people, JSON, documents, and the guard's status."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from cladist.catalog import correspondence_forms, diff_forms
from cladist.catalog.forms import Forms
from cladist.cli import comparing, correspondences
from cladist.cli.printing import Marked, Table, aligned
from cladist.exports.diff.telling import Level
from tests.cli.program import Cli


@pytest.fixture(scope="session")
def grown(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """Pets with a version 2: one class renamed, two merged, one retired; and a changed draft.

    Tests that change it take a copy.
    """
    folder = tmp_path_factory.mktemp("grown")
    copytree(published, folder, dirs_exist_ok=True)
    pets = Cli(folder)
    pets.text("rename", "pets", "hare", "brown hare", "--why", "seen twice")
    pets.text("merge", "pets", "puppy", "hound", "--new", "young dog")
    pets.text("retire", "pets", "cat", "--why", "no longer kept")
    pets.text("publish", "pets")
    pets.text("rename", "pets", "young dog", "dogs")
    return pets


def test_a_difference_begins_with_the_counts(grown: Cli) -> None:
    lines = grown.text("diff", "pets", "1", "2").splitlines()
    assert lines[0] == "pets 1.0.0 → pets 2.0.0"
    assert lines[1].startswith("3 operations, 5 subjects changed, ")
    assert lines[3] == "renamed 1, merged 1, retired 1"
    operations = "\n".join(lines[4:9])
    assert [each.split()[0] for each in lines[5:9]] == ["operation", "renamed", "merged", "retired"]
    assert "seen twice" in operations
    assert "ada" in operations
    (renamed,) = (each for each in lines if each.startswith("hare → brown hare"))
    assert renamed.endswith("  {+brown +}hare")
    assert lines[-1] == "The operations explain every statement of the difference."


def test_without_a_second_version_it_is_the_latest(grown: Cli, empty: Cli) -> None:
    assert grown.text("diff", "pets", "1") == grown.text("diff", "pets", "1", "latest")
    assert grown.text("correspondence", "pets", "1") == grown.text(
        "correspondence", "pets", "1", "2"
    )
    empty.text("new", "pets")
    told = empty.run("diff", "pets", "draft")
    assert told.exit_code == 0
    assert "this is the draft" in told.stderr
    assert told.stdout.startswith("pets draft → pets draft\n0 operations")


def test_the_draft_is_compared_as_any_version(grown: Cli) -> None:
    data = grown.json("diff", "pets", "2", "draft")
    assert [each["kind"] for each in data["operations"]] == ["renamed"]
    back = grown.text("diff", "pets", "draft", "2")
    assert "Taken back: " in back


def test_a_difference_is_narrowed(grown: Cli) -> None:
    def kinds(*words: str) -> list[str]:
        data = grown.json("diff", "pets", "1", "2", *words)
        return [each["kind"] for each in data["operations"]]

    assert kinds("--kind", "renamed", "--kind", "merged") == ["renamed", "merged"]
    assert kinds("--under", "dog") == ["merged"]
    assert kinds("--under", "#6") == kinds("--under", "brown hare") == ["renamed"]
    assert kinds("--language", "de") == []
    assert "cards" not in grown.json("diff", "pets", "1", "2", "--level", "operations")
    lines = grown.text("diff", "pets", "1", "2", "--level", "statements").splitlines()
    assert any(each.startswith("+ <") for each in lines)
    assert any(each.startswith("- <") for each in lines)


def test_what_became_of_the_classes(grown: Cli) -> None:
    lines = grown.text("correspondence", "pets", "1", "2").splitlines()
    assert lines[:3] == [
        "pets 1.0.0 → pets 2.0.0",
        "renamed 1, merged 1, retired 1",
        "Classes in use: 6; without a target: 1; needing a decision: 0 (16.7% in all).",
    ]
    table = [each.split() for each in lines[5:]]
    assert ["renamed", "1:1", "hare", "#6", "same", "as", "brown", "hare", "#6"] in table
    assert ["retired", "1:0", "cat", "#2"] in table
    assert sum("part of" in each for each in lines) == 2
    whole = grown.json("correspondence", "pets", "1", "2", "--all")
    assert whole["counts"] == {"unchanged": 2, "renamed": 1, "merged": 1, "retired": 1}
    same = grown.text("correspondence", "pets", "2", "2").splitlines()
    assert same[1:] == ["Nothing changed.", "Each of the 4 classes in use has one certain target."]


def test_who_must_decide_is_marked(grown: Cli) -> None:
    lines = grown.text("correspondence", "pets", "2", "1").splitlines()
    asked = [each for each in lines if each.endswith("decide")]
    assert len(asked) == 2
    assert all("has part" in each for each in asked)


def test_the_guard_ends_with_a_status_and_names_the_classes(grown: Cli) -> None:
    words = ("correspondence", "pets", "1", "2", "--limit")
    assert grown.run(*words, "0.2").exit_code == 0
    told = grown.run(*words, "0.1")
    assert (told.exit_code, told.stdout) == (5, "")
    assert "1 of 6 classes (16.7%)" in told.stderr
    assert "“cat”: no target" in told.stderr
    details = json.loads(grown.run(*words, "0.1", "--json").stderr)["error"]["details"]
    assert (details["limit"], details["classes"], details["without_target"]) == (0.1, 6, 1)
    assert [each[1] for each in details["concerned"]] == ["cat"]
    for wrong in ("1.1", "-0.1", "nan", "some"):
        assert grown.run(*words, wrong).exit_code == 2


@pytest.mark.parametrize("name", diff_forms.FORMS.names)
def test_a_difference_goes_to_a_file(grown: Cli, tmp_path: Path, name: str) -> None:
    check_document(grown, tmp_path, "diff", diff_forms.FORMS, name)


@pytest.mark.parametrize("name", correspondence_forms.FORMS.names)
def test_a_correspondence_goes_to_a_file(grown: Cli, tmp_path: Path, name: str) -> None:
    check_document(grown, tmp_path, "correspondence", correspondence_forms.FORMS, name)


def check_document(cli: Cli, folder: Path, verb: str, forms: Forms[Any], name: str) -> None:
    """To stdout and into JSON by its name, and to a file by its suffix if that is its own."""
    form = forms.named(name)
    words = (verb, "pets", "1", "2", "--format", name)
    plain = cli.run(*words).stdout_bytes
    data = cli.json(*words)
    assert (data["from"], data["to"], data["format"]) == ("1.0.0", "2.0.0", name)
    assert data["content"].encode() == plain
    file = folder / f"x{form.suffix}"
    own = () if forms.suffixed(file.name) is form else ("--format", name)
    said = cli.text(verb, "pets", "1", "2", "-o", str(file), *own)
    assert said == f"pets 1.0.0 to 2.0.0 is written to {file}.\n"
    assert file.read_bytes() == plain


def test_a_suffix_that_means_nothing_needs_a_format(grown: Cli, tmp_path: Path) -> None:
    told = grown.run("diff", "pets", "1", "2", "-o", str(tmp_path / "x.doc"))
    assert (told.exit_code, list(tmp_path.iterdir())) == (2, [])
    assert "Say --format json|markdown|" in told.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("diff pets 1 9", 3, "no version “9”"),
        ("correspondence pets 9", 3, "no version “9”"),
        ("diff cats 1", 3, "no taxonomy “cats”"),
        ("diff pets 1 2 --under mouse", 3, "no class “mouse” in pets 2 and pets 1"),
        ("diff pets 1 2 --language a_b", 5, "language tag"),
        ("diff pets 1 2 --kind renamed --format rdf-patch", 5, "no patch"),
        ("correspondence pets 2 1 --format replacements", 5, "swap the two"),
        ("diff pets", 2, "Missing argument"),
    ],
)
def test_refusals(grown: Cli, words: str, status: int, said: str) -> None:
    told = grown.run(*words.split())
    assert told.exit_code == status
    assert said in told.stderr


def test_the_names_on_the_command_line_are_those_there_are() -> None:
    assert diff_forms.FORMS.names == comparing.FORMATS
    assert (*correspondence_forms.FORMS.names, correspondences.MIGRATION) == correspondences.FORMATS
    assert tuple(Level) == comparing.LEVELS


def on_a_terminal(cli: Cli, *words: str, **environment: str) -> str:
    """What the program shows on a terminal, with all that steers it."""
    ours, theirs = pty.openpty()
    code = "from cladist.cli import main; main()"
    known = {"CLADIST_STORE": cli.store, "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "120"}
    with subprocess.Popen(
        [sys.executable, "-c", code, *words],
        stdout=theirs,
        env={**os.environ, "TERM": "xterm-256color", **known, **environment},
    ) as process:
        os.close(theirs)
        shown = bytearray()
        while part := _read(ours):
            shown += part
    os.close(ours)
    assert process.returncode == 0
    return shown.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody writes any more
        return b""


def test_words_are_coloured_on_a_terminal_that_has_colours(grown: Cli) -> None:
    words = ("diff", "pets", "1", "2", "--under", "hare")
    coloured = on_a_terminal(grown, *words)
    assert "\x1b[4;32mbrown \x1b[0mhare" in coloured
    assert "{+" not in coloured
    for plain in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "{+brown +}hare" in on_a_terminal(grown, *words, **plain)


def test_marked_words_cannot_steer_a_terminal() -> None:
    marked = Marked([("", "a\x1b[0m "), ("-", "old"), ("+", "new\nline")])
    assert str(marked) == "a\x1b[0m [-old-]{+new\nline+}"
    assert list(aligned(Table(("",), [(marked,)]))) == ["a\ufffd[0m [-old-]{+new line+}"]


def test_two_files_are_compared_without_a_taxonomy(grown: Cli, tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("id,label\nhttps://x.example/1,cat\n", "utf-8")
    new.write_text("id,label\nhttps://x.example/1,house cat\n", "utf-8")
    lines = grown.text("diff", str(old), str(new)).splitlines()
    assert lines[1].startswith("1 operation, 1 subject changed")
    assert lines[3] == "renamed 1"
