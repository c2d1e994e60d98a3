"""The working state of each taxonomy: a revision, the content it builds on, changes in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Update, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from cladist.ledger.events import compact
from cladist.ledger.records import ChangeRecord, DraftHead, DraftRecord, VersionRecord
from cladist.ledger.tables import draft, draft_change, taxonomy
from cladist.model.errors import InvalidValue, StaleDraft, UnknownTaxonomy

_HERE = draft_change.c.slug == bindparam("here")
_FIELDS = tuple(draft_change.c[name] for name in ("id", "body", "who", "at", "why", "evidence"))
_CHANGES = select(*_FIELDS).where(_HERE).order_by(draft_change.c.position)
_LAST = select(func.max(draft_change.c.position)).where(_HERE)
_REMOVE = delete(draft_change).where(_HERE, draft_change.c.id == bindparam("removed"))
_INSERT = insert(draft_change)
_CLEAR = delete(draft_change).where(_HERE)

_LENGTH = select(func.count()).where(draft_change.c.slug == taxonomy.c.slug).scalar_subquery()
_PLACE = (draft.c.revision, draft.c.base_sha, draft.c.base_version, _LENGTH)
_HEAD = (
    select(taxonomy.c.slug, taxonomy.c.iri, *_PLACE)
    .join(draft)
    .where(taxonomy.c.slug == bindparam("here"))
)

_SWAP = (
    update(draft)
    .where(draft.c.slug == bindparam("here"), draft.c.revision == bindparam("expected"))
    .values(revision=draft.c.revision + 1)
)
_REBASE = _SWAP.values(base_sha=bindparam("sha"), base_version=bindparam("number"))


@dataclass(frozen=True, slots=True)
class Revision:
    """How a list of changes became another: some removed, others put at the end."""

    removed: tuple[str, ...]
    appended: tuple[ChangeRecord, ...]

    def body(self, revision: int) -> str:
        """The revision as the body of an event, from which the list can be replayed."""
        changes = ",".join(map(as_json, self.appended))
        removed = compact(self.removed)
        return f'{{"revision":{revision},"removed":{removed},"changes":[{changes}]}}'


def revise(old: Sequence[ChangeRecord], new: Sequence[ChangeRecord]) -> Revision:
    """What leads from one list of changes to another."""
    kept: set[str] = set()
    wanted = iter(new)
    following = next(wanted, None)
    for change in old:
        if change == following:
            kept.add(change.id)
            following = next(wanted, None)
    removed = tuple(change.id for change in old if change.id not in kept)
    return Revision(removed, tuple(new[len(kept) :]))


def as_json(change: ChangeRecord) -> str:
    """A change as JSON, its body and evidence as the texts they came as."""
    start = compact({"id": change.id, "who": change.who, "at": change.at, "why": change.why})
    evidence = change.evidence or "null"
    return f'{start[:-1]},"evidence":{evidence},"body":{change.body}}}'


def check(changes: Sequence[ChangeRecord]) -> None:
    """InvalidValue when ids come twice or a text is not JSON."""
    if len({change.id for change in changes}) != len(changes):
        raise InvalidValue("change", "two changes have the same id.")
    for change in changes:
        for text in filter(None, (change.body, change.evidence)):
            check_json(f"change {change.id}", text)


def check_json(field: str, text: str) -> None:
    """InvalidValue when the text is not one JSON value."""
    try:
        json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidValue(field, f"it is not JSON: {error}") from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def head(connection: Connection, slug: str) -> DraftHead:
    """Where the draft stands; UnknownTaxonomy when there is none."""
    row = connection.execute(_HEAD, {"here": slug}).one_or_none()
    if row is None:
        raise UnknownTaxonomy(slug)
    return DraftHead(*row)


def whole(connection: Connection, slug: str) -> DraftRecord:
    """The draft with its changes."""
    return DraftRecord(**asdict(head(connection, slug)), changes=changes(connection, slug))


def changes(connection: Connection, slug: str) -> tuple[ChangeRecord, ...]:
    """The draft's changes in order."""
    return tuple(ChangeRecord(*row) for row in connection.execute(_CHANGES, {"here": slug}))


def advance(connection: Connection, slug: str, expected: int) -> int:
    """Move the draft to its next revision, comparing and swapping in one statement.

    StaleDraft when the draft is not at the expected revision.
    """
    return _swap(connection, _SWAP, {"here": slug, "expected": expected})


def rebase(connection: Connection, published: VersionRecord, expected: int) -> int:
    """Move the draft to its next revision, empty, on a version; StaleDraft as ``advance``."""
    place = {"here": published.slug, "expected": expected}
    base = {"sha": published.sha, "number": published.number}
    revision = _swap(connection, _REBASE, {**place, **base})
    connection.execute(_CLEAR, {"here": published.slug})
    return revision


def _swap(connection: Connection, swap: Update, values: dict[str, Any]) -> int:
    expected: int = values["expected"]
    if connection.execute(swap, values).rowcount != 1:
        raise StaleDraft(expected, head(connection, values["here"]).revision)
    return expected + 1


def expect(found: DraftHead, expected: int) -> None:
    """StaleDraft when the draft is not at the expected revision."""
    if found.revision != expected:
        raise StaleDraft(expected, found.revision)


def rewrite(connection: Connection, slug: str, revision: Revision) -> None:
    """Take changes out of the draft and put others at its end."""
    if revision.removed:
        leaving = [{"here": slug, "removed": change} for change in revision.removed]
        connection.execute(_REMOVE, leaving)
    if not revision.appended:
        return
    last = connection.scalar(_LAST, {"here": slug}) or 0
    rows = [
        {"slug": slug, "position": position, **asdict(change)}
        for position, change in enumerate(revision.appended, last + 1)
    ]
    try:
        connection.execute(_INSERT, rows)
    except IntegrityError as error:
        raise InvalidValue("change", "the draft has a change with the same id.") from error
