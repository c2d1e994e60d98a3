"""What is wrong with annotations is found, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.datasets.annotations.checking import Row, report
from cladist.datasets.annotations.ground import Naming
from cladist.datasets.annotations.reading import document, lines
from cladist.model.errors import UnreadableInput
from cladist.model.taxonomy import LabelStructure, Structure
from tests.datasets.annotations.checks import checker, faults, made, only
from tests.exports.classes.farm import a, iri, state


@pytest.mark.parametrize(
    "annotation",
    [
        {"labels": ["cat"]},
        {"labels": "cat", "item": "1.jpg"},
        {"labels": ["#6", 7], "item": 1},
        {"labels": [iri("cat"), "hawk"]},
        {"labels": []},
        {"labels": ["moggy"]},
        {"paths": [["animal", "bird", "hawk"], ["bird", "drone"]]},
        {"paths": [["machine", "crane"]]},
    ],
)
def test_what_is_right_has_no_findings(annotation: Any) -> None:
    assert faults(checker(), annotation) == []


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ({"labels": ["cta"]}, [("unknown-class", "/labels/0")]),
        ({"labels": ["cat", "crane"]}, [("ambiguous-class", "/labels/1")]),
        ({"labels": ["dodo"]}, [("retired-class", "/labels/0")]),
        ({"labels": ["bird"]}, [("unselectable-class", "/labels/0")]),
        ({"labels": ["cat", "#6"]}, [("repeated-label", "/labels/1")]),
        ({"labels": ["cat", "#90"]}, [("exclusive-labels", "/labels/1")]),
        ({"labels": [True]}, [("malformed", "/labels/0")]),
        ({"labels": [1.5]}, [("malformed", "/labels/0")]),
        ({"labels": {"cat": 1}}, [("malformed", "/labels")]),
        ({"labels": None}, [("malformed", "/labels")]),
        ({"paths": [["machine", "hawk"]]}, [("broken-path", "/paths/0/1")]),
        ({"paths": [["animal", "hawk"]]}, [("broken-path", "/paths/0/1")]),
        ({"paths": [["animal", "bird"]]}, [("unselectable-class", "/paths/0/1")]),
        ({"paths": [["crane"]]}, [("ambiguous-class", "/paths/0/0")]),
        ({"paths": [["animal", "wolf"]]}, [("unknown-class", "/paths/0/1")]),
        ({"paths": [[]]}, [("malformed", "/paths")]),
        ({"paths": [[None]]}, [("malformed", "/paths/0/0")]),
        ({"labels": ["cat"], "paths": [["cat"]]}, [("malformed", "/paths")]),
        ({"label": "cat"}, [("malformed", ""), ("no-label", "")]),
        ({"labels": ["cat"], "value": 3}, [("misplaced", "/value")]),
        ({"labels": ["cat"], "item": ["1"]}, [("malformed", "/item")]),
        ({}, [("no-label", "")]),
        (["cat"], [("malformed", "")]),
        (None, [("malformed", "")]),
    ],
)
def test_each_fault_is_found_where_it_is(annotation: Any, expected: list[tuple[str, str]]) -> None:
    assert faults(checker(), annotation) == expected


def test_messages_say_what_to_do() -> None:
    heron = only(checker(), {"labels": ["heron"]})
    assert heron.instead == (iri("crane"),)
    assert heron.message == "“heron” is retired: use “crane”, which stands in for it."
    bird = only(checker(), {"labels": ["bird"]})
    assert set(bird.instead) == {iri("crane"), iri("hawk"), iri("drone")}
    both = only(checker(), {"labels": ["cat", "#90"]})
    assert both.message == (
        "“cat” and “crane” exclude each other, as “animal”, “machine” do: keep one."
    )


def test_a_class_under_both_members_of_a_group_is_not_against_itself() -> None:
    assert faults(checker(), {"labels": ["drone"]}) == []


def test_an_item_of_a_single_label_taxonomy_has_exactly_one() -> None:
    checks = checker(made(Structure.SINGLE_LABEL))
    assert faults(checks, {"labels": []}) == [("no-label", "/labels")]
    assert faults(checks, {"labels": ["cat", "hawk"]}) == [("several-labels", "/labels")]
    assert faults(checks, {"labels": ["cat", "#90"]}) == [("several-labels", "/labels")]
    assert faults(checks, {"labels": ["cat", "cat"]}) == [("repeated-label", "/labels/1")]


def test_classes_above_must_be_labels_where_that_is_asked() -> None:
    kept = state(classes=(a("animal", 1, selectable=True), a("cat", 2, "animal")))
    header = replace(kept.taxonomy.header, structure=LabelStructure(kind=Structure.MULTI_LABEL))
    found = replace(kept, taxonomy=replace(kept.taxonomy, header=header, groups={}))
    assert faults(checker(found), {"labels": ["cat"]}) == []
    checks = checker(found, complete=True)
    assert faults(checks, {"labels": ["cat"]}) == [("missing-ancestor", "/labels/0")]
    assert faults(checks, {"labels": ["cat", "animal"]}) == []


@pytest.mark.parametrize(
    ("naming", "right", "wrong"),
    [
        (Naming.ID, iri("cat"), "cat"),
        (Naming.CODE, 6, "cat"),
        (Naming.CODE, "#6", 66),
        (Naming.LABEL, "cat", "#6"),
        (Naming.INDEX, 0, 5),
        (Naming.INDEX, "4", -1),
    ],
)
def test_names_are_what_they_were_said_to_be(naming: Naming, right: Any, wrong: Any) -> None:
    checks = checker(naming=naming)
    assert faults(checks, {"labels": [right]}) == []
    assert faults(checks, {"labels": [wrong]}) == [("unknown-class", "/labels/0")]


def test_ranks_are_those_of_the_version() -> None:
    ranked = tuple(a(name, n, rank=n) for n, name in enumerate(("low", "middle", "high"), 1))
    checks = checker(
        replace(
            (kept := state(Structure.ORDINAL, classes=ranked)),
            taxonomy=replace(kept.taxonomy, groups={}),
        )
    )
    assert faults(checks, {"rank": 2}) == []
    assert only(checks, {"rank": 4}).message == (
        "4 is no rank of this version: they run from 1 to 3."
    )
    assert faults(checks, {"rank": "2"}) == [("malformed", "/rank")]
    assert faults(checks, {"labels": ["low"], "rank": 1}) == [("malformed", "/rank")]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (0.3, None), ("0.30", None), (Decimal("0.7"), None), (1, None), (0, None),
        (0.35, "off-step"), (1.1, "out-of-range"), (-0.1, "out-of-range"), ("x", "malformed"),
        ("NaN", "malformed"), (float("inf"), "malformed"), (True, "malformed"),
        ("1e999999999", "malformed"), (10**400, "malformed"), ([1], "malformed"),
    ],
)  # fmt: skip
def test_numbers_are_reckoned_exactly(value: Any, fault: str | None) -> None:
    checks = checker(made(Structure.REGRESSION, minimum="0", maximum="1", step="0.1"))
    assert [each for each, _ in faults(checks, {"value": value})] == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("scheme", "tags", "expected"),
    [
        ("BIO", ["B-cat", "I-cat", "O", "B-hawk"], []),
        ("BIO", ["O", "I-cat"], [("illegal-transition", "/tags/1")]),
        ("IOB1", ["O", "I-cat"], []),
        ("BIOES", ["B-cat", "E-cat", "S-hawk"], []),
        ("BIOES", ["B-cat"], [("illegal-transition", "/tags/0")]),
        ("BILOU", ["B-cat", "O"], [("illegal-transition", "/tags/1")]),
        ("BIO", ["cat"], [("unknown-tag", "/tags/0")]),
        ("BIO", ["B-"], [("unknown-tag", "/tags/0")]),
        ("BIO", ["E-cat"], [("unknown-tag", "/tags/0")]),
        ("BIO", ["B-wolf", "I-wolf"], [("unknown-class", "/tags/0"), ("unknown-class", "/tags/1")]),
        ("BIO", ["B-dodo"], [("retired-class", "/tags/0")]),
        ("BIO", [3], [("malformed", "/tags")]),
        ("", [], []),
    ],
)
def test_tags_stand_where_their_scheme_allows(
    scheme: str, tags: list[Any], expected: list[tuple[str, str]]
) -> None:
    checks = checker(made(Structure.SEQUENCE, tagging_scheme=scheme))
    assert faults(checks, {"tags": tags}) == expected


RIGHT = ("cat", "hawk", "#90", "#3", "drone", iri("cat"))
WRONG = ("cta", "bird", "dodo", "", "#999", "\u0000")


@given(st.lists(st.tuples(st.sampled_from(RIGHT), st.sampled_from((*WRONG, None)))))
def test_all_annotations_are_counted_and_each_fault_is_found(
    rows: list[tuple[str, str | None]],
) -> None:
    checks = checker(made(Structure.SINGLE_LABEL))
    given = [{"labels": [right if wrong is None else wrong]} for right, wrong in rows]
    found = report(checks, [Row(each) for each in given], 3)
    bad = sum(wrong is not None for _, wrong in rows)
    assert (found.annotations, found.invalid, found.valid) == (len(rows), bad, len(rows) - bad)
    assert sum(found.faults.values()) == found.total == bad
    assert len(found.found) == min(bad, 3)


JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
FIELDS = ("item", "labels", "paths", "rank", "value", "tags", "slots", "relations")


@given(st.dictionaries(st.sampled_from(FIELDS), JSON), st.sampled_from(Structure))
def test_whatever_an_annotation_holds_is_answered(annotation: Any, structure: Structure) -> None:
    for each in checker(made(structure)).findings(annotation):
        assert each.message.endswith((".", ":"))


def test_lines_that_cannot_be_read_are_findings() -> None:
    text = b'{"labels": ["cat"]}\n\n{"labels": NaN}\n{"a": 1, "a": 2}\nnot json\n"\\ud800"\n\xff\n'
    rows = [*lines(text.split(b"\n")), *lines([b"[" * 100_000])]
    found = report(checker(), rows, 10)
    assert (found.valid, found.invalid) == (1, 6)
    assert [each.line for each in found.found] == [3, 4, 5, 6, 7, 1]
    assert "nested" in found.found[-1].finding.message
    assert "surrogate" in found.found[3].finding.message


def test_a_document_is_a_list_or_holds_one() -> None:
    rows = [{"labels": ["cat"]}]
    for text in (json.dumps(rows), json.dumps({"annotations": rows})):
        assert [each.annotation for each in document(text.encode())] == rows
    for text in ("{}", "3", "[", ""):
        with pytest.raises(UnreadableInput):
            document(text.encode())
