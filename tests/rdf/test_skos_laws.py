"""Model to content and back: nothing lost, nothing invented, order without influence."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from cladist.model.change.kinds import Change
from cladist.model.change.planning import Working, replay
from cladist.rdf.content import digest, patch
from cladist.rdf.namespaces import CLAD, DCTERMS, OWL, RDF, SKOS
from cladist.rdf.reading import read
from cladist.rdf.terms import boolean, integer, iri, literal, split, text, typed
from cladist.rdf.writing import content, content_delta
from tests.model.histories import BASE, empty, histories

IRI = BASE + "insects"

predicates = st.sampled_from(
    [SKOS + n for n in ("prefLabel", "broader", "notation", "inScheme", "member", "narrower")]
    + [CLAD + n for n in ("code", "rank", "colour", "selectable", "exhaustive", "slot", "minimum")]
    + [DCTERMS + "title", OWL + "deprecated", DCTERMS + "isReplacedBy", RDF + "type"]
)
objects = st.one_of(
    st.sampled_from([iri(f"{IRI}/c1"), iri(SKOS + "Concept"), iri(CLAD + "Slot"), iri(IRI)]),
    st.builds(text, st.text(max_size=5), st.sampled_from(("", "en", "de"))),
    st.builds(typed, st.text(max_size=3), st.just(BASE + "dt")),
    st.builds(integer, st.integers(-3, 3)),
    st.builds(boolean, st.booleans()),
)
subjects = st.sampled_from([BASE + "insects/c1", BASE + "insects/c9", BASE + "x"])
statements = st.builds(
    lambda s, p, o: f"{iri(s)} {iri(p)} {o} .\n".encode(), subjects, predicates, objects
)


@given(histories(), st.lists(statements, max_size=6))
def test_reading_and_writing_keeps_every_statement(
    history: tuple[Change, ...], noise: list[bytes]
) -> None:
    taxonomy, _ = replay(empty(), history)
    lines = sorted({*content(taxonomy), *noise})
    assert content(read(lines, IRI)) == lines


@given(histories())
def test_reading_gives_the_taxonomy_that_was_written(history: tuple[Change, ...]) -> None:
    taxonomy, _ = replay(empty(), history)
    assert read(content(taxonomy), IRI) == taxonomy


@given(histories(), st.randoms(use_true_random=False))
def test_digest_does_not_depend_on_order(
    history: tuple[Change, ...], chance: random.Random
) -> None:
    taxonomy, _ = replay(empty(), history)
    items = list(taxonomy.classes.items())
    chance.shuffle(items)
    shuffled = type(taxonomy)(taxonomy.header, dict(items), taxonomy.groups, taxonomy.others)
    assert digest(content(shuffled)) == digest(content(taxonomy))


@given(histories())
def test_deltas_of_effects_lead_to_the_content(history: tuple[Change, ...]) -> None:
    working = Working(empty())
    lines = content(empty())
    for change in history:
        delta = content_delta(working.do(change), IRI)
        after = patch(lines, delta)
        assert patch(after, delta.inverse) == lines
        lines = after
    assert lines == content(working.taxonomy())


@given(st.text(), st.sampled_from(("", "en")))
def test_literals_come_back(value: str, language: str) -> None:
    token = text(value, language)
    assert literal(token) == (value, language, "")
    line = f"{iri(BASE)} {iri(SKOS)} {token} .\n"
    assert split(line) == (iri(BASE), iri(SKOS), token, "")
    assert split(f"{line[:-3]} {iri(BASE)} .\n") == (iri(BASE), iri(SKOS), token, iri(BASE))
