"""The taxonomies that the ledger knows, by slug and by IRI."""

from __future__ import annotations

from sqlalchemy import Connection, insert, or_, select

from cladist.ledger.records import Act, TaxonomyRecord
from cladist.ledger.tables import draft, taxonomy
from cladist.model.errors import TaxonomyExists


def create(connection: Connection, slug: str, iri: str, base_sha: str, act: Act) -> None:
    """Insert a taxonomy and its draft; TaxonomyExists when the slug or the IRI is taken."""
    taken = select(taxonomy.c.slug).where(or_(taxonomy.c.slug == slug, taxonomy.c.iri == iri))
    holder = connection.scalars(taken.limit(1)).first()
    if holder is not None:
        raise TaxonomyExists(holder)
    connection.execute(insert(taxonomy).values(slug=slug, iri=iri, who=act.who, at=act.at))
    connection.execute(insert(draft).values(slug=slug, revision=0, base_sha=base_sha))


def every(connection: Connection) -> tuple[TaxonomyRecord, ...]:
    """All taxonomies by slug."""
    place = (draft.c.revision, draft.c.base_version)
    rows = connection.execute(select(taxonomy, *place).join(draft))
    return tuple(sorted((TaxonomyRecord(*row) for row in rows), key=lambda found: found.slug))
