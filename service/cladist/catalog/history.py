"""What lies between two states of one taxonomy: steps from version to version, and to the draft."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from cladist.catalog.publishing import delta_facts
from cladist.catalog.values import Recorded
from cladist.ledger import VersionRecord, VersionSummary
from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.correspondence.descent import MANUAL, Made
from cladist.model.correspondence.relation import ONE
from cladist.model.diff.operations import ends_of, kind_of
from cladist.model.diff.values import Operation
from cladist.model.version import Bump
from cladist.rdf.content import Delta, compose, difference
from cladist.rdf.writing import content_delta
from cladist.wire import Json, changes_from, dumps

if TYPE_CHECKING:
    from cladist.catalog.opened import OpenDraft, Opened
    from cladist.catalog.shelf import Shelf
    from cladist.ledger.ledger import Ledger

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Step:
    """The way from a version to the next one, or from the last one to the draft."""

    operations: tuple[Operation, ...]
    made: tuple[Made, ...]
    delta: Delta
    """What differs between the two contents."""
    residual: Delta
    """What of it the operations do not explain, and what they would do that is not there."""


def between(versions: Sequence[VersionSummary], start: str, end: str) -> tuple[VersionSummary, ...]:
    """The versions after the older one up to the newer one."""
    numbers = [each.number for each in versions]
    first, last = sorted((numbers.index(start), numbers.index(end)))
    return tuple(versions[first + 1 : last + 1])


def version_step(ledger: Ledger, shelf: Shelf, slug: str, number: str) -> Step:
    """The step that a published version made from the content that its draft was based on."""
    record = ledger.version(slug, number)
    delta = version_delta(ledger, shelf, record)
    entries = json.loads(record.changes)
    changes = changes_from(dumps([each["change"] for each in entries]))
    return Step(
        operations=tuple(
            _operation(entry, change, number)
            for entry, change in zip(entries, changes, strict=True)
        ),
        made=tuple(
            _made(entry["id"], change, entry["evidence"])
            for entry, change in zip(entries, changes, strict=True)
        ),
        delta=delta,
        residual=_residual(record, delta, changes, shelf, ledger.head(slug).iri),
    )


def version_delta(ledger: Ledger, shelf: Shelf, version: VersionSummary) -> Delta:
    """What a version's content differs in from the content that its draft was based on."""
    kept = ledger.delta(version.base_sha, version.sha)
    if kept is not None:
        return kept
    return difference(shelf.lines(version.base_sha), shelf.lines(version.sha))


def draft_step(draft: OpenDraft, recorded: Sequence[Recorded]) -> Step:
    """The step from the content that a draft is based on to the draft."""
    return Step(
        operations=tuple(_draft_operation(each) for each in recorded),
        made=tuple(
            _made(each.record.id, each.change, json.loads(each.record.evidence or "null"))
            for each in recorded
        ),
        delta=draft.delta,
        residual=_beyond(difference(draft.base.lines, draft.lines), draft.delta),
    )


def _residual(
    record: VersionRecord, delta: Delta, changes: tuple[Change, ...], shelf: Shelf, iri: str
) -> Delta:
    """Nothing where the changes' outcome, as published, is what differs; else it is worked out."""
    if json.loads(record.extra).get("delta") == delta_facts(delta):
        return Delta()
    base: Opened = shelf.content(iri, record.base_sha)
    _, effects = replay(base.taxonomy, changes)
    return _beyond(delta, compose(content_delta(effect, iri) for effect in effects))


def _beyond(delta: Delta, explained: Delta) -> Delta:
    removed = set(delta.removed).symmetric_difference(explained.removed)
    added = set(delta.added).symmetric_difference(explained.added)
    return Delta(tuple(sorted(removed)), tuple(sorted(added)))


def _operation(entry: Json, change: Change, version: str) -> Operation:
    sources, targets = ends_of(change)
    return Operation(
        id=entry["id"],
        kind=kind_of(change),
        version=version,
        text=entry["text"],
        bump=Bump[entry["bump"].upper()],
        sources=sources,
        targets=targets,
        change=change,
        who=entry["who"],
        at=entry["at"],
        why=entry["why"] or "",
    )


def _draft_operation(each: Recorded) -> Operation:
    sources, targets = ends_of(each.change)
    return Operation(
        id=each.record.id,
        kind=kind_of(each.change),
        version=DRAFT,
        text=each.reason.text,
        bump=each.reason.bump,
        sources=sources,
        targets=targets,
        change=each.change,
        who=each.record.who,
        at=each.record.at,
        why=each.record.why or "",
    )


def _made(change_id: str, change: Change, evidence: Any) -> Made:
    """The change with what its evidence says of its confidence and justification."""
    if not isinstance(evidence, dict):
        return Made(change_id, change)
    said = evidence.get("confidence")
    sure = Fraction(str(said)) if isinstance(said, int | float) and 0 <= said <= 1 else ONE
    basis = evidence.get("justification")
    return Made(change_id, change, sure, basis if isinstance(basis, str) else MANUAL)
