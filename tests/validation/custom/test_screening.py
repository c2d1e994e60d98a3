"""Which custom shapes are refused, and that what is said names the shape and the remedy."""

from __future__ import annotations

import pytest

from cladist.model.errors import InvalidValue, ParserLimit
from cladist.rdf.limits import Limits
from cladist.rdf.parse import RdfFormat, parse
from cladist.validation.custom import (
    CustomShapes,
    Usable,
    run,
    screen,
    shapes_of,
    statements_of,
    usable,
)
from cladist.validation.custom.writing import turtle

_HEAD = """
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@base <https://example.org/> .
"""
_NODE = "<#S> a sh:NodeShape ; sh:name 'Strict' ; sh:targetClass skos:Concept ; "
_LABEL = _NODE + "sh:property [ sh:path skos:prefLabel ; "


def _shapes(text: str) -> CustomShapes:
    read = parse(
        (_HEAD + text).encode(),
        RdfFormat.TURTLE,
        limits=Limits(),
        skolem_base="https://example.org/",
    )
    return shapes_of(statements_of(read.lines))


REFUSED = {
    "JavaScript": (_NODE + "sh:js [ sh:jsFunctionName 'f' ] .", "runs JavaScript"),
    "rules": (_NODE + "sh:rule [ ] .", "derives statements"),
    "advanced targets": (_NODE + "sh:target [ ] .", "use sh:targetClass"),
    "SPARQL": (_NODE + "sh:sparql [ sh:select 'SELECT $this {}' ] .", "CLADIST_TRUSTED_SHAPES"),
    "imports": (_NODE + "sh:node <#T> . <#T> owl:imports <#U> .", "copy it in"),
    "slips": (_LABEL + "sh:minCuont 1 ] .", "says sh:minCuont"),
    "functions": (_NODE + "sh:node <#T> . <#T> a sh:SPARQLFunction .", "SPARQLFunction"),
    "look-around": (_LABEL + "sh:pattern '(?=a)b' ] .", "without look-around"),
    "back-references": (_LABEL + r"sh:pattern '(a)\\1' ] .", "back-references"),
    "broken patterns": (_LABEL + "sh:pattern '(' ] .", "pattern “(”"),
    "unknown flags": (_LABEL + "sh:pattern 'a' ; sh:flags 'x' ] .", "none of i, m, s, q"),
    "endless lists": (
        _NODE + "sh:in <#L> . <#L> rdf:first 1 ; rdf:rest <#L> .",
        "sh:in that is broken",
    ),
    "broken lists": (_NODE + "sh:and <#L> . <#L> rdf:first <#T> .", "sh:and that is broken"),
    "shapes in themselves": (_NODE + "sh:node <#S> .", "Strict → Strict"),
    "shapes in circles": (
        _NODE + "sh:or ( <#T> ) . <#T> a sh:NodeShape ; sh:not <#S> .",
        "refers to itself",
    ),
    "paths in themselves": (
        _NODE + "sh:property [ sh:path <#P> ] . <#P> sh:inversePath <#P> .",
        "path that contains itself",
    ),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        screen(_shapes(text))
    assert said in str(refused.value)


def test_other_statements_are_not_lost_silently() -> None:
    with pytest.raises(InvalidValue, match="belongs to no shape"):
        _shapes(_NODE + "sh:nodeKind sh:IRI . <#x> skos:prefLabel 'x' .")
    with pytest.raises(InvalidValue, match="no shape has a target"):
        _shapes("<#S> a sh:NodeShape ; sh:nodeKind sh:IRI .")
    with pytest.raises(InvalidValue, match="holds no shape"):
        _shapes("<#x> skos:prefLabel 'x' .")


UNUSABLE = {
    "no number": (_LABEL + "sh:minCount 'x' ] .", "minCount must be a literal"),
    "no path": (_NODE + "sh:property [ sh:minCount 1 ] .", "cannot run them"),
}


@pytest.mark.parametrize(("text", "said"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_run_shows_before_there_is_data(text: str, said: str) -> None:
    shapes = _shapes(text)
    screen(shapes)
    with pytest.raises(InvalidValue, match=said):
        usable(shapes)


def test_a_query_that_is_none_shows_before_there_is_data() -> None:
    shapes = _shapes(_NODE + "sh:sparql [ sh:select 'SELECT $this { nonsense' ] .")
    screen(shapes, trusted=[shapes.digest])
    with pytest.raises(InvalidValue, match="cannot run them"):
        usable(shapes)


def _label(value: str) -> list[bytes]:
    skos = "http://www.w3.org/2004/02/skos/core#"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    return [
        f"<https://example.org/c> <{kind}> <{skos}Concept> .\n".encode(),
        f'<https://example.org/c> <{skos}prefLabel> "{value}" .\n'.encode(),
    ]


def test_a_pattern_that_takes_others_exponential_time_is_linear() -> None:
    shapes = _shapes(_LABEL + "sh:pattern '^(a+)+$' ] .")
    screen(shapes)
    found = run(_label("a" * 50_000 + "b"), shapes, usable=Usable(processor=20, wall=60))
    assert [each.shape.startswith("https://example.org/.well-known/") for each in found.results]
    assert not run(_label("a" * 50_000), shapes).results


@pytest.mark.parametrize(("flags", "fits"), [("i", True), ("", False), ("q", False)])
def test_flags_of_patterns(flags: str, fits: bool) -> None:
    shapes = _shapes(_LABEL + f"sh:pattern 'A.C' ; sh:flags '{flags}' ] .")
    assert bool(run(_label("abc"), shapes).results) is not fits


def test_shapes_that_take_too_long_are_ended() -> None:
    query = "SELECT $this { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h FILTER (?b = ?nothing) }"
    shapes = _shapes(_NODE + f"sh:sparql [ sh:select '{query}' ] .")
    data = [line for at in range(150) for line in _label(f"x{at}")]
    with pytest.raises(ParserLimit, match="seconds to run custom shapes"):
        run(sorted(set(data)), shapes, usable=Usable(processor=1, wall=20))


def test_nothing_outside_is_reached(tmp_path: pytest.TempPathFactory) -> None:
    query = "SELECT $this { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }"
    shapes = _shapes(_NODE + f"sh:sparql [ sh:select '{query}' ] .")
    with pytest.raises(InvalidValue, match="SERVICE"):
        run(_label("x"), shapes)


def test_shapes_are_written_as_people_write_them() -> None:
    shapes = _shapes(_LABEL + "sh:minCount 1 ; sh:languageIn ( 'de' 'en' ) ] .")
    text = turtle(shapes)
    assert '( "de" "en" )' in text and "genid" not in text
    again = parse(
        text.encode(), RdfFormat.TURTLE, limits=Limits(), skolem_base="https://example.org/"
    )
    assert shapes_of(statements_of(again.lines)).digest == shapes.digest


def test_results_say_shape_place_and_engine() -> None:
    query = "SELECT $this ?value { $this skos:prefLabel ?value }"
    shapes = _shapes(
        _NODE
        + "sh:property [ sh:path [ sh:inversePath skos:broader ] ; sh:minCount 1 ] ; "
        + f"sh:sparql [ sh:select '{query}' ; sh:message 'is {{?value}}' ; sh:prefixes <#P> ] . "
        + "<#P> sh:declare [ sh:prefix 'skos' ; "
        + "sh:namespace 'http://www.w3.org/2004/02/skos/core#' ] ."
    )
    screen(shapes, trusted=[shapes.digest])
    count, asked = sorted(run(_label("x"), shapes).results, key=lambda each: each.engine)[::-1]
    assert (count.path, count.focus) == (
        "^(<http://www.w3.org/2004/02/skos/core#broader>)",
        "<https://example.org/c>",
    )
    assert shapes.named(count.shape) == "https://example.org/#S"
    assert count.engine.startswith("pySHACL")
    assert asked.engine.startswith("Oxigraph")
    assert (asked.value, asked.messages) == ('"x"', ("is x",))
