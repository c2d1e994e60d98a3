"""Documents that are refused, each with the error that fits, while the reader lives on."""

from __future__ import annotations

import re

import pytest

from cladist.model.errors import (
    InvalidValue,
    UnreadableInput,
)
from cladist.rdf.parse import RdfFormat
from tests.rdf.reading import about, read, refusal

TURTLE, TRIG, TRIPLES, QUADS, XML, JSON = RdfFormat
TERM = "<x:a> <x:b> "


@pytest.mark.parametrize(
    ("format", "document", "line", "column"),
    [
        (TURTLE, "<x:a> <x:b>\n  <x:c> ] .", 2, 9),
        (TRIPLES, "<x:a> <x:b> <x:c> .\n<x:a> <x:b>", 2, 12),
        (QUADS, '<x:a> <x:b> "a"', 1, 16),
        (TRIG, "<x:g> {\n<x:a> <x:b> }", 2, 13),
        (XML, about("\n<e:b>c</e:d>"), 3, 9),
        (XML, about("<e:b>c</e:b>")[:-25], 2, 53),
        (XML, about('\n<e:b rdf:resource="b c"/>'), 3, 20),
        (JSON, '{"@id":\n "http://e/a", }', 2, 16),
        (TURTLE, "<a> <x:b> <x:c> .", 1, 1),
        (XML, about('<e:b rdf:resource="b"/>'), 2, 60),
        (TURTLE, "<x:a\\u000Ab> <x:b> <x:c> .", 1, 1),
        (TURTLE, "<x:a> <x:b> <x:c d> .", 1, 13),
        (TRIPLES, "<x:a\\u003Eb> <x:b> <x:c> .", 1, 1),
        (TURTLE, TERM + '"a"@en_US .', 1, 19),
        (TURTLE, TERM + '"a"@toolonglanguagetag .', 1, 17),
        (XML, about('<e:b xml:lang="en_US">c</e:b>'), 2, 56),
        (TURTLE, TERM + '"\\uD800" .', 1, 14),
    ],
)
def test_syntax_errors_have_a_place(
    format: RdfFormat, document: str, line: int, column: int
) -> None:
    error = refusal(document, format)
    assert isinstance(error, UnreadableInput)
    assert (error.line, error.column) == (line, column)
    assert "Parser error" not in error.reason


@pytest.mark.parametrize(
    ("format", "document"),
    [
        (TURTLE, TERM.encode() + b'"\xe9" .'),
        (TURTLE, TERM.encode() + b'"\xed\xa0\x80" .'),
        (TURTLE, (TERM + '"a" .').encode("utf-16")),
        (XML, about("<e:b>c</e:b>").encode("utf-16")),
        (XML, b'<?xml version="1.0" encoding="ISO-8859-1"?>' + about("<e:b>c</e:b>").encode()),
        (XML, b"<html><body/></html>"),
        (JSON, b""),
        (JSON, b'{"@id": "http://e/a", "http://e/b": NaN}'),
        (JSON, b'{"@id": "http://e/a", "http://e/b": "\\ud800"}'),
        (JSON, b"\x00\x01\x02"),
    ],
)
def test_other_encodings_and_languages_are_unreadable(format: RdfFormat, document: bytes) -> None:
    assert isinstance(refusal(document, format), UnreadableInput)


@pytest.mark.parametrize("format", [TURTLE, TRIG])
def test_one_triple_term_is_refused(format: RdfFormat) -> None:
    for document in (
        TERM + "<<( <x:a> <x:b> <x:c> )>> .",
        TERM + "<x:c> {| <x:d> <x:e> |} .",
        "<< <x:a> <x:b> <x:c> >> <x:d> <x:e> .",
    ):
        error = refusal(document, format)
        assert isinstance(error, UnreadableInput)
        assert "triple terms" in error.reason


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE rdf:RDF>",
        '<!DOCTYPE rdf:RDF SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE rdf:RDF [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>',
        '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        "<!doctype html>",
    ],
)
def test_a_document_type_is_refused_with_its_place(declaration: str) -> None:
    error = refusal("<!-- é -->" + declaration + about("<e:b>&a;</e:b>"), XML)
    assert isinstance(error, UnreadableInput)
    assert "DOCTYPE" in error.reason
    assert (error.line, error.column) == (1, 11)


@pytest.mark.parametrize(
    "context",
    [
        '"http://127.0.0.1:9/context"',
        '["file:///etc/hostname"]',
        '{"@version": 1.1, "@import": "http://127.0.0.1:9/context"}',
        '{"b": {"@id": "http://e/b", "@context": "http://127.0.0.1:9/context"}}',
    ],
)
def test_a_remote_context_is_refused(context: str) -> None:
    error = refusal(f'{{"@context": {context}, "@id": "http://e/a", "b": {{"b": 1}}}}', JSON)
    assert isinstance(error, UnreadableInput)
    assert "remote @context" in error.reason


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ('{"@id": "a", "http://e/b": 1}', "“a”"),
        ('{"@id": "http://e/a", "@type": "c d"}', "c d"),
        ('{"@id": "http://e/a b", "http://e/b": 1}', "“http://e/a b”"),
        ('{"@id": "http://e/a\\nb", "http://e/b": 1}', "“http://e/a\nb”"),
        ('{"@id": "http://e/a>", "http://e/b": 1}', "“http://e/a>”"),
        ('{"@id": "http://e/a", "http://e/b c": 1}', "“http://e/b c”"),
        ('{"@id": "http://e/a", "http://e/b": {"@id": "_:c d"}}', "“_:c d”"),
        ('{"@id": "http://e/a", "http://e/b": {"@value": "c", "@language": "en_US"}}', "“en_US”"),
    ],
)
def test_json_ld_does_not_skip_what_is_wrong(document: str, named: str) -> None:
    error = refusal(document, JSON)
    assert isinstance(error, InvalidValue | UnreadableInput)
    assert named in str(error)


@pytest.mark.parametrize("scheme", ["javascript", "JavaScript", "vbscript", "data", "file", "blob"])
@pytest.mark.parametrize(
    "document", ["<%s:x> <x:p> 1 .", "<x:a> <%s:x> 1 .", "<x:a> <x:p> <%s:x> , '1'^^<x:t> ."]
)
def test_dangerous_schemes_are_refused_everywhere(scheme: str, document: str) -> None:
    error = refusal(document % scheme, TURTLE)
    assert isinstance(error, InvalidValue)
    assert scheme in error.reason


def test_other_schemes_and_texts_about_schemes_are_accepted() -> None:
    document = (
        "<urn:x:a> <http://e/p> <mailto:a@e> , <tel:+1> , <info:x/y> , <doi:10.1/2> ,"
        ' "<javascript:alert(1)> and <<( too" , "<file:///x>"@en , "<javascript:x"^^<x:t> .'
    )
    assert len(read(document).lines) == 7


def test_a_host_in_scripts_that_look_alike_is_refused() -> None:
    error = refusal("<https://\u0435xample.org/a> <x:p> 1 .", TURTLE)
    assert isinstance(error, InvalidValue)
    assert "look alike" in error.reason
    assert read("<https://пример.org/é> <x:p> <https://münchen.de/пример> .").lines


@pytest.mark.parametrize(
    "letter",
    [
        *(f"\\u{code:04X}" for code in (0, 1, 8, 0x0B, 0x0C, 0x1F, 0x7F, 0x85, 0xFDD0, 0xFFFE)),
        *("\\b", "\\f", "\u0085", "\ufdd0", "\uffff", "\U0001fffe", "\U0010ffff"),
    ],
)
def test_control_characters_and_noncharacters_are_refused(letter: str) -> None:
    error = refusal(f'<x:a> <x:name> "good" , "bad{letter}"@en .', TURTLE)
    assert isinstance(error, InvalidValue)
    assert error.field == "<x:a> <x:name>"
    assert re.search(r"U\+[0-9A-F]{4,6}", error.reason)


def test_letters_that_end_like_noncharacters_are_accepted() -> None:
    assert read('<x:a> <x:p> "\u5fff \u0fff \u00a0 \U0001f600" .').lines


def test_a_text_direction_is_refused() -> None:
    error = refusal(TERM + '"a"@ar--rtl .', TURTLE)
    assert isinstance(error, InvalidValue)
    assert "direction" in error.reason
    assert read(TERM + '"a--ltr b"@ar .').lines


def test_a_bad_base_is_named() -> None:
    with pytest.raises(InvalidValue, match="base"):
        read("<a> <b> <c> .", base="no base")
