"""What people call a class: its label, and one way down to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from rdflib import RDF, SKOS, Graph, Literal, URIRef

from cladist.rdf.namespaces import CLAD, DCTERMS, RDFS
from cladist.validation.report import Named

_LONGEST = 6
"""Labels of a path that are shown; a chain may be thousands long."""

_LABELS = tuple(
    URIRef(iri)
    for iri in (SKOS.prefLabel, f"{DCTERMS}title", f"{CLAD}role", f"{RDFS}label", SKOS.altLabel)
)


class Names:
    """The labels of one graph, preferably in the taxonomy's default language."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._labels: dict[str, str] = {}

    @cached_property
    def _language(self) -> str:
        wanted = map(str, self._graph.objects(None, URIRef(f"{CLAD}defaultLanguage")))
        return min(wanted, default="en").lower()

    def known(self, iri: str) -> bool:
        """Whether the content says anything about it."""
        return (URIRef(iri), None, None) in self._graph

    def is_class(self, iri: str) -> bool:
        """Whether it is a class."""
        return (URIRef(iri), RDF.type, SKOS.Concept) in self._graph

    def of(self, iri: str) -> Named:
        """Its names; those of something unlabelled are its IRI."""
        way = [self._label(each) for each in self._upward(iri)]
        if len(way) > _LONGEST:
            way[_LONGEST:] = ["…"]
        return Named(iri, way[0], tuple(reversed(way)))

    def text(self, iri: str) -> str:
        """A phrase for a message."""
        return str(self.of(iri)) if self.known(iri) else f"<{iri}>"

    def _upward(self, iri: str) -> Iterator[str]:
        """The class, its first parent by id, and so on, no further than can be shown."""
        seen = {iri}
        yield iri
        while len(seen) <= _LONGEST:
            parents = sorted(
                str(each)
                for each in self._graph.objects(URIRef(iri), SKOS.broader)
                if isinstance(each, URIRef) and str(each) not in seen and self.is_class(each)
            )
            if not parents:
                return
            iri = parents[0]
            seen.add(iri)
            yield iri

    def _label(self, iri: str) -> str:
        if iri not in self._labels:
            self._labels[iri] = self._find_label(iri)
        return self._labels[iri]

    def _find_label(self, iri: str) -> str:
        for predicate in _LABELS:
            labels = self._graph.objects(URIRef(iri), predicate)
            found = [each for each in labels if isinstance(each, Literal) and str(each).strip()]
            if found:
                return str(min(found, key=self._preference))
        return iri

    def _preference(self, label: Literal) -> tuple[bool, str, str]:
        language = (label.language or "").lower()
        return language != self._language, language, str(label)
