"""Hierarchies against a plain closure: components, masks and the statements derived from them."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef

from cladist.rdf.namespaces import RDF, RDFS, SKOS
from cladist.validation import closure
from cladist.validation.closure import above, components, is_cycle
from cladist.validation.entailment import entail

NODES = st.sampled_from("abcdefgh")
EDGES = st.dictionaries(NODES, st.lists(NODES, max_size=3, unique=True), max_size=8)

Edges = Mapping[str, list[str]]


def reached(edges: Edges, start: str) -> set[str]:
    """Everything that one or more steps lead to."""
    found: set[str] = set()
    todo = list(edges.get(start, ()))
    while todo:
        node = todo.pop()
        if node not in found:
            found.add(node)
            todo.extend(edges.get(node, ()))
    return found


@given(EDGES)
def test_components_are_the_classes_that_reach_each_other(edges: Edges) -> None:
    found = components(edges)
    nodes = {*edges, *(each for above in edges.values() for each in above)}
    assert sorted(each for members in found for each in members) == sorted(nodes)
    for members in found:
        first = members[0]
        same = {each for each in reached(edges, first) if first in reached(edges, each)}
        assert set(members) == same | {first}
        assert is_cycle(members, edges) == (first in reached(edges, first))


@given(EDGES)
def test_parents_come_before_children(edges: Edges) -> None:
    place = {node: at for at, members in enumerate(components(edges)) for node in members}
    assert all(place[upper] <= place[node] for node in edges for upper in edges[node])


@given(EDGES, st.lists(NODES, max_size=12))
def test_masks_say_which_anchors_are_above(edges: Edges, anchors: list[str]) -> None:
    for block, masks in above(edges, components(edges), anchors):
        for node in "abcdefgh":
            mask = masks.get(node, 0)
            ups = {anchors[at] for at in block if mask >> (at - block.start) & 1}
            assert ups == reached(edges, node) & set(anchors)


def test_many_anchors_are_taken_in_blocks() -> None:
    size = 2 * closure._BLOCK + 7
    edges = {str(n): [str(n - 1)] for n in range(1, size)}
    anchors = [str(n) for n in range(size)]
    seen = {block.start: masks for block, masks in above(edges, components(edges), anchors)}
    assert list(seen) == [0, closure._BLOCK, 2 * closure._BLOCK]
    assert sum(masks[str(size - 1)].bit_count() for masks in seen.values()) == size - 1


def test_a_type_follows_from_a_subclass_through_a_circle() -> None:
    graph = Graph()
    subclass, a = URIRef(f"{RDFS}subClassOf"), URIRef(f"{RDF}type")
    beast, kind, concept = URIRef("urn:beast"), URIRef("urn:kind"), URIRef(f"{SKOS}Concept")
    for lower, upper in ((beast, kind), (kind, beast), (kind, concept)):
        graph.add((lower, subclass, upper))
    graph.add((URIRef("urn:cat"), a, beast))
    entail(graph)
    assert (URIRef("urn:cat"), a, concept) in graph
    assert (None, subclass, None) not in graph
