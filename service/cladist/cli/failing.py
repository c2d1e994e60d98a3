"""How the program ends when it cannot do what was asked: one message, one status.

| status | meaning |
| --- | --- |
| 0 | done |
| 1 | interrupted, or the answer to a question was no |
| 2 | the command line or a setting is wrong |
| 3 | no such taxonomy, version, class, group or change |
| 4 | the request does not fit the present state |
| 5 | understood and not allowed; or validation found a violation |
| 6 | a file cannot be read or written |
| 7 | over a limit of this installation |
| 8 | the store is not available |
| 9 | done, and labels of a dataset are left that need a person |
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import IO, Any

import click

from cladist.cli.printing import shown
from cladist.model import errors

REFUSED, FILE = 5, 6

STATUSES: Mapping[type[Exception], int] = {
    errors.NotFound: 3,
    errors.Conflict: 4,
    errors.Refused: REFUSED,
    errors.UnreadableInput: FILE,
    OSError: FILE,
    errors.LimitExceeded: 7,
    errors.StoreUnavailable: 8,
}
"""The first kind that an error is of gives the status."""

HINTS: Mapping[type[Exception], str] = {
    errors.UnknownTaxonomy: "“cladist taxonomies” lists those there are.",
    errors.UnknownVersion: "“cladist versions SLUG” lists those there are.",
    errors.UnknownClass: "Name it by id, #code or label; “cladist search SLUG WORDS” finds it.",
    errors.UnknownGroup: "“cladist groups SLUG” lists those there are.",
    errors.UnknownChange: "“cladist status SLUG” lists the draft's changes.",
    errors.UnknownProposal: "The same command without --accept and the like lists those there are.",
    errors.TaxonomyExists: "Choose another name, or “cladist import FILE --onto SLUG”.",
    errors.StaleDraft: "Somebody else edited it meanwhile: look at “cladist status SLUG”.",
    errors.NothingToPublish: "“cladist status SLUG” shows where the draft stands.",
    errors.DependentChanges: "Undo those first.",
    errors.InvalidTaxonomy: "“cladist validate SLUG” lists everything that was found.",
    errors.ManySchemes: "Say which with --scheme IRI.",
    errors.SuccessorCycle: "“cladist restore SLUG CLASS” takes a class out of the circle.",
    errors.UnknownCodes: "--unknown-limit allows a share of such rows.",
    errors.UnknownLabels: "--legend says what they mean, --unknown keep leaves them as they are.",
    errors.StoreUnavailable: "Check --store or CLADIST_STORE.",
}


class Failure(click.ClickException):
    """An error on its way out: a message with what to do on stderr, and the status."""

    def __init__(self, error: Exception, *, as_json: bool) -> None:
        super().__init__(message_of(error))
        self.error, self.as_json = error, as_json
        self.status = status_of(error)

    @property
    def exit_code(self) -> int:  # type: ignore[override]  # click has it as a class variable
        """The status that the program ends with."""
        return self.status

    def show(self, file: IO[Any] | None = None) -> None:
        """Say it: for a person, or as one JSON object."""
        stream = file or sys.stderr
        if self.as_json:
            click.echo(json.dumps(self.data(), ensure_ascii=False), file=stream)
            return
        click.echo(f"Error: {shown(self.message)}", file=stream)
        for each in _further(self.error):
            click.echo(shown(f"  {each}"), file=stream)
        hint = hint_of(self.error)
        if hint:
            click.echo(hint, file=stream)

    def data(self) -> dict[str, Any]:
        """The failure for machines."""
        kind = type(self.error).__name__
        details = {
            name: value
            for name, value in vars(self.error).items()
            if isinstance(value, str | int | float | tuple) and name != "reason"
        }
        told = {"kind": kind, "message": self.message, "hint": hint_of(self.error)}
        return {"error": {**told, "status": self.status, "details": details}}


def _further(error: Exception) -> Iterator[str]:
    """What a refusal is about beyond its message, which names the first row of a file itself."""
    match error:
        case errors.RefusedRows(rows=rows):
            yield from (f"Line {line}, “{label}”: {reason}" for line, label, reason in rows[1:])
        case errors.UnknownCodes(rows=rows):
            yield from (f"Line {line}: {side} “{code}”" for line, code, side in rows[1:])
        case errors.TooMuchLost(concerned=concerned):
            yield from (f"“{label}”: {reason}" for _, label, reason in concerned)


def status_of(error: Exception) -> int:
    """The status of an error; 1 for one that the table does not know."""
    return next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 1)


def hint_of(error: Exception) -> str:
    """What to do about it, where there is more to say than the message does."""
    return next((hint for kind, hint in HINTS.items() if isinstance(error, kind)), "")


def message_of(error: Exception) -> str:
    """One sentence for a person."""
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror or error}"
    position = error.position if isinstance(error, errors.CladistError) else None
    return f"Change {position + 1}: {error}" if position else str(error)
