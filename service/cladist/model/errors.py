"""Every way in which Cladist refuses: one tree, each error carrying its data.

    CladistError
    ├── NotFound
    │   ├── UnknownTaxonomy      slug
    │   ├── UnknownVersion       slug, selector
    │   ├── UnknownClass         reference, state
    │   ├── UnknownGroup         reference
    │   └── UnknownChange        reference
    ├── Conflict
    │   ├── TaxonomyExists       slug
    │   ├── StaleDraft           expected, actual
    │   ├── NothingToPublish     slug
    │   ├── DependentChanges     change, dependents
    │   └── ContentMismatch      expected, actual
    ├── Refused                  the request is understood and not allowed
    │   ├── InvalidChange        reason, classes
    │   ├── CycleFound           cycle, labels
    │   ├── CodeTaken            code, holder
    │   ├── AmbiguousReference   reference, candidates
    │   ├── ManySchemes          schemes
    │   ├── InvalidTaxonomy      report
    │   ├── InvalidValue         field, reason
    │   ├── LoweredVersion       proposed, asked
    │   ├── RefusedRows          rows
    │   └── ReusedKey            key
    ├── UnreadableInput          reason, line, column
    ├── LimitExceeded            limit, allowed
    │   ├── BodyTooLarge
    │   └── ParserLimit
    └── StoreUnavailable         reason
        └── StoreFull

They become HTTP answers in ``api/problems.py`` alone and exit codes in ``cli/`` alone.
"""

from __future__ import annotations

from collections.abc import Sequence


class CladistError(Exception):
    """Base of all refusals; ``str(error)`` is one sentence for a person.

    ``position`` is that of the refused change in a batch, from 0, where there is one.
    """

    position: int | None = None


class NotFound(CladistError):
    """What was asked for does not exist."""


class UnknownTaxonomy(NotFound):
    """No taxonomy has this slug or IRI."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no taxonomy “{slug}”.")
        self.slug = slug


class UnknownVersion(NotFound):
    """The taxonomy has no version that the selector names."""

    def __init__(self, slug: str, selector: str) -> None:
        super().__init__(f"Taxonomy “{slug}” has no version “{selector}”.")
        self.slug, self.selector = slug, selector


class UnknownClass(NotFound):
    """No class of the taxonomy answers to this reference (id, ``#code`` or label)."""

    def __init__(self, reference: str, state: str = "") -> None:
        super().__init__(f"There is no class “{reference}”{f' in {state}' if state else ''}.")
        self.reference, self.state = reference, state


class UnknownGroup(NotFound):
    """No exclusive group has this id."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no exclusive group “{reference}”.")
        self.reference = reference


class UnknownChange(NotFound):
    """The draft holds no change with this id."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"The draft holds no change “{reference}”.")
        self.reference = reference


class Conflict(CladistError):
    """The request does not fit the present state."""


class TaxonomyExists(Conflict):
    """The slug or the IRI is taken."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"A taxonomy “{slug}” exists already.")
        self.slug = slug


class StaleDraft(Conflict):
    """The draft has moved on since the caller read it."""

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(
            f"The draft is at revision {actual}, not {expected}: read it again, then repeat."
        )
        self.expected, self.actual = expected, actual


class NothingToPublish(Conflict):
    """The draft equals the last version."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"The draft of “{slug}” holds no change since the last version.")
        self.slug = slug


class DependentChanges(Conflict):
    """A change cannot be undone because later changes build on it."""

    def __init__(self, change: str, dependents: Sequence[str]) -> None:
        names = ", ".join(dependents)
        super().__init__(f"Change {change} cannot be undone alone: {names} build on it.")
        self.change, self.dependents = change, tuple(dependents)


class ContentMismatch(Conflict):
    """Content does not have the digest under which it is known."""

    def __init__(self, expected: str, actual: str) -> None:
        super().__init__(f"Content has digest {actual}, expected {expected}.")
        self.expected, self.actual = expected, actual


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


class ReusedKey(Refused):
    """An idempotency key that came before with another request."""

    def __init__(self, key: str) -> None:
        super().__init__(f"Idempotency key “{key}” was used for another request.")
        self.key = key


class UnreadableInput(CladistError):
    """A document that cannot be read; ``line`` and ``column`` count from 1 when known."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        place = "" if line is None else f" (line {line}, column {column or 1})"
        super().__init__(reason + place)
        self.reason, self.line, self.column = reason, line, column


class LimitExceeded(CladistError):
    """More than a limit of this installation allows."""

    def __init__(self, limit: str, allowed: int) -> None:
        super().__init__(f"Over the limit of {allowed} for {limit}.")
        self.limit, self.allowed = limit, allowed


class BodyTooLarge(LimitExceeded):
    """A request body or an unpacked document over the limit."""


class ParserLimit(LimitExceeded):
    """The parser ran out of the time, memory or nesting it is given."""


class StoreUnavailable(CladistError):
    """The store cannot answer now; whether a write under way was done is unknown."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The store is not available: {reason}")
        self.reason = reason


class StoreFull(StoreUnavailable):
    """The store has no room left; reading goes on, nothing is half written."""
