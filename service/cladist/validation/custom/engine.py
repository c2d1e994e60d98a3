"""Runs screened shapes in a process of its own: standard input to standard output.

``running`` starts it with the work as JSON in the first argument. Input is N-Quads, first so many
lines of shapes as ``count`` says, then those of the data. Output is the results as JSON objects
and the report in Turtle, a NUL between them; the last line on standard error is a JSON object.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import pyshacl
from pyshacl.errors import (
    ConstraintLoadWarning,
    ReportableRuntimeError,
    ShapeLoadError,
    ValidationFailure,
)
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from cladist.rdf.child import confine
from cladist.rdf.namespaces import RDF, SH, XSD
from cladist.rdf.skolem import PATH as SKOLEM
from cladist.validation.custom import components
from cladist.validation.custom.writing import with_blank_nodes
from cladist.validation.engine import NAME, report_on
from cladist.validation.entailment import entail
from cladist.validation.loading import load

_SPARQL = URIRef(f"{SH}SPARQLConstraintComponent")
_RESULT = URIRef(f"{SH}result")
_MESSAGE = 1_000  # characters of a message that are passed on
_AFTER = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_WARM = (
    f"<urn:s> <{SH}targetNode> <urn:a> .\n".encode(),
    f'<urn:s> <{SH}minLength> "9"^^<{XSD}integer> .\n'.encode(),
)
_LITERALS = (
    f'<urn:a> <urn:p> "<b>x</b>"^^<{RDF}HTML> .\n'.encode(),
    f'<urn:a> <urn:p> "<b>x</b>"^^<{RDF}XMLLiteral> .\n'.encode(),
    f'<urn:a> <urn:p> "P1D"^^<{XSD}duration> .\n'.encode(),
    f'<urn:a> <urn:p> "2000-01-01T00:00:00Z"^^<{XSD}dateTime> .\n'.encode(),
)


def main(argument: str) -> None:
    """Do the work that the argument describes, then exit with 0, or with 1 after an error."""
    work = json.loads(argument)
    logging.disable(logging.CRITICAL)
    try:
        components.register()
        _write(*_run(_WARM, _LITERALS, derive=True))  # whatever is imported late is imported now
        confine(work["memory"], work["processor"])
        lines = sys.stdin.buffer.readlines()
        count = work["count"]
        _load_all(lines[:count])
        made = _write(*_run(lines[:count], lines[count:], derive=work["derive"]))
        sys.stdout.buffer.write(made)
        report: dict[str, str] = {}
    except MemoryError:
        report = {"error": f"they take more than {work['memory']} bytes of memory."}
    except Exception as error:
        report = {"error": f"pySHACL cannot run them: {_reason(error)}"}
    sys.stdout.flush()
    sys.stderr.write("\n" + json.dumps(report) + "\n")
    sys.exit("error" in report)


def _reason(error: Exception) -> str:
    known = isinstance(error, ReportableRuntimeError | ShapeLoadError | ValidationFailure)
    told = getattr(error, "message", None) if known else None
    return str(told or error or type(error).__name__)[:_MESSAGE]


def _load_all(shape_lines: Sequence[bytes]) -> None:
    """Make each constraint once, so that a wrong one shows whether or not it has a target."""
    shapes = with_blank_nodes(load(shape_lines))
    found = pyshacl.shapes_graph.ShapesGraph(shapes, None)
    for shape in found.shapes:
        for parameter in sorted(set(shapes.predicates(shape.node)), key=str):
            kind = components.kind_of(parameter)
            if kind is not None:
                with suppress(ConstraintLoadWarning):  # pySHACL leaves out what only warns
                    components.try_out(kind(shape))


def _run(
    shape_lines: Sequence[bytes], data_lines: Sequence[bytes], *, derive: bool
) -> tuple[Graph, Graph, dict[str, str]]:
    """The report, the shapes, and for blank shapes the IRIs that are stored."""
    data, shapes = load(data_lines), with_blank_nodes(load(shape_lines))
    if derive:
        entail(data)
    report = report_on(data, shapes)
    stored = (term for line in shape_lines for term in _skolems(line.decode()))
    return report, shapes, {each.rpartition("/")[2]: each for each in stored}


def _skolems(line: str) -> Iterator[str]:
    return (part[1:-1] for part in line.split(" ") if SKOLEM in part and part[0] == "<")


def _write(report: Graph, shapes: Graph, stored: dict[str, str]) -> bytes:
    results = [_result(report, shapes, each, stored) for each in report.objects(None, _RESULT)]
    told = [json.dumps(each).encode() for each in results]
    return b"\0".join((*told, report.serialize(format="turtle").encode()))


def _result(report: Graph, shapes: Graph, result: Node, stored: dict[str, str]) -> dict[str, Any]:
    def said(word: str) -> Node | None:
        return report.value(result, URIRef(f"{SH}{word}"))

    def token(word: str) -> str:
        node = said(word)
        return "" if node is None else _token(node)

    component = said("sourceConstraintComponent")
    shape, path = said("sourceShape"), said("resultPath")
    constraint = said("sourceConstraint")
    fast = component == _SPARQL and constraint not in components.SLOW
    messages = report.objects(result, URIRef(f"{SH}resultMessage"))
    return {
        "shape": stored.get(str(shape), str(shape)),
        "component": str(component),
        "severity": str(said("resultSeverity")),
        "focus": token("focusNode"),
        "path": "" if path is None else path_text(path, (report, shapes)),
        "value": token("value"),
        "messages": sorted(str(each)[:_MESSAGE] for each in messages),
        "engine": components.NAME if fast else NAME,
    }


def _token(node: Node) -> str:
    if isinstance(node, Literal) and node.datatype is None and not node.language:
        return Literal(str(node)).n3()
    return node.n3()


def path_text(path: Node, graphs: Iterable[Graph]) -> str:
    """A SHACL path as a SPARQL property path (SHACL, section 2.3.1)."""
    if isinstance(path, URIRef):
        return path.n3()
    for graph in graphs:
        if (path, URIRef(f"{RDF}first"), None) in graph:
            parts = [path_text(each, graphs) for each in Collection(graph, path)]
            return "/".join(parts)
        for _, predicate, inner in graph.triples((path, None, None)):
            word = str(predicate).removeprefix(SH)
            if word == "inversePath":
                return f"^({path_text(inner, graphs)})"
            if word == "alternativePath":
                parts = [path_text(each, graphs) for each in Collection(graph, inner)]
                return f"({'|'.join(parts)})"
            if word in _AFTER:
                return f"({path_text(inner, graphs)}){_AFTER[word]}"
    return ""
