"""Reports as graphs: a SHACL validation report, and quality measurements (DQV)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

import pyoxigraph as ox

from cladist.rdf.namespaces import CLAD, DCTERMS, RDF, RULES, SH, XSD
from cladist.validation.forms.artifact import Artifact, all_rules
from cladist.validation.policy import Severity
from cladist.validation.report import Result, Rule
from cladist.validation.statistics import METRICS, NAMES, Statistics

_DQV = "http://www.w3.org/ns/dqv#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = ox.NamedNode(f"{RDF}type")
_SEVERITIES = {
    Severity.VIOLATION: f"{SH}Violation",
    Severity.WARNING: f"{SH}Warning",
    Severity.INFO: f"{SH}Info",
}
_PREFIXES = {"sh": SH, "dqv": _DQV, "rule": RULES, "clad": CLAD, "skos": _SKOS, "xsd": XSD}


def shacl(artifacts: Sequence[Artifact]) -> bytes:
    """A ``sh:ValidationReport`` for each artifact, in Turtle (SHACL, section 3.6).

    ``sh:conforms`` is false where anything was found, as SHACL has it; ``clad:publishable`` says
    whether that stands against publishing.
    """
    return _turtle(triple for each in artifacts for triple in _report(each))


def dqv(artifacts: Sequence[Artifact], rules: Sequence[Rule]) -> bytes:
    """A ``dqv:QualityMeasurement`` for each rule and statistic of each artifact, in Turtle.

    Follows the Data Quality Vocabulary (W3C note, 15 December 2016). A metric is a rule, and its
    value how often it was broken.
    """
    parts: list[ox.Triple] = []
    for rule in all_rules(artifacts, rules):
        name = rule.published or rule.title
        parts += _metric(ox.NamedNode(RULES + rule.id), name)
    for statistic, name in NAMES.items():
        parts += _metric(ox.NamedNode(METRICS + statistic), name)
    for artifact in artifacts:
        parts += _measured(artifact)
    return _turtle(parts)


def _turtle(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _node(namespace: str, name: str) -> ox.NamedNode:
    return ox.NamedNode(namespace + name)


def _report(artifact: Artifact) -> Iterator[ox.Triple]:
    report, node = artifact.report, ox.BlankNode()
    yield ox.Triple(node, _TYPE, _node(SH, "ValidationReport"))
    yield ox.Triple(node, _node(SH, "conforms"), ox.Literal(not report.results))
    yield ox.Triple(node, _node(CLAD, "publishable"), ox.Literal(report.conforms))
    yield ox.Triple(node, _node(DCTERMS, "source"), ox.Literal(artifact.name))
    for result in report.results:
        about = ox.BlankNode()
        yield ox.Triple(node, _node(SH, "result"), about)
        yield from _result(about, result)


def _result(node: ox.BlankNode, result: Result) -> Iterator[ox.Triple]:
    yield ox.Triple(node, _TYPE, _node(SH, "ValidationResult"))
    yield ox.Triple(node, _node(SH, "focusNode"), ox.NamedNode(result.subject))
    severity = ox.NamedNode(_SEVERITIES[result.severity])
    yield ox.Triple(node, _node(SH, "resultSeverity"), severity)
    yield ox.Triple(node, _node(SH, "sourceShape"), _node(RULES, result.rule))
    component = _node(SH, "SPARQLConstraintComponent")
    yield ox.Triple(node, _node(SH, "sourceConstraintComponent"), component)
    message = ox.Literal(f"{result.message} {result.advice}", language="en")
    yield ox.Triple(node, _node(SH, "resultMessage"), message)
    if result.value is not None:
        yield ox.Triple(node, _node(SH, "value"), ox.Literal(result.value))


def _metric(node: ox.NamedNode, name: str) -> list[ox.Triple]:
    return [
        ox.Triple(node, _TYPE, _node(_DQV, "Metric")),
        ox.Triple(node, _node(_SKOS, "prefLabel"), ox.Literal(name, language="en")),
        ox.Triple(node, _node(_DQV, "expectedDataType"), _node(XSD, "integer")),
    ]


def _measured(artifact: Artifact) -> Iterator[ox.Triple]:
    about = ox.NamedNode(artifact.iri)
    counts = dict(artifact.report.counts)
    for rule in artifact.report.rules_run:
        yield from _measurement(about, ox.NamedNode(RULES + rule), counts.get(rule, 0))
    if artifact.statistics is not None:
        for name, value in numbers(artifact.statistics):
            yield from _measurement(about, ox.NamedNode(METRICS + name), value)


def numbers(found: Statistics) -> Iterator[tuple[str, int]]:
    """The statistics as numbers; of languages, how many there are."""
    for each in fields(found):
        value = getattr(found, each.name)
        if each.name in NAMES:
            yield each.name, len(value) if each.name == "languages" else value


def _measurement(about: ox.NamedNode, metric: ox.NamedNode, value: int) -> Iterator[ox.Triple]:
    node = ox.BlankNode()
    yield ox.Triple(about, _node(_DQV, "hasQualityMeasurement"), node)
    yield ox.Triple(node, _TYPE, _node(_DQV, "QualityMeasurement"))
    yield ox.Triple(node, _node(_DQV, "computedOn"), about)
    yield ox.Triple(node, _node(_DQV, "isMeasurementOf"), metric)
    yield ox.Triple(node, _node(_DQV, "value"), ox.Literal(value))
