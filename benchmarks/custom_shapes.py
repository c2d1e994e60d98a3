"""Custom shapes in SPARQL: this project's door against pySHACL as it comes, on the same content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pyshacl
from rdflib import RDF, Graph, URIRef

from benchmarks.figures import Asked, Figure, at_least
from benchmarks.validating import defective, spent
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import SH
from cladist.rdf.parse import RdfFormat, parse
from cladist.rdf.writing import content
from cladist.validation.custom import CustomShapes, run, shapes_of, statements_of

SIZES = (1_000,)
_SHAPES = Path(__file__).parent / "custom.ttl"
_BASE = "https://example.org/"


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Three rules over all classes; a process of its own and loading are counted in."""
    for size in sizes[:1] if quick else sizes:
        count = size // 5 if quick else size
        yield _figure(count, content(defective(count)), None if quick else at_least(15))


def _figure(count: int, lines: list[bytes], asked: Asked | None) -> Figure:
    document = _SHAPES.read_bytes()
    shapes = _read(document)
    before = _children()
    found = run(lines, shapes)
    ours = _children() - before
    reports: list[Graph] = []
    theirs = spent(lambda: reports.append(_stock(lines, document)))
    mine = sorted(_results(Graph().parse(data=found.report, format="turtle")))
    if mine != sorted(_results(reports[0])) or not mine:
        raise AssertionError("The two engines do not find the same.")
    engine = ", ".join(sorted({each.engine for each in found.results}))
    told = f"pySHACL {theirs:.1f} s"
    name = f"custom sh:sparql ({engine})"
    return Figure(name, count, f"{ours:.2f} s", told, theirs / ours, asked)


def _children() -> float:
    """Processor seconds of the processes that ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _read(document: bytes) -> CustomShapes:
    lines = parse(document, RdfFormat.TURTLE, limits=Limits(), skolem_base=_BASE).lines
    return shapes_of(statements_of(lines))


def _stock(lines: Sequence[bytes], document: bytes) -> Graph:
    data = Graph().parse(data=b"".join(lines), format="nquads")
    shapes = Graph().parse(data=document, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    return report


def _results(report: Graph) -> Iterator[tuple[str, ...]]:
    for result in report.subjects(RDF.type, URIRef(f"{SH}ValidationResult")):
        words = ("focusNode", "value", "sourceShape", "resultMessage")
        yield tuple(str(report.value(result, URIRef(f"{SH}{each}"))) for each in words)
