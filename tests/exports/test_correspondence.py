"""Correspondences as tables and as JSON: read again, safe in spreadsheets, faults with a line."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from cladist.exports.correspondence.csv import read, write
from cladist.exports.correspondence.json import plain
from cladist.model.correspondence.account import Account, Name, Side
from cladist.model.errors import UnreadableInput
from tests.rdf.accounts import accounts, class_id, every_kind

LEFT = Side(taxonomy="https://example.org/a", slug="a", version="1.0.0")
RIGHT = Side(taxonomy="https://example.org/b", slug="b", version="1.0.0")
ROW = "https://example.org/a/1,https://example.org/b/1,exactMatch\n"
HEADER = "source_id,target_id,predicate\n"


def names(side: Side, account: Account, ends: str) -> dict[str, Name]:
    """The names of the classes that the account tells of."""
    told = {each for component in account.components for each in getattr(component, ends)}
    return {each: side.names[each] for each in told if each in side.names}


def check(account: Account) -> None:
    """Reading what is written gives the same account, with the same names."""
    found = read(write(account), *(replace(s, names={}) for s in (account.source, account.target)))
    assert found == account
    assert found.source.names == names(account.source, account, "sources")
    assert found.target.names == names(account.target, account, "targets")


@given(accounts())
def test_what_is_written_is_read_again(account: Account) -> None:
    check(account)


def test_every_kind_and_odd_names_are_read_again() -> None:
    check(every_kind())


@given(accounts())
def test_no_cell_is_a_formula(account: Account) -> None:
    for row in csv.reader(io.StringIO(write(account), newline="")):
        assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_a_table_of_ids_and_predicates_is_enough() -> None:
    found = read(HEADER + ROW, LEFT, RIGHT)
    [(component, pair)] = found.pairs()
    assert component.kind == "renamed"
    assert (pair.source_part, pair.target_part, pair.confidence) == ("whole", "whole", 1.0)
    assert not pair.needs_decision
    assert found.source == LEFT


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "missing: source_id, target_id"),
        ("source_id;target_id\n", 1, "separated by commas"),
        ("source_id,target_id,colour\n", 1, "unknown: colour"),
        ("source_id,target_id,kind,kind\n", 1, "twice"),
        (HEADER + ROW + ROW, 3, "repeats line 2"),
        (HEADER + "\n" + ROW.replace("exact", "best"), 3, "exactMatch, broadMatch"),
        (HEADER + ROW.replace(",exactMatch", ""), 2, "2 cells"),
        (HEADER + '"https://example.org\n', 2, "broken"),
        (HEADER + ",,exactMatch\n", 2, "names no class"),
        (HEADER + ROW.replace("https://example.org/a/1", "seven"), 2, "seven"),
        (HEADER.replace("predicate", "kind") + "https://example.org/a/1,,gone\n", 2, "“gone”"),
        (HEADER.replace("predicate", "source_code") + "https://example.org/a/1,,x\n", 2, "“x”"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(text, LEFT, RIGHT)
    assert reason in str(caught.value)
    assert caught.value.line == line


@given(accounts())
def test_plain_values_say_all_of_the_account(account: Account) -> None:
    found = json.loads(json.dumps(plain(account)))
    assert found["source"]["version"] == account.source.version
    pairs = [pair for component in found["components"] for pair in component["pairs"]]
    assert [(p["source"], p["target"], p["predicate"]) for p in pairs] == [
        (pair.source, pair.target, pair.predicate) for _, pair in account.pairs()
    ]
    assert [each["kind"] for each in found["components"]] == [
        each.kind for each in account.components
    ]


def test_a_component_as_plain_values() -> None:
    account = every_kind()
    [merged] = [each for each in plain(account)["components"] if each["kind"] == "merged"]
    assert merged["cardinality"] == "n:1"
    assert [each["id"] for each in merged["sources"]] == [class_id("a"), class_id("b")]
    assert merged["sources"][0] == {
        "id": class_id("a"),
        "code": 0,
        "label": "a\ttab",
        "notations": [{"value": "00", "system": "https://example.org/t/n"}],
    }
    assert merged["pairs"][0] == {
        "source": class_id("a"),
        "target": class_id("c"),
        "source_part": "whole",
        "target_part": "part",
        "predicate": "broadMatch",
        "justification": "ManualMappingCuration",
        "confidence": 0.75,
        "needs_decision": False,
        "changes": ["c1", "c|2"],
    }


def test_the_documented_table_is_what_is_written(root: Path) -> None:
    page = (root / "docs" / "reference" / "correspondence.md").read_text("utf-8")
    table = page.split("```csv\n")[1].split("```")[0]
    found = read(table, LEFT, RIGHT)
    assert [each.kind for each in found.components] == ["merged", "split", "retired"]
    assert write(found).replace("\r\n", "\n") == table
