"""Differences as a page: sound, accessible, and closed against what labels may hold."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest

from cladist.exports.diff.html import html
from cladist.exports.diff.style import STYLE
from cladist.exports.diff.telling import NO_RESIDUAL, Level
from cladist.model.diff.values import Diff
from tests.exports import samples
from tests.exports.pages import Element, page

EVERY = pytest.mark.parametrize(
    "diff",
    [
        samples.small(),
        samples.small(back=True),
        samples.hostile(),
        samples.nothing(),
        samples.unexplained(),
    ],
)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "svg", "desc",
    "text", "rect", "section", "article", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "bdi", "del", "ins", "code", "br", "ul", "li",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "id", "class", "dir", "scope", "role",
    "viewbox", "x", "y", "width", "height", "text-anchor", "aria-labelledby",
}  # fmt: skip


def rows(found: Element) -> list[list[str]]:
    return [
        [cell.text() for cell in row.inside if isinstance(cell, Element)] for row in found.all("tr")
    ]


@EVERY
def test_no_label_makes_an_element_or_an_attribute(diff: Diff) -> None:
    found = page(html(diff, Level.STATEMENTS))
    assert {each.tag for each in found.everything()} <= TAGS
    assert {name for each in found.everything() for name in each.attributes} <= ATTRIBUTES


@EVERY
def test_the_page_allows_its_style_sheet_and_nothing_else(diff: Diff) -> None:
    found = page(html(diff))
    [style] = found.all("style")
    assert style.text() == STYLE
    digest = b64encode(sha256(style.text().encode()).digest()).decode()
    [policy] = [x for x in found.all("meta") if "http-equiv" in x.attributes]
    assert policy.attributes["http-equiv"] == "Content-Security-Policy"
    assert policy.attributes["content"].split("; ")[:2] == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
    ]
    assert not re.search(r"url\(|@import|//", STYLE)


@EVERY
def test_headings_and_tables_can_be_found_without_seeing(diff: Diff) -> None:
    found = page(html(diff, Level.STATEMENTS))
    levels = [int(x.tag[1]) for x in found.everything() if re.fullmatch("h[1-6]", x.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    for table in found.all("table"):
        assert [x.text() for x in table.all("caption")]
        assert {x.attributes["scope"] for x in table.all("th")} <= {"col", "row"}
        widths = {len(row) for row in rows(table)}
        assert len(widths) == 1
    ids = [x.attributes["id"] for x in found.everything() if "id" in x.attributes]
    assert len(ids) == len(set(ids))
    named = " ".join(x.attributes.get("aria-labelledby", "") for x in found.everything()).split()
    assert set(named) <= set(ids)
    [root] = found.all("html")
    assert root.attributes["lang"] == "en"


def test_every_label_is_seen_as_it_is_and_keeps_its_direction() -> None:
    found = page(html(samples.hostile()))
    isolated = {each.text() for each in found.all("bdi") if each.attributes.get("dir") == "auto"}
    for label in samples.HOSTILE:
        assert label.replace("\u202e", "⟦U+202E⟧") in isolated


def test_the_sides_are_named_and_counts_are_drawn() -> None:
    found = page(html(samples.small()))
    assert [each.text() for each in found.all("h1")] == ["zoo 1.0.0 → zoo 2.0.0"]
    [drawing] = found.all("svg")
    assert next(each.text() for each in drawing.all("title")) == "5 operations by kind"
    words = [each.text() for each in drawing.all("text")]
    assert words == ["Added", "1", "Renamed", "1", "Moved", "1", "Merged", "1", "Redefined", "1"]
    assert len({each.attributes["width"] for each in drawing.all("rect")}) == 1


def test_operations_stand_by_kind() -> None:
    found = page(html(samples.small(), Level.OPERATIONS))
    assert [x.text() for x in found.all("h3")] == [
        "Added", "Renamed", "Moved", "Merged", "Redefined",
    ]  # fmt: skip
    merged = rows(list(found.all("table"))[3])
    assert merged[0] == ["What", "Weight", "Version", "Who", "When", "Why"]
    assert merged[1] == [
        "“cat”, “dog” merged into “pet”“cat”, “dog” → “pet”",
        "major", "2.0.0", "ada", "2026-11-23T00:00:00Z", "",
    ]  # fmt: skip


def test_words_are_marked_on_both_sides() -> None:
    found = page(html(samples.small()))
    [row] = [x for x in found.all("tr") if x.text().startswith("definitions")]
    assert [x.text() for x in row.all("del")] == ["small"]
    assert [x.text() for x in row.all("ins")] == ["tiny"]
    assert {x.attributes["lang"] for x in row.all("bdi")} == {"en"}


def test_a_difference_against_time_is_taken_back() -> None:
    text = page(html(samples.small(back=True))).text()
    assert "Taken back: “car” is “passenger car”" in text


def test_each_level_tells_more_and_the_residual_is_never_hidden() -> None:
    told = [
        [each.text() for each in page(html(samples.small(), level)).all("h2")] for level in Level
    ]
    assert told == [
        ["Operations", "Unexplained"],
        ["Operations", "Field by field", "Unexplained"],
        ["Operations", "Field by field", "Statements", "Unexplained"],
    ]
    assert NO_RESIDUAL in html(samples.small(), Level.OPERATIONS)
    left = page(html(samples.unexplained(), Level.OPERATIONS))
    assert [each.text()[0] for each in left.all("li")] == ["-", "+"]


def test_an_empty_difference_draws_nothing() -> None:
    found = page(html(samples.nothing(), Level.STATEMENTS))
    assert not list(found.all("svg"))
    assert "None." in found.text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_apart(scheme: str) -> None:
    given = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", STYLE.partition("@media")[0]))
    dark = STYLE.partition("dark)")[2].partition("@media")[0]
    if scheme == "dark":
        given |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", dark))
    pairs = (("ink", "paper"), ("ink", "soft"), ("gone", "gone-back"), ("come", "come-back"))
    for front, back in pairs:
        assert contrast(given[front], given[back]) >= 4.5
    for front in ("bar", "line"):
        assert contrast(given[front], given["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
