"""Taxonomies put straight into a ledger, as versions that nobody validated."""

from __future__ import annotations

from cladist.ledger import Act, NewVersion, open_ledger
from cladist.model.taxonomy import Taxonomy
from cladist.rdf.content import Delta, digest
from cladist.rdf.writing import content

ACT = Act("benchmark", "2026-01-01T00:00:00.000000Z")
VERSION = "1.0.0"


def publish(store: str, made: Taxonomy) -> str:
    """Publish a taxonomy as version 1.0.0; gives its digest."""
    lines = content(made)
    sha = digest(lines)
    with open_ledger(store) as ledger:
        ledger.create_taxonomy(made.header.slug, made.header.iri, lines, ACT)
        ledger.publish(made.header.slug, 0, NewVersion(VERSION, sha, "", "[]"), Delta(), ACT)
    return sha
