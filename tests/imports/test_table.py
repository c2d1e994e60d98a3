"""Tables: what every column says, what is refused row by row, what cannot be read at all."""

from __future__ import annotations

import csv as csvfile
import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.imports.building import new_taxonomy
from cladist.imports.columns import KNOWN
from cladist.imports.reading import ImportFormat, read
from cladist.imports.sketch import Ref, Sketch
from cladist.model.errors import UnreadableInput
from cladist.model.taxonomy import UNGIVEN, Notation, Text
from tests.imports.sketches import BASE, HEADER, csv, labels, minting, named


def test_every_column() -> None:
    sketch = csv(
        "id,code,label,label@DE,parent,alternative,alternative@de,hidden,definition,scope_note,"
        "example,counter example,notation,notation@https://example.org/wn,colour,hotkey,rank,"
        "Selectable,retired,reason,successor",
        f"{BASE}/x,7,dog,Hund,animal|{BASE}/y,hound|cur,Köter,dgo,a canid,see cat,"
        "Rex|Fido,a wolf,D1,n02084071,#aabbcc,d,3,yes,no,,",
    )
    (row,) = sketch.rows
    item = row.item
    assert (item.id, item.code, item.colour, item.hotkey, item.rank) == (
        *(f"{BASE}/x", 7, "#AABBCC", "d", 3),
    )
    assert item.selectable is True
    assert item.retirement is None
    assert item.preferred == (Text("Hund", "de"), Text("dog", "en"))
    assert item.alternative == (Text("Köter", "de"), Text("cur", "en"), Text("hound", "en"))
    assert item.definitions == (Text("a canid", "en"),)
    assert item.scope_notes == (Text("see cat", "en"),)
    assert item.examples == (Text("Fido", "en"), Text("Rex", "en"))
    assert item.counter_examples == (Text("a wolf", "en"),)
    assert item.notations == (
        Notation("D1"),
        Notation("n02084071", "https://example.org/wn"),
    )
    assert row.parents == (Ref(text="animal"), Ref(text=f"{BASE}/y"))


def test_tabs_separate_in_tsv_and_commas_do_not() -> None:
    sketch = read(b"label\tparent\na, b\t\nc\ta, b\n", ImportFormat.TSV)
    assert [row.item.label() for row in sketch.rows] == ["a, b", "c"]
    assert sketch.rows[1].parents == (Ref(row=sketch.rows[0].key),)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_over_quoted_line_breaks(newline: str) -> None:
    text = newline.join(("label,definition", '"a","one', 'two"', "", "b,x"))
    sketch = read(b"\xef\xbb\xbf" + text.encode(), ImportFormat.CSV)
    assert [(row.line, row.item.label()) for row in sketch.rows] == [(2, "a"), (5, "b")]


def test_a_parent_is_named_by_id_code_label_or_path() -> None:
    sketch = csv(
        "id,code,label,parent",
        f"{BASE}/a,10,animal,",
        ",11,plant,",
        ",12,crane,animal",
        ",13,crane,machine",
        ",14,machine,",
        f",15,by id,{BASE}/a",
        ",16,by code,11",
        ",17,by label,plant",
        ",18,by path,machine > crane",
    )
    above = {row.item.label(): row.parents[0].row for row in sketch.rows[5:]}
    keys = [row.key for row in sketch.rows]
    assert above == {
        "by id": keys[0],
        "by code": keys[1],
        "by label": keys[1],
        "by path": keys[3],
    }


def test_an_ambiguous_parent_is_refused() -> None:
    sketch = csv("code,label,parent", "1,crane,", "2,crane,", "3,boom,crane")
    assert [(each.line, each.label) for each in sketch.refused] == [(4, "boom")]


def test_a_path_makes_its_missing_ancestors_once() -> None:
    sketch = csv(
        "path", "animal > dog", "animal > cat", "animal", "plant > tree > oak | wood > oak"
    )
    made = [row.item.label() for row in sketch.rows if row.implied]
    assert made == ["plant", "tree", "wood"]
    taxonomy = new_taxonomy(sketch, HEADER, minting())
    animal = named(taxonomy, "animal")
    assert {each.label() for each in taxonomy.classes.values() if animal.id in each.parents} == {
        *("dog", "cat"),
    }
    assert len(named(taxonomy, "oak").parents) == 2


def test_a_path_joins_rows_that_are_placed_by_parent() -> None:
    sketch = csv("label,parent,path", "animal,,", "mammal,animal,", ",,animal > mammal > dog")
    assert len(sketch.rows) == 3
    assert sketch.rows[2].parents == (Ref(row=sketch.rows[1].key),)


def test_a_parent_cell_counts_before_a_path_cell() -> None:
    sketch = csv("label,parent,path", "a,,", "b,,", "c,a,b > c")
    assert sketch.rows[2].parents == (Ref(row=sketch.rows[0].key),)


def test_marks_in_references_are_escaped_with_a_backslash() -> None:
    sketch = csv("label,parent,path", "a|b,,", "x > y,,", r"c,a\|b|x \> y,", r"d,,x \> y > d")
    assert sketch.refused == ()
    keys = [row.key for row in sketch.rows]
    assert sketch.rows[2].parents == (Ref(row=keys[0]), Ref(row=keys[1]))
    assert sketch.rows[3].parents == (Ref(row=keys[1]),)


def test_a_retired_class_has_a_reason_and_successors() -> None:
    sketch = csv("label,retired,reason,successor", "new,,,", "old,yes,renamed,new")
    taxonomy = new_taxonomy(sketch, HEADER, minting())
    retirement = named(taxonomy, "old").retirement
    assert retirement is not None
    assert (retirement.reason, retirement.successors) == ("renamed", (named(taxonomy, "new").id,))


def test_a_guard_against_spreadsheet_formulas_is_taken_off() -> None:
    sketch = csv("label,definition", "'=1+1,'@home", "'t Hooft,''-x")
    assert [row.item.label() for row in sketch.rows] == ["=1+1", "'t Hooft"]
    assert [row.item.definitions[0].value for row in sketch.rows] == ["@home", "'-x"]


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("label,code", "a,NaN", "code: “NaN” is not a whole number"),
        ("label,code", "a,-1", "code: “-1”"),
        ("label,code", "a,1.0", "code: “1.0”"),
        ("label,code", "a,99999999999999999", "code: "),
        ("label,code", "a,٣", "code: "),
        ("label,rank", "a,inf", "rank: “inf”"),
        ("label,colour", "a,red", "colour: 'red'"),
        ("label,colour", "a,#12345", "colour: "),
        ("label,id", "a,dog", "id: 'dog' is not an absolute"),
        ("label,id", "a,https://e.org/a b", "id: "),
        ("label,selectable", "a,perhaps", "selectable: “perhaps” is neither yes nor no"),
        ("label,code", ",3", "label: is empty"),
        ("label,definition", "a\x07b,c", "label: holds the character U+0007"),
        ("label,definition", "a,c\x85", "definitions: holds the character U+0085"),
        ("label,definition", "a\ufffe,c", "label: holds the character U+FFFE"),
        ("label,successor", "a,b", "retired: only a retired class"),
        ("definition,colour", "c,", "label: is missing"),
        ("label,path", "a,b > c", "path: ends in another label"),
        ("label,path", "," + ">".join("ab" * 200), "path: has more than 256 steps"),
        ("path,rank", "a\x01 > b,", "path: holds the character U+0001"),
        ("label,hidden", f"a,{'x' * 1001}", "hidden: is longer"),
    ],
)
def test_a_bad_value_refuses_its_row_and_no_other(header: str, row: str, reason: str) -> None:
    good = ["fine" if name == "label" else "" for name in header.split(",")]
    sketch = csv(header, row, ",".join(good))
    (refused,) = sketch.refused
    assert refused.line == 2
    assert refused.reason.startswith(reason)
    assert [each.item.label() for each in sketch.rows if not each.implied] == ["fine"] * (
        "fine" in good
    )


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "is empty"),
        (b"\n\n", 1, "is empty"),
        (b'label\n"a\nb', 2, "broken"),
        (b'label\na\n"b"c\n', 3, "broken"),
        (b"label,code\na,1\nb,2,3\n", 3, "3 cells, the header 2"),
        (b"label,code\na\n", 2, "1 cells, the header 2"),
        (b"label\na\nb\x00\n", 3, "NUL"),
        ("label\na\nKäfer".encode("latin-1"), 3, "not UTF-8"),
        ("label\na".encode("utf-16"), 1, "not UTF-8"),
        (b"label\n" + b"a" * 200_000, 2, "broken"),
        (b"label,lable\na,b", 1, "“lable” (perhaps “label”?)"),
        (b"label,color\na,b", 1, "perhaps “colour”?"),
        (b"label,code@de\na,b", 1, "Unknown columns"),
        (b"label,label@en\na,b", 1, "stands there twice"),
        (b"label,definition@?\na,b", 1, "not a language tag"),
        (b"label,notation@isin\na,b", 1, "not an absolute"),
        (b"label;code\na;1", 1, "Unknown columns"),
    ],
)
def test_a_broken_table_is_unreadable_at_its_line(data: bytes, line: int, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=re.escape(reason)) as caught:
        read(data, ImportFormat.CSV)
    assert caught.value.line == line


def test_unknown_columns_are_answered_with_the_known_ones() -> None:
    with pytest.raises(UnreadableInput) as caught:
        csv(",".join(f"x{each}" for each in range(100)))
    assert all(name in str(caught.value) for name in KNOWN)
    assert "and 95 more" in str(caught.value)


def _cell(text: str) -> str:
    return "'" + text if re.match(r"'*[=+\-@]", text) else text


def _mark(text: str) -> str:
    return re.sub(r"([\\|>])", r"\\\1", text)


def _csv(rows: list[dict[str, str]], delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csvfile.DictWriter(out, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows({name: _cell(cell) for name, cell in row.items()} for row in rows)
    return out.getvalue().encode()


@given(
    st.lists(
        st.tuples(
            labels,
            st.lists(labels, max_size=3),
            labels,
            st.none() | st.booleans(),
            st.integers(0, 9),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda row: row[0],
    ),
    st.sampled_from(((",", ImportFormat.CSV), ("\t", ImportFormat.TSV))),
)
def test_what_was_written_is_read(
    rows: list[tuple[str, list[str], str, bool | None, int]], form: tuple[str, ImportFormat]
) -> None:
    written = [
        {
            "id": f"{BASE}/r{place}",
            "code": str(place),
            "label": label,
            "parent": "" if parent >= place else _mark(f"{BASE}/r{parent}"),
            "alternative@de": "|".join(map(_mark, synonyms)),
            "definition": _mark(definition),
            "selectable": "" if selectable is None else str(selectable),
        }
        for place, (label, synonyms, definition, selectable, parent) in enumerate(rows)
    ]
    sketch = read(_csv(written, form[0]), form[1])
    assert sketch.refused == ()
    assert [_said(sketch, place) for place in range(len(rows))] == [
        (label, tuple(sorted(set(_nfc(synonyms)))), _nfc([definition])[0], selectable, parent)
        for place, (label, synonyms, definition, selectable, parent) in enumerate(_expected(rows))
    ]


def _expected(
    rows: list[tuple[str, list[str], str, bool | None, int]],
) -> list[tuple[str, list[str], str, bool | None, int]]:
    return [
        (_nfc([label])[0], synonyms, definition, selectable, parent if parent < place else -1)
        for place, (label, synonyms, definition, selectable, parent) in enumerate(rows)
    ]


def _nfc(texts: list[str]) -> list[str]:
    return [unicodedata.normalize("NFC", each) for each in texts]


def _said(sketch: Sketch, place: int) -> tuple[str, tuple[str, ...], str, bool | None, int]:
    row = sketch.rows[place]
    codes = {each.key: each.item.code for each in sketch.rows}
    parent = codes[row.parents[0].row] if row.parents else UNGIVEN
    synonyms = tuple(each.value for each in row.item.alternative)
    definition = row.item.definitions[0].value
    return row.item.label(), synonyms, definition, row.item.selectable, parent


def test_the_documentation_names_every_column() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "imports.md"
    assert [name for name in KNOWN if f"`{name}`" not in page.read_text("utf-8")] == []
