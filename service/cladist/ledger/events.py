"""The log of all acts: an outbox that others follow and an audit trail that shows tampering.

Events are numbered from 1 without gaps. The hash of one is the SHA-256 of the compact JSON array
``[seq, prev_hash, type, slug, who, at, body]`` in UTF-8, ``prev_hash`` that of the event before
it, 64 zeros for the first. Bodies are JSON objects.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from sqlalchemy import Connection, func, insert, select

from cladist.ledger.engine import Store
from cladist.ledger.records import Act, EventRecord
from cladist.ledger.tables import event

GENESIS = "0" * 64

_LAST = select(event.c.seq, event.c.hash).order_by(event.c.seq.desc()).limit(1)
_INSERT = insert(event)


def compact(value: object) -> str:
    """The one JSON text that the ledger writes for a value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def chained(seq: int, prev_hash: str, parts: tuple[str, str, str, str, str]) -> str:
    """The hash of an event; ``parts`` are its type, slug, who, at and body."""
    return hashlib.sha256(compact([seq, prev_hash, *parts]).encode()).hexdigest()


def record(connection: Connection, kind: str, slug: str, body: str, act: Act) -> EventRecord:
    """Write the next event; the connection must be the one writer's."""
    seq, prev_hash = connection.execute(_LAST).one_or_none() or (0, GENESIS)
    parts = (act.event or kind, slug, act.who, act.at, body)
    new = EventRecord(seq + 1, *parts, prev_hash, chained(seq + 1, prev_hash, parts))
    connection.execute(_INSERT, asdict(new))
    return new


def since(
    connection: Connection, after: int, slug: str | None, limit: int
) -> tuple[EventRecord, ...]:
    """The events after number ``after``, oldest first."""
    wanted = select(event).where(event.c.seq > after).order_by(event.c.seq).limit(limit)
    if slug is not None:
        wanted = wanted.where(event.c.slug == slug)
    return tuple(EventRecord(*row) for row in connection.execute(wanted))


def sequence(store: Store) -> int:
    """The number of the last event, 0 before the first."""
    number = store.glance("SELECT max(seq) FROM event")
    if number is None:
        with store.read() as connection:
            number = connection.scalar(select(func.max(event.c.seq)))
    return number or 0
