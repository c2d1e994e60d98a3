"""Requests that are understood and not allowed."""

from __future__ import annotations

from collections.abc import Sequence

from cladist.model.errors.root import CladistError


class Refused(CladistError):
    """The request is understood and not allowed."""


class InvalidChange(Refused):
    """A change that cannot be applied to this state."""

    def __init__(self, reason: str, *classes: str) -> None:
        super().__init__(reason)
        self.reason, self.classes = reason, classes


class CycleFound(Refused):
    """A class would be its own ancestor; ``cycle`` lists the classes on the way round."""

    def __init__(self, cycle: Sequence[str], labels: Sequence[str] = ()) -> None:
        names = labels or cycle
        super().__init__(
            "The hierarchy would have a cycle: " + " → ".join((*names, names[0])) + "."
        )
        self.cycle, self.labels = tuple(cycle), tuple(labels)


class SuccessorCycle(Refused):
    """Retired classes that succeed each other in a circle; ``cycle`` lists them in order."""

    def __init__(self, cycle: Sequence[str], labels: Sequence[str] = ()) -> None:
        names = labels or cycle
        super().__init__(
            "Retired classes succeed each other in a circle: "
            + " → ".join((*names, names[0]))
            + ". Restore one of them, or retire it again with another successor."
        )
        self.cycle, self.labels = tuple(cycle), tuple(labels)


class CodeTaken(Refused):
    """A code was given once and is never given again."""

    def __init__(self, code: int, holder: str) -> None:
        super().__init__(f"Code {code} belongs to {holder} and is never reused.")
        self.code, self.holder = code, holder


class AmbiguousReference(Refused):
    """A label that several classes answer to."""

    def __init__(self, reference: str, candidates: Sequence[str]) -> None:
        names = ", ".join(candidates)
        super().__init__(f"“{reference}” names several classes: {names}. Use an id or a code.")
        self.reference, self.candidates = reference, tuple(candidates)


class ManySchemes(Refused):
    """A file holds several concept schemes and the caller named none."""

    def __init__(self, schemes: Sequence[str]) -> None:
        super().__init__("The file holds several schemes; name one: " + ", ".join(schemes) + ".")
        self.schemes = tuple(schemes)


class InvalidTaxonomy(Refused):
    """Publishing is refused because rules that are enforced are violated."""

    def __init__(self, report: object, summary: str) -> None:
        super().__init__(summary)
        self.report = report


class InvalidValue(Refused):
    """A value that no taxonomy may hold (control characters, bad IRI, bad colour, ...)."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


class LoweredVersion(Refused):
    """A publisher may raise the computed version number, never lower it."""

    def __init__(self, proposed: str, asked: str) -> None:
        super().__init__(f"The changes call for version {proposed} at least; {asked} is lower.")
        self.proposed, self.asked = proposed, asked


class RefusedRows(Refused):
    """Rows of an imported file that cannot become classes: line, label and reason of each."""

    def __init__(self, rows: Sequence[tuple[int, str, str]]) -> None:
        line, label, reason = rows[0]
        count = "1 row is" if len(rows) == 1 else f"{len(rows)} rows are"
        super().__init__(f"{count} refused, nothing was stored. Line {line}, “{label}”: {reason}")
        self.rows = tuple(rows)


class TooMuchLost(Refused):
    """More of the classes in use than ``limit`` (0 to 1) have no target or need a decision.

    ``concerned`` are id, label and why of the first of them.
    """

    def __init__(
        self,
        limit: float,
        classes: int,
        without_target: int,
        needing_decision: int,
        concerned: Sequence[tuple[str, str, str]],
    ) -> None:
        lost = without_target + needing_decision
        super().__init__(
            f"{lost} of {classes} classes ({lost / classes:.1%}) have no target or need a decision;"
            f" the limit is {limit:.1%}. Decide about them, or raise the limit."
        )
        self.limit, self.classes = limit, classes
        self.without_target, self.needing_decision = without_target, needing_decision
        self.concerned = tuple(concerned)


class UnknownCodes(Refused):
    """Rows of a correspondence table with codes that no class in use has: line, code and side."""

    def __init__(self, rows: Sequence[tuple[int, str, str]], total: int) -> None:
        line, code, side = rows[0]
        count = "1 row names" if len(rows) == 1 else f"{len(rows)} rows name"
        super().__init__(
            f"{count} a code that no class in use has, of {total}. Line {line}: {side} “{code}”. "
            "Mend the table, or allow a share of unknown codes."
        )
        self.rows, self.total = tuple(rows), total


class ReusedKey(Refused):
    """An idempotency key that came before with another request."""

    def __init__(self, key: str) -> None:
        super().__init__(f"Idempotency key “{key}” was used for another request.")
        self.key = key


class UnknownLabels(Refused):
    """Labels of a dataset that the version does not know: each with how often it stands there."""

    def __init__(self, labels: Sequence[tuple[str, int]], version: str) -> None:
        count = sum(times for _, times in labels)
        names = ", ".join(f"“{label}” ({times})" for label, times in labels[:10])
        more = f" and {len(labels) - 10} others" if len(labels) > 10 else ""
        super().__init__(
            f"{version} does not know {len(labels)} of the labels ({count} times in the data): "
            f"{names}{more}. Nothing was written."
        )
        self.labels, self.version = tuple(labels), version
