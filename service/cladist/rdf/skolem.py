"""Blank nodes become IRIs that the same content gets again (RDF 1.1 Concepts, section 3.5).

A node's IRI is a hash of what it says (its content, nodes it refers to included) and of who refers
to it. Nodes that agree in both are numbered, so two equal notes on one class stay two. Labels of
the document do not count, and their order does so only between nodes that are alike. What changes
elsewhere in a document therefore leaves a node's IRI as it is.

Everything is iterative: contents are settled from the leaves up, identities from the roots down.
Nodes that refer to each other in a circle have neither end; ``circles`` tells those apart.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Container, Iterable

from cladist.model.errors import ParserLimit
from cladist.rdf import circles
from cladist.rdf.blank_nodes import BlankNodes, fingerprint, is_blank
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import RDF
from cladist.rdf.statement import Statement, line, statement

PATH = ".well-known/genid/"
_REST = f"<{RDF}rest> "


def skolemise(lines: list[bytes], base: str, limits: Limits) -> int:
    """Replace the blank nodes of canonical ``lines``, given in document order, in place.

    Returns how many there were. Their IRIs are ``base`` + ``.well-known/genid/`` + 32 hexadecimal
    digits. A blank node that names a graph gives way to the default graph. Raises ParserLimit.
    """
    found: dict[int, Statement] = {}
    for place in [place for place, text in enumerate(lines) if b"_:" in text]:
        tokens = statement(lines[place])
        if tokens and any(map(is_blank, tokens)):
            subject, predicate, value, graph = tokens
            found[place] = subject, predicate, value, "" if is_blank(graph) else graph
    iris = {
        node: f"<{base}{PATH}{identity}>"
        for node, identity in identities(found.values(), limits).items()
    }
    for place, (subject, predicate, value, graph) in found.items():
        lines[place] = line((iris.get(subject, subject), predicate, iris.get(value, value), graph))
    return len(iris)


def identities(statements: Iterable[Statement], limits: Limits) -> dict[str, str]:
    """A hash for every blank node of the statements, all different; raises ParserLimit."""
    nodes = BlankNodes(statements)
    if len(nodes) > limits.blank_nodes:
        raise ParserLimit("blank nodes in a document", limits.blank_nodes)
    waiting = {node: len(nodes.refers[node]) for node in nodes}
    contents: dict[str, str] = {}
    ascent = _Ascent(nodes, contents, waiting, limits.nesting)
    ascent.settle(node for node in nodes if not waiting[node])
    circular = circles.core(nodes, contents)
    contents.update(circles.tell_apart(nodes, contents, circular))
    ascent.settle(circular)
    return _descend(nodes, contents, circular)


class _Ascent:
    """Gives nodes their content once all nodes they refer to have theirs."""

    def __init__(
        self, nodes: BlankNodes, contents: dict[str, str], waiting: dict[str, int], nesting: int
    ) -> None:
        self._nodes, self._contents, self._waiting = nodes, contents, waiting
        self._depths = Counter[str]()
        self._nesting = nesting

    def settle(self, first: Iterable[str]) -> None:
        """Settle the nodes, and then all that wait for no other."""
        ready = deque(first)
        while ready:
            node = ready.popleft()
            if node not in self._contents:
                self._contents[node] = content(self._nodes, self._contents, node)
            for key, referrer in self._nodes.referrers[node]:
                if referrer in self._contents:  # both are in one circle
                    continue
                self._deepen(referrer, node, key)
                self._waiting[referrer] -= 1
                if not self._waiting[referrer]:
                    ready.append(referrer)

    def _deepen(self, referrer: str, node: str, key: str) -> None:
        depth = self._depths[node] + (not key.startswith(_REST))
        if depth >= self._nesting:
            raise ParserLimit("blank nodes inside one another", self._nesting)
        self._depths[referrer] = max(depth, self._depths[referrer])


def content(nodes: BlankNodes, contents: dict[str, str], node: str) -> str:
    """What a node says, with settled nodes by their content."""
    said = [f"{key} _:{contents[value]}" for key, value in nodes.refers[node]]
    return fingerprint("content", sorted(nodes.says[node] + said))


def _descend(
    nodes: BlankNodes, contents: dict[str, str], circular: Container[str]
) -> dict[str, str]:
    """Identity from content and referrers; referrers come first, circles need none."""
    result: dict[str, str] = {}
    alike = Counter[str]()
    waiting = {node: 0 if node in circular else len(nodes.referrers[node]) for node in nodes}
    ready = deque(node for node in nodes if not waiting[node])
    while ready:
        node = ready.popleft()
        referrers = [] if node in circular else _referrers(nodes, result, node)
        common = fingerprint("node", [contents[node], *referrers])
        number = alike[common]
        alike[common] += 1
        result[node] = fingerprint("again", [common, str(number)]) if number else common
        for _, value in nodes.refers[node]:
            waiting[value] -= 1
            if not waiting[value] and value not in circular:
                ready.append(value)
    return result


def _referrers(nodes: BlankNodes, identity: dict[str, str], node: str) -> list[str]:
    blank = [f"_:{identity[referrer]} {key}" for key, referrer in nodes.referrers[node]]
    return sorted(nodes.named_by[node] + blank)
