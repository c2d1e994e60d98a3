"""The thread that follows the log and sends what webhooks are to be told.

Several processes may do so on one ledger: each delivery is claimed for a while by the one that
sends it. If that one ends, another sends it when the while is over.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from threading import Event, Thread
from typing import Any

import orjson

from cladist.deliveries.addresses import Network
from cladist.deliveries.feed import Feed
from cladist.deliveries.posting import Outcome, post
from cladist.deliveries.signing import headers
from cladist.deliveries.webhooks import PING
from cladist.ledger.ledger import Ledger
from cladist.ledger.outbox import DELIVERED, FAILED
from cladist.ledger.records import Delivery, Webhook, instant
from cladist.model.errors import StoreUnavailable

_POLL = 0.5
_CLAIM = timedelta(seconds=60)  # longer than an attempt may take
_AT_ONCE = 8
_KEPT = timedelta(days=30)
_JITTER = 0.1

_log = logging.getLogger(__name__)


class Sender:
    """Sends messages until it is stopped.

    ``retries`` are seconds from each attempt that failed to the next; after the last it gives up.
    """

    def __init__(
        self,
        ledger: Ledger,
        allowed: Sequence[Network],
        now: Callable[[], datetime],
        retries: Sequence[float],
    ) -> None:
        self._ledger, self._outbox, self._feed = ledger, ledger.outbox, Feed(ledger)
        self._allowed, self._now, self._retries = allowed, now, retries
        self._random = Random()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="deliveries", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after the attempts that are being made."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        with ThreadPoolExecutor(_AT_ONCE, "delivery") as pool:
            while not self._stopping.is_set():
                try:
                    busy = self._step(pool)
                except StoreUnavailable as error:
                    _log.warning("Webhooks wait: %s", error)
                    busy = False
                except Exception:  # one message that cannot be made must not hold up all others
                    _log.exception("A webhook could not be told; it is tried again in a minute.")
                    busy = False
                if not busy:
                    self._stopping.wait(_POLL)

    def _step(self, pool: ThreadPoolExecutor) -> bool:
        """Queue what is new and send what is due; whether there was anything."""
        now = self._now()
        behind, due_now = self._outbox.look(instant(now), self._ledger.sequence())
        if behind:
            self._outbox.queue(instant(now), instant(now - _KEPT))
        if not (behind or due_now):
            return False
        due = self._outbox.claim(instant(now), instant(now + _CLAIM), _AT_ONCE)
        list(pool.map(lambda each: self._deliver(*each), due))
        return True

    def _deliver(self, delivery: Delivery, hook: Webhook) -> None:
        body = orjson.dumps(self._message(delivery, hook))
        sent = self._now()
        signed = headers(hook.secret, delivery.id, int(sent.timestamp()), body)
        outcome = post(hook.url, body, signed, self._allowed)
        settled = self._settled(delivery, outcome, sent)
        self._outbox.settle(settled)
        if settled.status == FAILED:
            _log.warning("%s to webhook %s is given up: %s", settled.id, hook.id, outcome)
        if outcome.gone:
            self._outbox.pause(hook)

    def _message(self, delivery: Delivery, hook: Webhook) -> dict[str, Any]:
        if delivery.type == PING:
            data: dict[str, Any] = {"taxonomy": hook.slug, "webhook": hook.id}
            return {"type": PING, "timestamp": delivery.at, "data": data}
        event = self._feed.event(delivery.seq)
        return {"type": event["type"], "timestamp": event["at"], "data": event}

    def _settled(self, delivery: Delivery, outcome: Outcome, sent: datetime) -> Delivery:
        tries = delivery.tries + 1
        attempt = {
            "at": instant(sent),
            "code": outcome.code,
            "reason": outcome.reason,
            "milliseconds": outcome.milliseconds,
        }
        told = replace(
            delivery,
            tries=tries,
            attempts=json.dumps([*json.loads(delivery.attempts), attempt], ensure_ascii=False),
        )
        now = self._now()
        if outcome.accepted:
            return replace(told, status=DELIVERED, ended=instant(now))
        if outcome.gone or tries > len(self._retries):
            return replace(told, status=FAILED, ended=instant(now))
        pause = self._retries[tries - 1] * (1 + self._random.uniform(-_JITTER, _JITTER))
        return replace(told, due=instant(now + timedelta(seconds=pause)))
