"""What the projection holds of a content, and what it refuses."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pyoxigraph as ox
import pytest

from cladist.graph import Projection
from cladist.graph.loading import derived_graph, graph, mappings_graph
from cladist.model.errors import ContentMismatch, InvalidValue, StoreUnavailable
from cladist.rdf.namespaces import SKOS
from tests.graph.samples import ANIMAL, DOG, ELSEWHERE, GONE, IRI, LINES, SHA, versions


def projection() -> Projection:
    """A projection that knows one content."""
    return Projection({SHA: LINES}.__getitem__)


def test_a_content_its_mappings_and_what_follows_are_three_graphs() -> None:
    store = projection().open(SHA)
    names = [graph(SHA), mappings_graph(SHA), derived_graph(SHA)]
    assert set(store.named_graphs()) == set(names)
    counts = [len([*store.quads_for_pattern(None, None, None, name)]) for name in names]
    assert counts == [len(LINES) - 2, 1, 3]  # one mapping; "04" and "4" are one number
    [mapping] = store.quads_for_pattern(None, None, None, names[1])
    assert mapping.object == ox.NamedNode(ELSEWHERE)


def test_what_follows_is_narrower_and_top_classes() -> None:
    rows = projection().select(
        SHA, f"SELECT ?s ?p ?o {{ GRAPH <{derived_graph(SHA).value}> {{ ?s ?p ?o }} }}"
    )
    assert {tuple(map(str, row)) for row in rows.rows} == {
        (f"<{ANIMAL}>", f"<{SKOS}narrower>", f"<{DOG}>"),
        (f"<{ANIMAL}>", f"<{SKOS}topConceptOf>", f"<{IRI}>"),
        (f"<{IRI}>", f"<{SKOS}hasTopConcept>", f"<{ANIMAL}>"),
    }


def test_queries_see_what_follows_but_no_mappings_unless_named() -> None:
    open_content = projection()
    narrower = open_content.select(SHA, f"SELECT ?c {{ <{ANIMAL}> <{SKOS}narrower> ?c }}")
    assert narrower.variables == ("c",)
    assert narrower.rows == ((ox.NamedNode(DOG),),)
    matches = f"?c <{SKOS}exactMatch> ?m"
    assert open_content.select(SHA, f"SELECT ?m {{ {matches} }}").rows == ()
    assert open_content.select(SHA, f"SELECT ?m {{ GRAPH ?g {{ {matches} }} }}").rows == (
        (ox.NamedNode(ELSEWHERE),),
    )


def test_variables_can_be_given_and_unbound_ones_are_none() -> None:
    query = f"SELECT ?c ?l ?n {{ ?c <{SKOS}prefLabel> ?l OPTIONAL {{ ?c <{SKOS}notation> ?n }} }}"
    rows = projection().select(SHA, query, {"c": ox.NamedNode(GONE)})
    unicorn = ox.Literal("unicorn", language="en")
    assert rows.rows == ((ox.NamedNode(GONE), unicorn, None),)
    with pytest.raises(InvalidValue):
        projection().select(SHA, query, {"x": ox.NamedNode(GONE)})


def test_one_subject_is_read_by_pattern() -> None:
    about = projection().about(SHA, GONE)
    assert {each.subject for each in about} == {ox.NamedNode(GONE)}
    assert len(about) == len([line for line in LINES if line.startswith(f"<{GONE}>".encode())])


def test_construct_gives_triples() -> None:
    query = f"CONSTRUCT {{ ?c <urn:p> ?l }} {{ ?c <{SKOS}prefLabel> ?l }}"
    assert len(projection().construct(SHA, query)) == 3


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DROP ALL",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { ?s ?p ?o } }",
        'SELECT * { ?a ?b "#" SERVICE<urn:x>{ ?s ?p ?o } }',
        "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE<urn:x>{ ?s ?p ?o } }",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "SELECT * {",
    ],
)
def test_what_is_no_plain_select_is_refused(query: str) -> None:
    with pytest.raises(InvalidValue):
        projection().select(SHA, query)


@pytest.mark.parametrize(
    "pattern",
    ['?s ?p "SERVICE"', "?s ?p <urn:service>", "?service ?p ?o", "?s ?p ?o # SERVICE\n"],
)
def test_the_word_service_alone_is_no_harm(pattern: str) -> None:
    projection().select(SHA, f"SELECT * {{ {pattern} }}")


def test_lines_that_are_not_what_the_hash_names_are_not_opened() -> None:
    damaged = Projection(lambda sha: LINES[1:])
    with pytest.raises(ContentMismatch):
        damaged.open(SHA)
    assert damaged.opened == ()


def test_the_loaders_error_comes_through_and_the_next_try_may_succeed() -> None:
    answers: list[Sequence[bytes] | Exception] = [StoreUnavailable("no room"), LINES]

    def loader(sha: str) -> Sequence[bytes]:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    slow = Projection(loader)
    with pytest.raises(StoreUnavailable):
        slow.open(SHA)
    assert len(slow.about(SHA, DOG)) > 0


def test_the_content_that_was_not_asked_for_the_longest_is_closed() -> None:
    contents = versions(4)
    loaded: list[str] = []

    def loader(sha: str) -> Sequence[bytes]:
        loaded.append(sha)
        return contents[sha]

    first, second, third, _ = contents
    some = Projection(loader, capacity=2)
    for sha in (first, second, first, third):
        some.open(sha)
    assert some.opened == (first, third)
    assert loaded == [first, second, third]
    with pytest.raises(InvalidValue):
        Projection(loader, capacity=0)


def test_threads_that_ask_at_once_share_one_load() -> None:
    contents = versions(3)
    loaded: list[str] = []
    start = threading.Barrier(12)
    counts: list[int] = []

    def loader(sha: str) -> Sequence[bytes]:
        loaded.append(sha)
        return contents[sha]

    shared = Projection(loader, capacity=3)

    def read(sha: str) -> None:
        start.wait()
        counts.append(len(shared.about(sha, DOG)))

    threads = [threading.Thread(target=read, args=(sha,)) for sha in contents for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == 12
    assert sorted(loaded) == sorted(contents)
