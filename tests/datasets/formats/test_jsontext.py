"""Where values stand in JSON texts, and cutting some out with their commas."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.datasets.formats.jsontext import Node, quoted, removed, tree
from cladist.model.errors import UnreadableInput

TEXTS = st.text(max_size=5) | st.sampled_from(['a"b', "}, {", "\\", ' ]}, "x": [', "é\n"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS.filter(lambda value: value not in (float("inf"), float("-inf"))),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
INDENTS = st.sampled_from([None, 1])


def check(data: bytes, node: Node, value: Any) -> None:
    assert json.loads(data[node.start : node.end]) == value
    if isinstance(value, dict):
        assert list(node.members) == list(value)
        for name, inner in value.items():
            member = node.members[name]
            assert member.key is not None
            assert json.loads(data[slice(*member.key)]) == name
            check(data, member, inner)
    if isinstance(value, list):
        for item, inner in zip(node.items, value, strict=True):
            check(data, item, inner)


@given(VALUES, INDENTS, st.booleans())
def test_every_value_is_found(value: Any, indent: int | None, ascii_only: bool) -> None:
    data = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    check(data, tree(data), value)


@given(st.lists(VALUES, max_size=6), st.sets(st.integers(0, 5)), INDENTS)
def test_elements_go_with_their_commas(
    values: list[Any], gone: set[int], indent: int | None
) -> None:
    data = json.dumps(values, indent=indent).encode()
    assert json.loads(without(data, tree(data).items, gone)) == [
        value for place, value in enumerate(values) if place not in gone
    ]


@given(st.dictionaries(TEXTS, VALUES, max_size=6), st.sets(st.integers(0, 5)), INDENTS)
def test_members_go_with_their_names(
    values: dict[str, Any], gone: set[int], indent: int | None
) -> None:
    data = json.dumps(values, indent=indent).encode()
    left = without(data, list(tree(data).members.values()), gone)
    names = [name for place, name in enumerate(values) if place not in gone]
    assert json.loads(left) == {name: values[name] for name in names}


def without(data: bytes, nodes: list[Node] | Any, gone: set[int]) -> bytes:
    for edit in reversed(list(removed(nodes, gone))):
        data = data[: edit.start] + edit.new + data[edit.end :]
    return data


def test_a_value_is_found_by_its_path() -> None:
    data = b' {"a": [1, {"b": "x"}]} '
    found = tree(data).find("a", 1, "b")
    assert found is not None and data[found.start : found.end] == b'"x"'
    assert tree(data).find("a", 2) is None
    assert tree(data).find("c", 0, "d") is None


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="“a” stands twice"):
        tree(b'{"a": 1, "a": 2}')


def test_texts_stay_ascii_where_the_text_around_is() -> None:
    assert quoted("é", b"abc") == b'"\\u00e9"'
    assert quoted("é", "ü".encode()) == '"é"'.encode()
