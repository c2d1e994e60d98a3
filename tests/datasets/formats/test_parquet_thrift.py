"""The metadata of Parquet comes out as it went in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow.parquet import write_table

from cladist.datasets.formats import parquet_thrift as thrift
from cladist.datasets.formats.parquet_thrift import decoded, encoded
from cladist.model.errors import UnreadableInput

INTEGERS = st.integers(-(2**63), 2**63 - 1)


def values(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A type with a value of it."""
    plain = st.one_of(
        st.tuples(st.just(thrift.I64), INTEGERS),
        st.tuples(st.just(thrift.BYTE), st.integers(0, 255)),
        st.tuples(st.just(thrift.DOUBLE), st.floats(allow_nan=False)),
        st.tuples(st.just(thrift.BINARY), st.binary()),
    )
    lists = st.lists(INTEGERS, max_size=20).map(lambda each: (thrift.LIST, (thrift.I32, each)))
    truths = st.lists(st.booleans()).map(lambda each: (thrift.SET, (thrift.TRUE, each)))
    pairs = st.lists(st.tuples(st.binary(), INTEGERS), min_size=1)
    maps = pairs.map(lambda each: (thrift.MAP, (thrift.BINARY, thrift.I64, each)))
    structs = inner.map(lambda each: (thrift.STRUCT, each))
    truth = st.booleans().map(lambda each: (thrift.TRUE if each else thrift.FALSE, each))
    return st.one_of(plain, lists, truths, maps, structs, truth)


STRUCTS: st.SearchStrategy[Any] = st.recursive(
    st.just({}),
    lambda inner: st.dictionaries(st.integers(1, 2**15 - 1), values(inner), max_size=5),
    max_leaves=8,
)


@given(STRUCTS)
def test_what_is_written_is_read_again(fields: Any) -> None:
    data = encoded(fields)
    assert decoded(data + b"rest") == (fields, len(data))


def test_the_metadata_of_a_file_is_byte_equal() -> None:
    sink = BytesIO()
    columns = {"a": [1, 2], "b": [["x"], None], "c": [{"d": 1.5}, {"d": None}]}
    write_table(pyarrow.table(columns), sink, write_page_index=True)
    data = sink.getvalue()
    length = int.from_bytes(data[-8:-4], "little")
    footer = data[-8 - length : -8]
    assert encoded(decoded(footer)[0]) == footer


@pytest.mark.parametrize(
    "data",
    [b"", b"\x15", b"\x1d\x00", b"\x18\x7f", b"\x1c" * 100, b"\x15" + b"\xff" * 3, b"\x17\x00"],
)
def test_damage_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match="damaged"):
        decoded(data)
