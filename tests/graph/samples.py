"""A small content with everything that the projection keeps apart."""

from __future__ import annotations

from cladist.model.taxonomy import (
    Class,
    Header,
    Match,
    Retirement,
    Statement,
    Taxonomy,
    Text,
)
from cladist.rdf.content import digest
from cladist.rdf.namespaces import XSD
from cladist.rdf.writing import content

IRI = "https://example.org/animals"
ANIMAL, DOG, GONE = f"{IRI}/c1", f"{IRI}/c2", f"{IRI}/c3"
ELSEWHERE = "https://example.org/other/dog"

_CLASSES = (
    Class(id=ANIMAL, code=1, preferred=(Text("animal", "en"),)),
    Class(
        id=DOG,
        code=2,
        preferred=(Text("dog", "en"),),
        parents=(ANIMAL, "https://example.org/other/pet"),
        matches=(Match("exactMatch", ELSEWHERE),),
        extra=(
            Statement("https://example.org/legs", f'"04"^^<{XSD}integer>'),
            Statement("https://example.org/legs", f'"4"^^<{XSD}integer>'),
            Statement(
                "https://example.org/said", '" <http://www.w3.org/2004/02/skos/core#broader> "'
            ),
        ),
    ),
    Class(id=GONE, code=3, preferred=(Text("unicorn", "en"),), retirement=Retirement()),
)
LINES = content(Taxonomy(Header(iri=IRI, slug="animals"), {each.id: each for each in _CLASSES}))
SHA = digest(LINES)


def versions(count: int) -> dict[str, list[bytes]]:
    """Contents by hash, each with one more statement than the one before."""
    made: dict[str, list[bytes]] = {}
    lines = LINES
    for number in range(count):
        lines = sorted([*lines, f"<{DOG}> <https://example.org/n> <urn:n:{number}> .\n".encode()])
        made[digest(lines)] = lines
    return made
