"""Finding what somebody or something changed in the store without going through the ledger."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from cladist.ledger import blobs, drafts, relations, taxonomies, versions
from cladist.ledger.events import GENESIS, chained
from cladist.ledger.records import EventRecord, Fault
from cladist.ledger.tables import blob, event
from cladist.rdf.content import digest, patch, split


def faults(connection: Connection) -> Iterator[Fault]:
    """Every fault of the log, the contents, the versions, the relations and the drafts."""
    yield from _file_faults(connection)
    log = [EventRecord(*row) for row in connection.execute(select(event).order_by(event.c.seq))]
    yield from _log_faults(log)
    yield from _blob_faults(connection)
    histories: dict[str, list[EventRecord]] = defaultdict(list)
    for act in log:
        histories[act.slug].append(act)
    for known in taxonomies.every(connection):
        yield from _history_faults(connection, known.slug, histories[known.slug])


def _file_faults(connection: Connection) -> Iterator[Fault]:
    """What SQLite says of its own file; PostgreSQL checks its pages when it reads them."""
    if connection.dialect.name == "sqlite":
        for (reason,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if reason != "ok":
                yield Fault("file", "", reason)


def _log_faults(log: list[EventRecord]) -> Iterator[Fault]:
    previous = GENESIS
    for number, act in enumerate(log, 1):
        parts = (act.type, act.slug, act.who, act.at, act.body)
        if act.seq != number:
            yield Fault("event", str(number), "it is missing.")
            return
        if act.prev_hash != previous or act.hash != chained(number, previous, parts):
            yield Fault("event", str(number), "it is not what was written.")
            return
        previous = act.hash


def _blob_faults(connection: Connection) -> Iterator[Fault]:
    """Build every content from its base, each base once."""
    below: dict[str | None, list[str]] = defaultdict(list)
    for sha, base_sha in connection.execute(select(blob.c.sha, blob.c.base_sha)):
        below[base_sha].append(sha)
    waiting: list[tuple[str, list[bytes]]] = [(sha, []) for sha in below[None]]
    while waiting:
        sha, base = waiting.pop()
        try:
            lines = _build(connection, sha, base)
        except blobs.UNREADABLE:
            yield Fault("blob", sha, "it cannot be read.")
            continue
        if digest(lines) != sha:
            yield Fault("blob", sha, f"its digest is {digest(lines)}.")
        waiting += [(child, lines) for child in below[sha]]


def _build(connection: Connection, sha: str, base: list[bytes]) -> list[bytes]:
    wanted = select(blob.c.kind, blob.c.payload).where(blob.c.sha == sha)
    kind, payload = connection.execute(wanted).one()
    if kind == "snapshot":
        return split(blobs.unzip(payload))
    return patch(base, blobs.read_delta(payload))


@dataclass(slots=True)
class _Replay:
    """What the log says of one taxonomy: its draft, the seals of its versions and relations."""

    revision: int = -1
    base_sha: str = ""
    base_version: str | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    seals: dict[str, str] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)

    def follow(self, said: dict[str, Any]) -> None:
        """Take in the body of the next event."""
        if "usage" in said:
            return
        if "relation" in said:
            self.related[relations.key(said["relation"])] = said["seal"]
            return
        self.revision = said["revision"]
        self.base_sha = said.get("sha", self.base_sha)
        if "seal" in said:
            self.base_version = said["number"]
            self.seals[said["number"]] = said["seal"]
            self.changes.clear()
        for removed in said.get("removed", ()):
            del self.changes[removed]
        self.changes.update({change["id"]: change for change in said.get("changes", ())})


def _history_faults(
    connection: Connection, slug: str, log: Sequence[EventRecord]
) -> Iterator[Fault]:
    """Where a taxonomy's versions and draft are not what the log says."""
    told = _Replay()
    try:
        for act in log:
            told.follow(json.loads(act.body))
    except (ValueError, KeyError):
        yield Fault("draft", slug, "its log cannot be replayed.")
        return
    yield from _version_faults(connection, slug, told.seals)
    yield from _relation_faults(connection, slug, told.related)
    draft = drafts.whole(connection, slug)
    place = (draft.revision, draft.base_sha, draft.base_version)
    if place != (told.revision, told.base_sha, told.base_version):
        yield Fault("draft", slug, "it does not stand where its log leads.")
    if [json.loads(drafts.as_json(change)) for change in draft.changes] != [*told.changes.values()]:
        yield Fault("draft", slug, "its changes are not those of its log.")


def _version_faults(connection: Connection, slug: str, seals: dict[str, str]) -> Iterator[Fault]:
    found = [version.number for version in versions.summaries(connection, slug)]
    for number in sorted(seals.keys() - found):
        yield Fault("version", f"{slug} {number}", "it is missing.")
    for number in found:
        if seals.get(number) != versions.seal(versions.one(connection, slug, number)):
            yield Fault("version", f"{slug} {number}", "it is not what was published.")


def _relation_faults(connection: Connection, slug: str, seals: dict[str, str]) -> Iterator[Fault]:
    found = {
        relations.key(relations.named(each)): each
        for each in relations.every(connection, slug)
        if each.source_slug == slug
    }
    for key in sorted(seals.keys() - found):
        yield Fault("relation", key, "it is missing.")
    for key, each in found.items():
        if seals.get(key) != relations.seal(relations.one(connection, each)):
            yield Fault("relation", key, "it is not what was stored.")
