"""The verbs that edit: each makes its change, shows the effect, and stores nothing on a dry run."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.program import Cli


def only(edited: Any) -> Any:
    """The single change of an edit."""
    (change,) = edited["changes"]
    return change


def field(edited: Any, name: str) -> Any:
    """A field after a change to a single class."""
    (swap,) = only(edited)["effect"]["classes"]
    return swap["fields"][name]["after"]


def values(texts: list[dict[str, str]]) -> list[str]:
    return [each["value"] for each in texts]


def test_adding_says_what_is_new(pets: Cli) -> None:
    done = pets.json(
        "add", "pets", "ferret", "--under", "animal", "--definition", "A small hunter."
    )
    new = only(done)["change"]["new"]
    assert new["preferred"] == [{"value": "ferret", "language": "en"}]
    assert new["code"] == 7
    assert values(new["definitions"]) == ["A small hunter."]
    assert done["draft"] == {
        "slug": "pets",
        "iri": "https://w3id.org/cladist/id/pets",
        "revision": 2,
        "base_version": "1.0.0",
        "proposed": "2.0.0",
        "length": 1,
    }


def test_adding_several_is_one_edit(pets: Cli) -> None:
    assert len(pets.json("add", "pets", "ferret", "stoat", "--under", "animal")["changes"]) == 2
    result = pets.run("add", "pets", "mink", "otter", "--definition", "Wet.")
    assert (result.exit_code, "single LABEL" in result.stderr) == (2, True)


def test_a_change_keeps_who_why_and_evidence(pets: Cli) -> None:
    words = ("--author", "bob", "--why", "asked for", "--evidence", "ticket 7")
    done = only(pets.json("rename", "pets", "cat", "house cat", *words))
    assert (done["who"], done["why"], done["evidence"]) == ("bob", "asked for", "ticket 7")
    assert only(pets.json("rename", "pets", "dog", "house dog"))["who"] == "ada"


def test_renaming_keeps_the_old_label(pets: Cli) -> None:
    done = pets.json("rename", "pets", "cat", "house cat")
    assert values(field(done, "alternative")) == ["cat"]
    done = pets.json("rename", "pets", "dog", "hund", "--language", "de")
    assert {"value": "hund", "language": "de"} in field(done, "preferred")


def test_describing_adds_and_clears(pets: Cli) -> None:
    pets.text("describe", "pets", "cat", "--example", "tabby", "--alternative", "moggy")
    done = pets.json("describe", "pets", "cat", "--example", "manx", "--colour", "#aabbcc")
    assert values(field(done, "examples")) == ["manx", "tabby"]
    assert field(done, "colour") == "#AABBCC"
    done = pets.json("describe", "pets", "cat", "--clear", "example", "--clear", "colour")
    assert field(done, "examples") == []
    assert field(done, "colour") == ""


def test_describing_links_classes_and_notations(pets: Cli) -> None:
    system = "https://example.org/codes"
    done = pets.json(
        *("describe", "pets", "hare", "--boundary-note", "Not in burrows."),
        *("--boundary-with", "cat", "--notation", "H1", system, "--rank", "3"),
    )
    assert len(field(done, "boundary_with")) == 1
    assert field(done, "notations") == [{"value": "H1", "system": system}]
    assert field(done, "rank") == 3
    done = pets.json("describe", "pets", "hare", "--clear", "notation", "--clear", "rank")
    assert (field(done, "notations"), field(done, "rank")) == ([], None)


def test_defining_anew_needs_a_word_on_the_meaning(pets: Cli) -> None:
    assert only(pets.json("define", "pets", "hare", "Long ears."))["bump"] == "patch"
    result = pets.run("define", "pets", "hare", "Very long ears.")
    assert (result.exit_code, "--shift" in result.stderr) == (2, True)
    done = pets.json("define", "pets", "hare", "Very long ears.", "--shift", "narrowed")
    assert only(done)["bump"] == "major"
    assert values(field(done, "definitions")) == ["Very long ears."]


def test_placing(pets: Cli) -> None:
    assert len(field(pets.json("add-parent", "pets", "hare", "dog"), "parents")) == 2
    assert len(field(pets.json("remove-parent", "pets", "hare", "animal"), "parents")) == 1
    assert field(pets.json("move", "pets", "hare", "--top"), "parents") == []
    assert len(field(pets.json("move", "pets", "hare", "--under", "#1"), "parents")) == 1
    assert pets.run("move", "pets", "hare").exit_code == 2


def test_ordering_ranks_the_classes(pets: Cli) -> None:
    done = pets.json("order", "pets", "hare", "cat")
    ranks = [each["fields"]["rank"]["after"] for each in only(done)["effect"]["classes"]]
    assert sorted(ranks) == [0, 1]


@pytest.mark.parametrize(("word", "value"), [("yes", True), ("no", False)])
def test_selectable(pets: Cli, word: str, value: bool) -> None:
    assert field(pets.json("selectable", "pets", "dog", word), "selectable") is value


def test_merging_into_a_new_class(pets: Cli) -> None:
    words = ("merge", "pets", "cat", "dog", "--new", "pet", "--under", "animal")
    assert only(pets.json(*words))["bump"] == "major"
    assert pets.labels("pets@draft") == {"animal", "pet", "puppy", "hound", "hare"}
    assert pets.labels("pets@draft", "--under", "pet") == {"puppy", "hound"}


def test_merging_into_a_class_that_exists(pets: Cli) -> None:
    pets.text("merge", "pets", "cat", "--into", "hare")
    assert "cat" not in pets.labels("pets@draft")
    assert pets.run("merge", "pets", "dog", "hare").exit_code == 2
    assert pets.run("merge", "pets", "dog", "--into", "no such").exit_code == 3


def test_splitting_places_the_children(pets: Cli) -> None:
    pets.text(
        *("split", "pets", "dog", "--into", "big dog", "--into", "small dog"),
        *("--rule", "over 20 kg", "--child", "puppy", "small dog", "--child", "hound", "big dog"),
    )
    assert pets.labels("pets@draft", "--under", "small dog") == {"puppy"}
    refused = pets.run("split", "pets", "cat", "--into", "tabby")
    assert refused.exit_code == 5


def test_splitting_may_keep_the_class_above_its_parts(pets: Cli) -> None:
    pets.text(
        *("split", "pets", "cat", "--into", "tabby", "--existing", "hare", "--keep-as-parent"),
    )
    assert pets.labels("pets@draft", "--under", "cat") >= {"tabby"}


def test_regrouping_takes_pairs(pets: Cli) -> None:
    pairs = (
        *("--pair", "cat", "quiet", "whole-part", "--pair", "hare", "quiet", "part-part"),
        *("--pair", "hare", "loud", "part-whole", "--new", "quiet", "--new", "loud"),
    )
    done = only(pets.json("regroup", "pets", *pairs))
    assert len(done["change"]["pairs"]) == 3
    assert {"quiet", "loud"} <= pets.labels("pets@draft")
    assert pets.run("regroup", "pets", "--pair", "dog", "loud", "all").exit_code == 5


def test_retiring_and_restoring(pets: Cli) -> None:
    pets.text("retire", "pets", "hare", "--reason", "not a pet", "--successor", "cat")
    assert pets.json("show", "pets@draft", "#6")["retirement"]["reason"] == "not a pet"
    pets.text("restore", "pets", "#6")
    assert "hare" in pets.labels("pets@draft")
    pets.text("retire", "pets", "dog", "--lift-children")
    assert "puppy" in pets.labels("pets@draft", "--under", "animal")


def test_exclusive_groups(pets: Cli) -> None:
    pets.text("exclusive", "pets", "--name", "kinds", "--member", "cat", "--member", "hare")
    (group,) = pets.json("groups", "pets@draft")["groups"]
    assert set(group["member_labels"]) == {"cat", "hare"}
    words = ("--member", "cat", "--member", "dog", "--exhaustive-under", "animal")
    pets.text("exclusive", "pets", "--group", "kinds", *words)
    (group,) = pets.json("groups", "pets@draft")["groups"]
    assert (set(group["member_labels"]), group["exhaustive"]) == ({"cat", "dog"}, True)
    assert "cat, dog" in pets.text("groups", "pets@draft").replace("dog, cat", "cat, dog")
    pets.text("unexclude", "pets", "kinds")
    assert pets.run("unexclude", "pets", "kinds").exit_code == 3
    assert "no exclusive group" in pets.text("groups", "pets@draft")


def test_the_frame(pets: Cli) -> None:
    pets.text("structure", "pets", "sequence", "--tagging-scheme", "BIO")
    assert "label structure      sequence" in pets.text("taxonomy", "pets")
    pets.text("taxonomy", "pets", "--title", "Animals", "--no-polyhierarchy")
    header = pets.json("taxonomy", "pets")
    assert values(header["titles"]) == ["Animals"]
    assert header["polyhierarchy"] is False
    rule = pets.json("rules")["rules"][0]["id"]
    pets.text("rule", "pets", rule, "ignore", "--reason", "we know")
    assert pets.json("taxonomy", "pets")["rules"][0]["rule"] == rule
    pets.text("rule", "pets", rule, "usual")
    assert pets.json("taxonomy", "pets")["rules"] == []


def test_a_dry_run_stores_nothing(pets: Cli) -> None:
    answer = pets.text("merge", "pets", "cat", "hare", "--new", "quiet animal", "--dry-run")
    assert "“quiet animal” #7: new" in answer
    assert "Nothing was stored" in answer
    assert pets.json("status", "pets")["changes"] == []


def test_changes_of_a_file_are_applied_all_or_none(pets: Cli) -> None:
    first = only(pets.json("rename", "pets", "cat", "house cat"))["change"]
    assert first["op"] == "rename_class"
    pets.text("discard", "pets", "--yes")
    good = pets.write("good.json", f'{{"changes": [{_json(first)}]}}')
    assert only(pets.json("apply", "pets", good))["change"] == first
    bad = pets.write("bad.json", f"[{_json({'op': 'restore_class', 'id': 'dog'})}]")
    assert pets.run("apply", "pets", bad).exit_code == 5
    assert pets.json("status", "pets")["length"] == 1


@pytest.mark.parametrize("text", ["[", '[{"op": "paint"}]', '[{"op": "move_class"}]', '"', "1"])
def test_a_file_that_holds_no_changes_is_unreadable(pets: Cli, text: str) -> None:
    result = pets.run("apply", "pets", "-", given=text)
    assert (result.exit_code, "Traceback" in result.output) == (6, False)


def _json(value: Any) -> str:
    import json

    return json.dumps(value)
