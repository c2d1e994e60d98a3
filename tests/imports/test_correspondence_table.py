"""Correspondence tables as text: columns, flags, weights, quirks, and what cannot be right."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import Any

import pytest

from cladist.imports.correspondence.table import (
    CorrespondenceTable,
    Form,
    LoneCode,
    TableColumns,
    read_table,
)
from cladist.model.change.parts import Part
from cladist.model.errors import (
    UnreadableInput,
)

W, P = Part.WHOLE, Part.PART

OFFICIAL = (
    '"R4","partial4","R3","partial3","Detail"\r\n'
    '"0111",0,"0111",1,""\r\n'
    '"0113",1,"0111",1,"Growing of beet, ""roots"" and tubers"\r\n'
    '"0113",1,"0112",0,""\r\n'
    '"9700",0,"n/a",0,"(not covered before)"\r\n'
)
OFFICIAL_COLUMNS: dict[str, Any] = {
    "source": "R4",
    "target": "R3",
    "source_part": "partial4",
    "target_part": "partial3",
    "note": "detail",
}


def read(text: str, form: Form = "csv", **columns: Any) -> CorrespondenceTable:
    """The table that a text holds."""
    return read_table(text.encode(), form, TableColumns(**columns))


def pairs(table: CorrespondenceTable) -> list[tuple[str, str]]:
    return [(row.source, row.target) for row in table.rows]


def parts(table: CorrespondenceTable) -> list[tuple[Part | None, Part | None]]:
    return [(row.source_part, row.target_part) for row in table.rows]


def finding(table: CorrespondenceTable, words: str) -> str:
    (found,) = (each for each in table.findings if words in each)
    return found


def test_a_table_of_a_statistical_office() -> None:
    table = read(OFFICIAL, **OFFICIAL_COLUMNS)
    assert pairs(table) == [("0111", "0111"), ("0113", "0111"), ("0113", "0112")]
    assert parts(table) == [(W, P), (P, P), (P, W)]
    assert [row.line for row in table.rows] == [2, 3, 4]
    assert table.rows[1].note == 'Growing of beet, "roots" and tubers'
    assert table.rows[0].source_weight is None
    lone = LoneCode(line=5, code="9700", part=W, note="(not covered before)")
    assert (table.lone_sources, table.lone_targets) == ((lone,), ())
    assert table.findings == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    out = io.StringIO("Table of 2020, revised; see notes\r\n\r\n")
    out.seek(0, io.SEEK_END)
    csv.writer(out, delimiter=delimiter).writerows(csv.reader(io.StringIO(OFFICIAL)))
    table = read(out.getvalue(), **OFFICIAL_COLUMNS)
    assert len(table.rows) == 3
    assert finding(table, "above the header").endswith("line 1.")


def test_a_table_says_its_columns_itself() -> None:
    table = read("Target,Source_Part,SOURCE,Comment\nb,p,a,x\n")
    assert pairs(table) == [("a", "b")]
    assert parts(table) == [(P, None)]
    assert finding(table, "not read") == "Columns that are not read: “Comment”."


def test_two_columns_need_no_names() -> None:
    table = read("ISIC 4,NACE 2\n01,01\n02,03\n")
    assert pairs(table) == [("01", "01"), ("02", "03")]
    assert table.findings == ("Line 1 is read as the header: “ISIC 4” to “NACE 2”.",)
    assert pairs(read("ISIC 4,NACE 2\n01,02\n", source="nace 2")) == [("02", "01")]


def test_columns_by_place() -> None:
    text = "code;partial;code;partial\n01;;02;x\n"
    with pytest.raises(UnreadableInput, match="Several columns are called “Code”: say #1 or #3"):
        read(text, source="Code", target="#3")
    table = read(text, source="#1", target="#3", source_part="#2", target_part="#4")
    assert parts(table) == [(None, P)]


def test_the_header_stands_where_it_is_said_to() -> None:
    table = read("old,new\nthese,count\n1,2\n", header=2)
    assert pairs(table) == [("1", "2")]
    assert pairs(read("old\tnew\n1\t2\n", "tsv")) == [("1", "2")]


def test_a_row_may_be_longer_by_blanks() -> None:
    assert pairs(read("a,b,,\n1,2,,\n3,4,,,\n")) == [("1", "2"), ("3", "4")]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("\ufeffa,b\né,ü\n".encode(), ""),
        ("a,b\né,ü\n".encode("utf-16"), ""),
        ("a,b\né,ü\n".encode("utf-16-be"), "utf-16be"),
        ("a,b\né,ü\n".encode("latin-1"), "Latin-1"),
        ("a,b\né,ü\n".encode("cp850"), "cp850"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    assert pairs(read_table(data, "csv", TableColumns(encoding=encoding))) == [("é", "ü")]


def test_the_flags_of_a_column_are_read_together() -> None:
    def flags(*cells: str) -> list[Part | None]:
        rows = (f"{number},x,{cell}" for number, cell in enumerate(cells))
        return [one for one, _ in parts(read("\n".join(("source,target,source part", *rows))))]

    assert flags("1", "p", "Part  of", "x", "*", "YES", "true") == [P] * 7
    assert flags("0", "no", "false", "Whole") == [W] * 4
    assert flags("*", "", "") == [P, W, W]
    assert flags("1", "", "0") == [P, None, W]
    assert flags("", "") == [None, None]


def test_marks_at_codes() -> None:
    table = read("a,b\n0111*,ex 1\n'0112 **,ex. 2\n0113,3\n")
    assert pairs(table) == [("0111", "1"), ("0112", "2"), ("0113", "3")]
    assert parts(table) == [(P, P), (P, P), (W, W)]
    assert pairs(read("a,b\nex1,express\n")) == [("ex1", "express")]


def test_codes_as_spreadsheets_write_them() -> None:
    table = read('a,b\n"=""0111""",\u00a002\u00a0\n\'0112,"A 1"\n')
    assert pairs(table) == [("0111", "02"), ("0112", "A 1")]
    filled = read("a,b\n111,1\nA1,12345\n", source_width=4, target_width=2)
    assert pairs(filled) == [("0111", "01"), ("A1", "12345")]


@pytest.mark.parametrize("word", ["", "n/a", "N/A", "-", "–", "None", "no counterpart"])
def test_codes_without_counterpart(word: str) -> None:
    table = read(f"a,b\n1,{word}\n{word},2\n3,4\n")
    assert [(each.line, each.code) for each in table.lone_sources] == [(2, "1")]
    assert [(each.line, each.code) for each in table.lone_targets] == [(3, "2")]
    assert pairs(table) == [("3", "4")]
    assert any("filled down" in each for each in table.findings) is (word == "")


def test_empty_codes_are_filled_down_when_asked() -> None:
    text = "source,target,note\n1*,a,\n,b,\n,n/a,\n,,a heading\n2,c,\n"
    table = read(text, fill_down=True)
    assert pairs(table) == [("1", "a"), ("1", "b"), ("2", "c")]
    assert [each.source_part for each in table.rows] == [P, P, W]
    assert [each.code for each in table.lone_sources] == ["1"]
    assert finding(table, "repeat") == "Empty codes repeat the one above them: lines 3, 4."
    assert finding(table, "either side").endswith("line 5.")
    assert [each.code for each in read(text).lone_targets] == ["b"]


def test_weights() -> None:
    text = "source;target;source weight;target weight\n1;a;0,25;50 %\n1;b;3/4;1\n2;b;1;\n3;a;;.5\n"
    table = read(text)
    assert [row.source_weight for row in table.rows] == [
        *(Fraction(1, 4), Fraction(3, 4), Fraction(1), None),
    ]
    assert [row.target_weight for row in table.rows] == [Fraction(1, 2), 1, None, Fraction(1, 2)]
    assert table.findings == (
        "Codes whose target weights do not sum up to 1: “b” 1 with some missing.",
    )


def test_weights_over_one_are_percentages() -> None:
    table = read("source,target,source_weight\n1,a,40\n1,b,60\n2,c,90\n2,d,.5\n3,e,100%\n")
    assert [row.source_weight for row in table.rows] == [
        *(Fraction(2, 5), Fraction(3, 5), Fraction(9, 10), Fraction(1, 200), Fraction(1)),
    ]
    assert "read as percentages" in finding(table, "over 1")
    assert "“2” 0.905" in finding(table, "sum")


def test_weights_are_nearly_one() -> None:
    table = read("source,target,source_weight\n1,a,0.333\n1,b,0.333\n1,c,0.333\n")
    assert table.findings == ()


def test_what_is_said_twice_counts_once() -> None:
    table = read("source,target,note\n1,a,x\n1,a,x\n1,a,\n1,a,y\n2,n/a,\n2,n/a,z\n")
    assert [(row.line, row.note) for row in table.rows] == [(2, "x; y")]
    assert [(each.line, each.note) for each in table.lone_sources] == [(6, "z")]
    assert finding(table, "left out").endswith("lines 3, 4.")
    assert finding(table, "joined").endswith("lines 5, 7.")


def test_a_part_may_be_left_over() -> None:
    table = read("source,target,source_part\n1,a,1\n1,n/a,1\n")
    assert (pairs(table), table.lone_sources[0].part) == ([("1", "a")], P)
