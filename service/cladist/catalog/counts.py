"""How much the rules found in each version: the counts frozen with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from cladist.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Counted:
    """A version, and by rule how much was found when it was published.

    ``counts`` is None where nothing was kept, as of versions published before it was; ``engine``
    and ``rules`` (the SHA-256 of the shape files) say by what was counted.
    """

    number: str
    at: str
    counts: Mapping[str, int] | None = None
    engine: str = ""
    rules: str = ""

    @property
    def total(self) -> int | None:
        """How much was found in all."""
        return None if self.counts is None else sum(self.counts.values())


def counted(ledger: Ledger, slug: str) -> tuple[Counted, ...]:
    """All versions of a taxonomy, oldest first; raises UnknownTaxonomy."""
    return tuple(_one(ledger, slug, each.number) for each in ledger.versions(slug))


def _one(ledger: Ledger, slug: str, number: str) -> Counted:
    record = ledger.version(slug, number)
    kept = json.loads(record.extra or "{}").get("validation")
    if kept is None:
        return Counted(number, record.at)
    return Counted(number, record.at, kept["counts"], kept["engine"], kept["rules"])
