"""The laws of the index, on tidy and dirty taxonomies."""

from __future__ import annotations

import sys
from itertools import pairwise

from hypothesis import given, settings

from cladist.index import View, build, children, from_bytes, patched, paths, to_bytes, tree
from cladist.index.browsing import Node
from cladist.model.class_index import class_index
from cladist.model.taxonomy import Taxonomy
from tests.index.answers import answers
from tests.index.taxonomies import animal, named, steps, taxonomies, taxonomy

DEPTH = 10_000


@given(steps())
@settings(max_examples=100, deadline=None)
def test_a_patched_index_answers_as_one_built_anew(
    step: tuple[Taxonomy, Taxonomy, set[str]],
) -> None:
    before, after, changed = step
    index = build(before)
    known = answers(index)
    assert answers(patched(index, after, changed)) == answers(build(after))
    assert answers(index) == known, "the index before must stay as it was"


@given(steps())
@settings(max_examples=30, deadline=None)
def test_bytes_give_back_the_same_answers(step: tuple[Taxonomy, Taxonomy, set[str]]) -> None:
    before, after, changed = step
    index = patched(build(before), after, changed)
    assert answers(from_bytes(to_bytes(index))) == answers(index)


@given(taxonomies())
@settings(max_examples=50, deadline=None)
def test_the_selectable_classes_are_the_class_index_of_the_model(made: Taxonomy) -> None:
    assert tuple(build(made).selection) == class_index(made)


@given(taxonomies())
@settings(max_examples=50, deadline=None)
def test_every_class_is_found_from_a_root(made: Taxonomy) -> None:
    index = build(made)
    for view in (View(), View(include_retired=True)):
        found = set[str]()
        for root in children(index, None, view).items:
            found |= {root.entry.id, *index.descendants(root.entry.id, view.include_retired)}
        assert found == {
            each.id for each in made.classes.values() if each.active or view.include_retired
        }


@given(taxonomies())
@settings(max_examples=50, deadline=None)
def test_a_path_leads_from_a_root_to_the_class_by_parents(made: Taxonomy) -> None:
    index = build(made)
    for each in made.classes.values():
        found = paths(index, each.id)
        assert found.paths
        for path in found.paths:
            assert path[0] in (index.active_roots if each.active else index.roots)
            assert path[-1] == each.id
            assert len(set(path)) == len(path)
            for parent, child in pairwise(path):
                assert parent in made.classes[child].parents


@given(taxonomies())
@settings(max_examples=50, deadline=None)
def test_no_class_stands_under_itself_in_a_tree(made: Taxonomy) -> None:
    stack: list[tuple[Node, frozenset[str]]] = [
        (node, frozenset()) for node in tree(build(made), 30, limit=500).nodes
    ]
    while stack:
        node, above = stack.pop()
        assert node.entry.id not in above
        stack += [(each, above | {node.entry.id}) for each in node.below]


def test_a_chain_of_ten_thousand_classes_needs_no_recursion() -> None:
    chain = taxonomy(
        *(animal(each, f"a{each}", *([each - 1] if each else [])) for each in range(DEPTH))
    )
    assert sys.getrecursionlimit() < DEPTH
    index = from_bytes(to_bytes(build(chain)))
    last = named(DEPTH - 1)
    assert len(index.ancestors(last)) == len(index.descendants(named(0))) == DEPTH - 1
    assert len(paths(index, last).paths[0]) == DEPTH
    assert not tree(index, DEPTH).truncated


def test_a_ring_of_ten_thousand_classes_ends() -> None:
    ring = taxonomy(*(animal(each, f"a{each}", (each or DEPTH) - 1) for each in range(DEPTH)))
    index = build(ring)
    assert index.roots == index.active_roots == {named(0)}
    assert len(index.ancestors(named(5))) == DEPTH - 1
    assert len(paths(index, named(DEPTH - 1)).paths[0]) == DEPTH


def test_a_lattice_with_countless_paths_is_cut() -> None:
    layers = [[2 * each, 2 * each + 1] for each in range(40)]
    lattice = taxonomy(
        *(
            animal(number, f"a{number}", *(layers[depth - 1] if depth else ()))
            for depth, layer in enumerate(layers)
            for number in layer
        )
    )
    index = build(lattice)
    found = paths(index, named(79), limit=10)
    assert found.truncated
    assert len(found.paths) == 10
    assert tree(index, 40, limit=1000).truncated
