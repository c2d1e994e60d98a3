"""Input that cannot be read, limits of the installation, and a store that cannot answer."""

from __future__ import annotations

from cladist.model.errors.root import CladistError


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
