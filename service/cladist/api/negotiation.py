"""Which representation and which content coding a request asks for (RFC 9110, section 12.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

JSON = "application/json"

CODINGS = ("br", "gzip")
"""The content codings on offer, the smaller first."""

_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """What a list such as ``text/turtle, */*;q=0.1`` names, in lower case, with its weight.

    Elements whose weight cannot be read are left out, parameters other than ``q`` are not compared.
    """
    for element in header.split(","):
        name, *parameters = (part.strip().lower() for part in element.split(";"))
        weights = [part[2:].strip() for part in parameters if part.startswith("q=")]
        if name and all(_WEIGHT.fullmatch(weight) for weight in weights):
            yield name, float(weights[0]) if weights else 1.0


@lru_cache(maxsize=512)
def preferred(accept: str, offers: Sequence[str]) -> str | None:
    """The media type on offer that the request likes best; of equals the first; None if none.

    Without ``Accept`` that is the first on offer. The most specific range decides on each offer.
    """
    if not accept.strip():
        return offers[0]
    wanted = dict(_ranges(accept))
    best, most = None, 0.0
    for offer in offers:
        weight = _weight(offer, wanted)
        if weight > most:
            best, most = offer, weight
    return best


def _weight(offer: str, wanted: dict[str, float]) -> float:
    for name in (offer, offer.partition("/")[0] + "/*", "*/*"):
        if name in wanted:
            return wanted[name]
    return 0.0


@lru_cache(maxsize=512)
def coding(accept_encoding: str) -> str:
    """``br``, ``gzip`` or, when neither is welcome, an empty text for no coding at all."""
    wanted = dict(_ranges(accept_encoding))
    others = wanted.get("*", 0.0)
    best, most = "", 0.0
    for name in CODINGS:
        weight = wanted.get(name, others)
        if weight > most:
            best, most = name, weight
    return best if most >= wanted.get("identity", 0.0) else ""
