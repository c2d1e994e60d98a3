"""Structures of statistical classifications: where codes stand, and rows that fit nowhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.imports.building import new_taxonomy
from cladist.imports.classification import read_classification
from cladist.imports.reading import ImportFormat, read
from cladist.imports.sketch import Sketch
from cladist.model.errors import InvalidValue, LimitExceeded, UnreadableInput
from cladist.model.taxonomy import Notation, Text
from tests.imports.sketches import HEADER, minting

STRUCTURE = """\
"Code","Description"\r
"A","Agriculture, forestry and fishing"\r
"01","Crop and animal production"\r
"011","Growing of ""annual"" crops"\r
"0111","Growing of cereals"\r
"0112","Growing of rice"\r
"02","Forestry"\r
"B","Mining"\r
"05","Mining of coal"\r
"0510","Mining of hard coal"\r
"""

PLACES = [
    *(("A", ""), ("01", "A"), ("011", "01"), ("0111", "011"), ("0112", "011")),
    *(("02", "A"), ("B", ""), ("05", "B"), ("0510", "05")),
]


def classification(text: str) -> Sketch:
    """The sketch of a structure file."""
    return read(text.encode(), ImportFormat.CLASSIFICATION)


def code(sketch: Sketch, key: str) -> str:
    (row,) = (row for row in sketch.rows if row.key == key)
    (notation,) = row.item.notations
    return notation.value


def places(sketch: Sketch) -> list[tuple[str, str]]:
    """Each code with the one above it."""
    assert sketch.refused == ()
    return [
        (code(sketch, row.key), code(sketch, row.parents[0].row) if row.parents else "")
        for row in sketch.rows
    ]


def of_codes(*codes: str) -> Sketch:
    """The sketch of a file of these codes, each its own description."""
    return classification("\n".join(("code;title", *(f"{each};{each}" for each in codes))))


def test_codes_say_where_classes_stand() -> None:
    sketch = classification(STRUCTURE)
    assert places(sketch) == PLACES
    assert sketch.findings == ()
    row = sketch.rows[2]
    assert (row.line, row.item.preferred) == (4, (Text('Growing of "annual" crops', "en"),))
    assert row.item.notations == (Notation("011"),)
    assert row.given == {"preferred@en", "notations", "parents"}


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters(delimiter: str) -> None:
    text = STRUCTURE.replace('","', f'"{delimiter}"').replace("Description", "  TITLE ")
    sketch = classification(f"Structure of 2008, final\r\n\r\n{text}")
    assert places(sketch) == PLACES
    assert sketch.findings == ("What stands above the header is not read: line 1.",)


def test_codes_before_blanks() -> None:
    lines = (line.strip('"').replace('""', '"') for line in STRUCTURE.splitlines())
    text = "\r\n".join("          ".join(line.split('","')) for line in lines)
    assert places(classification(text.replace("011 ", "\r\n011\t"))) == PLACES
    assert classification(text).rows[0].item.label() == "Agriculture, forestry and fishing"


def test_language_system_and_encoding() -> None:
    data = "Code,Title\nA,Céréales\n".encode("cp1252")
    system = "https://example.org/isic"
    sketch = read_classification(data, language="fr", system=system, encoding="cp1252")
    (row,) = sketch.rows
    assert row.item.preferred == (Text("Céréales", "fr"),)
    assert row.item.notations == (Notation("A", system),)


def test_an_encoding_is_never_guessed() -> None:
    with pytest.raises(UnreadableInput, match=r"0xE9 is not UTF-8 .* \(line 2, column 4\)"):
        read("code,label\nA,Céréales\n".encode("latin-1"), ImportFormat.CLASSIFICATION)
    with pytest.raises(InvalidValue, match="system"):
        read_classification(b"code,label\nA,a\n", system="isic")


def test_a_range_stands_above_what_it_holds() -> None:
    sketch = of_codes("3", "31", "311-312", "3111", "3121", "313", "3131", "32", "321")
    assert places(sketch) == [
        *(("3", ""), ("31", "3"), ("311-312", "31"), ("3111", "311-312"), ("3121", "311-312")),
        *(("313", "31"), ("3131", "313"), ("32", "3"), ("321", "32")),
    ]
    nested = of_codes("A00-B99", "A00-A09", "A00", "A00.1", "B15–B19", "B15")
    assert [above for _, above in places(nested)] == [
        *("", "A00-B99", "A00-A09", "A00", "A00-B99", "B15–B19"),
    ]


@pytest.mark.parametrize(
    "pairs",
    [
        (("C", ""), ("CA", "C"), ("10", "CA"), ("10.1", "10"), ("10.11", "10.1"), ("D", "")),
        (("1", ""), ("11", "1"), ("111", "11"), ("1111", "111"), ("0", ""), ("01", "0")),
        (("A", ""), ("A01", "A"), ("A01AA", "A01"), ("A01AA01", "A01AA")),
        (("99", ""), ("9900", "99")),
        (("011", "01"), ("01", "")),
    ],
)
def test_other_classifications(pairs: tuple[tuple[str, str], ...]) -> None:
    assert places(of_codes(*(each for each, _ in pairs))) == list(pairs)


def test_a_column_of_parents_is_believed() -> None:
    sketch = classification("Code,Parent,Description,Level\nx,,X,1\ny,x,Y,2\n'01,y,One,3\n")
    assert places(sketch) == [("x", ""), ("y", "x"), ("01", "y")]
    assert sketch.findings == ("Columns that are not read: “level”.",)


def test_codes_that_say_nothing_make_a_list() -> None:
    sketch = of_codes("11-1011", "11-1021")
    assert places(sketch) == [("11-1011", ""), ("11-1021", "")]
    assert "parents" not in sketch.rows[0].given
    assert "the classes are a list" in sketch.findings[0]


def test_sections_without_anything_are_pointed_out() -> None:
    (finding,) = of_codes("A", "B", "C", "01", "02").findings
    assert finding == "Sections that nothing stands under: A, B. Rows must follow their section."


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        (("A;a", "01;b", "0211;c"), (4, "begins with the code of no other row")),
        (("01;b", "A;a", "02;c"), (2, "stands under no section")),
        (("A;a", "01;b", "X1;c"), (4, "stands under no section")),
        (("01;a", "01;b"), (3, "repeats the one of line 2")),
        (("01;a", ";b"), (3, "code: is empty")),
        (("01;a", "02;"), (3, "label: is empty")),
        (("01;a", "=B2;b"), (3, "is a formula")),
        (("01;a", f"{'0' * 65};b"), (3, "longer than 64")),
        (("01;a", "02;b\x07"), (3, "U\\+0007")),
    ],
)
def test_rows_that_fit_nowhere(rows: tuple[str, ...], refused: tuple[int, str]) -> None:
    ((line, _, reason),) = classification("\n".join(("Code;Label", *rows))).refused
    assert line == refused[0]
    assert re.search(refused[1], reason)


def test_a_parent_must_be_there() -> None:
    (row,) = classification("code,parent,label\n1,2,a\n").refused
    assert row.reason == "parent: “2” is the code of no row."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("A,b\n01,c\n", "No row names the columns code or notation and .* first holds “A”, “b”"),
        ("code,code,label\n1,2,3\n", "“code” stands there twice"),
        ("code,label\n1\n", r"The row has 1 cells, the header 2. \(line 2"),
        ("code,label\n1,a, b\n", r"The row has 3 cells, the header 2. \(line 2"),
        ('code,label\n1,"a\n', "nothing closes it"),
    ],
)
def test_what_is_no_structure(text: str, message: str) -> None:
    with pytest.raises(UnreadableInput, match=message):
        classification(text)


def test_bounds() -> None:
    with pytest.raises(LimitExceeded):
        classification("code,label\n" + "," * 1000)


@given(st.sets(st.text("012", min_size=1, max_size=4), min_size=1))
def test_every_code_stands_under_the_longest_that_it_begins_with(codes: set[str]) -> None:
    sketch = of_codes(*sorted(codes))
    lines = {f"line {line}": each for line, each in enumerate(sorted(codes), start=2)}
    for row in sketch.rows:
        own = lines[row.key]
        starts = sorted(each for each in codes if own.startswith(each))
        assert [lines[each.row] for each in row.parents] == starts[-2:-1]
    shortest = min(map(len, codes))
    assert {row.label for row in sketch.refused} == {
        each
        for each in codes
        if len(each) > shortest and not any(map(each.startswith, codes - {each}))
    }


def test_a_taxonomy_comes_of_it() -> None:
    taxonomy = new_taxonomy(classification(STRUCTURE), HEADER, minting())
    assert len(taxonomy.classes) == len(PLACES)
