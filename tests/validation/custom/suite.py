"""The W3C SHACL test suite: its cases, and validation reports as values that can be compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, BNode, Graph, URIRef
from rdflib.term import Node

from cladist.rdf.content import split
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import SH
from cladist.rdf.parse import RdfFormat, parse
from cladist.validation.custom import CustomShapes, shapes_in, statements_of
from cladist.validation.custom.engine import path_text

FOLDER = Path(__file__).parents[2] / "w3c" / "shacl"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
BASE = "https://example.org/suite/"

Reported = Counter[tuple[str, ...]]
"""Results with how often each occurs: focus, path, value, component, severity, shape."""


@dataclass(frozen=True)
class Case:
    """One test: the files of its data and shapes, and the report that it expects (or a failure)."""

    name: str
    data: Path
    shapes: Path
    graph: Graph
    expected: Node


@cache
def cases(folder: str) -> tuple[Case, ...]:
    """All tests in files under a folder of the suite, by name."""
    found = [each for path in sorted((FOLDER / folder).rglob("*.ttl")) for each in _cases(path)]
    return tuple(sorted(found, key=lambda each: each.name))


def _cases(path: Path) -> list[Case]:
    graph = Graph().parse(path, publicID=BASE + path.name)
    found = []
    for entry in graph.subjects(RDF.type, URIRef(f"{SHT}Validate")):
        action = graph.value(entry, URIRef(f"{MF}action"))
        files = [
            path.parent / str(graph.value(action, URIRef(f"{SHT}{each}"))).rpartition("/")[2]
            for each in ("dataGraph", "shapesGraph")
        ]
        expected = graph.value(entry, URIRef(f"{MF}result"))
        name = f"{path.parent.relative_to(FOLDER)}/{str(entry).rpartition('/')[2]}"
        assert expected is not None
        found.append(Case(name, files[0], files[1], graph, expected))
    return found


def data_of(case: Case) -> list[bytes]:
    """The statements of the data, blank nodes and all."""
    quads = ox.parse(case.data.read_bytes(), ox.RdfFormat.TURTLE, base_iri=BASE + case.data.name)
    return split(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")


def shapes_of(case: Case) -> CustomShapes | None:
    """The shapes as they come through the door: read in a child, without blank nodes."""
    document = case.shapes.read_bytes()
    base = BASE + case.shapes.name
    parsed = parse(
        document, RdfFormat.TURTLE, base=base, limits=Limits(), skolem_base="https://example.org/"
    )
    return shapes_in(statements_of(parsed.lines))


def stock(case: Case) -> Graph | None:
    """pySHACL's own report; None where it fails."""
    data = Graph().parse(case.data, publicID=BASE + case.data.name)
    shapes = Graph().parse(case.shapes, publicID=BASE + case.shapes.name)
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    except Exception:
        return None
    return report if isinstance(report, Graph) else None


def reported(graph: Graph, node: Node | None = None) -> Reported:
    """The results of a report."""
    report = node or graph.value(None, RDF.type, URIRef(f"{SH}ValidationReport"))
    return Counter(_result(graph, each) for each in graph.objects(report, URIRef(f"{SH}result")))


def _result(graph: Graph, result: Node) -> tuple[str, ...]:
    path = graph.value(result, URIRef(f"{SH}resultPath"))
    words = ("focusNode", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape")
    said = [graph.value(result, URIRef(f"{SH}{each}")) for each in words]
    return ("" if path is None else path_text(path, (graph,)), *(_token(each) for each in said))


def _token(node: Node | None) -> str:
    if node is None:
        return ""
    if isinstance(node, BNode):
        return "_:"
    return node.n3()
