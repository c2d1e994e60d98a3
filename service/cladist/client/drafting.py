"""What can be done with drafts of a service. Each function here is a method of both clients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from cladist.client.drafts import Draft, Edited, Published, ValidationReport
from cladist.client.operation import (
    BODY,
    DRAFT,
    Operation,
    Pairs,
    Reply,
    pairs,
    tag_of,
    under,
    value,
)

if TYPE_CHECKING:
    from cladist.model.change.kinds import Change


def validate(slug: str, selector: str = DRAFT) -> Operation[ValidationReport]:
    """What the rules find in the draft, or in a version."""
    return Operation(
        path=under(slug, "validation"),
        params=pairs({"version": selector}),
        read=value(ValidationReport),
        kept=selector != DRAFT,
    )


def draft(slug: str) -> Operation[Draft]:
    """The working state; writes are made for it as it is now."""
    read = value(Draft)
    return Operation(
        path=under(slug, DRAFT),
        read=lambda reply: msgspec.structs.replace(read(reply), tag=tag_of(reply)),
    )


def edit(
    state: Draft | Edited,
    changes: Sequence[Change | Mapping[str, Any]],
    *,
    why: str = "",
    evidence: Any = None,
    dry_run: bool = False,
    key: str = "",
) -> Operation[Edited]:
    """Make changes, all or none, in the draft as it was read; changes are values or JSON objects.

    Raises StaleDraft if the draft has moved on, InvalidChange and the like for changes that cannot
    stand. A ``key`` of your own lets another process repeat the same edit.
    """
    read = value(Edited)

    def tagged(reply: Reply) -> Edited:
        tag = state.tag if dry_run else tag_of(reply)
        return msgspec.structs.replace(read(reply), taxonomy=state.taxonomy, tag=tag)

    listed = [each if isinstance(each, Mapping) else _plain(each) for each in changes]
    return Operation(
        method="POST",
        path=under(state.taxonomy, DRAFT, "changes"),
        params=pairs({"dry_run": dry_run}),
        headers=_made_for(state, key),
        body=msgspec.json.encode({"changes": listed, "why": why, "evidence": evidence}),
        read=tagged,
    )


def publish(
    state: Draft | Edited, *, version: str = "", notes: str = "", key: str = ""
) -> Operation[Published]:
    """Freeze the draft, as it was read, as the next version.

    Raises StaleDraft, NothingToPublish, InvalidTaxonomy and LoweredVersion.
    """
    return Operation(
        method="POST",
        path=under(state.taxonomy, "versions"),
        headers=_made_for(state, key),
        body=msgspec.json.encode({"version": version, "notes": notes}),
        read=value(Published),
    )


def _made_for(state: Draft | Edited, key: str) -> Pairs:
    """The headers of a write: the state that it is made for, and a key to repeat it by."""
    from uuid import uuid4

    return (*BODY, ("If-Match", state.tag), ("Idempotency-Key", key or str(uuid4())))


def _plain(change: Change) -> dict[str, Any]:
    from cladist.wire import as_json

    return as_json(change)
