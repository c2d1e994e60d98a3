"""Custom shapes as Turtle that people can read and edit."""

from __future__ import annotations

from rdflib import BNode, Graph, URIRef
from rdflib.term import Node

from cladist.rdf.namespaces import CLAD, OWL, RDF, RDFS, SH, SKOS, XSD
from cladist.rdf.skolem import PATH as SKOLEM
from cladist.validation.custom.shapes import CustomShapes
from cladist.validation.loading import load

_PREFIXES = {"sh": SH, "rdf": RDF, "skos": SKOS, "clad": CLAD, "owl": OWL, "rdfs": RDFS, "xsd": XSD}


def turtle(shapes: CustomShapes) -> str:
    """The shapes with brackets and lists where the stored statements have skolem IRIs."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in _PREFIXES.items():
        graph.bind(prefix, namespace)
    for subject, predicate, value in with_blank_nodes(load(shapes.lines)):
        graph.add((subject, predicate, value))
    return graph.serialize(format="turtle")


def with_blank_nodes(stored: Graph) -> Graph:
    """The graph with blank nodes in place of skolem IRIs (RDF 1.1 Concepts, section 3.5).

    Each is named by the last part of its IRI.
    """

    def blank(term: Node) -> Node:
        skolem = isinstance(term, URIRef) and SKOLEM in term
        return BNode(str(term).rpartition("/")[2]) if skolem else term

    graph = Graph()
    for subject, predicate, value in stored:
        graph.add((blank(subject), predicate, blank(value)))
    return graph
