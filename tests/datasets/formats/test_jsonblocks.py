"""Huge JSON documents in pieces: all bytes are kept, every element is found, damage is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.datasets.formats.jsonblocks import Block, Member, parts
from cladist.model.errors import UnreadableInput
from tests.datasets.formats.test_jsontext import INDENTS, TEXTS, VALUES

SIZES = st.sampled_from([1, 9, 50, 400])
ROWS = st.lists(
    st.fixed_dictionaries({"id": st.integers(0, 99), "of": st.lists(st.just({"id": 3}))}),
    max_size=20,
)
DOCUMENTS = st.lists(VALUES) | st.dictionaries(TEXTS, VALUES | ROWS, max_size=5)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that each example writes anew."""
    return tmp_path_factory.mktemp("json") / "document.json"


def read(path: Path, size: int) -> Any:
    """The document, put together from its pieces; arrays without elements are left out."""
    found: dict[str, Any] = {}
    for part in parts(path, size=size):
        if isinstance(part, Member):
            found[part.name] = json.loads(part.data)
        elif isinstance(part, Block):
            assert part.before == len(found.setdefault(part.name, []))
            for (start, end), value in zip(part.bounds(), part.values, strict=True):
                assert part.data[start:end] == bytes(value)
                found[part.name].append(json.loads(part.data[start:end]))
    return found


@given(DOCUMENTS, INDENTS, SIZES)
def test_pieces_are_the_file(path: Path, document: Any, indent: int | None, size: int) -> None:
    data = b" \n" + json.dumps(document, indent=indent).encode() + b"\n"
    path.write_bytes(data)
    assert b"".join(part.data for part in parts(path, size=size)) == data
    whole = {"": document} if isinstance(document, list) else document
    assert read(path, size) == {name: value for name, value in whole.items() if value != []}


@given(DOCUMENTS.filter(bool), st.floats(0, 1, exclude_max=True), SIZES)
def test_a_document_cut_off_anywhere_is_refused(
    path: Path, document: Any, where: float, size: int
) -> None:
    data = json.dumps(document).encode()
    path.write_bytes(data[: int(where * len(data))])
    with pytest.raises(UnreadableInput, match="line 1, column"):
        list(parts(path, size=size))


@given(ROWS, st.sets(st.integers(0, 19)), INDENTS, SIZES)
def test_elements_go_with_their_commas_over_blocks(
    path: Path, rows: list[Any], gone: set[int], indent: int | None, size: int
) -> None:
    path.write_text(json.dumps(rows, indent=indent))
    left, kept = b"", False
    for part in parts(path, size=size):
        data = part.data
        if isinstance(part, Block):
            here = {place - part.before for place in gone}
            for edit in reversed(list(part.removals(here, kept=kept))):
                data = data[: edit.start] + data[edit.end :]
            kept = kept or any(place not in here for place in range(len(part.values)))
        left += data
    assert json.loads(left) == [row for place, row in enumerate(rows) if place not in gone]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "begins with"),
        (b"7", "begins with"),
        (b'{"a": 1 "b": 2}', "comma is missing"),
        (b'{, "a": 1}', "one too many"),
        (b'{"a": [{"b": 1} {"b": 2}]}', r"damaged.*line 1, column 17"),
        (b'{"a": [{"b": 1}, , {"b": 2}]}', "damaged"),
        (b'{"a": [{"b":\n tru}]}', r"damaged.*line 2"),
        (b'{"a": [1, 2}', "damaged"),
        (b'{"a": 1} {', "more follows"),
        (b'{"\xff": 1}', "name in the JSON text"),
        (b'{"a": {"b": }}', "damaged"),
        (b'{"a": "x', "damaged or cut off"),
        (b"[" * 100_000, "nested too deep"),
    ],
)
def test_damage_is_told_with_its_place(path: Path, data: bytes, message: str) -> None:
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match=message):
        list(parts(path))


def test_an_element_of_another_kind_is_told_by_its_number(path: Path) -> None:
    class Row(msgspec.Struct):
        id: int

    rows: list[dict[str, Any]] = [{"id": each} for each in range(50)]
    rows[41] = {"id": "x"}
    path.write_text(json.dumps({"rows": rows}))
    with pytest.raises(UnreadableInput, match=r"Element 42 of “rows”.*“id”: expected int, got str"):
        list(parts(path, {"rows": msgspec.json.Decoder(list[Row])}, size=100))


def test_blank_space_may_be_longer_than_a_block(path: Path) -> None:
    data = b"{" + b" " * 200_000 + b'"a":' + b"\n" * 200_000 + b"[1," + b" " * 200_000 + b"2]}"
    path.write_bytes(data + b" " * 100_000)
    assert read(path, 10) == {"a": [1, 2]}
