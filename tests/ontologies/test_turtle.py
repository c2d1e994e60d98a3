"""Every shipped Turtle file: both parsers read the same, and texts are in their normal form."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from tests.ontologies.terms import EXAMPLES, VOCABULARY, rows

Term = tuple[str, str, str]
FILES = pytest.mark.parametrize("path", [VOCABULARY, *EXAMPLES], ids=lambda path: path.stem)


def read_by_oxigraph(term: ox.NamedNode | ox.Literal) -> Term:
    if isinstance(term, ox.NamedNode):
        return term.value, "", ""
    return term.value, term.language or "", "" if term.language else term.datatype.value


def read_by_rdflib(term: rdflib.term.Node) -> Term:
    if not isinstance(term, rdflib.Literal):
        return str(term), "", ""
    datatype = str(term.datatype or rdflib.XSD.string)
    return str(term), term.language or "", "" if term.language else datatype


@FILES
def test_both_parsers_read_the_same_statements(path: Path) -> None:
    one = {(s, p, read_by_oxigraph(o)) for s, p, o in rows(path)}
    graph = rdflib.Graph().parse(path, format="turtle")
    other = {(str(s), str(p), read_by_rdflib(o)) for s, p, o in graph}
    assert one == other
    assert one


@FILES
def test_no_statement_is_written_twice(path: Path) -> None:
    assert len(set(rows(path))) == len(rows(path))


@FILES
def test_texts_are_in_their_normal_form(path: Path) -> None:
    texts = [o for _, _, o in rows(path) if isinstance(o, ox.Literal)]
    for text in texts:
        assert text.value == unicodedata.normalize("NFC", text.value).strip()
        assert (text.language or "") == (text.language or "").lower()


@FILES
def test_the_file_begins_with_where_it_comes_from_and_ends_with_a_newline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert text.endswith(" .\n")
    assert "\t" not in text
    assert path == VOCABULARY or "\n# Made from public facts: " in text
