"""Every kind of problem that the service answers with, each with a page of its own."""

from __future__ import annotations

from typing import Any

from cladist.api.kind import Kind
from cladist.api.kind import kind as _kind

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

_REFUSALS = (
    _kind("refused", 422, "Refused", "It is understood and not allowed."),
    _kind(
        "invalid-request",
        422,
        "Values do not fit",
        "A field, a query parameter or a header has a value that the schema does not allow, or "
        "nobody knows it. Values are never repeated in the answer.",
        errors=[{"where": "body/slug", "message": "Field required"}],
    ),
    _kind(
        "invalid-change",
        422,
        "The change cannot be made",
        "The change does not fit this state; position counts from 0 in the batch.",
        reason="The class is retired.",
        classes=[_CLASS],
        position=0,
    ),
    _kind(
        "unknown-reference",
        422,
        "The change names something unknown",
        "A change names a class or a group that the draft does not hold.",
        reference=_CLASS,
        position=0,
    ),
    _kind(
        "cycle-found",
        422,
        "The hierarchy would have a cycle",
        "The classes on the way round are listed in order.",
        cycle=[{"id": _CLASS, "label": "cat"}],
        position=0,
    ),
    _kind(
        "successor-cycle",
        422,
        "Retired classes succeed each other in a circle",
        "The classes on the way round are listed in order. Restore one of them, or retire it again "
        "with another successor.",
        cycle=[{"id": _CLASS, "label": "cat"}],
    ),
    _kind(
        "code-taken",
        422,
        "The code is taken",
        "A code is given once and never again, even after its class is retired.",
        code=17,
        holder="cat",
        position=0,
    ),
    _kind(
        "ambiguous-reference",
        422,
        "Several classes answer to this",
        "Use an id or a code in place of a label.",
        reference="bat",
        candidates=[_CLASS],
    ),
    _kind(
        "many-schemes",
        422,
        "The file holds several schemes",
        "Name one of those listed in the query parameter “scheme”.",
        schemes=["https://example.org/scheme/a", "https://example.org/scheme/b"],
    ),
    _kind(
        "invalid-taxonomy",
        422,
        "The taxonomy is not valid",
        "Publishing is refused while enforced rules are violated; the report says what to do.",
        report={"conforms": False, "results": []},
    ),
    _kind(
        "invalid-value",
        422,
        "No taxonomy may hold this value",
        "Control characters, lone surrogates, bad IRIs, colours, language tags and the like.",
        field="id",
        reason="'a b' is not an absolute http, https or urn IRI.",
        position=0,
    ),
    _kind(
        "lowered-version",
        422,
        "The number is too low",
        "The number that the changes call for may be raised, never lowered.",
        proposed="2.0.0",
        asked="1.1.0",
    ),
    _kind(
        "refused-rows",
        422,
        "Rows of the file are refused",
        "Each is listed with its line and the reason. Nothing was stored.",
        rows=[{"line": 3, "label": "cat", "reason": "has the id of line 2"}],
    ),
    _kind(
        "loss-above-limit",
        422,
        "Too many classes are lost",
        "A larger share of the classes in use than the limit has no target or needs a decision. "
        "Some of them are listed.",
        **{"limit": 0.1, "classes": 4, "without_target": 1, "needing_decision": 0},
        concerned=[{"id": _CLASS, "label": "cat", "why": "no target"}],
    ),
    _kind(
        "reused-key",
        422,
        "The idempotency key was used before",
        "The key came with another request; use a new one.",
        key="6f1c",
    ),
    _kind(
        "unreadable-input",
        422,
        "The file cannot be read",
        "It breaks the rules of its format; line and column count from 1 where they are known.",
        reason="expected “.”",
        line=12,
        column=7,
    ),
    _kind(
        "parser-limit",
        422,
        "The file is too costly to read",
        "Reading it took more time, memory or nesting than this installation allows.",
        limit="seconds",
        allowed=20,
    ),
    _kind(
        "too-large",
        413,
        "Too large",
        "The body, or what it unpacks to, is over a limit of this installation.",
        limit="bytes of a request body",
        allowed=33554432,
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
    kind.name: kind for kind in (*_MISSING, *_CONFLICTS, *_REFUSALS, *_PROTOCOL)
}
"""All kinds by name."""


def example(kind: Kind) -> dict[str, Any]:
    """A problem of this kind as it is answered."""
    head = {"type": kind.uri, "title": kind.title, "status": kind.status}
    return {**head, "detail": kind.description, **kind.members}
