"""The rules as they ship: the shape files read once, and the catalogue of what they ask."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, Graph, URIRef

from cladist import resources
from cladist.rdf.namespaces import CLAD, RDFS, RULES, SH
from cladist.validation.policy import Severity
from cladist.validation.report import Rule


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes graph, its rules by id, and the SHA-256 of the files that it was read from."""

    graph: Graph
    rules: tuple[Rule, ...]
    digest: str


@cache
def shipped() -> Shapes:
    """The shapes that ship with the package; read on first use, then kept for the process."""
    return _read(resources.shapes())


@cache
def of_files() -> Shapes:
    """Those about what only a file can have."""
    return _read(resources.file_shapes())


@cache
def of_links() -> Shapes:
    """Those for which the web is asked."""
    return _read(resources.link_shapes())


def _read(paths: Sequence[Path]) -> Shapes:
    graph, found, digest = Graph(), list[Rule](), hashlib.sha256()
    for path in paths:
        text = path.read_bytes()
        digest.update(text)
        graph.parse(data=text, format="turtle")
        found += _rules_of(Graph().parse(data=text, format="turtle"), path)
    return Shapes(graph, tuple(sorted(found, key=lambda rule: rule.id)), digest.hexdigest())


def _rules_of(graph: Graph, path: Path) -> list[Rule]:
    kinds = [URIRef(each) for each in (f"{SH}NodeShape", f"{SH}PropertyShape", f"{CLAD}Check")]
    shapes = {shape for kind in kinds for shape in graph.subjects(RDF.type, kind)}
    return [_rule(graph, str(shape), path.name) for shape in shapes]


def _rule(graph: Graph, shape: str, file: str) -> Rule:
    def said(predicate: str) -> str:
        return str(graph.value(URIRef(shape), URIRef(predicate)) or "")

    return Rule(
        id=shape.removeprefix(RULES),
        title=said(f"{RDFS}label"),
        published=said(f"{CLAD}publishedName"),
        severity=Severity(said(f"{SH}severity").removeprefix(SH).lower()),
        file=file,
        description=said(f"{RDFS}comment"),
        advice=said(f"{CLAD}advice"),
        shape=(URIRef(shape), RDF.type, URIRef(f"{CLAD}Check")) not in graph,
    )
