"""The door to the truth: every reading and every writing is one method and one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, select

from cladist.ledger import (
    blobs,
    drafts,
    events,
    idempotency,
    relations,
    taxonomies,
    verification,
    versions,
)
from cladist.ledger.engine import Store
from cladist.ledger.outbox import Outbox
from cladist.ledger.records import (
    Act,
    ChangeRecord,
    DraftHead,
    DraftRecord,
    EventRecord,
    Fault,
    NewRelation,
    NewVersion,
    RelationRecord,
    RelationSummary,
    TaxonomyRecord,
    VersionRecord,
    VersionSummary,
)
from cladist.ledger.tables import epoch
from cladist.ledger.usages import Usages
from cladist.rdf.content import Delta, Lines

Result = TypeVar("Result")


class Ledger:
    """Taxonomies, drafts, versions and the log of how they came to be; safe to use from threads.

    Every write takes an ``Act`` and raises Repeated, carrying the first answer, when the act's
    request was answered before. All methods raise StoreUnavailable when the database fails.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.outbox = Outbox(store)
        self.usages = Usages(store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the database connections back."""
        self._store.close()

    # Writing

    def create_taxonomy(self, slug: str, iri: str, base: Lines, act: Act) -> DraftRecord:
        """A new taxonomy whose draft builds on this content and holds no changes.

        TaxonomyExists when the slug or the IRI is taken.
        """
        content = blobs.snapshot(base)

        def create(connection: Connection) -> DraftRecord:
            blobs.store(connection, content)
            taxonomies.create(connection, slug, iri, content.sha, act)
            body = events.compact({"revision": 0, "iri": iri, "sha": content.sha})
            events.record(connection, "taxonomy.created", slug, body, act)
            return drafts.whole(connection, slug)

        return self._write(act, create)

    def append(
        self, slug: str, expected: int, changes: Sequence[ChangeRecord], act: Act
    ) -> DraftHead:
        """Put changes at the end of the draft; StaleDraft unless it is at revision ``expected``."""
        drafts.check(changes)
        revision = drafts.Revision((), tuple(changes))

        def extend(connection: Connection) -> DraftHead:
            return _revise(connection, slug, expected, revision, act)

        return self._write(act, extend)

    def replace_changes(
        self, slug: str, expected: int, changes: Sequence[ChangeRecord], act: Act
    ) -> DraftHead:
        """Give the draft another list of changes; StaleDraft unless it is at ``expected``."""
        drafts.check(changes)

        def replace(connection: Connection) -> DraftHead:
            revision = drafts.revise(drafts.changes(connection, slug), changes)
            return _revise(connection, slug, expected, revision, act)

        return self._write(act, replace)

    def publish(
        self, slug: str, expected: int, new: NewVersion, content: Delta | Lines, act: Act
    ) -> VersionRecord:
        """Freeze the draft as a version and empty it: its base is now that version's content.

        ``content`` is the version's lines or, much cheaper, the delta from the draft's base to
        them. The digest of a delta's outcome is believed and checked when it is next read.
        StaleDraft unless the draft is at revision ``expected``; ContentMismatch when the lines do
        not have the digest ``new.sha``; InvalidValue when the number is not above the last.
        """
        drafts.check_json("changes", new.changes)
        drafts.check_json("extra", new.extra)
        with self._store.read() as connection:
            idempotency.refuse_repetition(connection, act)
            draft = drafts.head(connection, slug)
            drafts.expect(draft, expected)
            blob = blobs.plan(connection, draft.base_sha, new.sha, content)

        def freeze(connection: Connection) -> VersionRecord:
            blobs.store(connection, blob)
            return _freeze(connection, draft, new, act)

        return self._write(act, freeze)

    def relate(self, new: NewRelation, act: Act) -> RelationRecord:
        """Store what relates two versions; of the same two the relation stored last counts.

        UnknownTaxonomy or UnknownVersion when there is no such end; InvalidValue when the pairs
        are no JSON.
        """
        drafts.check_json("pairs", new.pairs)

        def store(connection: Connection) -> RelationRecord:
            record = relations.store(connection, new, act)
            body = relations.body(record)
            events.record(connection, "relation.stored", record.source_slug, body, act)
            return record

        return self._write(act, store)

    def _write(self, act: Act, work: Callable[[Connection], Result]) -> Result:
        with self._store.write() as connection:
            idempotency.refuse_repetition(connection, act)
            result = work(connection)
            idempotency.remember(connection, act, result)
            return result

    # Reading

    def taxonomies(self) -> tuple[TaxonomyRecord, ...]:
        """All taxonomies by slug."""
        with self._store.read() as connection:
            return taxonomies.every(connection)

    def head(self, slug: str) -> DraftHead:
        """Where the draft stands, without its changes; UnknownTaxonomy when there is none."""
        with self._store.read() as connection:
            return drafts.head(connection, slug)

    def draft(self, slug: str) -> DraftRecord:
        """The draft with its changes in order; UnknownTaxonomy when there is none."""
        with self._store.read() as connection:
            return drafts.whole(connection, slug)

    def versions(self, slug: str) -> tuple[VersionSummary, ...]:
        """The taxonomy's versions, oldest first."""
        with self._store.read() as connection:
            return versions.summaries(connection, slug)

    def version(self, slug: str, number: str) -> VersionRecord:
        """The version with exactly this number; UnknownVersion when there is none."""
        with self._store.read() as connection:
            return versions.one(connection, slug, number)

    def relations(self, slug: str | None = None) -> tuple[RelationSummary, ...]:
        """All relations, or those of one taxonomy; of the same two versions the oldest first."""
        with self._store.read() as connection:
            return relations.every(connection, slug)

    def relation(self, wanted: RelationSummary) -> RelationRecord:
        """A relation with its pairs; NotFound when it is not stored."""
        with self._store.read() as connection:
            return relations.one(connection, wanted)

    def content(self, sha: str) -> list[bytes]:
        """The lines of a content by digest; ContentMismatch when the store damaged them."""
        with self._store.read() as connection:
            parts = blobs.chain(connection, sha)
        return blobs.materialise(parts)

    def delta(self, base_sha: str, sha: str) -> Delta | None:
        """What leads from one content to another, where the store keeps just that."""
        with self._store.read() as connection:
            return blobs.kept_delta(connection, base_sha, sha)

    def remembered(self, key: str, request_hash: str) -> str | None:
        """What was answered under an idempotency key; ReusedKey when to another request."""
        with self._store.read() as connection:
            return idempotency.remembered(connection, key, request_hash)

    def events(
        self, after: int = 0, slug: str | None = None, limit: int = 1000
    ) -> tuple[EventRecord, ...]:
        """Acts later than number ``after``, oldest first, of one taxonomy or of all."""
        with self._store.read() as connection:
            return events.since(connection, after, slug, limit)

    def sequence(self) -> int:
        """The number of the last act of any process: cheap enough to ask at every request."""
        return events.sequence(self._store)

    def epoch(self) -> str:
        """A token that names this history, given when the ledger was made."""
        with self._store.read() as connection:
            last = select(epoch.c.token).order_by(epoch.c.number.desc()).limit(1)
            token: str = connection.execute(last).scalar_one()
            return token

    def verify(self) -> tuple[Fault, ...]:
        """Everything that is not as it was written; reads and builds all that is stored."""
        with self._store.read() as connection:
            return tuple(verification.faults(connection))


def _revise(
    connection: Connection, slug: str, expected: int, revision: drafts.Revision, act: Act
) -> DraftHead:
    number = drafts.advance(connection, slug, expected)
    drafts.rewrite(connection, slug, revision)
    events.record(connection, "draft.changed", slug, revision.body(number), act)
    return drafts.head(connection, slug)


def _freeze(connection: Connection, draft: DraftHead, new: NewVersion, act: Act) -> VersionRecord:
    record = VersionRecord(
        slug=draft.slug,
        ordinal=versions.count(connection, draft.slug) + 1,
        number=new.number,
        previous=draft.base_version,
        sha=new.sha,
        base_sha=draft.base_sha,
        notes=new.notes,
        who=act.who,
        at=act.at,
        changes=new.changes,
        extra=new.extra,
    )
    revision = drafts.rebase(connection, record, draft.revision)
    versions.insert_version(connection, record)
    body = versions.body(record, revision)
    events.record(connection, "version.published", draft.slug, body, act)
    return record
