"""The lines on which things are described, in the formats that have lines."""

from __future__ import annotations

import pytest

from cladist.rdf.lines import places

BASE = "https://example.org/pets"
TURTLE = b"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/pets/> .

:cat a skos:Concept ;
    skos:related :dog .
<dog> a skos:Concept .
<https://example.org/pets/hare>
    a skos:Concept .
"""
XML = b"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="https://example.org/pets/cat">
  </skos:Concept>
</rdf:RDF>
"""
JSON = b"""{
  "@context": {"skos": "http://www.w3.org/2004/02/skos/core#"},
  "@graph": [
    {"@id": "https://example.org/pets/cat", "@type": "skos:Concept"}
  ]
}
"""
LINES = b"""<https://example.org/pets/a> <urn:p> <urn:b> .
<https://example.org/pets/cat> <urn:p> <urn:b> .
"""


@pytest.mark.parametrize(("data", "line"), [(TURTLE, 4), (XML, 4), (JSON, 4), (LINES, 2)])
def test_a_class_is_found_where_it_begins(data: bytes, line: int) -> None:
    assert places(data, BASE)[f"{BASE}/cat"] == line


def test_relative_and_full_ids_are_found() -> None:
    found = places(TURTLE, BASE + "/")
    assert (found[f"{BASE}/dog"], found[f"{BASE}/hare"]) == (6, 7)


def test_what_is_no_text_has_no_lines() -> None:
    assert places(bytes(range(256)), BASE) == {}
