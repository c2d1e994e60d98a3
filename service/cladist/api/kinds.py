"""Every kind of problem that the service answers with, each with a page of its own."""

from __future__ import annotations

from typing import Any

from cladist.api.kind import Kind
from cladist.api.kind import kind as _kind
from cladist.api.refusals import REFUSALS

_CLASS = "https://w3id.org/cladist/id/pets/7k2m9x4q1c"

_MISSING = (
    _kind("not-found", 404, "Not found", "There is nothing at this path."),
    _kind(
        "unknown-taxonomy",
        404,
        "Unknown taxonomy",
        "No taxonomy has this slug or IRI.",
        slug="pets",
    ),
    _kind(
        "unknown-version",
        404,
        "Unknown version",
        "The taxonomy has no version that the selector names.",
        slug="pets",
        selector="9.0",
    ),
    _kind(
        "unknown-class",
        404,
        "Unknown class",
        "No class of this state has the id that was asked for.",
        reference=_CLASS,
    ),
    _kind(
        "unknown-group", 404, "Unknown group", "No exclusive group has this id.", reference=_CLASS
    ),
    _kind(
        "unknown-change",
        404,
        "Unknown change",
        "The draft holds no change with this id: it was undone or published.",
        reference="7k2m9x4q1c",
    ),
    _kind(
        "unknown-proposal",
        404,
        "Unknown proposal",
        "Matching gives no proposal with this id. Ids follow from what proposals say: ask for the "
        "proposals again, with the same files and options.",
        reference="3b1f9c20de",
    ),
)

_CONFLICTS = (
    _kind(
        "taxonomy-exists",
        409,
        "Taxonomy exists",
        "The slug or the IRI is taken; choose another.",
        slug="pets",
    ),
    _kind(
        "nothing-to-publish",
        409,
        "Nothing to publish",
        "The draft says what the last version says.",
        slug="pets",
    ),
    _kind(
        "unacknowledged",
        409,
        "Somebody who uses it must agree first",
        "Usages that want to be asked have not acknowledged what the draft does to them.",
        slug="pets",
        usages=["pets-2026"],
    ),
    _kind(
        "dependent-changes",
        409,
        "Later changes build on this one",
        "Undo those that are listed first.",
        change="7k2m9x4q1c",
        dependents=["3w8t5n0v6h"],
    ),
    _kind(
        "content-mismatch",
        409,
        "Content does not have its digest",
        "What is stored and what is in memory differ; nothing was written.",
        expected="9f86d081…",
        actual="60303ae2…",
    ),
    _kind(
        "no-common-history",
        409,
        "No table relates the two taxonomies",
        "Versions of different taxonomies are compared by a correspondence table: store one first.",
        source="isic 4.0.0",
        target="cpc 2.1.0",
    ),
    _kind(
        "already-migrated",
        409,
        "The dataset is there already",
        "Its labels are bound to the version to which it should be migrated.",
        version="pets 2.0.0",
    ),
    _kind(
        "bound-elsewhere",
        409,
        "The dataset is bound to another version",
        "Its lock file, or an exported plan, names other versions than were said.",
        bound="pets 1.0.0",
        said="pets 2.0.0",
    ),
    _kind(
        "output-exists",
        409,
        "Something is there already",
        "Nothing is ever overwritten.",
        path="migrated.json",
    ),
    _kind(
        "changed-since",
        409,
        "A file was changed after its migration",
        "It cannot be taken back byte for byte.",
        path="migrated.json",
    ),
    _kind("conflict", 409, "Conflict", "The request does not fit the present state."),
    _kind(
        "stale-draft",
        412,
        "The draft has moved on",
        "If-Match names another state than the present one, whose tag stands in ETag. Read the "
        "draft again, then repeat.",
        expected=3,
        actual=4,
    ),
    _kind(
        "precondition-required",
        428,
        "If-Match is missing",
        "Writes to a draft say which state they were made for: send the draft's ETag in If-Match.",
    ),
)

_PROTOCOL = (
    _kind(
        "malformed-body", 400, "The body is not JSON", "It breaks the rules of RFC 8259 or 7493."
    ),
    _kind(
        "malformed-condition",
        400,
        "If-Match is malformed",
        "It takes one or more strong entity tags in quotes.",
    ),
    _kind("malformed-header", 400, "A header is malformed", "The detail names the header."),
    _kind(
        "foreign-origin",
        403,
        "Writes from other sites are refused",
        "Origin names another site than the one addressed.",
    ),
    _kind("method-not-allowed", 405, "Method not allowed", "Allow names the methods of this path."),
    _kind(
        "not-acceptable",
        406,
        "No such representation",
        "Accept names none of the media types listed.",
        available=["application/json", "text/turtle"],
    ),
    _kind(
        "unsupported-media-type",
        415,
        "Unsupported media type",
        "Content-Type is missing, or names a format or a character encoding that is not read here; "
        "or Content-Encoding is used.",
        supported=["application/json"],
    ),
    _kind("internal-error", 500, "Internal error", "The service failed; its log says how."),
    _kind(
        "store-unavailable",
        503,
        "The store is not available",
        "Whether a write under way was done is unknown: repeat it with the same Idempotency-Key.",
        reason="database is locked",
    ),
    _kind(
        "store-full",
        507,
        "The store is full",
        "Reading goes on; nothing is half written.",
        reason="disk full",
    ),
)

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (*_MISSING, *_CONFLICTS, *REFUSALS, *_PROTOCOL)
}
"""All kinds by name."""


def example(kind: Kind) -> dict[str, Any]:
    """A problem of this kind as it is answered."""
    head = {"type": kind.uri, "title": kind.title, "status": kind.status}
    return {**head, "detail": kind.description, **kind.members}
