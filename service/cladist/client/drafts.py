"""What a service says of drafts, edits, validation and publishing, as frozen values."""

from __future__ import annotations

from typing import Any

from cladist.client.values import PublishedChange, Value, VersionLine


class Why(Value, frozen=True):
    """One change's weight for the version number."""

    bump: str
    text: str


class Draft(Value, frozen=True):
    """The working state as it was read; ``tag`` names it in the writes that are made for it."""

    taxonomy: str
    iri: str
    revision: int
    base_version: str | None
    proposed_version: str
    reasons: tuple[Why, ...]
    notes: str
    changes: tuple[PublishedChange, ...]
    tag: str = ""


class FieldEffect(Value, frozen=True):
    """One field before and after."""

    field: str
    before: Any
    after: Any


class ThingEffect(Value, frozen=True):
    """What happens to a class, a group, the taxonomy itself or another subject."""

    what: str
    id: str
    label: str
    how: str
    fields: tuple[FieldEffect, ...]


class ShownChange(PublishedChange, frozen=True):
    """A change of the draft with its effect."""

    effect: tuple[ThingEffect, ...]


class Edited(Value, frozen=True):
    """What an edit, or its dry run, did; the next write can be made for this in turn."""

    dry_run: bool
    revision: int
    proposed_version: str
    changes: tuple[ShownChange, ...]
    taxonomy: str = ""
    tag: str = ""


class NamedClass(Value, frozen=True):
    """A class in a result, with the labels from a top class down to it."""

    id: str
    label: str
    path: tuple[str, ...]


class RuleResult(Value, frozen=True):
    """One thing that a rule found, and what to do about it."""

    rule: str
    title: str
    severity: str
    enforcement: str
    subject: str
    classes: tuple[NamedClass, ...]
    value: str | None
    message: str
    advice: str


class ValidationReport(Value, frozen=True):
    """What the rules found; ``conforms`` is whether nothing stands against publishing."""

    conforms: bool
    summary: str
    results: tuple[RuleResult, ...]
    rules_run: tuple[str, ...]
    engine: str
    shapes_digest: str


class Published(VersionLine, frozen=True):
    """A version that was just published: why it has its number, and what the rules found."""

    reasons: tuple[Why, ...]
    report: ValidationReport | None
