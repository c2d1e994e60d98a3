"""Where in a file something is described, so that a report can point at the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

_PREFIX = re.compile(r"@?prefix\s+([\w.-]*):\s*<([^>]*)>|xmlns:([\w.-]+)\s*=\s*\"([^\"]*)\"", re.I)
_BEGIN = re.compile(
    r"^\s*(?:<(?P<iri>[^<>\s]*)>|(?P<prefix>[\w.-]*):(?P<name>[^\s;,\"<>()\[\]]+))(?=\s|$)"
    r"|\brdf:(?:about|ID|nodeID)\s*=\s*[\"'](?P<about>[^\"']*)[\"']"
    r"|\"@id\"\s*:\s*\"(?P<id>[^\"]*)\""
)


def places(data: bytes, base: str) -> Mapping[str, int]:
    """The first line, from 1, on which each IRI begins a statement, as far as lines show it.

    Reads Turtle, TriG, N-Triples, N-Quads, RDF/XML and JSON-LD as their writers lay them out; it is
    no parser, and of a file in one line it knows that line alone.
    """
    text = data.decode("utf-8", "replace")
    prefixes = {
        (name or xml): urljoin(base, iri or space)
        for name, iri, xml, space in _PREFIX.findall(text)
    }
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        begun = _BEGIN.search(line)
        if begun is not None:
            iri = _iri(begun, prefixes, base)
            if iri:
                found.setdefault(iri, number)
    return found


def _iri(begun: re.Match[str], prefixes: Mapping[str, str], base: str) -> str:
    told = begun.groupdict()
    if told["name"] is not None:
        space = prefixes.get(told["prefix"])
        return "" if space is None else space + told["name"].rstrip(".").replace("\\", "")
    candidates: list[str | None] = [told["iri"], told["about"], told["id"], ""]
    given = next(each for each in candidates if each is not None)
    prefix, colon, name = given.partition(":")
    if colon and prefix in prefixes and not name.startswith("//"):
        return prefixes[prefix] + name  # compact IRIs of JSON-LD
    return urljoin(base, given)
