"""What is written in any format is read back as the same statements."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rdflib import Graph

from cladist.model.errors import InvalidValue
from cladist.rdf.formats import RdfFormat
from cladist.rdf.namespaces import SKOS
from cladist.rdf.parse import Limits, parse
from cladist.rdf.serialize import serialize

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SUBJECTS = ("http://e/a", "http://e/a/b?c=d&e=f#g", "urn:uuid:1", "https://пример.org/у", "x:'")
PREDICATES = (f"{SKOS}prefLabel", f"{SKOS}broader", "http://e/p", "urn:x:p", f"{RDF}type", "x:é")
NUMBERS = ("007", "7", "+7", "-0", "1.50", ".5", "1.", "1e0", "1E+06", "INF", "NaN", "true", "")
TYPES = ("integer", "decimal", "double", "boolean", "int", "date", "anyURI", "string")
TEXTS = st.one_of(
    st.sampled_from(["", " ", "\t\r\n", "\r", '"""', "\\", "]]>", "&lt;", "a\u202eb", "👩‍👩‍👧"]),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]).filter(
            lambda letter: ord(letter) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(letter) <= 0xFDEF
        ),
        max_size=12,
    ),
).map(lambda text: unicodedata.normalize("NFC", text))
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(
        lambda text, tag: Literal(text, language=tag),
        TEXTS,
        st.sampled_from(["en", "zh-hant-tw", "ar", "x-priv"]),
    ),
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(XSD + name)),
        st.sampled_from(NUMBERS),
        st.sampled_from(TYPES),
    ),
    st.builds(
        lambda text, name: Literal(text, datatype=NamedNode(name)),
        TEXTS,
        st.sampled_from(["http://e/type", f"{RDF}HTML", f"{RDF}XMLLiteral"]),
    ),
)
IRIS = st.sampled_from([*SUBJECTS, f"{RDF}nil", f"{SKOS}Concept"]).map(NamedNode)
TRIPLES = st.builds(
    lambda subject, predicate, value: f"<{subject}> <{predicate}> {value}",
    st.sampled_from(SUBJECTS),
    st.sampled_from(PREDICATES),
    IRIS | LITERALS,
)
PREFIXES = {"skos": SKOS, "e": "http://e/", "urn": "http://e/p", "x": "urn:x:", "": "http://e/a/"}


def read(data: bytes, format: RdfFormat) -> list[bytes]:
    return parse(data, format, limits=Limits(), skolem_base="http://e/").lines


@pytest.mark.parametrize("format", RdfFormat)
@settings(max_examples=20)
@given(statements=st.lists(TRIPLES, min_size=1, max_size=60))
def test_triples_come_back_from_every_format(format: RdfFormat, statements: list[str]) -> None:
    lines = sorted({f"{statement} .\n".encode() for statement in statements})
    assert read(serialize(lines, format, PREFIXES), format) == lines


@pytest.mark.parametrize("format", [each for each in RdfFormat if each.graphs])
@settings(max_examples=20)
@given(statements=st.lists(st.tuples(TRIPLES, st.sampled_from(["", *SUBJECTS])), max_size=60))
def test_quads_come_back_from_formats_with_graphs(
    format: RdfFormat, statements: list[tuple[str, str]]
) -> None:
    graphs = [(triple, f" <{graph}>" if graph else "") for triple, graph in statements]
    lines = sorted({f"{triple}{graph} .\n".encode() for triple, graph in graphs})
    assert read(serialize(lines, format, PREFIXES), format) == lines


@pytest.mark.parametrize("format", [each for each in RdfFormat if not each.graphs])
@settings(max_examples=50)
@given(texts=st.lists(TEXTS, max_size=40))
def test_another_reader_finds_the_same_texts(format: RdfFormat, texts: list[str]) -> None:
    lines = sorted({f"<http://e/a> <http://e/p> {Literal(text)} .\n".encode() for text in texts})
    graph = Graph().parse(data=serialize(lines, format, PREFIXES), format=format.media_type)
    assert sorted(map(str, graph.objects())) == sorted(set(texts))


QUADS = [
    b"<http://e/a> <http://e/p> <http://e/b> .\n",
    b'<http://e/a> <http://e/p> "c"@en <http://e/g> .\n',
]


@pytest.mark.parametrize("format", [each for each in RdfFormat if not each.graphs])
def test_formats_without_graphs_join_them(format: RdfFormat) -> None:
    assert read(serialize(QUADS, format, PREFIXES), format) == [
        b'<http://e/a> <http://e/p> "c"@en .\n',
        b"<http://e/a> <http://e/p> <http://e/b> .\n",
    ]


def test_prefixes_are_used_and_odd_ones_left_out() -> None:
    prefixes = {"e": "http://e/", "1 x": "http://f/", "a.": "http://f/", "rel": "../x"}
    text = serialize(QUADS[:1], RdfFormat.TURTLE, prefixes).decode()
    assert "e:a e:p e:b ." in text
    assert "http://f/" not in text and "../x" not in text
    taken = {"rdf": "http://e/", "xml": "http://e/"}
    xml = serialize(QUADS[:1], RdfFormat.RDF_XML, prefixes | taken).decode()
    assert 'xmlns:e="http://e/"' in xml
    assert 'xmlns:rdf="http://e/"' not in xml


@pytest.mark.parametrize(
    "predicate", ["http://e/1", "urn:x:1", "http://e/", f"{RDF}li", f"{RDF}Description"]
)
def test_predicates_that_xml_cannot_name_are_refused(predicate: str) -> None:
    line = f'<http://e/a> <{predicate}> "<x: > <x:>" .\n'.encode()
    for prefixes in ({}, {"e": "http://e/"}):
        with pytest.raises(InvalidValue, match="predicate"):
            serialize([line], RdfFormat.RDF_XML, prefixes)
    assert read(serialize([line], RdfFormat.TURTLE, {}), RdfFormat.TURTLE) == [line]


@pytest.mark.parametrize("kind", ["urn:uuid:1", "http://e/x?a&b", "http://e/", "x:'"])
def test_types_that_xml_cannot_name_are_properties(kind: str) -> None:
    lines = [
        b'<http://e/a> <http://e/p> "\\n\\t</e:>" .\n',
        f"<http://e/a> <{RDF}type> <{kind}> .\n".encode(),
        f"<http://e/b> <{RDF}type> <{kind}> .\n".encode(),
        f"<http://e/c> <{RDF}type> <http://e/d> .\n".encode(),
    ]
    for prefixes in ({}, {"e": "http://e/", "q": "http://e/x?a&b"}):
        written = serialize(lines, RdfFormat.RDF_XML, prefixes)
        assert read(written, RdfFormat.RDF_XML) == lines
        assert len(Graph().parse(data=written, format="xml")) == 4


@pytest.mark.parametrize("format", RdfFormat)
def test_nothing_is_written_as_nothing(format: RdfFormat) -> None:
    assert read(serialize([], format, PREFIXES), format) == []
