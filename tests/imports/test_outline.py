"""Indented text: places, synonyms, definitions, and indentation that cannot be right."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.imports.reading import ImportFormat, read
from cladist.imports.sketch import Sketch
from cladist.model.errors import LimitExceeded, UnreadableInput
from cladist.model.taxonomy import Text
from tests.imports.sketches import labels


def outline(text: str) -> Sketch:
    """The sketch of an indented text."""
    return read(text.encode(), ImportFormat.OUTLINE)


def places(sketch: Sketch) -> list[tuple[str, str]]:
    """Each label with that of its parent."""
    names = {row.key: row.item.label() for row in sketch.rows}
    return [
        (row.item.label(), names[row.parents[0].row] if row.parents else "") for row in sketch.rows
    ]


@pytest.mark.parametrize(
    "text",
    [
        "animal\n\tdog\n\t\thusky\n\tcat\nplant",
        "animal\n  dog\n     husky\n\n  cat\n# more\nplant",
        "- animal\n  - dog\n    * husky\n  - cat\n• plant",
        "  animal\r\n    dog\r\n      husky\r\n    cat\r\n  plant\r\n",
    ],
)
def test_a_class_stands_under_the_line_it_is_indented_from(text: str) -> None:
    assert places(outline(text)) == [
        ("animal", ""),
        ("dog", "animal"),
        ("husky", "dog"),
        ("cat", "animal"),
        ("plant", ""),
    ]


def test_a_list_says_nothing_of_places() -> None:
    assert all("parents" not in row.given for row in outline("dog\ncat\n").rows)
    assert all("parents" in row.given for row in outline("dog\n cat\n").rows)


def test_synonyms_and_definition() -> None:
    (row,) = outline("- dog | hound | cur -- a canid | domesticated -- by people").rows
    assert row.item.preferred == (Text("dog", "en"),)
    assert row.item.alternative == (Text("cur", "en"), Text("hound", "en"))
    assert row.item.definitions == (Text("a canid | domesticated -- by people", "en"),)
    assert row.given == {"preferred@en", "alternative@en", "definitions@en"}


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("a|b", "a|b"),
        (r"a \| b", "a | b"),
        (r"\# 1", "# 1"),
        (r"\- x", "- x"),
        ("-x", "-x"),
        (r"a \-- b", "a -- b"),
        (r"C:\dir", r"C:\dir"),
        ("well--known", "well--known"),
    ],
)
def test_marks_are_marks_only_where_they_stand_apart(line: str, label: str) -> None:
    assert outline(line).rows[0].item.label() == label


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a\n\tb\n  c", 3, "tabs here, with spaces there"),
        ("a\n \tb", 2, "mixes tabs"),
        ("a\n\u00a0b", 2, "mixes tabs"),
        ("a\n    b\n  c", 3, "less than line 2 and matches no line"),
        ("  a\nb", 2, "less than line 1"),
        ("a\n\t\tb", 2, "more than one tab"),
        ("a\nb\0", 2, "NUL"),
    ],
)
def test_impossible_indentation_is_unreadable(text: str, line: int, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason) as caught:
        outline(text)
    assert caught.value.line == line


def test_the_deepest_level_is_the_256th() -> None:
    def deep(levels: int) -> str:
        return "\n".join(" " * level + str(level) for level in range(levels))

    assert len(outline(deep(256)).rows) == 256
    with pytest.raises(LimitExceeded):
        outline(deep(257))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\n-\n", "label: is empty"),
        ("a\n| b\n", "label: is empty"),
        ("a\n-- b\n", "label: is empty"),
        ("a\nb\x1b[0m", "label: holds the character U+001B"),
        ("a\nb -- \x9d", "definition: holds"),
        ("a\n" + "x" * 1001, "label: is longer"),
    ],
)
def test_a_bad_line_is_refused(text: str, reason: str) -> None:
    sketch = outline(text)
    (refused,) = sketch.refused
    assert refused.line == 2
    assert refused.reason.startswith(reason)
    assert places(sketch) == [("a", "")]


def _escaped(text: str) -> str:
    return re.sub(r"([-|#*•\\])", r"\\\1", text)


@given(
    st.lists(
        st.tuples(st.integers(0, 3), labels, st.lists(labels, max_size=2), st.none() | labels),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(("\t", " ", "   ")),
    st.sampled_from(("", "- ", "* ")),
)
def test_what_was_written_is_read(
    rows: list[tuple[int, str, list[str], str | None]], indent: str, bullet: str
) -> None:
    lines, depths, depth = [], [], -1
    for wanted, label, synonyms, definition in rows:
        depth = min(wanted, depth + 1)
        depths.append(depth)
        head = " | ".join(map(_escaped, (label, *synonyms)))
        tail = "" if definition is None else f" -- {definition}"
        lines.append(indent * depth + bullet + head + tail)
    sketch = outline("\n".join(lines))
    assert sketch.refused == ()
    stack: list[str] = []
    for row, depth, (_, label, synonyms, definition) in zip(sketch.rows, depths, rows, strict=True):
        del stack[depth:]
        assert row.item.label() == _nfc(label)
        assert {each.value for each in row.item.alternative} == set(map(_nfc, synonyms))
        assert [each.value for each in row.item.definitions] == (
            [] if definition is None else [_nfc(_unescaped(definition))]
        )
        assert [ref.row for ref in row.parents] == stack[-1:]
        stack.append(row.key)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\([-|#*•\\])", r"\1", text)
