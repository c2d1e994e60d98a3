"""Two of pySHACL's constraint components as they run here: patterns by RE2, SPARQL by Oxigraph.

pySHACL finds components in a table by their parameter. Both put into it keep pySHACL's results:
the same focus nodes, values and messages, in linear time for the one and without parsing a query
for every focus node for the other.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

import pyoxigraph as ox
from pyshacl import constraints
from pyshacl.constraints.constraint_component import ConstraintComponent
from pyshacl.constraints.core.string_based_constraints import PatternConstraintComponent
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from cladist.rdf.namespaces import SH
from cladist.validation.custom.patterns import compiled
from cladist.validation.loading import prepared

NAME = f"Oxigraph {ox.__version__}"
SLOW: set[Node] = set()
"""The constraints of this run of which some query was left to rdflib."""

_PATTERN, _FLAGS = URIRef(f"{SH}pattern"), URIRef(f"{SH}flags")
_QUERY = URIRef(f"{SH}sparql")
_NOTHING = URIRef("urn:cladist:nothing")
_SELECT = re.compile(r"\bselect\b", re.IGNORECASE)
_BINDING = re.compile(r"\bbind\b|\bbound\s*\(\s*[?$](?:this|currentShape)\b", re.IGNORECASE)
_TABLE: dict[Any, Any] = constraints.CONSTRAINT_PARAMETERS_MAP


def register() -> None:
    """Have pySHACL use both, in this process."""
    _TABLE[_PATTERN] = LinearPattern
    _TABLE[_QUERY] = IndexedSparql


def kind_of(parameter: Node) -> type[ConstraintComponent] | None:
    """The component that a predicate is a parameter of."""
    return _TABLE.get(parameter)


def try_out(component: ConstraintComponent) -> None:
    """Have SPARQL constraints parse their queries; raises what pySHACL and rdflib raise."""
    for constraint in getattr(component, "sparql_constraints", ()):
        _, text = constraint.pre_bind_variables(_NOTHING)
        prepared(constraint.apply_prefixes(text))


class LinearPattern(PatternConstraintComponent):
    """``sh:pattern`` by automata; see ``patterns``."""

    def __init__(self, shape: Any) -> None:
        ConstraintComponent.__init__(self, shape)
        self.allow_multi_rules = True
        self.string_rules = list(shape.objects(_PATTERN))
        self.flags = next(iter(shape.objects(_FLAGS)), None)
        chosen = "" if self.flags is None else str(self.flags)
        self.compiled_cache: dict[Any, Any] = {
            each: compiled(str(each), chosen) for each in self.string_rules
        }


class IndexedSparql(SPARQLBasedConstraint):
    """``sh:sparql`` over an in-memory Oxigraph store that holds the same statements.

    The focus node is put in as a constant, as pre-binding asks (SHACL, section 5.3.1). Where
    Oxigraph's constants do not reach (sub-queries, BIND, BOUND of the focus node), rdflib is asked,
    and for blank focus nodes and what Oxigraph cannot parse.
    """

    _stores: ClassVar[WeakKeyDictionary[Graph, ox.Store]] = WeakKeyDictionary()

    def _evaluate_sparql_constraint(self, constraint: Any, graph: Graph, focus: Any) -> Any:
        self._constraint = constraint.node
        return super()._evaluate_sparql_constraint(constraint, graph, focus)  # type: ignore[no-untyped-call]

    def _validate_sparql_query(self, query: str, bound: dict[str, Node], graph: Graph) -> Any:
        try:
            found = self._solutions(query, bound, graph)
        except (SyntaxError, ValueError, RuntimeError, OSError):
            SLOW.add(self._constraint)
            return super()._validate_sparql_query(prepared(query), bound, graph)  # type: ignore[no-untyped-call]
        violations: list[Any] = []
        for row in found:
            failure = row.pop("failure", None)
            result = (True, row) if failure is not None else _violation(row)
            if result is not None and result not in violations:
                violations.append(result)
        return violations

    def _solutions(self, query: str, bound: dict[str, Node], graph: Graph) -> list[dict[str, Node]]:
        if len(_SELECT.findall(query)) > 1 or _BINDING.search(query):
            raise ValueError("constants do not reach everywhere")
        store = self._stores.get(graph)
        if store is None:
            store = self._stores[graph] = _store(graph)
        constants = {ox.Variable(name): _constant(term) for name, term in bound.items()}
        found = store.query(query, substitutions=constants)
        if not isinstance(found, ox.QuerySolutions):
            raise ValueError("no SELECT")
        names = [each.value for each in found.variables]
        return [
            {name: _term(term) for name, term in zip(names, row, strict=True) if term is not None}
            for row in found
        ]


def _violation(row: dict[str, Node]) -> Any:
    path, value, this = (row.pop(name, None) for name in ("path", "value", "this"))
    if path is None and value is None and this is None:
        return None
    return this, path, value, row


def _store(graph: Graph) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(
        ox.Quad(_ours(subject), ox.NamedNode(str(predicate)), _ours(value))
        for subject, predicate, value, *_ in graph  # of a data set, quads
        if not isinstance(subject, Literal)
    )
    return store


def _constant(term: Node) -> Any:
    if isinstance(term, BNode):
        raise ValueError("a blank node is a variable in a query")
    return _ours(term)


def _ours(term: Node) -> Any:
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        kind = None if term.datatype is None else ox.NamedNode(str(term.datatype))
        return ox.Literal(str(term), datatype=kind)
    return ox.BlankNode(str(term)) if isinstance(term, BNode) else ox.NamedNode(str(term))


def _term(term: Any) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    kind = term.datatype.value
    if kind == "http://www.w3.org/2001/XMLSchema#string":
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(kind), normalize=False)
