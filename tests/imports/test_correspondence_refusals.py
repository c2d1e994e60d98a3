"""Correspondence tables that cannot be right: broken text, rows that contradict, hostile input."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.imports.correspondence.grid import COLUMNS
from cladist.imports.correspondence.table import (
    CorrespondenceTable,
    Form,
    TableColumns,
    read_table,
)
from cladist.model.change.parts import Part
from cladist.model.errors import (
    CladistError,
    InvalidValue,
    LimitExceeded,
    RefusedRows,
    UnreadableInput,
)

W, P = Part.WHOLE, Part.PART


def read(text: str, **columns: Any) -> CorrespondenceTable:
    """The table that a CSV text holds."""
    return read_table(text.encode(), "csv", TableColumns(**columns))


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        ("", {}, "is empty"),
        ("\n \n", {}, "is empty"),
        ("source,target\n", {}, "no row with a code below the header"),
        ("a,b,c\n1,2,3\n", {}, "which columns hold codes. Found are: “a”, “b”, “c”"),
        ("a,b,c\n1,2,3\n", {"source": "x", "target": "c"}, "the columns “x” and “c”. Found are"),
        ("a;b\n1;2\n", {"source": "a", "target": "b", "delimiter": ","}, "“a;b”.*delimiter"),
        ("a,b\n1,2\n", {"source": "a", "target": "a"}, "One column is named for two things"),
        ("a,b\n1,2\n", {"header": 2, "source": "a"}, r"No row holds .*“1”, “2”.*\(line 2"),
        ("a,b\n\n1,2\n", {"header": 2}, r"no row on the line that is to be the header.*line 2"),
        ("a,b;c\n1,2\n", {}, "may stand “,” or “;”: name the delimiter"),
        ("a,b\n1,2\n3,4,5\n", {}, r"The row has 3 cells, the header 2. \(line 3"),
        ("source,x,target\n1,2\n", {}, r"The row has 2 cells, the header 3. \(line 2"),
        ('a,b\n1,"2\n3,4\n', {}, r"quotation mark opens .* nothing closes it. \(line 2"),
        ('a,b\n1,"2"3\n', {}, r"broken: .* \(line 2"),
    ],
)
def test_what_is_no_table(text: str, columns: dict[str, Any], message: str) -> None:
    with pytest.raises(UnreadableInput, match=message):
        read(text, **columns)


@pytest.mark.parametrize(
    "columns",
    [
        {"header": -1},
        {"delimiter": ",,"},
        {"delimiter": '"'},
        {"delimiter": "a"},
        {"delimiter": "\n"},
        {"source_width": 65},
        {"target_width": -1},
    ],
)
def test_columns_must_be_possible(columns: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        TableColumns(**columns)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a,b\n1,2\nx,café\n".encode("cp1252"), r"0xE9 is not UTF-8 .*cp1252.*line 3, column 6"),
        ("a,b\n1,2\n".encode("utf-16-le"), "NUL"),
        (b"PK\x03\x04", "workbook"),
    ],
)
def test_an_encoding_is_never_guessed(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableInput, match=message):
        read_table(data, "csv", TableColumns())


@pytest.mark.parametrize(
    "encoding", ["klingon", "rot13", "idna", "unicode_escape", "a\0", "x" * 99]
)
def test_an_encoding_must_be_known(encoding: str) -> None:
    with pytest.raises(InvalidValue, match="encoding"):
        read_table(b"a,b\n1,2\n", "csv", TableColumns(encoding=encoding))


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        ("1,a,0,\n1,a,1,", 3, "than line 2 of the same pair"),
        ("1,a,,0.5\n1,a,,0.6", 3, "than line 2 of the same pair"),
        ("1,n/a,0,\n1,n/a,1,", 3, "than line 2 of the same code"),
        ("1,a,0,\n1,n/a,0,", 3, "no counterpart, and line 2 gives one"),
        ("n/a,a,0,\n1,a,0,", 2, "no counterpart, and line 3 gives one"),
        ("1,a,maybe,", 2, "“maybe” says neither whole"),
        ("1*,a,0,", 2, "says whole, and a mark at the code says part"),
        ("=HYPERLINK(1),a,,", 2, "is a formula"),
        ("@SUM(A1),a,,", 2, "is a formula"),
        ("1,#N/A,,", 2, "is an error of a spreadsheet"),
        ("*,a,,", 2, "“\\*” is no code"),
        ("1\x07,a,,", 2, "U\\+0007"),
        (f"{'9' * 1001},a,,", 2, "longer than"),
        ("1,a,,half", 2, "not a number from 0 to 1"),
        ("1,a,,-1", 2, "not a number from 0 to 1"),
        ("1,a,,1/0", 2, "not a number from 0 to 1"),
        ("1,a,,1e999999999", 2, "not a number from 0 to 1"),
        ("1,a,,101", 2, "more than 100 percent"),
    ],
)
def test_rows_that_cannot_be(rows: str, line: int, reason: str) -> None:
    with pytest.raises(RefusedRows, match=reason) as caught:
        read(f"source,target,source_part,source_weight\n{rows}\n")
    ((refused, _, _),) = caught.value.rows
    assert refused == line


def test_bounds() -> None:
    with pytest.raises(LimitExceeded, match=f"{COLUMNS} for the columns"):
        read("," * 100_000 + "a,b\n", delimiter=",")
    with pytest.raises(LimitExceeded, match="characters of a line"):
        read("," * 2_000_000, delimiter=",")
    with pytest.raises(LimitExceeded, match="the rows"):
        read("a,b\n" + "\n" * 500_000 + "1,2\n")
    with pytest.raises(UnreadableInput, match="nothing closes it"):
        read('a,b\n"' + "1,2\n" * 100_000)


codes = st.text(st.sampled_from("0123456789ABé ."), min_size=1, max_size=5).filter(
    lambda text: text == text.strip() and text.lower() not in ("", "ex", "ex.")
)
rows = st.lists(
    st.tuples(codes, codes, st.sampled_from("01"), st.sampled_from("01"), st.text("ab,;\"'= \n")),
    min_size=1,
    unique_by=lambda row: row[:2],
)


@given(rows, st.sampled_from(",;\t|"))
def test_what_is_written_is_read(rows: list[tuple[str, ...]], delimiter: str) -> None:
    out = io.StringIO()
    header = ("source", "target", "source_part", "target_part", "note")
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    table = read_table(out.getvalue().encode(), "csv", TableColumns())
    kinds = {"0": W, "1": P}
    assert [(row.source, row.target) for row in table.rows] == [row[:2] for row in rows]
    assert [(row.source_part, row.target_part) for row in table.rows] == [
        (kinds[row[2]], kinds[row[3]]) for row in rows
    ]


@given(st.binary(max_size=120), st.sampled_from(["csv", "tsv", "xlsx"]))
def test_any_bytes(data: bytes, form: Form) -> None:
    try:
        read_table(data, form, TableColumns())
    except CladistError as error:
        str(error).encode()


@given(st.text(st.sampled_from("ab01 \t\n,;|*\"'=-%./é\x07\ufffe"), max_size=80), st.booleans())
def test_any_text(text: str, fill_down: bool) -> None:
    text = "source,target,source_part,source_weight,note\n" + text
    try:
        table = read_table(text.encode(), "csv", TableColumns(fill_down=fill_down))
    except CladistError as error:
        str(error).encode()
    else:
        "".join(table.findings).encode()
        assert len({(row.source, row.target) for row in table.rows}) == len(table.rows)
