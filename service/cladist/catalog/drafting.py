"""Editing a draft: changes are completed, planned, weighed and put behind the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cladist.catalog.opened import OpenDraft
from cladist.catalog.publishing import notes_of
from cladist.catalog.values import Author, Draft, Recorded
from cladist.ledger.records import ChangeRecord
from cladist.model.bump import judge
from cladist.model.change.effect import Effect
from cladist.model.change.kinds import Change
from cladist.model.change.planning import Working, plan
from cladist.model.change.references import Mint, complete
from cladist.model.errors import (
    CladistError,
    DependentChanges,
    InvalidChange,
    StaleDraft,
    UnknownChange,
)
from cladist.model.version import Number, next_number, parse_number
from cladist.wire import change_text


def expect(draft: OpenDraft, expected: int) -> None:
    """Refuse to go on with a draft that is not at the revision the caller read."""
    if draft.revision != expected:
        raise StaleDraft(expected, draft.revision)


def extend(
    draft: OpenDraft, changes: Sequence[tuple[Change, Author]], at: str, mint: Mint
) -> tuple[OpenDraft, tuple[Recorded, ...]]:
    """The draft after further changes, each with who made it, why and on what evidence.

    The error of a change that is refused says its position in the batch, from 0.
    """
    working = Working(draft.taxonomy)
    recorded = []
    for position, (change, author) in enumerate(changes):
        try:
            recorded.append(_record(working, change, author, at, mint))
        except CladistError as error:
            error.position = position
            raise
    return _with(draft, working, recorded), tuple(recorded)


def _record(working: Working, change: Change, author: Author, at: str, mint: Mint) -> Recorded:
    completed = complete(working, change, mint)
    effect = plan(working, completed)
    if not effect:
        raise InvalidChange("The change changes nothing.")
    reason = judge(working, completed, effect)
    working.carry_out(effect)
    record = ChangeRecord(
        id=mint(),
        body=change_text(completed),
        who=author.who,
        at=at,
        why=author.why or None,
        evidence=author.evidence or None,
    )
    return Recorded(record, completed, effect, reason)


def _with(draft: OpenDraft, working: Working, recorded: Sequence[Recorded]) -> OpenDraft:
    return OpenDraft(
        base=draft.base,
        revision=draft.revision + 1,
        base_version=draft.base_version,
        records=(*draft.records, *(each.record for each in recorded)),
        changes=(*draft.changes, *(each.change for each in recorded)),
        effects=(*draft.effects, *(each.effect for each in recorded)),
        reasons=(*draft.reasons, *(each.reason for each in recorded)),
        taxonomy=working.taxonomy(),
    )


def without(draft: OpenDraft, change_id: str) -> OpenDraft:
    """The draft as if one change had never been made, one revision later.

    Raises :class:`DependentChanges` when later changes cannot stand without it.
    """
    position = next((at for at, record in enumerate(draft.records) if record.id == change_id), None)
    if position is None:
        raise UnknownChange(change_id)
    records = draft.records[:position] + draft.records[position + 1 :]
    changes = draft.changes[:position] + draft.changes[position + 1 :]
    working = Working(draft.base.taxonomy)
    effects, reasons, dependents = [], [], []
    for record, change in zip(records, changes, strict=True):
        try:
            effect = plan(working, change)
        except CladistError:
            effect = Effect()
        if not effect:  # refused, or nothing left for it to do
            dependents.append(record.id)
            continue
        effects.append(effect)
        reasons.append(judge(working, change, effect))
        working.carry_out(effect)
    if dependents:
        raise DependentChanges(change_id, dependents)
    return replace(
        draft,
        revision=draft.revision + 1,
        records=records,
        changes=changes,
        effects=tuple(effects),
        reasons=tuple(reasons),
        taxonomy=working.taxonomy(),
    )


def emptied(draft: OpenDraft) -> OpenDraft:
    """The draft without any change, one revision later."""
    return replace(
        draft,
        revision=draft.revision + 1,
        records=(),
        changes=(),
        effects=(),
        reasons=(),
        taxonomy=draft.base.taxonomy,
    )


def seen(slug: str, draft: OpenDraft) -> Draft:
    """The draft as callers see it."""
    parts = zip(draft.records, draft.changes, draft.effects, draft.reasons, strict=True)
    return Draft(
        slug=slug,
        iri=draft.iri,
        revision=draft.revision,
        base_sha=draft.base.sha,
        base_version=draft.base_version,
        proposed=proposed(draft),
        changes=tuple(Recorded(*part) for part in parts),
        notes=notes_of(draft),
    )


def proposed(draft: OpenDraft) -> Number:
    """The version number that the draft's changes call for."""
    last = None if draft.base_version is None else parse_number(draft.base_version)
    return next_number(last, draft.reasons)
