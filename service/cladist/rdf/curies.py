"""IRIs as CURIEs, and back: a prefix for every IRI, whatever its last part is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from cladist.rdf.namespaces import DCTERMS, OIO, OWL, PROV, RDF, RDFS, SKOS, XSD

LINKML: Final = "https://w3id.org/linkml/"
PAV: Final = "http://purl.org/pav/"
SEMAPV: Final = "https://w3id.org/semapv/vocab/"
SSSOM: Final = "https://w3id.org/sssom/"

BUILT_IN: Final[Mapping[str, str]] = {
    "dcterms": DCTERMS,
    "linkml": LINKML,
    "oboInOwl": OIO,
    "owl": OWL,
    "pav": PAV,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "semapv": SEMAPV,
    "skos": SKOS,
    "sssom": SSSOM,
    "xsd": XSD,
}
"""The prefixes that SSSOM knows without a declaration."""

# What a CURIE may hold after its colon, on the strict side: ASCII of RFC 3986's path and query.
_LOCAL = re.compile(r"(?:[\w.~!$&'()*+,;=@/?-]|%[0-9A-Fa-f]{2})+", re.ASCII)
_SAFE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"


def prefixes_of(iris: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Prefixes and namespaces for these IRIs, except those whose namespace is known."""
    found = dict.fromkeys(parted(each)[0] for each in iris)
    own = [each for each in found if each not in known.values()]
    return {f"ns{place}": namespace for place, namespace in enumerate(own, 1)}


def contracted(iri: str, namespaces: Mapping[str, str]) -> str:
    """The CURIE of an IRI, by the prefixes of its namespaces."""
    namespace, local = parted(iri)
    return f"{namespaces[namespace]}:{local}"


def parted(iri: str) -> tuple[str, str]:
    """The namespace of an IRI and its last part, which any reader of CURIEs takes.

    An IRI that ends in characters that a CURIE cannot hold is its own namespace.
    """
    end = max(iri.rfind(mark, 0, -1) for mark in "/#:") + 1
    if _LOCAL.fullmatch(iri, end):
        return iri[:end], iri[end:]
    namespace = iri.rstrip(_SAFE)
    return namespace, iri[len(namespace) :]


def expanded(curie: str, prefixes: Mapping[str, str]) -> str | None:
    """The IRI that a CURIE or an http, https or urn IRI stands for; None for any other text."""
    prefix, colon, local = curie.partition(":")
    if colon and prefix in prefixes:
        return prefixes[prefix] + local
    return curie if prefix.lower() in ("http", "https", "urn") and local else None
