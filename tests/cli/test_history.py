"""How much was found in each version, kept when it was published."""

from __future__ import annotations

from tests.cli.program import Cli


def test_counts_are_kept_with_each_version(pets: Cli) -> None:
    before = dict(pets.json("validate", "pets")["counts"])
    pets.text("define", "pets", "cat", "An animal that purrs.")
    pets.text("publish", "pets")
    first, second = pets.json("validate", "pets", "--history")["versions"]
    assert (first["number"], second["number"]) == ("1.0.0", "1.0.1")
    assert first["counts"] == before
    rule = "clad-clar-no-definition"
    assert second["counts"][rule] == first["counts"][rule] - 1
    assert second["total"] == sum(second["counts"].values())
    shown = pets.text("validate", "pets", "--history")
    assert "█" in shown and rule in shown


def test_a_taxonomy_without_versions_has_no_history(empty: Cli) -> None:
    empty.text("new", "birds")
    assert empty.text("validate", "birds", "--history") == "birds has no version yet.\n"
