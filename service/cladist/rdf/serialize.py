"""Content written out in the RDF formats people ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cladist.model.errors import InvalidValue
from cladist.rdf.formats import RdfFormat

_PREFIX = re.compile(r"(?:[A-Za-z](?:[\w.-]*[\w-])?)?", re.ASCII)
# Names that RDF/XML keeps for itself or that pyoxigraph's writer uses for something else.
_RESERVED = re.compile(r"xml.*|rdf|its|oxprefix", re.IGNORECASE)
_NAMELESS = re.compile(rb"<[\w.-]+:[ >]")
_TYPED = re.compile(
    rb'^\t<([\w.-]+):(?: xmlns:[\w.-]+="([^"]*)")?( rdf:about="[^"]*">)$', re.MULTILINE
)
_TYPED_END = re.compile(rb"^\t</[\w.-]+:>$", re.MULTILINE)


def serialize(lines: Iterable[bytes], format: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    """Canonical N-Quads lines in another format, UTF-8.

    Formats without named graphs get the statements of all graphs together. Raises InvalidValue
    when RDF/XML has no way to write a predicate.
    """
    text = b"".join(lines)
    if format is RdfFormat.N_QUADS:
        return text
    return _convert(text, format, _usable(prefixes, format))


def _convert(text: bytes, format: RdfFormat, prefixes: dict[str, str]) -> bytes:
    import pyoxigraph as ox

    quads = ox.parse(text, ox.RdfFormat.N_QUADS)
    items = quads if format.graphs else (quad.triple for quad in quads)
    try:
        result = ox.serialize(items, format=format.pyoxigraph, prefixes=prefixes)
    except OSError as error:
        raise InvalidValue("predicate", str(error)) from None
    assert result is not None  # it is when no output is named
    return _checked_xml(result, prefixes) if format is RdfFormat.RDF_XML else result


def _usable(prefixes: Mapping[str, str], format: RdfFormat) -> dict[str, str]:
    """The prefixes that the format can hold; documents may declare odd ones."""
    from pyoxigraph import NamedNode

    result: dict[str, str] = {}
    for prefix, iri in prefixes.items():
        reserved = format is RdfFormat.RDF_XML and _RESERVED.fullmatch(prefix)
        if _PREFIX.fullmatch(prefix) and not reserved:
            try:
                result[prefix] = NamedNode(iri).value
            except ValueError:
                continue
    return result


def _checked_xml(text: bytes, prefixes: dict[str, str]) -> bytes:
    """RDF/XML as other parsers read it too.

    A bare carriage return would be read as a line feed (XML 1.0, section 2.11). An element without
    a local name is not well formed: a type such as ``urn:x:1`` becomes a property, but a predicate
    cannot be written at all.
    """
    if _NAMELESS.search(text):

        def described(found: re.Match[bytes]) -> bytes:
            kind = found[2] or prefixes[found[1].decode()].replace("&", "&amp;").encode()
            return b'\t<rdf:Description%b\n\t\t<rdf:type rdf:resource="%b"/>' % (found[3], kind)

        text = _TYPED_END.sub(b"\t</rdf:Description>", _TYPED.sub(described, text))
    found = _NAMELESS.search(text)
    if found:
        element = text[found.start() + 1 : text.index(b">", found.start())].decode()
        raise InvalidValue("predicate", f"RDF/XML has no way to write <{element}>.")
    return text.replace(b"\r", b"&#13;")
