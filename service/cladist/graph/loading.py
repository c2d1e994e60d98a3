"""One content into one store in memory, checked before anybody may use it."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from cladist.model.errors import ContentMismatch
from cladist.rdf.content import Lines, digest
from cladist.rdf.derive import derived
from cladist.rdf.namespaces import MAPPINGS
from cladist.rdf.terms import split

_IN_MAPPINGS = f"{MAPPINGS}> .\n".encode()


def graph(sha: str) -> ox.NamedNode:
    """The name of a content's graph."""
    return ox.NamedNode(f"urn:sha256:{sha}")


def mappings_graph(sha: str) -> ox.NamedNode:
    """The name of the graph of a content's mappings (apart, because of SKOS S41)."""
    return ox.NamedNode(f"urn:sha256:{sha}:mappings")


def derived_graph(sha: str) -> ox.NamedNode:
    """The name of the graph of what follows from a content."""
    return ox.NamedNode(f"urn:sha256:{sha}:derived")


def load(sha: str, lines: Lines) -> ox.Store:
    """A store with the content's three graphs; ContentMismatch unless all of it is there.

    The lines are checked against the hash. What the store writes out could not be: it gives
    numbers their canonical form (XML Schema 2, section 2.3.1).
    """
    actual = digest(lines)
    if actual != sha:
        raise ContentMismatch(sha, actual)
    statements, mappings = _apart(lines)
    store = ox.Store()
    for name, part in (
        (graph(sha), statements),
        (mappings_graph(sha), mappings),
        (derived_graph(sha), derived(lines)),
    ):
        _fill(store, name, part, sha)
    return store


def _apart(lines: Lines) -> tuple[Lines, list[bytes]]:
    """The statements without a graph, and those of the mappings graph, its name cut off."""
    mapping: dict[bytes, bytes] = {}
    for line in lines:
        if line.endswith(_IN_MAPPINGS):
            *triple, name = split(line.decode())
            if name:
                mapping[line] = f"{' '.join(triple)} .\n".encode()
    if not mapping:
        return lines, []
    return [line for line in lines if line not in mapping], list(mapping.values())


def _fill(store: ox.Store, name: ox.NamedNode, lines: Lines, sha: str) -> None:
    text, before = b"".join(lines), len(store)
    store.bulk_load(text, ox.RdfFormat.N_TRIPLES, to_graph=name)
    came = len(store) - before
    if came != len(lines) and not _holds_all(store, name, text):
        raise ContentMismatch(f"{len(lines)} statements of {sha}", f"{came} statements")


def _holds_all(store: ox.Store, name: ox.NamedNode, text: bytes) -> bool:
    """Whether no statement is missing; two that differ in how they write a number are one here."""
    quads: Iterable[ox.Quad] = ox.parse(text, ox.RdfFormat.N_TRIPLES)
    return all(ox.Quad(each.subject, each.predicate, each.object, name) in store for each in quads)
