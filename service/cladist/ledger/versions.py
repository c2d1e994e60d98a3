"""Published versions: inserted once, never changed."""

from __future__ import annotations

import hashlib
from dataclasses import asdict

from sqlalchemy import Connection, bindparam, insert, select

from cladist.ledger.events import compact
from cladist.ledger.records import VersionRecord, VersionSummary
from cladist.ledger.tables import taxonomy, version
from cladist.model.errors import InvalidValue, UnknownTaxonomy, UnknownVersion
from cladist.model.version import parse_number

_SUMMARY = (
    version.c.slug,
    version.c.ordinal,
    version.c.number,
    version.c.previous,
    version.c.sha,
    version.c.base_sha,
    version.c.notes,
    version.c.who,
    version.c.at,
)
_HERE = version.c.slug == bindparam("slug")
_ALL = select(*_SUMMARY).where(_HERE).order_by(version.c.ordinal)
_ONE = select(*_SUMMARY, version.c.changes, version.c.extra).where(
    _HERE, version.c.number == bindparam("number")
)
_LAST = select(version.c.ordinal).where(_HERE).order_by(version.c.ordinal.desc()).limit(1)
_INSERT = insert(version)


def insert_version(connection: Connection, new: VersionRecord) -> None:
    """Store a version; InvalidValue when its number is not above the previous one's."""
    number = parse_number(new.number)
    if new.previous is not None and number <= parse_number(new.previous):
        raise InvalidValue("version", f"{new.number} does not follow {new.previous}.")
    connection.execute(_INSERT, asdict(new))


def count(connection: Connection, slug: str) -> int:
    """How many versions a taxonomy has."""
    return connection.scalar(_LAST, {"slug": slug}) or 0


def summaries(connection: Connection, slug: str) -> tuple[VersionSummary, ...]:
    """All versions, oldest first; UnknownTaxonomy when there is no such taxonomy."""
    found = tuple(VersionSummary(*row) for row in connection.execute(_ALL, {"slug": slug}))
    if not found:
        expect_taxonomy(connection, slug)
    return found


def one(connection: Connection, slug: str, number: str) -> VersionRecord:
    """The version with this number; UnknownTaxonomy or UnknownVersion when there is none."""
    row = connection.execute(_ONE, {"slug": slug, "number": number}).one_or_none()
    if row is None:
        expect_taxonomy(connection, slug)
        raise UnknownVersion(slug, number)
    return VersionRecord(*row)


def expect_taxonomy(connection: Connection, slug: str) -> None:
    """UnknownTaxonomy when there is no such taxonomy."""
    known = select(taxonomy.c.slug).where(taxonomy.c.slug == slug)
    if connection.scalar(known) is None:
        raise UnknownTaxonomy(slug)


def seal(record: VersionRecord) -> str:
    """SHA-256 of everything a version says, so that the log vouches for it."""
    return hashlib.sha256(compact(asdict(record)).encode()).hexdigest()


def body(record: VersionRecord, revision: int) -> str:
    """The event of a publication."""
    return compact(
        {
            "revision": revision,
            "number": record.number,
            "previous": record.previous,
            "sha": record.sha,
            "seal": seal(record),
        }
    )
