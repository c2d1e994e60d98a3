"""The values that go into the ledger and come out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


def instant(moment: datetime) -> str:
    """A time as the ledger keeps it: ISO 8601 in UTC with microseconds and a ``Z``."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Idempotency:
    """How a repeated request is known, and the answer that its repetition gets.

    ``response`` is a text or makes one of what the write returns; it is kept in the transaction
    of the write itself.
    """

    key: str
    request_hash: str
    response: str | Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Act:
    """Who writes and when, as an ``instant``.

    ``event`` names the act in the log when its usual name (``draft.changed``, …) says too little.
    """

    who: str
    at: str
    event: str | None = None
    request: Idempotency | None = None


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One change of a draft: ``body`` is a JSON text, ``evidence`` another or none."""

    id: str
    body: str
    who: str
    at: str
    why: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class TaxonomyRecord:
    """A taxonomy; ``latest`` is the number of its last version, if any."""

    slug: str
    iri: str
    who: str
    at: str
    revision: int
    latest: str | None


@dataclass(frozen=True, slots=True)
class DraftHead:
    """Where a draft stands: its revision, the content it builds on, how many changes it holds.

    ``base_version`` is the number of the version whose content the base is; None before the
    first one.
    """

    slug: str
    iri: str
    revision: int
    base_sha: str
    base_version: str | None
    length: int


@dataclass(frozen=True, slots=True)
class DraftRecord(DraftHead):
    """A draft with its changes in order."""

    changes: tuple[ChangeRecord, ...]


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What a publisher says of a version: ``number`` MAJOR.MINOR.PATCH, ``sha`` of its content.

    ``changes`` and ``extra`` are JSON texts kept word for word. They are stored whole with every
    version, so ``extra`` should hold what the version changed, not what it contains.
    """

    number: str
    sha: str
    notes: str
    changes: str
    extra: str = "{}"


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """A published version as lists show it; ``ordinal`` counts a taxonomy's versions from 1."""

    slug: str
    ordinal: int
    number: str
    previous: str | None
    sha: str
    base_sha: str
    notes: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class VersionRecord(VersionSummary):
    """A published version with the JSON texts that were frozen with it."""

    changes: str
    extra: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRelation:
    """What somebody says that relates two published versions of different taxonomies.

    ``pairs`` is a JSON text kept word for word. ``title``, ``license`` and ``origin`` are those of
    the table that says it.
    """

    source_slug: str
    source_number: str
    target_slug: str
    target_number: str
    pairs: str
    title: str = ""
    license: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationSummary:
    """A stored relation as lists show it.

    ``revision`` counts those of the same two versions from 1, the last one counts; ``sha`` is that
    of its pairs.
    """

    source_slug: str
    source_number: str
    target_slug: str
    target_number: str
    revision: int
    sha: str
    title: str
    license: str
    origin: str
    who: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRecord(RelationSummary):
    """A stored relation with its pairs."""

    pairs: str


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One act in the ledger's log; ``hash`` covers it and, by ``prev_hash``, all before it."""

    seq: int
    type: str
    slug: str
    who: str
    at: str
    body: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A URL that is told of every version of a taxonomy.

    ``after`` is the number of the last event that it was told of or is being told of. ``secret``
    signs what is sent there.
    """

    id: str
    slug: str
    url: str
    description: str
    secret: str
    active: bool
    after: int
    who: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An event on its way to a webhook, or a ping, whose ``seq`` is 0.

    ``status`` is pending, delivered or failed; ``tries`` counts since it was last asked for,
    ``attempts`` is a JSON array of all. A pending one is tried when it is ``due``; whoever tries
    moves that ahead first, so that nobody else does. ``ended`` is empty while it is pending.
    """

    id: str
    webhook: str
    seq: int
    type: str
    status: str
    tries: int
    attempts: str
    due: str
    at: str
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """A dataset, model or labeling project that uses a version.

    ``counts`` is a JSON object of class id to number of labels, or empty where it is not known.
    ``asks`` says that it wants to be asked before a version is published that hits it,
    ``acknowledged`` is a mark of what it agreed to.
    """

    slug: str
    name: str
    kind: str
    version: str
    counts: str
    contact: str
    url: str
    note: str
    acknowledged: str
    who: str
    at: str
    asks: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written.

    ``kind`` is file, event, blob, version, relation or draft.
    """

    kind: str
    key: str
    reason: str


class Repeated(Exception):
    """The request was answered before; ``response`` is what was answered. No refusal."""

    def __init__(self, response: str) -> None:
        super().__init__("The request was answered before.")
        self.response = response
