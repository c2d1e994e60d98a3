"""A state of a taxonomy as an RDF document, with or without what follows from it."""

from __future__ import annotations

from collections.abc import Sequence

from cladist.catalog.opened import State
from cladist.rdf import namespaces
from cladist.rdf.formats import RdfFormat

_PREFIXES = ("CLAD", "DCAT", "DCTERMS", "OWL", "RDF", "RDFS", "SKOS", "XSD")


def document(state: State, form: RdfFormat, *, with_derived: bool) -> bytes:
    """The whole state. SKOS mappings have a graph of their own where the format has graphs."""
    from cladist.rdf.derive import derived

    lines = state.lines
    if with_derived:
        lines = sorted({*lines, *derived(lines)})
    return written(state, lines, form)


def written(state: State, lines: Sequence[bytes], form: RdfFormat) -> bytes:
    """Some statements of a state, with the prefixes that its documents have."""
    from cladist.rdf.serialize import serialize

    return serialize(lines, form, prefixes(state))


def prefixes(state: State) -> dict[str, str]:
    """The vocabularies' prefixes, and the slug for the taxonomy's own IRIs."""
    header = state.header
    known = {name.lower(): str(getattr(namespaces, name)) for name in _PREFIXES}
    return {header.slug: header.mint, **known}
