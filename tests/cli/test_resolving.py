"""The verb that resolves what a stale client says."""

from __future__ import annotations

import json

import pytest

from tests.cli.program import Cli


@pytest.fixture
def merged(pets: Cli) -> Cli:
    """Pets through three versions: cat renamed, then merged with hare into pet."""
    pets.text("rename", "pets", "cat", "house cat")
    pets.text("publish", "pets")
    pets.text("merge", "pets", "house cat", "hare", "--new", "pet")
    pets.text("publish", "pets")
    assert [each["number"] for each in pets.json("versions", "pets")["versions"]] == [
        *("1.0.0", "1.1.0", "2.0.0")
    ]
    return pets


def words(line: str) -> list[str]:
    return line.split()


def test_references_with_their_way(merged: Cli) -> None:
    lines = merged.text("resolve", "pets", "--from", "1.0.0", "cat", "#6", "puppy").splitlines()
    assert words(lines[0]) == words("asked in 1.0.0 what became of it in 2.0.0")
    assert words(lines[1]) == words("cat cat #2 merged pet #7")
    assert words(lines[2]) == words("#6 hare #6 merged pet #7")
    assert words(lines[3]) == words("puppy puppy #4 unchanged puppy #4")
    assert words(lines[6])[:2] == ["cat", "1.1.0"]
    assert words(lines[7])[:2] == ["cat", "2.0.0"]
    assert lines[-1].startswith("pets: 3 asked, 3 follow automatically")


def test_back_to_an_older_version(merged: Cli) -> None:
    data = merged.json("resolve", "pets", "--from", "2", "--to", "1.0.0", "pet")
    assert (data["from"], data["to"], data["needing_decision"]) == ("2.0.0", "1.0.0", 1)
    (answer,) = data["answers"]
    assert {each["label"] for each in answer["targets"]} == {"cat", "hare"}
    assert "(taken back)" in merged.text("resolve", "pets", "--from", "2", "--to", "1.0.0", "pet")


def test_what_is_unknown_is_said_with_what_may_be_meant(merged: Cli) -> None:
    shown = merged.text("resolve", "pets", "--from", "1.0.0", "pupy", "pet")
    assert "Similar to “pupy”: puppy #4" in shown
    assert "known in 2.0.0" in shown
    assert "2 are unknown" in shown


def test_files_of_references(merged: Cli) -> None:
    lines = merged.write("labels.txt", "\ufeffcat\n\n  \nDOG\r\nnobody\n")
    data = merged.json("resolve", "pets", "--from", "1.0.0", "--file", lines)
    assert [each["query"] for each in data["answers"]] == ["cat", "DOG", "nobody"]
    assert (data["total"], data["automatic"], data["unknown"]) == (3, 2, 1)
    assert "path" not in data["answers"][0]
    for name, delimiter in (("labels.csv", ","), ("labels.tsv", "\t")):
        table = "id\tlabel\n1\tcat\n2\t\n3\thare\n".replace("\t", delimiter)
        given = ("--file", merged.write(name, table), "--column", "label")
        data = merged.json("resolve", "pets", "--from", "1.0.0", *given)
        assert [each["query"] for each in data["answers"]] == ["cat", "hare"]
    piped = merged.json("resolve", "pets", "--from", "1.0.0", "--file", "-", given="cat\n")
    assert piped["total"] == 1


def test_the_status_tells_programs_only_if_they_ask(merged: Cli) -> None:
    for word, status in (("cat", 0), ("nobody", 5)):
        asked = ("resolve", "pets", "--from", "1.0.0", word)
        assert merged.run(*asked).exit_code == 0
        strict = merged.run(*asked, "--strict", "--json")
        assert strict.exit_code == status
        assert json.loads(strict.stdout)["total"] == 1


def test_references_may_be_said_to_be_labels_alone(merged: Cli) -> None:
    data = merged.json("resolve", "pets", "--from", "1.0.0", "--by", "label", "2", "cat")
    assert [each["status"] for each in data["answers"]] == ["unknown", "merged"]


@pytest.mark.parametrize(
    ("given", "status", "message"),
    [
        (("--from", "1.0.0"), 2, "Say what to resolve"),
        (("cat",), 2, "--from"),
        (("--from", "1.0.0", "cat", "--column", "label"), 2, "--file"),
        (("--from", "1.0.0", "cat", "--file", "-"), 2, "Say what to resolve"),
        (("--from", "9", "cat"), 3, "no version “9”"),
        (("--from", "1.0.0", "--file", "-", "--column", "name"), 6, "no column “name”"),
    ],
)
def test_what_is_refused(merged: Cli, given: tuple[str, ...], status: int, message: str) -> None:
    result = merged.run("resolve", "pets", *given, given="label\ncat\n")
    assert result.exit_code == status
    assert message in result.stderr


def test_texts_that_steer_a_terminal_do_not(merged: Cli) -> None:
    assert "\x1b" not in merged.text("resolve", "pets", "--from", "1.0.0", "\x1b[31mcat")


def test_a_taxonomy_without_versions_resolves_in_its_draft(empty: Cli) -> None:
    empty.text("new", "cars")
    empty.text("add", "cars", "van")
    result = empty.run("resolve", "cars", "--from", "draft", "van", "lorry", "--json")
    assert json.loads(result.stdout)["to"] == "draft"
    assert "no version yet" in result.stderr
