"""Differences as Markdown: what a reader of CommonMark sees is what the taxonomy says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cladist.exports.diff.markdown import markdown
from cladist.exports.diff.telling import NO_RESIDUAL, Level
from cladist.model.change import kinds
from cladist.model.diff.values import Diff
from cladist.model.taxonomy import Text
from tests.exports import samples
from tests.exports.diffs import diff_of

EVERY = pytest.mark.parametrize(
    "diff", [samples.small(), samples.hostile(), samples.nothing(), samples.unexplained()]
)
ALLOWED = {"text", "text_special", "softbreak", "code_inline"}


def tokens(text: str) -> Iterator[Token]:
    """All tokens, those inside of paragraphs too."""
    for token in MarkdownIt("commonmark").parse(text):
        yield token
        yield from token.children or ()


def seen(text: str) -> list[str]:
    """The lines that a reader sees."""
    return [
        "".join("\n" if each.type == "softbreak" else each.content for each in token.children or ())
        for token in MarkdownIt("commonmark").parse(text)
        if token.type == "inline"
    ]


def headings(text: str) -> list[str]:
    found = list(MarkdownIt("commonmark").parse(text))
    places = [place for place, each in enumerate(found) if each.type == "heading_open"]
    return [found[place + 1].content for place in places]


@EVERY
def test_no_label_makes_markup(diff: Diff) -> None:
    found = list(tokens(markdown(diff, Level.STATEMENTS)))
    inside = {each.type for each in found if each.level and not each.nesting} - {"inline", "fence"}
    assert inside <= ALLOWED
    kinds = {each.type for each in found}
    assert not kinds & {"link_open", "image", "html_block", "html_inline", "code_block", "hr"}
    depths = [each.tag for each in found if each.type == "heading_open"]
    assert depths.count("h1") == 1
    assert depths.count("h2") == len([x for x in headings(markdown(diff)) if x in LEVELS]) + 1


LEVELS = {"Operations", "Field by field", "Unexplained"}


def test_every_label_is_read_as_it_is() -> None:
    text = "\n".join(seen(markdown(samples.hostile())))
    for label in samples.HOSTILE:
        shown = re.sub(r"\n+", " ↵ ", label).strip().replace("\u202e", "⟦U+202E⟧")
        assert f"“{shown}”" in text


def test_github_makes_no_links_of_its_own() -> None:
    text = markdown(samples.hostile())
    assert "https://evil" not in text
    assert "www.evil" not in text


def test_the_sides_are_named_and_counts_come_first() -> None:
    lines = seen(markdown(samples.small()))
    assert lines[0] == "zoo 1.0.0 → zoo 2.0.0"
    assert lines[1].startswith("5 operations, ")
    assert lines[2:7] == ["Added: 1", "Renamed: 1", "Moved: 1", "Merged: 1", "Redefined: 1"]


def test_operations_stand_by_kind_and_say_whom_they_lead_to() -> None:
    text = markdown(samples.small())
    order = ("Added", "Renamed", "Moved", "Merged", "Redefined")
    assert [each for each in headings(text) if each in order] == list(order)
    lines = seen(text)
    assert "“cat”, “dog” → “pet”" in lines
    assert "“car” is “passenger car” (minor, 2.0.0, ada, 2026-11-23T00:00:00Z)" in lines


def test_the_weightiest_comes_first() -> None:
    german = kinds.RenameClass(id=samples.BASE + "dog", label=Text("Hund", "de"))
    more = (german, samples.CHANGES[0])
    lines = seen(markdown(diff_of(samples.zoo(), more)))
    renamed = [each for each in lines if "is “" in each and "(" in each]
    assert [each.partition(" (")[2][:5] for each in renamed] == ["minor", "patch"]


def test_words_are_marked() -> None:
    lines = seen(markdown(samples.small()))
    assert "definitions (en): A [-small-]{+tiny+} animal that purrs." in lines


def test_a_difference_against_time_is_taken_back() -> None:
    text = markdown(samples.small(back=True))
    assert seen(text)[0] == "zoo 2.0.0 → zoo 1.0.0"
    assert "Taken back: “car” is “passenger car”" in text
    assert "The weightiest operation taken back is major." in text


def test_each_level_tells_more() -> None:
    diff = samples.small()
    told = [headings(markdown(diff, level)) for level in Level]
    assert [("Field by field" in each, "Statements" in each) for each in told] == [
        (False, False), (True, False), (True, True),
    ]  # fmt: skip
    assert all("Unexplained" in each for each in told)


def test_a_residual_is_never_hidden() -> None:
    assert NO_RESIDUAL in markdown(samples.small(), Level.OPERATIONS)
    text = markdown(samples.unexplained(), Level.OPERATIONS)
    assert "2 statements of the difference that no operation explains:" in text
    [block] = [each for each in tokens(text) if each.type == "fence"]
    assert [line[0] for line in block.content.splitlines()] == ["-", "+"]


def test_an_empty_difference_says_so() -> None:
    text = markdown(samples.nothing(), Level.STATEMENTS)
    assert "0 operations, 0 subjects changed" in text
    assert "No operation lies between the two." in text


@pytest.mark.parametrize("start", ["- item", "+ item", "1. item", "2) item", "# head", "---", "="])
def test_an_operation_may_begin_with_anything(start: str) -> None:
    diff = samples.small()
    [operation] = [each for each in diff.operations if each.kind == "renamed"]
    said = replace(diff, operations=(replace(operation, text=start),))
    assert f"{start} (minor, 2.0.0, ada, 2026-11-23T00:00:00Z)" in seen(markdown(said))
