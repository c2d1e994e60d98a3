"""Publishing: what was validated, under the number that the changes call for, once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from cladist.catalog.opened import OpenDraft
from cladist.catalog.values import Version
from cladist.ledger.records import NewVersion, VersionSummary
from cladist.model.change.effect import Effect
from cladist.model.class_index import class_index, permutation
from cladist.model.errors import (
    ContentMismatch,
    InvalidTaxonomy,
    NotAcknowledged,
    NothingToPublish,
)
from cladist.model.identifiers import check_text
from cladist.model.taxonomy import Taxonomy
from cladist.model.version import Bump, Number, Reason
from cladist.rdf.content import Delta, Lines, block
from cladist.rdf.reading import read, read_header
from cladist.rdf.writing import class_lines, group_lines, header_lines, other_lines
from cladist.validation import Report
from cladist.wire import Json, as_json, dumps

_REASON = 2_000  # characters

_HEADINGS = {
    Bump.MAJOR: "Changes that data and models must follow",
    Bump.MINOR: "Additions",
    Bump.PATCH: "Descriptions",
}


def refuse_nothing(slug: str, draft: OpenDraft) -> None:
    """A version must differ from the last one; the first must hold something."""
    untouched = not draft.delta
    if untouched and (draft.base_version is not None or not _says_anything(draft.taxonomy)):
        raise NothingToPublish(slug)


def _says_anything(taxonomy: Taxonomy) -> bool:
    return bool(taxonomy.classes) or bool(taxonomy.header.structure.unit)


def refuse_difference(draft: OpenDraft, stored: OpenDraft) -> None:
    """What is published is what the stored changes make of the base, and every one shows in it."""
    if stored.sha != draft.sha:
        raise ContentMismatch(draft.sha, stored.sha)
    for effect in stored.effects:
        _refuse_invisible(effect, stored)


def reads_back(stored: OpenDraft) -> bool:
    """Whether every part that changed is the same when it is read from the content again.

    Kept statements may say what a field says as well; then the two differ, and only what is read
    from the content, as any other process reads it, may be kept in memory.
    """
    keys = {swap.key for effect in stored.effects for swap in effect.classes}
    keys |= {swap.key for effect in stored.effects for swap in effect.groups}
    keys |= {swap.key for effect in stored.effects for swap in effect.others}
    lines = [line for key in sorted({*keys, stored.iri}) for line in block(stored.lines, key)]
    again, final = read(lines, stored.iri), stored.taxonomy
    return read_header(stored.lines, stored.iri) == final.header and all(
        again.classes.get(key) == final.classes.get(key)
        and again.groups.get(key) == final.groups.get(key)
        and again.others.get(key) == final.others.get(key)
        for key in keys
    )


def _refuse_invisible(effect: Effect, stored: OpenDraft) -> None:
    final = stored.taxonomy
    for key in {swap.key for swap in effect.classes}:
        item = final.classes.get(key)
        _compare(stored.lines, key, [] if item is None else list(class_lines(item, stored.iri)))
    for key in {swap.key for swap in effect.groups}:
        group = final.groups.get(key)
        _compare(stored.lines, key, [] if group is None else list(group_lines(group, stored.iri)))
    for key in {swap.key for swap in effect.others}:
        _compare(stored.lines, key, list(other_lines(key, final.others.get(key, ()))))
    if effect.header is not None:
        own = [each for each in header_lines(final.header) if each.startswith(f"<{stored.iri}> ")]
        _compare(stored.lines, stored.iri, own)


def _compare(lines: Lines, subject: str, expected: Sequence[str]) -> None:
    planned = sorted(line.encode() for line in expected)
    found = list(block(lines, subject))
    if found != planned:
        raise ContentMismatch(_digest(planned), _digest(found))


def _digest(lines: Sequence[bytes]) -> str:
    return hashlib.sha256(b"".join(lines)).hexdigest()


def refuse_violations(report: Report) -> None:
    """Publishing is refused while a rule that is enforced is violated."""
    if not report.conforms:
        raise InvalidTaxonomy(report, f"The draft may not be published: {report.summary}")


def without_asking(slug: str, missing: Sequence[str], why: str) -> str:
    """What the notes say of usages that were not asked; raises NotAcknowledged without a reason."""
    if not missing:
        return ""
    if not why:
        raise NotAcknowledged(slug, missing)
    names = ", ".join(missing)
    return f"\nPublished before {names} acknowledged it: {check_text(why, 'reason', _REASON)}\n"


def notes_of(draft: OpenDraft) -> str:
    """Release notes drafted from the changes, in Markdown, the weightiest first."""
    if draft.base_version is None:
        active = sum(item.active for item in draft.taxonomy.classes.values())
        return f"First version, with {active} {'class' if active == 1 else 'classes'} in use.\n"
    reasons, parts = draft.reasons, []
    for bump, heading in _HEADINGS.items():
        found = [reason.text for reason in reasons if reason.bump is bump]
        if found:
            parts.append(f"## {heading}\n\n" + "".join(f"- {text}\n" for text in found))
    return "\n".join(parts)


def new_version(
    number: Number, draft: OpenDraft, report: Report, notes: str, told: str = ""
) -> NewVersion:
    """What the ledger freezes: number, digest, notes, changes, and what it is known by: the class
    index's digest, the difference's, and how much each rule found."""
    return NewVersion(
        number=str(number),
        sha=draft.sha,
        notes=(notes or notes_of(draft)) + told,
        changes=changes_record(draft, draft.reasons),
        extra=dumps(
            {
                "class_index": index_facts(draft),
                "delta": delta_facts(draft.delta),
                "validation": report_facts(report),
            }
        ),
    )


def published(draft: OpenDraft, record: VersionSummary, report: Report) -> Version:
    """What publishing a draft gave."""
    return Version(
        record.slug,
        draft.iri,
        record.number,
        record.previous,
        record.sha,
        record.notes,
        record.who,
        record.at,
        draft.reasons,
        report,
    )


def changes_record(draft: OpenDraft, reasons: Sequence[Reason]) -> str:
    """The version's changes as stored: who, when, why, the change, and its weight."""
    parts = zip(draft.records, draft.changes, reasons, strict=True)
    entries = []
    for record, change, reason in parts:
        entries.append(
            {
                "id": record.id,
                "who": record.who,
                "at": record.at,
                "why": record.why,
                "evidence": json.loads(record.evidence) if record.evidence else None,
                "bump": reason.bump.name.lower(),
                "text": reason.text,
                "change": as_json(change),
            }
        )
    return dumps(entries)


def index_facts(draft: OpenDraft) -> Json:
    """Size and digest of the class index, and how many classes kept, lost or gained a place."""
    before, after = class_index(draft.base.taxonomy), class_index(draft.taxonomy)
    moved = permutation(before, after) if draft.base_version is not None else ()
    return {
        "size": len(after),
        "sha256": hashlib.sha256("\n".join(after).encode()).hexdigest(),
        "kept": sum(old == new for old, new in enumerate(moved)),
        "moved": sum(new is not None and old != new for old, new in enumerate(moved)),
        "gone": sum(new is None for new in moved),
    }


def report_facts(report: Report) -> Json:
    """How much each rule found, in all, and of what stands against publishing elsewhere."""
    return {
        "engine": report.engine,
        "rules": report.shapes_digest,
        "counts": dict(report.counts),
        "total": report.total,
    }


def delta_facts(delta: Delta) -> Json:
    """What is frozen with a version so that its changes vouch for what differs: counts, SHA-256."""
    state = hashlib.sha256()
    for line in (*delta.removed, b"\n", *delta.added):
        state.update(line)
    return {
        "removed": len(delta.removed),
        "added": len(delta.added),
        "sha256": state.hexdigest(),
    }
