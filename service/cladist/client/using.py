"""Annotations checked, events read, and usages registered by a service; methods of both clients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Unpack

import msgspec

from cladist.client.operation import API, BODY, Operation, of_version, pairs, under, value
from cladist.client.values import Value


class Finding(Value, frozen=True):
    """One thing that is wrong with an annotation, where, and what to do."""

    annotation: int
    item: str | int | None
    line: int | None
    severity: str
    fault: str
    place: str
    message: str
    classes: tuple[str, ...]
    instead: tuple[str, ...]


class AnnotationReport(Value, frozen=True):
    """Annotations summed up; ``found`` are the first findings, ``findings`` counts all."""

    version: str
    digest: str
    annotations: int
    valid: int
    invalid: int
    findings: int
    faults: dict[str, int]
    found: tuple[Finding, ...]


class Event(Value, frozen=True):
    """Something that happened to a taxonomy; ``seq`` counts over all of them."""

    seq: int
    type: str
    taxonomy: str
    who: str
    at: str
    data: dict[str, Any]


class EventPage(Value, frozen=True):
    """Events, and the point to ask from the next time."""

    events: tuple[Event, ...]
    next: int
    last: int


class Usage(Value, frozen=True):
    """A dataset, model or labeling project that uses a version."""

    taxonomy: str
    name: str
    kind: str
    version: str
    counts: dict[str, int] | None
    acknowledge: bool
    contact: str
    url: str
    note: str


class HitClass(Value, frozen=True):
    """A class that is hit, or what it became."""

    id: str
    label: str


class Hit(Value, frozen=True):
    """Classes that are not what they were; numbers are ``None`` where nobody knows them."""

    kind: str
    sources: tuple[HitClass, ...]
    targets: tuple[HitClass, ...]
    labels: int | None
    automatic: int | None
    open: int | None


class Impact(Value, frozen=True):
    """What a state does to one usage."""

    name: str
    kind: str
    version: str
    labels: int | None
    hit: int | None
    open: int | None
    missing: bool
    hits: tuple[Hit, ...]


class UsageOptions(TypedDict, total=False):
    """What else is said of a usage; see the reference of usages."""

    kind: str
    acknowledge: bool
    contact: str
    url: str
    note: str


class _Usages(msgspec.Struct, frozen=True):
    usages: tuple[Usage, ...]


class _Impacts(msgspec.Struct, frozen=True):
    usages: tuple[Impact, ...]


def check(
    slug: str,
    selector: str,
    annotations: Iterable[Mapping[str, Any]],
    *,
    by: str = "auto",
    complete: bool = False,
    limit: int = 100,
) -> Operation[AnnotationReport]:
    """What is wrong with up to 100,000 annotations; see the reference of annotations."""
    return Operation(
        path=of_version(slug, selector, "annotations:validate"),
        method="POST",
        params=pairs({"by": by, "complete": complete, "limit": limit}),
        headers=BODY,
        body=msgspec.json.encode([*annotations]),
        read=value(AnnotationReport),
    )


def events(after: int = 0, slug: str = "", *, limit: int = 100) -> Operation[EventPage]:
    """What happened after a point, to one taxonomy or to all; ask again from ``next``."""
    return Operation(
        path=under(slug, "events") if slug else f"{API}/events",
        params=pairs({"after": after, "limit": limit}),
        read=value(EventPage),
    )


def use(
    slug: str,
    name: str,
    selector: str = "latest",
    *,
    counts: Mapping[str, int] | None = None,
    **said: Unpack[UsageOptions],
) -> Operation[Usage]:
    """Register that something uses a version, with counts of labels by class if they are known."""
    known = None if counts is None else dict(counts)
    return Operation(
        path=under(slug, "usages", name),
        method="PUT",
        headers=BODY,
        body=msgspec.json.encode({"version": selector, "counts": known, **said}),
        read=value(Usage),
    )


def usages(slug: str) -> Operation[tuple[Usage, ...]]:
    """Who uses which version, by name."""
    read = value(_Usages)
    return Operation(path=under(slug, "usages"), read=lambda reply: read(reply).usages)


def impact(slug: str, to: str = "draft") -> Operation[tuple[Impact, ...]]:
    """What the draft, or a version, does to each usage, the ones hit most first."""
    read = value(_Impacts)
    return Operation(
        path=under(slug, "impact"),
        params=pairs({"to": to}),
        read=lambda reply: read(reply).usages,
    )
