"""Usages and what hits them as JSON, the same for both doors."""

from __future__ import annotations

import json
from typing import Any

from cladist.catalog.usages import Hit, Impact
from cladist.ledger import Usage

_SAID = ("name", "kind", "version", "contact", "url", "note", "who", "at")


def usage_json(usage: Usage) -> dict[str, Any]:
    """What was registered."""
    counts = json.loads(usage.counts) if usage.counts else None
    told = {name: getattr(usage, name) for name in _SAID}
    return {"taxonomy": usage.slug, **told, "counts": counts, "acknowledge": usage.asks}


def impact_json(found: Impact) -> dict[str, Any]:
    """What a state does to a usage; numbers are ``None`` where nobody knows them."""
    share = None
    if found.labels is not None and found.hit is not None:
        share = found.hit / found.labels if found.labels else 0.0
    usage = found.usage
    return {
        **{name: getattr(usage, name) for name in ("name", "kind", "version", "contact")},
        "labels": found.labels,
        "hit": found.hit,
        "open": found.open,
        "share": share,
        "acknowledge": usage.asks,
        "missing": found.missing,
        "hits": [_hit(each) for each in found.hits],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    sides = {
        name: [{"id": each, "label": label} for each, label in classes]
        for name, classes in (("sources", hit.sources), ("targets", hit.targets))
    }
    numbers = {"labels": hit.labels, "automatic": hit.automatic, "open": hit.open}
    return {"kind": hit.kind.value, **sides, **numbers}
