"""What JSON-LD needs around pyoxigraph's parser: nothing is lost without a word.

JSON-LD lets a processor skip values that are no legal RDF, and keys that no context explains. So a
document is read twice, strictly for its statements and leniently for what the first left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

import pyoxigraph as ox

from cladist.model.errors import InvalidValue, UnreadableInput
from cladist.rdf.screening import Notice

# Stands in for a missing base, so that relative IRIs are seen instead of skipped.
NO_BASE = "cladist-relative:/"
_REMOTE = "No LoadDocumentCallback"
_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph


def reason(message: str) -> str:
    """The parser's message, or one for people when the document asks for another document."""
    if _REMOTE in message:
        return "JSON-LD with a remote @context or @import is not accepted; put the context inside."
    return message


def check_base(text: bytes) -> None:
    """Refuse relative IRIs, which show as IRIs under ``NO_BASE``."""
    start = text.find(b"<" + NO_BASE.encode())
    if start >= 0:
        iri = text[start + 1 + len(NO_BASE) : text.index(b">", start)].decode()
        raise UnreadableInput(f"“{iri}” is a relative IRI and the document names no base.")


def skipped(data: bytes, base: str, statements: int, most: int) -> list[Notice]:
    """What a strict reading that gave ``statements`` statements left out.

    Keys without a meaning are noticed; IRIs and language tags that are none are refused.
    """
    lenient = ox.parse(data, ox.RdfFormat.JSON_LD, base_iri=base, lenient=True)
    missing = sum(1 for _ in islice(lenient, most)) - statements
    if missing <= 0:
        return []
    lenient = ox.parse(data, ox.RdfFormat.JSON_LD, base_iri=base, lenient=True)
    ignored: Counter[str] = Counter()
    for quad in islice(lenient, most):
        key = quad.predicate.value
        if ":" not in key:
            ignored[key] += 1
        else:
            _check((quad.subject, quad.predicate, quad.object, quad.graph_name))
    if not ignored:
        return [Notice("skipped", "JSON-LD's rules leave statements out.", missing)]
    keys = ", ".join(key[:80] for key in sorted(ignored)[:20])
    message = f"No context says what these keys mean, so they were skipped: {keys}."
    return [Notice("ignored-keys", message, ignored.total())]


def _check(terms: Iterable[_Term]) -> None:
    for term in terms:
        if isinstance(term, ox.NamedNode):
            _try_iri(term.value)
        elif isinstance(term, ox.BlankNode):
            _try_blank_node(term.value)
        elif isinstance(term, ox.Literal):
            _try_iri(term.datatype.value)
            _try_language(term.language)


def _try_iri(value: str) -> None:
    try:
        ox.NamedNode(value)
    except ValueError as error:
        raise InvalidValue(f"“{value}”", f"is not an absolute IRI ({error}).") from None


def _try_blank_node(value: str) -> None:
    try:
        ox.BlankNode(value)
    except ValueError:
        raise InvalidValue(f"“_:{value}”", "is not a blank node's name.") from None


def _try_language(value: str | None) -> None:
    try:
        ox.Literal("", language=value)
    except ValueError as error:
        raise InvalidValue(f"“{value}”", f"is not a language tag ({error}).") from None
