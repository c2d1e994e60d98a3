"""The page of Cladist's own RDF terms, from ``ontologies/cladist.ttl``."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.namespace import DCTERMS, NamespaceManager

from cladist import resources
from cladist.rdf.namespaces import CLAD
from docs_pages.markdown import code, page, table

_HEAD = f"""# Vocabulary

Most of what Cladist says in RDF is said in SKOS, Dublin Core terms, DCAT, PROV-O and OWL. What they
have no word for has one here. The namespace is `{CLAD}`, with the prefix `clad:`; the file is
`ontologies/cladist.ttl`.
"""

_KINDS = {
    "Classes": (OWL.Class,),
    "Properties": (OWL.DatatypeProperty, OWL.ObjectProperty, OWL.AnnotationProperty, RDF.Property),
}
_ROWS = {
    "kind of": (RDFS.subClassOf, RDFS.subPropertyOf),
    "said of": (RDFS.domain,),
    "value": (RDFS.range,),
    "example": (SKOS.example,),
    "source": (DCTERMS.source,),
}


def terms() -> list[URIRef]:
    """Every term that the vocabulary defines, by name."""
    graph = _graph()
    found = {each for each in graph.subjects() if isinstance(each, URIRef)}
    return sorted(each for each in found if each.startswith(CLAD) and each != URIRef(CLAD))


def written() -> str:
    """The page in Markdown."""
    graph, left = _graph(), terms()
    parts = []
    for title, kinds in _KINDS.items():
        chosen = [each for each in left if any((each, RDF.type, kind) in graph for kind in kinds)]
        left = [each for each in left if each not in chosen]
        parts += [f"## {title}", *(_entry(graph, each) for each in chosen)]
    return page(_HEAD, *parts, "## Values", *(_entry(graph, each) for each in left))


def _graph() -> Graph:
    return Graph().parse(resources.vocabulary(), format="turtle")


def _entry(graph: Graph, term: URIRef) -> str:
    texts = [*graph.objects(term, SKOS.definition), *graph.objects(term, RDFS.comment)]
    title = f"### clad:{term.removeprefix(CLAD)}"
    label = graph.value(term, RDFS.label)
    rows = table(("", ""), _rows(graph, term))
    return page(title, f"*{label}*", *(str(each) for each in texts), rows).rstrip()


def _rows(graph: Graph, term: URIRef) -> Iterator[tuple[str, str]]:
    names = graph.namespace_manager
    for title, predicates in _ROWS.items():
        found = sorted((each for one in predicates for each in graph.objects(term, one)), key=str)
        if found:
            yield title, ", ".join(_shown(each, names, link=title == "source") for each in found)


def _shown(node: object, names: NamespaceManager, *, link: bool) -> str:
    if not isinstance(node, URIRef):
        return code(node)
    return f"<{node}>" if link else code(names.normalizeUri(node))
