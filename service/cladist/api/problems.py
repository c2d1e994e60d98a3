"""Errors as HTTP: the only place where a refusal becomes a status and a body (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, cast

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from cladist.api.kind import Kind
from cladist.api.kinds import KINDS
from cladist.model import errors
from cladist.model.errors import CladistError

MEDIA_TYPE = "application/problem+json"
LONGEST_DETAIL = 1_000
MOST_ERRORS = 20

_log = logging.getLogger("cladist.api")

Members = Mapping[str, Any]
"""What a problem says beyond the members that RFC 9457 names."""


class Problem(Exception):
    """A refusal that only HTTP knows, such as a missing header; ``kind`` is one of ``KINDS``."""

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        members: Members | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail = KINDS[kind], detail
        self.headers, self.members = dict(headers or {}), dict(members or {})

    def response(self) -> Response:
        """The problem as an answer."""
        return _response(self.kind, self.detail, self.members, self.headers)


KIND_OF: dict[type[CladistError], str] = {
    errors.UnknownTaxonomy: "unknown-taxonomy",
    errors.UnknownVersion: "unknown-version",
    errors.UnknownClass: "unknown-class",
    errors.UnknownGroup: "unknown-group",
    errors.UnknownChange: "unknown-change",
    errors.UnknownProposal: "unknown-proposal",
    errors.NotFound: "not-found",
    errors.TaxonomyExists: "taxonomy-exists",
    errors.StaleDraft: "stale-draft",
    errors.NothingToPublish: "nothing-to-publish",
    errors.NotAcknowledged: "unacknowledged",
    errors.DependentChanges: "dependent-changes",
    errors.NoCommonHistory: "no-common-history",
    errors.ContentMismatch: "content-mismatch",
    errors.AlreadyMigrated: "already-migrated",
    errors.BoundElsewhere: "bound-elsewhere",
    errors.OutputExists: "output-exists",
    errors.ChangedSince: "changed-since",
    errors.Conflict: "conflict",
    errors.InvalidChange: "invalid-change",
    errors.CycleFound: "cycle-found",
    errors.SuccessorCycle: "successor-cycle",
    errors.CodeTaken: "code-taken",
    errors.AmbiguousReference: "ambiguous-reference",
    errors.ManySchemes: "many-schemes",
    errors.InvalidTaxonomy: "invalid-taxonomy",
    errors.InvalidValue: "invalid-value",
    errors.LoweredVersion: "lowered-version",
    errors.RefusedRows: "refused-rows",
    errors.UnknownCodes: "unknown-codes",
    errors.UnknownLabels: "unknown-labels",
    errors.TooMuchLost: "loss-above-limit",
    errors.ReusedKey: "reused-key",
    errors.Refused: "refused",
    errors.UnreadableInput: "unreadable-input",
    errors.ParserLimit: "parser-limit",
    errors.LimitExceeded: "too-large",
    errors.StoreFull: "store-full",
    errors.StoreUnavailable: "store-unavailable",
    CladistError: "refused",
}
"""The kind of problem that each error is; an error of another class is what its base is."""

# A reference that a change makes is part of its body: the resource itself was found.
_IN_CHANGES = (errors.UnknownClass, errors.UnknownGroup)


def kind_of(error: CladistError) -> Kind:
    """The kind of problem that an error is."""
    if error.position is not None and isinstance(error, _IN_CHANGES):
        return KINDS["unknown-reference"]
    return KINDS[next(KIND_OF[each] for each in type(error).__mro__ if each in KIND_OF)]


def members_of(error: CladistError) -> dict[str, Any]:
    """The error's own data, as the kind's description names it."""
    found = _special(error)
    if found is None:
        found = {
            name: value
            for name, value in vars(error).items()
            if value is not None and name[0] != "_"
        }
    found.pop("position", None)
    if error.position is not None:
        found["position"] = error.position
    return found


def _special(error: CladistError) -> dict[str, Any] | None:
    match error:
        case (
            errors.CycleFound(cycle=cycle, labels=labels)
            | errors.SuccessorCycle(cycle=cycle, labels=labels)
        ):
            names = labels or cycle
            return {"cycle": [{"id": i, "label": n} for i, n in zip(cycle, names, strict=True)]}
        case errors.RefusedRows(rows=rows):
            names = ("line", "label", "reason")
            return {"rows": [dict(zip(names, row, strict=True)) for row in rows]}
        case errors.UnknownCodes(rows=rows, total=total):
            names = ("line", "code", "side")
            listed = [dict(zip(names, row, strict=True)) for row in rows]
            return {"rows": listed, "total": total}
        case errors.TooMuchLost(concerned=concerned):
            names = ("id", "label", "why")
            listed = [dict(zip(names, each, strict=True)) for each in concerned]
            return {**vars(error), "concerned": listed}
        case errors.InvalidTaxonomy(report=report):
            from cladist.api.schemas.reports import report_of

            return {"report": report_of(cast("Any", report)).model_dump(mode="json")}
    return None


def _response(kind: Kind, detail: str, members: Members, headers: Mapping[str, str]) -> Response:
    shown = detail if len(detail) <= LONGEST_DETAIL else detail[: LONGEST_DETAIL - 1] + "…"
    body = {"type": kind.uri, "title": kind.title, "status": kind.status, "detail": shown}
    always = {"Cache-Control": "no-store"}
    if kind.status == 503:
        always["Retry-After"] = "5"
    return Response(
        _text({**body, **members}),
        kind.status,
        headers={**always, **headers},
        media_type=MEDIA_TYPE,
    )


def _text(value: Any) -> bytes:
    """JSON of plain values; characters that UTF-8 cannot hold are written as their escapes."""
    try:
        return orjson.dumps(value)
    except TypeError:
        import json

        return json.dumps(value, default=str).encode("ascii")


async def _own(_request: Request, error: Exception) -> Response:
    return cast("Problem", error).response()


async def _refusal(_request: Request, error: Exception) -> Response:
    refusal = cast("CladistError", error)
    return _response(kind_of(refusal), str(refusal), members_of(refusal), {})


async def _invalid(_request: Request, error: Exception) -> Response:
    found = cast("RequestValidationError", error).errors()
    if any(each["loc"][:1] == ("path",) for each in found):
        return _response(KINDS["not-found"], "There is nothing at this path.", {}, {})
    return invalid_request(found).response()


def invalid_request(found: Any) -> Problem:
    """The problem of values that do not fit the schema; what was sent is never repeated."""
    listed = [
        {"where": _place(each["loc"]), "message": str(each["msg"])[:200]}
        for each in found[:MOST_ERRORS]
    ]
    first = listed[0]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    detail = f"{first['where']}: {first['message']}{more}"
    return Problem("invalid-request", detail, members={"errors": listed})


def _place(location: tuple[int | str, ...]) -> str:
    return "/".join(str(part)[:80] for part in location) or "body"


_STATUSES = {404: "not-found", 405: "method-not-allowed", 400: "malformed-body"}


async def _routing(request: Request, error: Exception) -> Response:
    found = cast("HTTPException", error)
    kind = KINDS[_STATUSES.get(found.status_code, "refused")]
    if found.status_code == 405:
        headers = {"Allow": ", ".join(_allowed(request))}
        detail = "This path does not take that method; Allow names those it takes."
        return _response(kind, detail, {}, headers)
    missing = found.status_code == 404
    detail = "There is nothing at this path." if missing else str(found.detail)
    return _response(kind, detail, {}, dict(found.headers or {}))


def _allowed(request: Request) -> list[str]:
    """The methods of all routes at the path; the first that FastAPI meets names its own alone."""
    found: set[str] = set()
    for method in ("GET", "POST", "DELETE"):
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            found.add(method)
    return sorted(found | {"HEAD", "OPTIONS"} if "GET" in found else found)


async def _unforeseen(request: Request, error: Exception) -> Response:
    """The last resort: the trace goes to the log, never to the caller."""
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _response(KINDS["internal-error"], "Something went wrong here; it was logged.", {}, {})


Handler = Callable[[Request, Exception], Any]

_HANDLERS: dict[type[Exception], Handler] = {
    Problem: _own,
    CladistError: _refusal,
    RequestValidationError: _invalid,
    HTTPException: _routing,
    Exception: _unforeseen,
}


def install(app: FastAPI) -> None:
    """Answer every error of the application with a problem."""
    for error, handler in _HANDLERS.items():
        app.add_exception_handler(error, handler)
