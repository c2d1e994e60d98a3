"""The hierarchy as a graph: ancestors, descendants, common ancestors, cycles, order.

Every walk is iterative and remembers where it has been, so that neither depth nor a cycle in dirty
data can break it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from cladist.model.errors import CycleFound

Edges = Callable[[str], Iterable[str]]
"""The next classes of a class: its parents (upwards) or its children (downwards)."""


def reach(start: str, edges: Edges) -> tuple[str, ...]:
    """All that can be reached from a class, nearest first, the class itself left out.

    On a cycle the class itself is not repeated.
    """
    seen = {start: None}
    queue = [start]
    for item in queue:
        for following in edges(item):
            if following not in seen:
                seen[following] = None
                queue.append(following)
    return tuple(queue[1:])


def path_between(start: str, goal: str, edges: Edges) -> tuple[str, ...] | None:
    """A shortest way from one class to another along the edges, both included."""
    came: dict[str, str] = {start: start}
    queue = [start]
    for item in queue:
        if item == goal:
            return _unwind(came, start, goal)
        for following in edges(item):
            if following not in came:
                came[following] = item
                queue.append(following)
    return None


def _unwind(came: Mapping[str, str], start: str, goal: str) -> tuple[str, ...]:
    way = [goal]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))


def lowest_common_ancestors(first: str, second: str, parents: Edges) -> tuple[str, ...]:
    """The common ancestors below which there is no other; a class counts as its own ancestor."""
    common = {first, *reach(first, parents)} & {second, *reach(second, parents)}
    above: set[str] = set()
    for item in common:
        above.update(each for each in reach(item, parents) if each != item)
    return tuple(sorted(common - above))


def cycles(parents: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """One cycle for each knot of the hierarchy, each starting at its smallest id.

    A knot is a strongly connected component of more than one class, or a class under itself.
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph(
        (child, parent) for child, above in parents.items() for parent in above
    )
    found: list[tuple[str, ...]] = []
    for knot in nx.strongly_connected_components(graph):
        start = min(knot)
        if len(knot) == 1:
            if graph.has_edge(start, start):
                found.append((start,))
            continue
        inside = graph.subgraph(knot)
        ways = (path_between(step, start, inside.successors) for step in sorted(inside[start]))
        way = min((way for way in ways if way), key=len)
        found.append((start, *way[:-1]))
    return tuple(sorted(found))


def depth(parents: Mapping[str, Sequence[str]]) -> int:
    """How many classes the longest way from a top class down has; cycles are passed over."""
    below: dict[str, list[str]] = {}
    waits = {child: 0 for child in parents}
    for child, above in parents.items():
        for parent in above:
            if parent in parents:
                below.setdefault(parent, []).append(child)
                waits[child] += 1
    level = {child: 1 for child, count in waits.items() if not count}
    queue = list(level)
    for item in queue:
        for child in below.get(item, ()):
            level[child] = max(level.get(child, 0), level[item] + 1)
            waits[child] -= 1
            if not waits[child]:
                queue.append(child)
    return max(level.values(), default=0)


def topological_order(parents: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """All classes, each after its parents, ties by id; raises :class:`CycleFound` on a cycle.

    Parents that are no key of the mapping are passed over.
    """
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(parents))
    graph.add_edges_from(
        (parent, child) for child, above in parents.items() for parent in above if parent in parents
    )
    try:
        return tuple(nx.lexicographical_topological_sort(graph))
    except nx.NetworkXUnfeasible:
        raise CycleFound(cycles(parents)[0]) from None
