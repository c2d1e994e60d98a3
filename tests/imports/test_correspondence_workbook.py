"""Correspondence tables in workbooks: what cells come to, which sheet, and hostile archives."""

from __future__ import annotations

import io
import tracemalloc
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cladist.imports.correspondence.cells import STRINGS
from cladist.imports.correspondence.grid import Row
from cladist.imports.correspondence.sheets import rows_of_sheet
from cladist.imports.correspondence.table import CorrespondenceTable, TableColumns, read_table
from cladist.imports.correspondence.workbook import MEMBERS, UNPACKED
from cladist.model.change.parts import Part
from cladist.model.errors import (
    BodyTooLarge,
    CladistError,
    LimitExceeded,
    RefusedRows,
    UnreadableInput,
)
from tests.imports.workbooks import archive, raw_sheet, relations, sheet, workbook

TABLE = sheet(
    [
        ["Correspondence, first edition"],
        [],
        ["Old", "New", "part", "Note"],
        ["0111", 1, True, "x & <y>"],
        ["", 2.0, False],
        ["0112", "n/a"],
    ]
)
BOOK = workbook(TABLE)


def read(data: bytes, **columns: Any) -> CorrespondenceTable:
    """The table that a workbook holds."""
    return read_table(data, "xlsx", TableColumns(**columns))


def cells(row: str, **book: Any) -> list[str]:
    """The cells of the only row of a sheet."""
    (found,) = rows_of_sheet(workbook(raw_sheet(f"<row>{row}</row>"), **book))
    return found.cells


def test_a_table_in_a_workbook() -> None:
    columns = {"source": "old", "target": "new", "source_part": "part", "target_width": 2}
    table = read(BOOK, **columns, fill_down=True)
    assert [(row.line, row.source, row.target) for row in table.rows] == [
        (4, "0111", "01"),
        (5, "0111", "02"),
    ]
    assert [row.source_part for row in table.rows] == [Part.PART, Part.WHOLE]
    assert [row.note for row in table.rows] == ["x & <y>", ""]
    assert [(each.line, each.code) for each in table.lone_sources] == [(6, "0112")]
    assert table.findings == (
        "What stands above the header is not read: line 1.",
        "Empty codes repeat the one above them: line 5.",
    )


def test_two_columns_need_no_names() -> None:
    assert [row.source for row in read(workbook(sheet([["a", "b"], ["1", "2"]]))).rows] == ["1"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>111</v></c>", "111"),
        ("<c><v>111.0</v></c>", "111"),
        ("<c><v>0.10000000000000001</v></c>", "0.1"),
        ("<c><v>1E-7</v></c>", "1e-07"),
        ("<c><v>12345678901234567890</v></c>", "1.2345678901234567e+19"),
        ("<c><v>what</v></c>", "what"),
        ('<c t="b"><v>1</v></c>', "1"),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="d"><v>2026-11-23</v></c>', "2026-11-23"),
        ('<c t="str"><f>A1&amp;A2</f><v>0111</v></c>', "0111"),
        ("<c><f>A1+1</f></c>", "=A1+1"),
        ('<c t="inlineStr"><is><r><t>01</t></r><r><t>11</t></r></is></c>', "0111"),
        ('<c t="inlineStr"><is><t>東京</t><rPh><t>とうきょう</t></rPh></is></c>', "東京"),
        ('<c t="str"><v>a_x0009_b_x005F_x0009_</v></c>', "a\tb_x0009_"),
    ],
)
def test_what_a_cell_comes_to(cell: str, text: str) -> None:
    assert cells(cell) == [text]


def test_shared_texts() -> None:
    strings = "<sst><si><t>first</t></si><si><r><t>sec</t></r><r><t>ond</t></r></si></sst>"
    row = '<c t="s"><v>1</v></c><c r="C1" t="s"><v>0</v></c>'
    assert cells(row, parts={"sharedStrings": strings}) == ["second", "", "first"]


@pytest.mark.parametrize("place", ["2", "-1", "x", "99999999"])
def test_a_shared_text_must_be_there(place: str) -> None:
    with pytest.raises(UnreadableInput, match="text that is not there"):
        cells(f'<c t="s"><v>{place}</v></c>', parts={"sharedStrings": "<sst><si/></sst>"})


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        ("45000", 0, "45000"),
        ("45000", 1, "2023-03-15"),
        ("45000.5", 1, "2023-03-15 12:00:00"),
        ("0.25", 1, "06:00:00"),
        ("1", 1, "1900-01-01"),
        ("61", 2, "1900-03-01"),
        ("45000", 3, "45000"),
        ("-1", 1, "-1"),
        ("1e300", 1, "1e+300"),
        ("nan", 1, "nan"),
    ],
)
def test_dates(number: str, style: int, text: str) -> None:
    styles = (
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[Red]0.0 &quot;days&quot;"/>'
        '<numFmt numFmtId="171" formatCode="yyyy\\-mm"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="171"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    )
    assert cells(f'<c s="{style}"><v>{number}</v></c>', parts={"styles": styles}) == [text]


def test_days_may_begin_in_1904() -> None:
    styles = '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    settings = '<workbookPr date1904="1"/>'
    found = cells('<c s="0"><v>1</v></c>', parts={"styles": styles}, settings=settings)
    assert found == ["1904-01-02"]


def test_the_sheet_is_named_or_numbered_or_the_only_one() -> None:
    def first(**options: Any) -> str:
        sheets = (sheet([["a", "b"], [number, "x"]]) for number in ("1", "2", "3"))
        names = ("3", "Notes", "Table")
        data = workbook(*sheets, names=names, hidden=options.pop("hidden", ()))
        return read(data, **options).rows[0].source

    assert first(sheet="Table") == "3"
    assert first(sheet="2") == "2"
    assert first(sheet="3") == "1"
    assert first(hidden=("3", "Table")) == "2"
    with pytest.raises(UnreadableInput, match=r"Say which sheet .* has “3”, “Notes”, “Table”"):
        first()
    with pytest.raises(UnreadableInput, match="no sheet “4”"):
        first(sheet="4")


def test_errors_and_formulas_are_no_codes() -> None:
    rows = '<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>'
    rows += '<row><c t="e"><v>#N/A</v></c><c><v>1</v></c></row><row><c><f>B2</f></c><c/></row>'
    with pytest.raises(RefusedRows) as caught:
        read(workbook(raw_sheet(rows)))
    assert [line for line, _, _ in caught.value.rows] == [2, 3]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not an XLSX workbook"),
        (b"a,b\n1,2\n", "not an XLSX workbook"),
        (BOOK[:200], "not an XLSX workbook"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "not an XLSX"),
        (
            archive({"_rels/.rels": relations(("officeDocument", "xl/workbook.bin"))}),
            "not an XLSX workbook; save it as one",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"old kind \(.xls\); save it as .xlsx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
        (BOOK.replace(b"\x14\x00\x00\x00\x08", b"\x14\x00\x01\x00\x08"), "locked|damaged"),
        (workbook("<worksheet><row>"), "damaged"),
        (workbook("<worksheet/>", hidden=("One",)), "Say which sheet"),
        (workbook(raw_sheet("")), "is empty"),
        (workbook(sheet([["source", "target"]])), "no row with a code"),
        (
            workbook('<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><w>&e;</w>'),
            "declares a document type",
        ),
    ],
)
def test_what_is_no_workbook(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableInput, match=message):
        read(data)


def test_a_sheet_of_charts_has_no_cells() -> None:
    parts = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": '<workbook><sheets><sheet name="c" id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("chartsheet", "chartsheets/sheet1.xml")),
    }
    with pytest.raises(UnreadableInput, match="no cells"):
        read(archive(parts))


def test_nothing_outside_is_looked_at() -> None:
    parts = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": '<workbook><sheets><sheet name="c" id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "http://127.0.0.1:9/s.xml")).replace(
            "Target=", 'TargetMode="External" Target='
        ),
    }
    with pytest.raises(UnreadableInput, match="no cells"):
        read(archive(parts))
    up = {**parts, "xl/_rels/workbook.xml.rels": relations(("worksheet", "../../../etc/passwd"))}
    with pytest.raises(UnreadableInput, match="lacks “etc/passwd”"):
        read(archive(up))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as packed, packed.open("xl/big.xml", "w") as part:
        for _ in range(1 + (4 << 20) // (1 << 16)):
            part.write(bytes(1 << 16))
    tracemalloc.start()
    with pytest.raises(BodyTooLarge, match="unpacks to"):
        read(buffer.getvalue())
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_a_directory_may_not_promise_too_much() -> None:
    data = bytearray(archive({"a.xml": "<a/>"}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 20 : entry + 24] = (1 << 20).to_bytes(4, "little")
    data[entry + 24 : entry + 28] = (UNPACKED + 1).to_bytes(4, "little")
    with pytest.raises(BodyTooLarge, match="unpacked workbook"):
        read(bytes(data))


def test_a_directory_may_not_promise_too_little() -> None:
    data = bytearray(workbook(raw_sheet("<row><c><v>1</v></c></row>" * 10_000)))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    with pytest.raises(UnreadableInput, match="damaged"):
        read(bytes(data))


def test_bounds() -> None:
    with pytest.raises(LimitExceeded, match="parts of a workbook"):
        read(archive({f"{number}": "" for number in range(MEMBERS + 1)}))
    with pytest.raises(LimitExceeded, match="columns of a table"):
        cells('<c r="XFD1"><v>1</v></c>')
    with pytest.raises(LimitExceeded, match="rows of a table"):
        list(rows_of_sheet(workbook(raw_sheet('<row r="1048576"><c><v>1</v></c></row>'))))
    assert list(rows_of_sheet(workbook(raw_sheet('<row r="1048576"><c r="XFD1"/></row>')))) == []
    with pytest.raises(LimitExceeded, match="texts of a workbook"):
        strings = f"<sst>{''.join(f'<si>{n}</si>' for n in range(STRINGS + 1))}</sst>"
        cells("<c/>", parts={"sharedStrings": strings})


def test_rows_are_handed_over_as_they_come() -> None:
    data = workbook(raw_sheet("".join(f"<row><c><v>{n}</v></c></row>" for n in range(100_000))))
    rows = rows_of_sheet(data)
    assert next(rows) == Row(1, ["0"])
    assert sum(1 for _ in rows) == 99_999


@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255), st.integers(0, len(BOOK)))
@example(0, 0, 0)
def test_any_damage(place: int, byte: int, end: int) -> None:
    for data in (BOOK[:place] + bytes([byte]) + BOOK[place + 1 :], BOOK[:place] + BOOK[end:]):
        try:
            read(data)
        except CladistError as error:
            str(error).encode()


@given(st.text("<>/ac=\"1 rvt&;'!-[]", max_size=60))
def test_any_markup(text: str) -> None:
    try:
        read(workbook(raw_sheet(text)))
    except CladistError as error:
        str(error).encode()
