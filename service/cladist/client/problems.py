"""Problems of a service (RFC 9457) as the errors that the same refusal is in this process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from cladist.client.operation import Reply
from cladist.model import errors
from cladist.model.errors import CladistError

_PREFIX = "/problems/"
_OWN = frozenset({"type", "title", "status", "detail", "instance"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What a service answered in place of a result.

    ``type`` is the URI as it was answered, relative to the service; ``members`` are those beyond
    RFC 9457's own.
    """

    type: str
    title: str
    status: int
    detail: str
    members: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The name under which the service's pages describe it, such as ``stale-draft``."""
        return self.type.removeprefix(_PREFIX)


ERRORS: Mapping[str, type[CladistError]] = {
    "unknown-taxonomy": errors.UnknownTaxonomy,
    "unknown-version": errors.UnknownVersion,
    "unknown-class": errors.UnknownClass,
    "unknown-group": errors.UnknownGroup,
    "unknown-change": errors.UnknownChange,
    "unknown-proposal": errors.UnknownProposal,
    "not-found": errors.NotFound,
    "taxonomy-exists": errors.TaxonomyExists,
    "stale-draft": errors.StaleDraft,
    "nothing-to-publish": errors.NothingToPublish,
    "unacknowledged": errors.NotAcknowledged,
    "dependent-changes": errors.DependentChanges,
    "no-common-history": errors.NoCommonHistory,
    "content-mismatch": errors.ContentMismatch,
    "already-migrated": errors.AlreadyMigrated,
    "bound-elsewhere": errors.BoundElsewhere,
    "output-exists": errors.OutputExists,
    "changed-since": errors.ChangedSince,
    "conflict": errors.Conflict,
    "invalid-change": errors.InvalidChange,
    "cycle-found": errors.CycleFound,
    "successor-cycle": errors.SuccessorCycle,
    "code-taken": errors.CodeTaken,
    "ambiguous-reference": errors.AmbiguousReference,
    "many-schemes": errors.ManySchemes,
    "invalid-taxonomy": errors.InvalidTaxonomy,
    "invalid-value": errors.InvalidValue,
    "lowered-version": errors.LoweredVersion,
    "refused-rows": errors.RefusedRows,
    "unknown-codes": errors.UnknownCodes,
    "unknown-labels": errors.UnknownLabels,
    "loss-above-limit": errors.TooMuchLost,
    "reused-key": errors.ReusedKey,
    "refused": errors.Refused,
    "unreadable-input": errors.UnreadableInput,
    "parser-limit": errors.ParserLimit,
    "too-large": errors.LimitExceeded,
    "store-full": errors.StoreFull,
    "store-unavailable": errors.StoreUnavailable,
    "unknown-reference": errors.NotFound,
}
"""The error that each kind of problem is; one of another kind is what its status says."""

_BY_STATUS: Mapping[int, type[CladistError]] = {
    404: errors.NotFound,
    409: errors.Conflict,
    412: errors.Conflict,
    428: errors.Conflict,
}


def problem_of(error: CladistError) -> Problem | None:
    """The problem that an error was made of; none for one that was raised in this process."""
    found = vars(error).get("problem")
    return found if isinstance(found, Problem) else None


def error_of(reply: Reply, place: str) -> CladistError:
    """The error that an answer is; ``place`` is the URL that was asked."""
    problem = _read(reply)
    if problem is None:
        return _bare(reply, place)
    kind = ERRORS.get(problem.kind)
    if kind is None:
        error = _by_status(problem.status)(problem.detail)
    else:
        error = kind.__new__(kind)
        Exception.__init__(error, problem.detail)
        vars(error).update(_members(problem))
    vars(error)["problem"] = problem
    return error


def _read(reply: Reply) -> Problem | None:
    """The problem in an answer; a proxy's page is none."""
    try:
        found = msgspec.json.decode(reply.body, type=dict[str, Any])
        kind, title = str(found["type"]), str(found["title"])
    except (msgspec.DecodeError, KeyError):
        return None
    members = {name: each for name, each in found.items() if name not in _OWN}
    return Problem(kind, title, reply.status, str(found.get("detail", title)), members)


def _bare(reply: Reply, place: str) -> CladistError:
    """An answer that says nothing of why: nobody of ours gave it."""
    said = f"{place} answers {reply.status} and does not say why: check the URL."
    if 300 <= reply.status < 400:
        said = f"{place} is elsewhere: ask {reply.headers.get('location', 'there')}."
    return _by_status(reply.status)(said)


def _by_status(status: int) -> type[CladistError]:
    """Errors that a sentence is enough for."""
    if status >= 500:
        return errors.StoreUnavailable
    return _BY_STATUS.get(status, errors.Refused)


def _members(problem: Problem) -> dict[str, Any]:
    """The members as the error has them: lists as tuples, rows without their names."""
    found = {name: _frozen(each) for name, each in problem.members.items()}
    if problem.kind in ("cycle-found", "successor-cycle"):
        way = problem.members.get("cycle", [])
        found["cycle"] = tuple(each["id"] for each in way)
        found["labels"] = tuple(each["label"] for each in way)
    if problem.kind == "invalid-taxonomy":
        from cladist.client.drafts import ValidationReport

        found["report"] = msgspec.convert(problem.members["report"], ValidationReport)
    return found


def _frozen(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return tuple(
        tuple(each.values()) if isinstance(each, dict) else _frozen(each) for each in value
    )
