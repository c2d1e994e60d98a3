"""Documents that would cost too much are refused at a bound that is a setting."""

from __future__ import annotations

import pytest

from cladist.model.errors import (
    BodyTooLarge,
    InvalidValue,
    ParserLimit,
    UnreadableInput,
)
from cladist.rdf.limits import Limits
from cladist.rdf.parse import RdfFormat
from tests.rdf.reading import about, read, refusal, xml

TURTLE, TRIG, TRIPLES, QUADS, XML, JSON = RdfFormat
TERM = "<x:a> <x:b> "


@pytest.mark.parametrize("format", [TURTLE, TRIG, TRIPLES, QUADS])
def test_deep_triple_terms_end_the_child_alone(format: RdfFormat) -> None:
    depth = 50_000
    error = refusal(TERM + f"<<( {TERM}" * depth + "<x:c>" + " )>>" * depth + " .", format)
    assert isinstance(error, ParserLimit | UnreadableInput)
    assert read("<x:a> <x:b> <x:c> .").lines == [b"<x:a> <x:b> <x:c> .\n"]


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
        (JSON, '{"http://e/b":' * 5_000 + "1" + "}" * 5_000),
        (JSON, "[" * 100_000),
    ],
)
def test_deep_documents_are_refused(format: RdfFormat, document: str) -> None:
    error = refusal(document, format, Limits(processor=2))
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


def test_messages_are_short() -> None:
    value = "a" * 100_000
    assert len(str(refusal(f'{{"@id": "{value}", "http://e/b": 1}}', JSON))) < 1_200
    assert len(str(refusal(f"<x:{value}> <x:b> 1 .", TURTLE))) < 1_200
    assert len(str(refusal(f'<x:a> <x:b> "a"@{value} .', TURTLE))) < 1_200
    parsed = read(f'@prefix long: <x:{value}> . @prefix e: <x:e> . e: e: "{value[:9]}" .')
    assert parsed.prefixes == {"e": "x:e"}
