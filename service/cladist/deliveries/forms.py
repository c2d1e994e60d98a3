"""Webhooks and deliveries as JSON, the same for both doors; a secret is never in it."""

from __future__ import annotations

import json
from typing import Any

from cladist.ledger.records import Delivery, Webhook

_HOOK = ("id", "url", "description", "active", "after", "who", "at")
_DELIVERY = ("id", "seq", "type", "status", "due", "at", "ended")


def webhook_json(hook: Webhook) -> dict[str, Any]:
    """A webhook."""
    return {"taxonomy": hook.slug, **{name: getattr(hook, name) for name in _HOOK}}


def delivery_json(delivery: Delivery) -> dict[str, Any]:
    """A delivery with all its attempts."""
    told = {name: getattr(delivery, name) for name in _DELIVERY}
    return {**told, "attempts": json.loads(delivery.attempts)}
