"""Relations between versions of different taxonomies: stored once, never changed, counted up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import Connection, bindparam, func, insert, or_, select

from cladist.ledger import versions
from cladist.ledger.events import compact
from cladist.ledger.records import Act, NewRelation, RelationRecord, RelationSummary
from cladist.ledger.tables import relation
from cladist.model.errors import NotFound, UnknownVersion

_ENDS = ("source_slug", "source_number", "target_slug", "target_number")
_SAME = tuple(relation.c[name] == bindparam(name) for name in _ENDS)
_LAST = select(func.max(relation.c.revision)).where(*_SAME)
_ONE = select(relation).where(*_SAME, relation.c.revision == bindparam("revision"))
_SUMMARY = select(*(each for each in relation.c if each is not relation.c.pairs)).order_by(
    *(relation.c[name] for name in _ENDS), relation.c.revision
)
_INSERT = insert(relation)


def store(connection: Connection, new: NewRelation, act: Act) -> RelationRecord:
    """Store a relation as the next revision; UnknownTaxonomy or UnknownVersion for a strange end.

    The connection must be the one writer's, so that revisions are counted without gaps.
    """
    _expect(connection, new.source_slug, new.source_number)
    _expect(connection, new.target_slug, new.target_number)
    said = asdict(new)
    record = RelationRecord(
        **said,
        revision=(connection.scalar(_LAST, {name: said[name] for name in _ENDS}) or 0) + 1,
        sha=hashlib.sha256(new.pairs.encode()).hexdigest(),
        who=act.who,
        at=act.at,
    )
    connection.execute(_INSERT, asdict(record))
    return record


def _expect(connection: Connection, slug: str, number: str) -> None:
    if number not in {each.number for each in versions.summaries(connection, slug)}:
        raise UnknownVersion(slug, number)


def every(connection: Connection, slug: str | None = None) -> tuple[RelationSummary, ...]:
    """All relations, or those at whose source or target a taxonomy is, each pair's oldest first."""
    wanted = _SUMMARY
    if slug is not None:
        wanted = wanted.where(or_(relation.c.source_slug == slug, relation.c.target_slug == slug))
    return tuple(RelationSummary(**row) for row in connection.execute(wanted).mappings())


def one(connection: Connection, wanted: RelationSummary) -> RelationRecord:
    """A relation with its pairs; NotFound when it is not stored."""
    row = connection.execute(_ONE, named(wanted)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"There is no relation {key(named(wanted))}.")
    return RelationRecord(**row)


def named(record: RelationSummary) -> dict[str, str | int]:
    """By what a relation is known: both versions, and which revision it is."""
    return {name: getattr(record, name) for name in (*_ENDS, "revision")}


def key(name: Mapping[str, object]) -> str:
    """The same in one line."""
    return " ".join(map(str, name.values()))


def seal(record: RelationRecord) -> str:
    """SHA-256 of everything a relation says, so that the log vouches for it."""
    return hashlib.sha256(compact(asdict(record)).encode()).hexdigest()


def body(record: RelationRecord) -> str:
    """The event of a relation that was stored; it stands in the log of the source's taxonomy."""
    return compact({"relation": named(record), "seal": seal(record)})
