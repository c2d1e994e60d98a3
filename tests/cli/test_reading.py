"""The verbs that look: lists, trees, one class, search, drafts, versions, the log."""

from __future__ import annotations

import pytest

from tests.cli.program import Cli


def test_classes_stand_by_code_with_their_index(pets: Cli) -> None:
    data = pets.json("classes", "pets")
    assert (data["slug"], data["version"], data["total"]) == ("pets", "1.0.0", 6)
    assert [each["code"] for each in data["classes"]] == [1, 2, 3, 4, 5, 6]
    assert [each["index"] for each in data["classes"]] == [None, 0, None, 1, 2, 3]
    lines = pets.text("classes", "pets").splitlines()
    assert lines[0].split() == ["code", "index", "label", "under"]
    assert lines[2].split() == ["#2", "0", "cat", "animal"]
    assert lines[-1] == "pets 1.0.0: 6 classes"


def test_trees_show_the_hierarchy(pets: Cli) -> None:
    assert pets.text("classes", "pets", "--tree").splitlines() == [
        "animal #1",
        "├── cat #2",
        "├── dog #3",
        "│   ├── hound #5",
        "│   └── puppy #4",
        "└── hare #6",
        "pets 1.0.0: 6 classes",
    ]
    below = pets.text("classes", "pets", "--tree", "--under", "dog").splitlines()
    assert below[0] == "dog #3"


def test_lists_are_narrowed(pets: Cli) -> None:
    pets.text("retire", "pets", "hare")
    assert "hare" not in pets.labels("pets@draft")
    assert "hare" in pets.labels("pets@draft", "--retired")
    assert "hare (retired)" in pets.text("classes", "pets@draft", "--retired")
    assert pets.labels("pets@draft", "--selectable") == {"cat", "puppy", "hound"}
    assert pets.labels("pets", "--under", "dog") == {"puppy", "hound"}


@pytest.mark.parametrize(
    ("target", "version"),
    [("pets", "1.0.0"), ("pets@latest", "1.0.0"), ("pets@1", "1.0.0"), ("pets@draft", "draft")],
)
def test_selectors(pets: Cli, target: str, version: str) -> None:
    assert pets.json("classes", target)["version"] == version


def test_without_a_version_the_draft_is_read_and_that_is_said(empty: Cli) -> None:
    empty.text("new", "pets")
    result = empty.run("classes", "pets", "--json")
    assert "no version yet" in result.stderr
    assert '"version": "draft"' in result.stdout
    assert empty.run("classes", "pets@latest").exit_code == 3


def test_one_class_is_shown_with_its_ways(pets: Cli) -> None:
    pets.text("add-parent", "pets", "puppy", "cat")
    data = pets.json("show", "pets@draft", "puppy")
    assert sorted(data["paths"]) == [["animal", "cat", "puppy"], ["animal", "dog", "puppy"]]
    text = pets.text("show", "pets", "#4")
    assert "animal > dog > puppy" in text
    assert "may be picked" in text
    assert pets.json("show", "pets", "dog")["selectable"] is False


def test_search_finds_and_suggests(pets: Cli) -> None:
    data = pets.json("search", "pets", "hou")
    assert [each["label"] for each in data["hits"]] == ["hound"]
    assert pets.json("search", "pets", "hounnd")["suggestions"][0]["label"] == "hound"
    text = pets.text("search", "pets", "hounnd")
    assert "no such class" in text
    assert "Similar:" in text


def test_the_status_lists_changes_and_the_next_number(pets: Cli) -> None:
    assert pets.text("status", "pets") == "pets: the draft equals version 1.0.0.\n"
    pets.text("rename", "pets", "cat", "house cat", "--why", "clearer")
    pets.text("add", "pets", "ferret")
    data = pets.json("status", "pets")
    assert [each["bump"] for each in data["changes"]] == ["minor", "major"]
    assert data["proposed"] == "2.0.0"
    assert "clearer" in pets.text("status", "pets")


def test_any_change_is_undone(pets: Cli) -> None:
    first = pets.json("rename", "pets", "cat", "house cat")["changes"][0]["id"]
    pets.text("add", "pets", "ferret")
    assert pets.json("undo", "pets", first)["length"] == 1
    assert pets.json("undo", "pets", "last")["length"] == 0
    assert pets.run("undo", "pets", "last").exit_code == 3


def test_discarding_asks_first(pets: Cli) -> None:
    pets.text("add", "pets", "ferret")
    assert pets.run("discard", "pets", given="n\n").exit_code == 1
    assert pets.json("status", "pets")["length"] == 1
    assert pets.run("discard", "pets", given="y\n").exit_code == 0
    assert pets.json("status", "pets")["length"] == 0


def test_publishing_goes_on_from_version_to_version(pets: Cli) -> None:
    assert pets.run("publish", "pets").exit_code == 4
    pets.text("rename", "pets", "cat", "house cat")
    assert pets.run("publish", "pets", "--number", "1.0.1").exit_code == 5
    done = pets.json("publish", "pets", "--number", "1.2.0", "--notes", "By hand.")
    assert (done["number"], done["previous"], done["notes"]) == ("1.2.0", "1.0.0", "By hand.")
    notes = pets.write("notes.md", "From a file.")
    pets.text("define", "pets", "hare", "Long ears.")
    assert pets.run("publish", "pets", "--notes", "a", "--notes-file", notes).exit_code == 2
    assert pets.json("publish", "pets", "--notes-file", notes)["notes"] == "From a file."
    numbers = [each["number"] for each in pets.json("versions", "pets")["versions"]]
    assert numbers == ["1.0.0", "1.2.0", "1.2.1"]
    assert pets.text("versions", "pets").splitlines()[-1].startswith("1.2.1")


def test_what_breaks_a_rule_is_not_published(pets: Cli) -> None:
    assert pets.run("validate", "pets").exit_code == 0
    pets.text("exclusive", "pets", "--name", "odd", "--member", "dog", "--member", "puppy")
    report = pets.run("validate", "pets", "--json")
    assert (report.exit_code, '"conforms": false' in report.stdout) == (5, True)
    assert "stands against publishing" in pets.run("validate", "pets").stdout
    assert pets.run("validate", "pets@latest").exit_code == 0
    refused = pets.run("publish", "pets")
    assert (refused.exit_code, "cladist validate" in refused.stderr) == (5, True)


def test_the_log_has_versions_the_draft_and_all_acts(pets: Cli) -> None:
    pets.text("rename", "pets", "cat", "house cat", "--evidence", '{"tickets": 3}')
    pets.text("publish", "pets")
    pets.text("add", "pets", "ferret")
    changes = pets.json("log", "pets")["changes"]
    assert [each["version"] for each in changes] == ["1.1.0", "draft"]
    assert changes[0]["evidence"] == {"tickets": 3}
    assert changes[0]["change"]["op"] == "rename_class"
    assert [each["version"] for each in pets.json("log", "pets@1")["changes"]] == ["1.1.0"]
    assert [each["version"] for each in pets.json("log", "pets@draft")["changes"]] == ["draft"]
    assert pets.text("log", "pets@1.0") == "No changes.\n"
    assert len(pets.json("log", "pets", "--events")["events"]) >= 4
    assert "who" in pets.text("log", "pets", "--events")


def test_rules_are_listed(empty: Cli) -> None:
    rules = empty.json("rules")["rules"]
    assert len(rules) > 10
    assert {"id", "severity", "title", "advice"} <= set(rules[0])
    assert rules[0]["id"] in empty.text("rules")
