"""How a use case remembers its answer for a request that comes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cladist.catalog.values import Retry
from cladist.ledger import Idempotency


def settled(retry: Retry | None, result: Any) -> Idempotency | None:
    """The retry of a use case whose result is known before it is stored."""
    return through(retry, lambda _: result)


def through(retry: Retry | None, outcome: Callable[[Any], Any]) -> Idempotency | None:
    """The retry of a use case whose result is made of what the ledger gives back."""
    if retry is None:
        return None
    return Idempotency(retry.key, retry.request_hash, lambda record: retry.render(outcome(record)))
