"""pySHACL run over a content: rules in, findings out, and nothing else of SHACL seen outside."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pyshacl
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from cladist.rdf.namespaces import CLAD, RULES, SH, SKOS
from cladist.validation.entailment import entail
from cladist.validation.finding import Finding
from cladist.validation.loading import load

NAME = f"pySHACL {pyshacl.__version__}"

_TURN = threading.Lock()
"""pySHACL changes how rdflib reads literals while it starts: one validation at a time."""


def run(lines: Sequence[bytes], shapes: Graph) -> tuple[Graph, list[Finding]]:
    """Check a content, given as canonical lines; the graph with what was derived comes back too.

    Raises ``RuntimeError`` when the shapes themselves are at fault.
    """
    with _TURN:
        graph = load(lines)
        entail(graph)
        return graph, examine(graph, shapes)


def report_on(graph: Graph, shapes: Graph) -> Graph:
    """pySHACL's report on a graph: SHACL Core and SPARQL constraints, nothing fetched or derived.

    Raises what pySHACL found at fault in the shapes, ``RuntimeError`` where it only says so.
    """
    _, report, text = pyshacl.validate(
        graph,
        shacl_graph=shapes,
        inference="none",
        advanced=False,
        js=False,
        meta_shacl=False,
        do_owl_imports=False,
        inplace=True,
    )
    if not isinstance(report, Graph):
        raise report if isinstance(report, Exception) else RuntimeError(text)
    return report


def examine(graph: Graph, shapes: Graph) -> list[Finding]:
    """What the shapes find in a graph that holds all that they need derived."""
    report = report_on(graph, shapes)
    results = report.objects(None, URIRef(f"{SH}result"))
    return [_finding(graph, report, result) for result in results]


def _finding(graph: Graph, report: Graph, result: Node) -> Finding:
    def said(word: str) -> Node | None:
        return report.value(result, URIRef(f"{SH}{word}"))

    focus, value = said("focusNode"), said("value")
    return Finding(
        rule=str(said("sourceShape")).removeprefix(RULES),
        subject=str(value if _is_subject(graph, focus, value) else focus),
        value=str(value) if isinstance(value, Literal) else None,
        message=str(said("resultMessage")),
    )


def _is_subject(graph: Graph, focus: Node | None, value: Node | None) -> bool:
    """Whether the value is at fault: rules about sets of classes look from the taxonomy."""
    if not isinstance(value, URIRef):
        return False
    whole = focus == URIRef(f"{SKOS}Concept")  # rules about a file as a whole look from there
    if not whole and (focus, RDF.type, URIRef(f"{CLAD}Taxonomy")) not in graph:
        return False
    return (value, None, None) in graph
