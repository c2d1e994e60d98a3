"""Problems of requests that are understood and not allowed."""

from __future__ import annotations

from cladist.api.kind import kind as _kind

_CLASS = "https://w3id.org/cladist/id/pets/7k2m9x4q1c"

REFUSALS = (
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
        "unknown-codes",
        422,
        "The table names unknown codes",
        "More rows than allowed name a code that no class in use has. All of them are listed.",
        rows=[{"line": 3, "code": "0199", "side": "source"}],
        total=120,
    ),
    _kind(
        "unknown-labels",
        422,
        "The version does not know labels of the dataset",
        "They are listed, each with how often it stands in the data. Nothing was written.",
        labels=[["boat", 3]],
        version="pets 1.0.0",
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
"""All kinds of them, those over a limit too."""
