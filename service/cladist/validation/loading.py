"""Canonical lines as the graph that the rules look at, mappings merged in."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from cladist.rdf.namespaces import XSD

_STRING = f"{XSD}string"
_BOOLEAN = f"{XSD}boolean"
_TRUTHS = ("true", "false", "1", "0")


class PreparedGraph(Graph):
    """A graph that parses the text of a query once a process.

    pySHACL hands over the same text for every focus node of every validation, and parsing it
    costs more than most of our queries.
    """

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Evaluate the query; arguments and errors as in ``rdflib.Graph.query``."""
        if isinstance(query_object, str):
            query_object = prepared(query_object)
        return super().query(query_object, *args, **kwargs)


@lru_cache(maxsize=512)
def prepared(text: str) -> Query:
    """A query parsed and translated, once a process; raises what rdflib raises."""
    return prepareQuery(text)


def load(lines: Sequence[bytes]) -> PreparedGraph:
    """The statements of all the content's graphs in one graph.

    Parsed natively; rdflib's own N-Quads parser takes longer and wants a dataset.
    """
    # A literal that is not of its datatype is a finding here, not a fault of the service.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    graph = PreparedGraph()
    iris: dict[str, URIRef] = {}
    for quad in pyoxigraph.parse(b"".join(lines), format=pyoxigraph.RdfFormat.N_QUADS):
        terms = [_term(part, iris) for part in quad.triple]
        if None not in terms:
            graph.add(tuple(terms))  # type: ignore[arg-type]
    return graph


def _term(term: object, iris: dict[str, URIRef]) -> URIRef | Literal | BNode | None:
    """The same term in rdflib; ``None`` for a triple term, of which no rule speaks."""
    if isinstance(term, pyoxigraph.NamedNode):
        return iris.get(term.value) or iris.setdefault(term.value, URIRef(term.value))
    if isinstance(term, pyoxigraph.Literal):
        return _literal(term, iris)
    return BNode(term.value) if isinstance(term, pyoxigraph.BlankNode) else None


def _literal(term: pyoxigraph.Literal, iris: Mapping[str, URIRef]) -> Literal:
    if term.language:
        return Literal(term.value, lang=term.language)
    kind = term.datatype.value
    if kind == _BOOLEAN and term.value not in _TRUTHS:
        kind = _STRING  # rdflib would take it for false, with a warning
    datatype = None if kind == _STRING else URIRef(kind)
    return Literal(term.value, datatype=datatype, normalize=False)  # what is written is meant
