"""Blank nodes that refer to each other in a circle, told apart by colour refinement.

Every node starts with a colour, a hash of what is known of it outside the circles. In each round
a node's colour takes in the colours of its neighbours; where rounds no longer help, the first of
the nodes that are alike gets a colour of its own. A node keeps the colour it had when it became
the only one of it, so a change far off seldom touches it. There is no backtracking: the work is
polynomial, and bounded; in graphs made to defeat such a method, document order decides.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Container, Iterable, Iterator
from operator import itemgetter

from cladist.model.errors import ParserLimit
from cladist.rdf.blank_nodes import BlankNodes, fingerprint

_WORK = 2_000_000  # links looked at; some seconds
_OUT, _IN = ">", "<"
_Directed = tuple[str, str, str]


def core(nodes: BlankNodes, settled: Container[str]) -> dict[str, None]:
    """The nodes on circles and between them, in document order; no ``settled`` node leads there."""
    rest = dict.fromkeys(node for node in nodes if node not in settled)
    waiting = {node: sum(who in rest for _, who in nodes.referrers[node]) for node in rest}
    ready = deque(node for node in rest if not waiting[node])
    while ready:
        node = ready.popleft()
        del rest[node]
        for _, value in nodes.refers[node]:
            if value in rest:
                waiting[value] -= 1
                if not waiting[value]:
                    ready.append(value)
    return rest


def tell_apart(
    nodes: BlankNodes, settled: dict[str, str], circular: dict[str, None]
) -> dict[str, str]:
    """A content for every circular node, different for each; raises ParserLimit."""
    work = _Work(_WORK)
    circles: list[tuple[str, dict[str, str]]] = []
    for members in _components(nodes, circular):
        colours = {node: _first_colour(nodes, settled, circular, node) for node in members}
        links = {node: _links(nodes, circular, node) for node in members}
        final = _refined(colours, links, work)
        circles.append((fingerprint("circle", sorted(final.values())), final))
    # Document order decides between circles of equal form alone: the sort is stable.
    return _numbered(sorted(circles, key=itemgetter(0)))


def _numbered(circles: Iterable[tuple[str, dict[str, str]]]) -> dict[str, str]:
    """Contents from colours: numbered among circles of one form, by form if others share them."""
    result: dict[str, str] = {}
    taken: set[str] = set()
    alike = Counter[str]()
    for form, colours in circles:
        number = str(alike[form])
        alike[form] += 1
        contents = {node: fingerprint("member", [mine, number]) for node, mine in colours.items()}
        if not taken.isdisjoint(contents.values()):
            contents = {node: fingerprint(form, [mine]) for node, mine in contents.items()}
        taken.update(contents.values())
        result |= contents
    return result


class _Work:
    """A count of steps that runs out."""

    def __init__(self, allowed: int) -> None:
        self._allowed = self._left = allowed

    def spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise ParserLimit("steps to tell circular blank nodes apart", self._allowed)


def _components(nodes: BlankNodes, circular: dict[str, None]) -> Iterator[list[str]]:
    """Circular nodes that are linked, each set in a fixed order from its first node."""
    seen: set[str] = set()
    for start in circular:
        members: list[str] = []
        open_nodes = deque([start])
        while open_nodes:
            node = open_nodes.popleft()
            if node not in seen:
                seen.add(node)
                members.append(node)
                open_nodes.extend(other for _, _, other in _links(nodes, circular, node))
        if members:
            yield members


def _links(nodes: BlankNodes, circular: Container[str], node: str) -> list[_Directed]:
    """The node's links inside the circles, each with its direction."""
    ways = ((_OUT, nodes.refers[node]), (_IN, nodes.referrers[node]))
    return [(way, key, other) for way, links in ways for key, other in links if other in circular]


def _first_colour(
    nodes: BlankNodes, settled: dict[str, str], circular: Container[str], node: str
) -> str:
    """What is known of a node outside the circles; of nodes above them, the predicate alone."""
    below = [f"{key} _:{settled[value]}" for key, value in nodes.refers[node] if value in settled]
    above = [f"_: {key}" for key, who in nodes.referrers[node] if who not in circular]
    return fingerprint("colour", sorted(nodes.says[node] + nodes.named_by[node] + below + above))


def _refined(
    colours: dict[str, str], links: dict[str, list[_Directed]], work: _Work
) -> dict[str, str]:
    """For each node the colour it had when it first was the only one of it."""
    final: dict[str, str] = {}
    cells = 0
    while len(final) < len(colours):
        work.spend(len(colours) + sum(map(len, links.values())))
        counts = Counter(colours.values())
        for node, colour in colours.items():
            if counts[colour] == 1:
                final.setdefault(node, colour)
        colours = _single_out(colours, counts) if len(counts) == cells else _round(colours, links)
        cells = len(counts)
    return final


def _round(colours: dict[str, str], links: dict[str, list[_Directed]]) -> dict[str, str]:
    """Every colour with those of the neighbours taken in."""
    return {
        node: fingerprint(colour, sorted(f"{way}{key} {colours[o]}" for way, key, o in links[node]))
        for node, colour in colours.items()
    }


def _single_out(colours: dict[str, str], counts: Counter[str]) -> dict[str, str]:
    """The first of the nodes that share the smallest shared colour gets its own."""
    shared = min(colour for colour, count in counts.items() if count > 1)
    first = next(node for node, colour in colours.items() if colour == shared)
    return colours | {first: fingerprint("first", [shared])}
