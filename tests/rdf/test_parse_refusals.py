"""Documents that are refused, each with the error that fits, while the reader lives on."""

from __future__ import annotations

import re

import pytest

from cladist.model.errors import (
    BodyTooLarge,
    CladistError,
    InvalidValue,
    ParserLimit,
    UnreadableInput,
)
from cladist.rdf.limits import Limits
from cladist.rdf.parse import RdfFormat
from tests.rdf.reading import read, xml

TURTLE, TRIG, TRIPLES, QUADS, XML, JSON = RdfFormat
TERM = "<x:a> <x:b> "


def about(content: str) -> str:
    """RDF/XML that says one thing about http://e/a."""
    return xml(f'<rdf:Description rdf:about="http://e/a">{content}</rdf:Description>')


def refusal(document: str | bytes, format: RdfFormat, limits: Limits | None = None) -> CladistError:
    with pytest.raises(CladistError) as caught:
        read(document, format, limits=limits)
    assert read("<x:a> <x:b> <x:c> .").lines == [b"<x:a> <x:b> <x:c> .\n"]
    return caught.value


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


@pytest.mark.parametrize("format", [TURTLE, TRIG, TRIPLES, QUADS])
def test_deep_triple_terms_end_the_child_alone(format: RdfFormat) -> None:
    depth = 50_000
    error = refusal(TERM + f"<<( {TERM}" * depth + "<x:c>" + " )>>" * depth + " .", format)
    assert isinstance(error, ParserLimit | UnreadableInput)


def deep_xml(depth: int) -> str:
    opened, closed = "<rdf:Description><e:b>", "</e:b></rdf:Description>"
    return xml(opened * depth + closed * depth)


@pytest.mark.parametrize(
    ("format", "document"),
    [
        (TURTLE, TERM + "[ <x:p> " * 100_000 + "1" + " ]" * 100_000 + " ."),
        (TURTLE, TERM + "( " * 50_000 + "1" + " )" * 50_000 + " ."),
        (TURTLE, "[" * 100_000),
        (XML, deep_xml(25_000)),
        (JSON, '{"http://e/b":' * 70_000 + "1" + "}" * 70_000),
        (JSON, '{"http://e/b":' * 20_000 + "1" + "}" * 20_000),
        (JSON, "[" * 100_000),
    ],
)
def test_deep_documents_are_refused(format: RdfFormat, document: str) -> None:
    error = refusal(document, format, Limits(processor=4))
    assert isinstance(error, ParserLimit | UnreadableInput)


def test_nesting_is_a_setting_and_lists_do_not_count() -> None:
    def nested(depth: int) -> str:
        return TERM + "[ <x:p> " * depth + "1" + " ]" * depth + " ."

    limits = Limits(nesting=5)
    assert len(read(nested(5), limits=limits).lines) == 6
    error = refusal(nested(6), TURTLE, limits)
    assert isinstance(error, ParserLimit)
    assert error.allowed == 5
    assert len(read(TERM + f"( {'<x:c> ' * 2_000}) .", limits=limits).lines) == 4_001


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


@pytest.mark.parametrize(
    ("format", "document"),
    [
        (TURTLE, TERM + f'"{"a" * (17 << 20)}" .'),
        (JSON, f'{{"@id": "http://e/a", "http://e/b": "{"a" * (17 << 20)}"}}'),
        (XML, about(f"<e:b>{'a' * (17 << 20)}</e:b>")),
    ],
)
def test_a_huge_literal_is_refused(format: RdfFormat, document: str) -> None:
    assert isinstance(refusal(document, format), ParserLimit | InvalidValue)


def test_the_sizes_of_terms_are_settings() -> None:
    assert read(TERM + f'"{"é" * 32_768}" .').lines
    error = refusal(TERM + f'"{"é" * 32_769}" .', TURTLE)
    assert isinstance(error, InvalidValue)
    assert error.field == "<x:a> <x:b>"
    assert read(f"<x:{'a' * 2_046}> <x:b> <x:c> .").lines
    for document in (f"<x:{'a' * 3_000}> <x:b> 1 .", TERM + f"'1'^^<x:{'a' * 2_047}> ."):
        error = refusal(document, TURTLE)
        assert isinstance(error, InvalidValue)
        assert "2048" in error.reason


def test_the_number_of_statements_is_a_setting() -> None:
    document = TERM + ", ".join(map(str, range(1_001))) + " ."
    assert len(read(document, limits=Limits(statements=1_001)).lines) == 1_001
    error = refusal(document, TURTLE, Limits(statements=1_000))
    assert isinstance(error, BodyTooLarge)
    assert error.allowed == 1_000


def test_two_million_statements_are_the_default() -> None:
    error = refusal(TERM + "1," * 2_000_000 + "1 .", TURTLE)
    assert isinstance(error, BodyTooLarge)
    assert error.allowed == 2_000_000


def test_the_sizes_of_documents_and_of_what_they_stand_for_are_settings() -> None:
    error = refusal("#" * 101, TURTLE, Limits(document=100))
    assert isinstance(error, BodyTooLarge)
    prefix = f"@prefix p: <x:{'a' * 1_000}> . "
    document = prefix + "p:a p:b " + ", ".join(f"p:c{n}" for n in range(1_000)) + "."
    error = refusal(document, TURTLE, Limits(text=1 << 20))
    assert isinstance(error, BodyTooLarge)


def test_the_number_of_blank_nodes_is_a_setting() -> None:
    document = TERM + ", ".join(["[]"] * 11) + " ."
    assert len(read(document, limits=Limits(blank_nodes=11)).lines) == 11
    assert isinstance(refusal(document, TURTLE, Limits(blank_nodes=10)), ParserLimit)


def test_a_clique_of_blank_nodes_gets_an_answer() -> None:
    arcs = (f"_:n{a} <x:p> _:n{b} ." for a in range(9) for b in range(9) if a != b)
    assert len(read("\n".join(arcs), TRIPLES).lines) == 72


def test_memory_is_bounded() -> None:
    document = TERM + ", ".join(map(str, range(200_000))) + " ."
    error = refusal(document, TURTLE, Limits(memory=64 << 20))
    assert isinstance(error, ParserLimit)


def test_processor_time_is_bounded() -> None:
    error = refusal(deep_xml(50_000), XML, Limits(processor=1))
    assert isinstance(error, ParserLimit)
    assert error.allowed == 1


def test_wall_clock_time_is_bounded() -> None:
    error = refusal(TERM + "1 .", TURTLE, Limits(wall=0))
    assert isinstance(error, ParserLimit)
    assert "seconds" in error.limit


def test_a_bad_base_is_named() -> None:
    with pytest.raises(InvalidValue, match="base"):
        read("<a> <b> <c> .", base="no base")


def test_messages_are_short() -> None:
    value = "a" * 100_000
    assert len(str(refusal(f'{{"@id": "{value}", "http://e/b": 1}}', JSON))) < 1_200
    assert len(str(refusal(f"<x:{value}> <x:b> 1 .", TURTLE))) < 1_200
    assert len(str(refusal(f'<x:a> <x:b> "a"@{value} .', TURTLE))) < 1_200
    parsed = read(f'@prefix long: <x:{value}> . @prefix e: <x:e> . e: e: "{value[:9]}" .')
    assert parsed.prefixes == {"e": "x:e"}
