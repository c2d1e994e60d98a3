"""A catalog on a real embedded store, with time and chance in the test's hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Semaphore

import pytest

from cladist.catalog.catalog import Catalog
from cladist.catalog.means import Means
from cladist.catalog.shelf import Shelf
from cladist.graph.projection import Projection
from cladist.ledger import open_ledger
from cladist.rdf.limits import Limits
from cladist.validation import DEFAULT

BASE = "https://example.org/id/"
NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The URL of a store that holds nothing."""
    return f"sqlite:///{tmp_path}/cladist.sqlite"


@pytest.fixture
def open_catalog(store: str) -> Iterator[Callable[[], Catalog]]:
    """Opens catalogs on the one store, each with memory of its own, as processes have."""
    opened = []
    numbers = count(1)

    def open_one() -> Catalog:
        ledger = open_ledger(store)
        opened.append(ledger)
        shelf = Shelf(ledger, most_lines=100_000)
        means = Means(
            ledger=ledger,
            shelf=shelf,
            projection=Projection(shelf.lines),
            limits=Limits(),
            trusted_shapes=frozenset(),
            policy=DEFAULT,
            base_iri=BASE,
            now=lambda: NOON,
            mint=lambda: f"x{next(numbers)}",
            readers=Semaphore(1),
        )
        return Catalog(means)

    yield open_one
    for ledger in opened:
        ledger.close()


@pytest.fixture
def catalog(open_catalog: Callable[[], Catalog]) -> Catalog:
    """A catalog without taxonomies."""
    return open_catalog()
