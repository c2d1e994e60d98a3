"""Versions made elsewhere at the command line: looked at first, then taken as far as is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Cli
from tests.imports.editions import BATS, COUNTS, FIRST, FORMS, SECOND, skos, table

NAMED = (
    *("--source-column", "Old", "--target-column", "New"),
    *("--source-part-column", "Part of old", "--target-part-column", "part of new"),
)
OLD, NEW = "https://old.example/", "https://new.example/v2#"


@pytest.fixture
def farming(empty: Cli) -> Cli:
    """A store where the first edition is published."""
    first = empty.write("first.csv", FIRST)
    words = ("--format", "classification", "--structure", "multi-label")
    empty.text("import", first, "--as", "farming", *words)
    empty.text("publish", "farming")
    return empty


@pytest.fixture
def zoo(empty: Cli) -> Cli:
    """A store with a vocabulary in its old namespace."""
    words = ("--as", "zoo", "--structure", "multi-label")
    empty.text("import", empty.write("old.ttl", skos(OLD)), *words)
    return empty


def second(cli: Cli, form: str = "csv", *more: tuple[str, str, str, str]) -> tuple[str, ...]:
    """The words that match the second edition by the table."""
    place = Path(cli.write(f"table.{form}", ""))
    place.write_bytes(table(form, *more))
    edition = cli.write("second.csv", SECOND)
    onto = ("--format", "classification", "--onto", "farming", "--table", str(place))
    return ("import", edition, *onto, *NAMED)


def by_kind(proposals: Any, kind: str) -> Any:
    """The only proposal of a kind."""
    (found,) = (each for each in proposals["proposals"] if each["kind"] == kind)
    return found


def notations(cli: Cli, state: str) -> dict[str, str]:
    """The classes in use by their notation."""
    listed = cli.json("classes", state)["classes"]
    return {each["notations"][0]["value"]: each["id"] for each in listed}


@pytest.mark.parametrize("form", FORMS)
def test_a_table_of_every_form_gives_the_same_proposals(farming: Cli, form: str) -> None:
    told = farming.json(*second(farming, form))
    assert (told["counts"], told["ambiguous"]) == (COUNTS, {})
    regrouped = by_kind(told, "regrouped")
    parts = {
        (each["source_label"], each["target_label"]): (each["source_part"], each["target_part"])
        for each in regrouped["pairs"]
    }
    assert parts["Cattle", "Animals n.e.c."] == ("part", "part")
    assert parts["Other animals", "Mixed farming"] == ("part", "whole")
    assert farming.json("status", "farming")["length"] == 0


def test_what_is_shown_says_that_nothing_was_stored_and_how_to_go_on(farming: Cli) -> None:
    shown = farming.text(*second(farming))
    first, *_, last = shown.splitlines()
    assert first == (
        "farming draft and the file: same 3, renamed 1, merged 1, split 1, regrouped 1, added 1"
    )
    assert last.startswith("Nothing was stored. The same command with --accept all")
    assert "0112 Vegetables; 0113 Fruit and nuts  0113 Plants that are eaten" in shown
    assert "What stands above the header is not read: line 1." in shown


def test_all_of_it_is_taken_and_a_reused_notation_joins_nothing(farming: Cli) -> None:
    before = notations(farming, "farming")
    done = farming.json(*second(farming), "--accept", "all")
    assert done["taken"]["counts"] == COUNTS
    assert done["open"]["proposals"] == []
    farming.text("publish", "farming")
    after = notations(farming, "farming@2")
    kept = {code for code in before if before[code] == after.get(code)}
    assert kept == {"A", "01", "011", "012"}
    assert after["0122"] not in before.values()
    told = farming.json("correspondence", "farming", "1", "2", "--all")
    assert told["counts"] == {
        **{"unchanged": 3, "renamed": 1, "merged": 1},
        **{"split": 1, "regrouped": 1, "added": 1},
    }


def test_some_kinds_are_taken_and_single_proposals(farming: Cli) -> None:
    words = second(farming)
    split = by_kind(farming.json(*words), "split")["id"]
    taking = ("--accept", "same,renamed,merged", "--accept-id", split)
    looked = farming.text(*words, *taking, "--dry-run")
    assert "Nothing was stored (--dry-run)." in looked
    assert "Taken: same 3, renamed 1, merged 1, split 1." in looked
    assert "Left open: regrouped 1, added 1." in looked
    done = farming.json(*words, *taking)
    assert {each["op"] for each in done["changes"]} == {
        "rename_class",
        "merge_classes",
        "split_class",
    }
    assert done["changes"][0]["evidence"]["justification"] == "ManualMappingCuration"
    sure = farming.json(*words, "--accept", "all", "--at-least", "0.999", "--dry-run")
    assert "renamed" not in sure["taken"]["counts"]


def test_what_is_rejected_is_told_apart(farming: Cli) -> None:
    words = second(farming)
    merged = by_kind(farming.json(*words), "merged")["id"]
    done = farming.json(*words, "--reject-id", merged)
    assert done["taken"]["counts"] == {"retired": 2, "added": 1}
    assert sorted(each["op"] for each in done["changes"]) == [
        *("add_class", "retire_class", "retire_class")
    ]


def test_a_proposal_that_there_is_none_of(farming: Cli) -> None:
    refused = farming.run(*second(farming), "--accept-id", "0000000000")
    assert (refused.exit_code, "without --accept" in refused.stderr) == (3, True)
    assert farming.json("status", "farming")["length"] == 0


def test_codes_of_neither_side_are_listed_and_refused_unless_allowed(farming: Cli) -> None:
    words = second(farming, "csv", ("9998", "0", "0129", "1"), ("0111", "1", "9999", "1"))
    refused = farming.run(*words)
    assert refused.exit_code == 5
    assert "Line 12: source “9998”" in refused.stderr
    assert "Line 13: target “9999”" in refused.stderr
    assert "--unknown-limit" in refused.stderr
    allowed = farming.text(*words, "--unknown-limit", "0.2")
    assert "9998 (line 12), 9999 (line 13)" in allowed


def test_a_namespace_move_comes_out_one_to_one(zoo: Cli) -> None:
    words = ("import", zoo.write("new.ttl", skos(NEW)), "--onto", "zoo", "--by", "local-name,label")
    told = zoo.json(*words)
    assert (told["counts"], told["ambiguous"]) == ({"same": 4}, {})
    before = {each["id"] for each in zoo.json("classes", "zoo@draft")["classes"]}
    done = zoo.json(*words, "--accept", "same")
    assert (done["new"], done["retired"]) == (0, 0)
    assert {each["id"] for each in zoo.json("classes", "zoo@draft")["classes"]} == before


def test_what_could_be_either_is_left_open_unless_it_is_named(zoo: Cli) -> None:
    words = ("import", zoo.write("new.ttl", skos(NEW, BATS)), "--onto", "zoo", "--by", "label")
    told = zoo.json(*words)
    assert told["counts"] == {"same": 3}
    assert told["ambiguous"] == {"same": 1, "added": 1}
    shown = zoo.text(*words)
    assert "same (ambiguous)" in shown
    assert f"Or bat → bat <{NEW}club>." in shown
    done = zoo.json(*words, "--accept", "all")
    assert done["taken"]["ambiguous"] == {}
    assert done["open"]["ambiguous"] == {"same": 1, "added": 1}
    assert done["new"] == 0
    (bat,) = (each["id"] for each in done["open"]["proposals"] if each["kind"] == "same")
    named = zoo.json(*words, "--accept-id", bat)
    assert named["taken"]["ambiguous"] == {"same": 1}


def test_declared_successors_by_a_predicate_that_is_named(zoo: Cli) -> None:
    gone = "z:dog <https://example.org/becomes> z:cat ; "
    gone += "<http://www.w3.org/2002/07/owl#deprecated> true ."
    words = ("import", zoo.write("new.ttl", skos(OLD, gone)), "--onto", "zoo", "--by")
    plain = zoo.json(*words, "id,declared")
    assert "merged" not in plain["counts"]
    named = ("--successor-predicate", "https://example.org/becomes")
    told = zoo.json(*words, "id,declared", *named)
    assert [each["label"] for each in by_kind(told, "merged")["sources"]] == ["cat", "dog"]
    done = zoo.json(*words, "id,declared", *named, "--accept", "merged")
    assert [each["op"] for each in done["changes"]] == ["merge_classes"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--accept", "all"), "--accept is about proposals"),
        (("--reject-id", "1"), "--reject-id is about proposals"),
        (("--by", "all", "--at-least", "0.5"), "--at-least goes with --accept"),
        (("--by", "all", "--retire-absent"), "--accept retired"),
        (("--by", "name"), "“name” is none of all, id,"),
        (("--by", "all", "--accept", ","), "is none of all, same,"),
        (("--source-column", "Old"), "--source-column is about a table"),
        (("--by", "all", "--sheet", "2"), "--sheet is about a table"),
    ],
)
def test_options_without_a_use(zoo: Cli, words: tuple[str, ...], message: str) -> None:
    place = zoo.write("new.ttl", skos(NEW))
    refused = zoo.run("import", place, "--onto", "zoo", *words)
    assert (refused.exit_code, message in refused.stderr) == (2, True), refused.stderr
    assert zoo.json("status", "zoo")["length"] == 0


def test_matching_is_onto_a_taxonomy(empty: Cli) -> None:
    place = empty.write("new.ttl", skos(NEW))
    refused = empty.run("import", place, "--as", "zoo", "--by", "all")
    assert (refused.exit_code, "--onto SLUG" in refused.stderr) == (2, True)


def test_what_a_table_is_must_be_known(farming: Cli) -> None:
    words = second(farming)
    renamed = Path(words[words.index("--table") + 1]).rename(farming.folder / "table.dat")
    words = tuple(str(renamed) if each.endswith("table.csv") else each for each in words)
    refused = farming.run(*words)
    assert (refused.exit_code, "--table-format" in refused.stderr) == (2, True)
    assert farming.json(*words, "--table-format", "csv")["counts"] == COUNTS


def test_a_table_that_does_not_fit_says_where(farming: Cli) -> None:
    words = second(farming)
    wrong = farming.run(*words, "--delimiter", ";")
    assert (wrong.exit_code, "Name the columns" in wrong.stderr) == (6, True)
    Path(words[words.index("--table") + 1]).write_bytes("Old,New\n0111,é\n".encode("cp1252"))
    broken = farming.run(*words)
    assert (broken.exit_code, "line 2" in broken.stderr) == (6, True)


def test_a_classification_in_another_encoding_and_of_a_system(empty: Cli) -> None:
    place = Path(empty.write("first.txt", ""))
    place.write_bytes("Code,Description\nA,Céréales\n".encode("cp1252"))
    words = ("import", str(place), "--as", "farming", "--format", "classification")
    assert empty.run(*words).exit_code == 6
    system = "https://example.org/system/farming"
    empty.text(*words, "--encoding", "cp1252", "--notation-system", system)
    (only,) = empty.json("classes", "farming@draft")["classes"]
    assert only["label"] == "Céréales"
    assert only["notations"] == [{"value": "A", "system": system}]
    other = empty.run("import", str(place), "--as", "b", "--format", "csv", "--encoding", "cp1252")
    assert (other.exit_code, "classification alone" in other.stderr) == (5, True)
