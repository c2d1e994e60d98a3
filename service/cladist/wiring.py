"""Everything put together from the settings; nothing is made when a module is imported."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Semaphore

from cladist.catalog.catalog import Catalog
from cladist.catalog.means import Means
from cladist.catalog.shelf import Shelf
from cladist.deliveries.feed import Feed
from cladist.deliveries.sender import Sender
from cladist.deliveries.webhooks import Deliveries, Webhooks
from cladist.graph.projection import Projection
from cladist.index.folder import IndexFolder
from cladist.jobs.runner import Jobs
from cladist.ledger import open_ledger
from cladist.settings import Settings
from cladist.validation import DEFAULT

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is taken for another."""


def mint() -> str:
    """An opaque token of 50 random bits for the id of a class, a group or a change."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@contextmanager
def jobs(settings: Settings) -> Iterator[Jobs]:
    """The migrations that the service does, run until the end."""
    found = Jobs(settings.jobs, settings.allowed_roots, now, mint)
    found.start()
    try:
        yield found
    finally:
        found.stop()


@contextmanager
def deliveries(settings: Settings) -> Iterator[Deliveries]:
    """The feed of events, and webhooks, which are told until the end."""
    allowed = settings.webhook_networks
    with followed(settings) as found, open_ledger(settings.store) as ledger:
        sender = Sender(ledger, allowed, now, settings.webhook_retries)
        sender.start()
        try:
            yield found
        finally:
            sender.stop()


@contextmanager
def followed(settings: Settings) -> Iterator[Deliveries]:
    """The same, while somebody else tells the webhooks."""
    if settings.store_folder is not None:
        settings.store_folder.mkdir(parents=True, exist_ok=True)
    with open_ledger(settings.store) as ledger:
        yield Deliveries(Feed(ledger), Webhooks(ledger, settings.webhook_networks, now, mint))


@contextmanager
def catalog(settings: Settings) -> Iterator[Catalog]:
    """The use cases on the ledger that the settings name, closed at the end."""
    if settings.store_folder is not None:
        settings.store_folder.mkdir(parents=True, exist_ok=True)
    with open_ledger(settings.store) as ledger:
        folder = None if settings.indexes is None else IndexFolder(settings.indexes)
        shelf = Shelf(ledger, most_lines=settings.most_lines, folder=folder)
        yield Catalog(
            Means(
                ledger=ledger,
                shelf=shelf,
                projection=Projection(shelf.lines),
                limits=settings.limits,
                policy=DEFAULT,
                trusted_shapes=frozenset(settings.trusted_shapes),
                base_iri=settings.base_iri,
                now=now,
                mint=mint,
                readers=Semaphore(settings.readers),
            )
        )
