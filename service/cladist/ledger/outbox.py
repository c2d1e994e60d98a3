"""Webhooks, and which events are on their way to each. The log itself is the outbox.

A webhook keeps the number of the event up to which deliveries were made for it, in one transaction
with these: whatever stops in between, every event gets one delivery.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, insert, select, update

from cladist.ledger import events
from cladist.ledger.engine import Store
from cladist.ledger.records import Delivery, Webhook
from cladist.ledger.tables import delivery, event, taxonomy, webhook
from cladist.model.errors import NotFound, UnknownTaxonomy

TOLD = "version.published"
"""The events that webhooks are told of."""

_BATCH = 1_000
"""Events that are looked at for one webhook in one transaction."""

PENDING, DELIVERED, FAILED = "pending", "delivered", "failed"


class Outbox:
    """The webhooks of all taxonomies; each method is one transaction. Times are instants."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, new: Webhook) -> Webhook:
        """Store a webhook, to be told of what comes from now on; raises UnknownTaxonomy."""
        with self._store.write() as connection:
            _expect(connection, new.slug)
            values = {**asdict(new), "after": _last(connection)}
            connection.execute(insert(webhook), values)
        return Webhook(**values)

    def webhooks(self, slug: str) -> tuple[Webhook, ...]:
        """The webhooks of a taxonomy, the oldest first; raises UnknownTaxonomy."""
        with self._store.read() as connection:
            _expect(connection, slug)
            wanted = select(webhook).where(webhook.c.slug == slug).order_by(webhook.c.at)
            return tuple(Webhook(**row) for row in connection.execute(wanted).mappings())

    def webhook(self, slug: str, webhook_id: str) -> Webhook:
        """A webhook; raises NotFound."""
        with self._store.read() as connection:
            return _one(connection, slug, webhook_id)

    def change(self, new: Webhook) -> None:
        """Give a webhook another URL, description or state."""
        fields = {name: getattr(new, name) for name in ("url", "description", "active")}
        with self._store.write() as connection:
            connection.execute(update(webhook).where(webhook.c.id == new.id).values(fields))

    def pause(self, told: Webhook) -> None:
        """Tell a webhook no more, unless it has got another URL meanwhile."""
        same = and_(webhook.c.id == told.id, webhook.c.url == told.url)
        with self._store.write() as connection:
            connection.execute(update(webhook).where(same).values(active=False))

    def remove(self, slug: str, webhook_id: str) -> None:
        """Forget a webhook and its deliveries; raises NotFound."""
        with self._store.write() as connection:
            found = _one(connection, slug, webhook_id)
            connection.execute(delete(delivery).where(delivery.c.webhook == found.id))
            connection.execute(delete(webhook).where(webhook.c.id == found.id))

    def queue(self, now: str, before: str) -> None:
        """Make deliveries of new events, and forget those that ended before a time."""
        with self._store.write() as connection:
            connection.execute(
                delete(delivery).where(delivery.c.ended != "", delivery.c.ended < before)
            )
            last = _last(connection)
            behind = select(webhook).where(webhook.c.active.is_(True), webhook.c.after < last)
            for row in connection.execute(behind).mappings().all():
                _queue(connection, Webhook(**row), now, last)

    def enqueue(self, new: Delivery) -> None:
        """Queue a delivery that is made for no event."""
        with self._store.write() as connection:
            connection.execute(insert(delivery), asdict(new))

    def look(self, now: str, last: int) -> tuple[bool, bool]:
        """Whether webhooks have yet to be told of events up to ``last``, and whether any is due."""
        behind = select(webhook.c.id).where(webhook.c.active.is_(True), webhook.c.after < last)
        with self._store.read() as connection:
            return (
                connection.execute(behind.limit(1)).first() is not None,
                connection.execute(_due(now).limit(1)).first() is not None,
            )

    def claim(self, now: str, until: str, most: int) -> tuple[tuple[Delivery, Webhook], ...]:
        """Deliveries that are due, each with its webhook; they are due again at ``until``."""
        with self._store.write() as connection:
            rows = connection.execute(_due(now).limit(most)).mappings().all()
            found = [Delivery(**row) for row in rows]
            ids = [each.id for each in found]
            connection.execute(update(delivery).where(delivery.c.id.in_(ids)).values(due=until))
            wanted = select(webhook).where(webhook.c.id.in_([each.webhook for each in found]))
            hooks = {row["id"]: Webhook(**row) for row in connection.execute(wanted).mappings()}
        return tuple((each, hooks[each.webhook]) for each in found)

    def settle(self, done: Delivery) -> None:
        """Keep what became of a delivery that was tried."""
        fields = ("status", "tries", "attempts", "due", "ended")
        values = {name: getattr(done, name) for name in fields}
        with self._store.write() as connection:
            connection.execute(update(delivery).where(delivery.c.id == done.id).values(values))

    def deliveries(self, webhook_id: str, most: int) -> tuple[Delivery, ...]:
        """The deliveries to a webhook, the newest first."""
        order = (delivery.c.at.desc(), delivery.c.seq.desc())
        wanted = select(delivery).where(delivery.c.webhook == webhook_id).order_by(*order)
        with self._store.read() as connection:
            rows = connection.execute(wanted.limit(most)).mappings()
            return tuple(Delivery(**row) for row in rows)

    def again(self, webhook_id: str, delivery_id: str, now: str) -> Delivery:
        """Queue a delivery once more, with all its tries; raises NotFound."""
        same = and_(delivery.c.id == delivery_id, delivery.c.webhook == webhook_id)
        with self._store.write() as connection:
            values = {"status": PENDING, "tries": 0, "due": now, "ended": ""}
            connection.execute(update(delivery).where(same).values(values))
            row = connection.execute(select(delivery).where(same)).mappings().one_or_none()
        if row is None:
            raise NotFound(f"There is no delivery {delivery_id} to this webhook.")
        return Delivery(**row)


def _due(now: str) -> Select[Any]:
    return (
        select(delivery)
        .join(webhook, webhook.c.id == delivery.c.webhook)
        .where(delivery.c.status == PENDING, delivery.c.due <= now, webhook.c.active.is_(True))
        .order_by(delivery.c.due)
    )


def _last(connection: Connection) -> int:
    last = select(event.c.seq).order_by(event.c.seq.desc()).limit(1)
    return connection.scalar(last) or 0


def _queue(connection: Connection, hook: Webhook, now: str, last: int) -> None:
    new = events.since(connection, hook.after, hook.slug, _BATCH)
    rows = [
        asdict(
            Delivery(
                id=f"msg_{hook.id}_{each.seq}",
                webhook=hook.id,
                seq=each.seq,
                type=each.type,
                status=PENDING,
                tries=0,
                attempts="[]",
                due=now,
                at=now,
                ended="",
            )
        )
        for each in new
        if each.type == TOLD
    ]
    if rows:
        connection.execute(insert(delivery), rows)
    after = {"after": last if len(new) < _BATCH else new[-1].seq}
    connection.execute(update(webhook).where(webhook.c.id == hook.id).values(after))


def _one(connection: Connection, slug: str, webhook_id: str) -> Webhook:
    wanted = select(webhook).where(webhook.c.slug == slug, webhook.c.id == webhook_id)
    row = connection.execute(wanted).mappings().one_or_none()
    if row is None:
        raise NotFound(f"{slug} has no webhook {webhook_id}.")
    return Webhook(**row)


def _expect(connection: Connection, slug: str) -> None:
    known = select(taxonomy.c.slug).where(taxonomy.c.slug == slug)
    if connection.scalar(known) is None:
        raise UnknownTaxonomy(slug)
