"""Walks that neither depth nor a cycle can break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.model.errors import CycleFound
from cladist.model.hierarchy import (
    cycles,
    lowest_common_ancestors,
    path_between,
    reach,
    topological_order,
)

DEPTH = 10_000
CHAIN = {str(each): (str(each - 1),) if each else () for each in range(DEPTH)}

edges = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14)


def parents_of(pairs: set[tuple[int, int]]) -> dict[str, tuple[str, ...]]:
    return {
        str(node): tuple(str(up) for child, up in sorted(pairs) if child == node)
        for node in range(8)
    }


def test_ten_thousand_levels() -> None:
    deepest = str(DEPTH - 1)
    above = reach(deepest, CHAIN.__getitem__)
    assert len(above) == DEPTH - 1
    assert above[-1] == "0"
    assert topological_order(CHAIN)[-1] == deepest
    assert cycles(CHAIN) == ()
    way = path_between(deepest, "0", CHAIN.__getitem__)
    assert way is not None and len(way) == DEPTH
    looped = {**CHAIN, "0": (deepest,)}
    assert len(cycles(looped)[0]) == DEPTH
    assert len(reach(deepest, looped.__getitem__)) == DEPTH - 1


def test_lowest_common_ancestors_of_a_diamond() -> None:
    parents = {
        "top": (),
        "left": ("top",),
        "right": ("top",),
        "a": ("left", "right"),
        "b": ("left",),
    }
    assert lowest_common_ancestors("a", "b", parents.__getitem__) == ("left",)
    assert lowest_common_ancestors("left", "right", parents.__getitem__) == ("top",)
    assert lowest_common_ancestors("a", "left", parents.__getitem__) == ("left",)


@given(edges)
def test_every_cycle_found_is_one_and_none_is_missed(pairs: set[tuple[int, int]]) -> None:
    parents = parents_of(pairs)
    found = cycles(parents)
    for cycle in found:
        for child, parent in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            assert parent in parents[child]
    knots = {
        node
        for node in parents
        for up in parents[node]
        if node in {up, *reach(up, parents.__getitem__)}
    }
    assert bool(found) == bool(knots)
    assert {node for cycle in found for node in cycle} <= knots


@given(edges)
def test_topological_order_puts_parents_first(pairs: set[tuple[int, int]]) -> None:
    parents = parents_of(pairs)
    if cycles(parents):
        with pytest.raises(CycleFound):
            topological_order(parents)
        return
    order = topological_order(parents)
    assert sorted(order) == sorted(parents)
    for child, above in parents.items():
        assert all(order.index(parent) < order.index(child) for parent in above)
