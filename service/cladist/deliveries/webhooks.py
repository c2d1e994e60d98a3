"""Webhooks as people manage them: added, paused, tried, looked at, removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cladist.deliveries.addresses import Network, checked
from cladist.deliveries.feed import Feed
from cladist.deliveries.signing import new_secret
from cladist.ledger.ledger import Ledger
from cladist.ledger.outbox import PENDING
from cladist.ledger.records import Delivery, Webhook, instant
from cladist.model.errors import InvalidValue
from cladist.model.identifiers import check_text

PING = "ping"
_DESCRIPTION = 500  # characters
_MOST = 100
"""Webhooks of one taxonomy."""


class Webhooks:
    """The webhooks of all taxonomies."""

    def __init__(
        self,
        ledger: Ledger,
        allowed: Sequence[Network],
        now: Callable[[], datetime],
        mint: Callable[[], str],
    ) -> None:
        self._outbox, self._allowed = ledger.outbox, allowed
        self._clock, self._mint = now, mint

    def add(self, slug: str, url: str, description: str, who: str) -> Webhook:
        """A webhook that is told of versions published from now on; its secret is new.

        Raises UnknownTaxonomy, and InvalidValue for a URL where messages may not be sent.
        """
        if len(self._outbox.webhooks(slug)) >= _MOST:
            raise InvalidValue("webhooks", f"a taxonomy has at most {_MOST}.")
        checked(url, self._allowed)
        new = Webhook(
            id=self._mint(),
            slug=slug,
            url=url,
            description=_described(description),
            secret=new_secret(),
            active=True,
            after=0,
            who=who,
            at=self._now(),
        )
        return self._outbox.add(new)

    def every(self, slug: str) -> tuple[Webhook, ...]:
        """The webhooks of a taxonomy, the oldest first; raises UnknownTaxonomy."""
        return self._outbox.webhooks(slug)

    def one(self, slug: str, webhook_id: str) -> Webhook:
        """A webhook; raises NotFound."""
        return self._outbox.webhook(slug, webhook_id)

    def change(
        self,
        slug: str,
        webhook_id: str,
        *,
        url: str | None = None,
        description: str | None = None,
        active: bool | None = None,
    ) -> Webhook:
        """Give a webhook another URL or description, pause it, or let it go on.

        What was published while it was paused is sent when it goes on.
        """
        old = self.one(slug, webhook_id)
        if url is not None:
            checked(url, self._allowed)
        new = replace(
            old,
            url=old.url if url is None else url,
            description=old.description if description is None else _described(description),
            active=old.active if active is None else active,
        )
        self._outbox.change(new)
        return new

    def remove(self, slug: str, webhook_id: str) -> None:
        """Forget a webhook and what was delivered to it; raises NotFound."""
        self._outbox.remove(slug, webhook_id)

    def ping(self, slug: str, webhook_id: str) -> Delivery:
        """Queue a message that says nothing, to try the receiver."""
        hook, now = self.one(slug, webhook_id), self._now()
        new = Delivery(
            id=f"msg_{self._mint()}",
            webhook=hook.id,
            seq=0,
            type=PING,
            status=PENDING,
            tries=0,
            attempts="[]",
            due=now,
            at=now,
            ended="",
        )
        self._outbox.enqueue(new)
        return new

    def deliveries(self, slug: str, webhook_id: str, most: int = 100) -> tuple[Delivery, ...]:
        """What was and is to be delivered, the newest first; raises NotFound."""
        return self._outbox.deliveries(self.one(slug, webhook_id).id, most)

    def redeliver(self, slug: str, webhook_id: str, delivery_id: str) -> Delivery:
        """Send a message once more, under the same id; raises NotFound."""
        return self._outbox.again(self.one(slug, webhook_id).id, delivery_id, self._now())

    def _now(self) -> str:
        return instant(self._clock())


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What follows the log: the feed of events, and the webhooks."""

    feed: Feed
    webhooks: Webhooks


def _described(text: str) -> str:
    return text and check_text(text, "description", _DESCRIPTION)
