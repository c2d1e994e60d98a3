"""One attempt to send a message."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlsplit

from cladist.deliveries.addresses import Network, Place, checked
from cladist.model.errors import InvalidValue

CONNECTING, LONGEST = 5.0, 20.0
"""Seconds that an attempt may take to connect, and in all."""


class Outcome(NamedTuple):
    """What an attempt gave: the status of the answer, or why there is none, and the time."""

    code: int | None
    reason: str
    milliseconds: int

    @property
    def accepted(self) -> bool:
        """Whether the receiver has the message."""
        return self.code is not None and 200 <= self.code < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no message any more (410)."""
        return self.code == 410


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    allowed: Sequence[Network],
    longest: float = LONGEST,
) -> Outcome:
    """Send a message. Redirects are not followed, and the body of the answer is not read."""
    import httpx

    start = perf_counter()
    code, reason = None, ""
    try:
        code = asyncio.run(_sent(checked(url, allowed), body, headers, longest))
    except TimeoutError:
        reason = f"There was no answer within {longest:g} seconds."
    except (InvalidValue, httpx.HTTPError, httpx.InvalidURL) as error:
        reason = str(error) or type(error).__name__
    return Outcome(code, reason[:500], round((perf_counter() - start) * 1000))


async def _sent(place: Place, body: bytes, headers: Mapping[str, str], longest: float) -> int:
    """The status of the answer from the address that was checked, whatever the name means now.

    The bound is on the whole: one on each read would let a receiver answer letter by letter.
    """
    import httpx

    parts = urlsplit(place.url)
    address = f"[{place.address}]" if place.address.version == 6 else str(place.address)
    target = httpx.URL(place.url).copy_with(netloc=f"{address}:{place.port}".encode())
    every = {
        **headers,
        "Host": parts.netloc,
        "Content-Type": "application/json",
        "User-Agent": "Cladist-Webhooks",
        "Accept-Encoding": "identity",
    }
    patience = httpx.Timeout(longest, connect=CONNECTING)
    async with asyncio.timeout(longest), httpx.AsyncClient(timeout=patience, trust_env=False) as it:
        request = it.build_request(
            "POST", target, content=body, headers=every, extensions={"sni_hostname": place.host}
        )
        answer = await it.send(request, stream=True, follow_redirects=False)
        await answer.aclose()
        return answer.status_code
