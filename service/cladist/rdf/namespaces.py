"""The namespaces in which our model words become RDF words, as plain strings.

Write a term as ``f"{SKOS}broader"``. No RDF library is imported here, so naming a term is free.
"""

from __future__ import annotations

from typing import Final

CLAD: Final = "https://w3id.org/cladist/ns#"
RULES: Final = "https://w3id.org/cladist/rules#"

DCAT: Final = "http://www.w3.org/ns/dcat#"
DC: Final = "http://purl.org/dc/elements/1.1/"
DCTERMS: Final = "http://purl.org/dc/terms/"
OBO: Final = "http://purl.obolibrary.org/obo/"
OIO: Final = "http://www.geneontology.org/formats/oboInOwl#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
PROV: Final = "http://www.w3.org/ns/prov#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SKOSXL: Final = "http://www.w3.org/2008/05/skos-xl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

MAPPINGS: Final = "/mappings"
"""What follows a taxonomy's IRI in the name of the graph that holds its SKOS mappings (S41)."""
