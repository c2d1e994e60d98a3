"""What the use cases stand on, put together in ``wiring.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Semaphore

from cladist.catalog.importing import Intake
from cladist.catalog.shelf import Shelf
from cladist.graph.projection import Projection
from cladist.ledger import instant
from cladist.ledger.ledger import Ledger
from cladist.model.change.references import Mint
from cladist.rdf.limits import Limits
from cladist.validation import Policy


@dataclass(frozen=True, slots=True)
class Means:
    """What the use cases stand on: the ledger, open states, limits, time and chance."""

    ledger: Ledger
    shelf: Shelf
    projection: Projection
    limits: Limits
    policy: Policy
    trusted_shapes: frozenset[str]
    """Digests of custom shapes that may hold SPARQL constraints."""
    base_iri: str
    now: Callable[[], datetime]
    mint: Mint
    readers: Semaphore
    """How many documents may be read at a time: each takes a child with memory of its own."""

    def instant(self) -> str:
        """The time, as records keep it."""
        return instant(self.now())

    @property
    def intake(self) -> Intake:
        """What reading a document takes."""
        return Intake(self.limits, self.base_iri, self.mint)
