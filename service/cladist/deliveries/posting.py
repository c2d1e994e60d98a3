"""One attempt to send a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from cladist.deliveries.addresses import Network, Place, checked
from cladist.model.errors import InvalidValue

_TIMEOUT = httpx.Timeout(15.0, connect=5.0)


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


def post(url: str, body: bytes, headers: Mapping[str, str], allowed: Sequence[Network]) -> Outcome:
    """Send a message. Redirects are not followed, and the body of the answer is not read."""
    start = perf_counter()
    try:
        code: int | None = _sent(checked(url, allowed), body, headers)
        reason = ""
    except (InvalidValue, httpx.HTTPError, httpx.InvalidURL) as error:
        code, reason = None, str(error) or type(error).__name__
    return Outcome(code, reason[:500], round((perf_counter() - start) * 1000))


def _sent(place: Place, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer from the address that was checked, whatever the name means now."""
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
    with httpx.Client(timeout=_TIMEOUT, trust_env=False, follow_redirects=False) as client:
        request = client.build_request(
            "POST", target, content=body, headers=every, extensions={"sni_hostname": place.host}
        )
        answer = client.send(request, stream=True)
        answer.close()
        return answer.status_code
