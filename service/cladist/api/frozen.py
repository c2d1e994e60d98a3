"""Answers that never change, kept as ready bytes and given out before FastAPI is asked."""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from functools import lru_cache
from typing import Any

from cladist.api import caching
from cladist.api.negotiation import coding, preferred

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]
RawHeaders = list[tuple[bytes, bytes]]

SECURITY: RawHeaders = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Content-Location, Link, Location"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
"""Headers of every answer; reading is open to pages of any site."""

_SHORTEST = 512  # bytes from which on compressing pays
_BROTLI_QUALITY = 6
_GZIP_LEVEL = 6


def compressed(body: bytes, how: str) -> bytes:
    """The body in a content coding; the empty one leaves it as it is."""
    if how == "br":
        import brotli

        small: bytes = brotli.compress(body, quality=_BROTLI_QUALITY)
        return small
    if how == "gzip":
        packer = zlib.compressobj(_GZIP_LEVEL, wbits=31)
        return packer.compress(body) + packer.flush()
    return body


_SAYS_CHARSET = frozenset(
    f"text/{each}" for each in ("csv", "html", "kgcl", "markdown", "plain", "tab-separated-values")
)


def declared(media_type: str) -> str:
    """The media type as Content-Type has it: text that needs not be in UTF-8 says that it is."""
    return f"{media_type}; charset=utf-8" if media_type in _SAYS_CHARSET else media_type


class Frozen:
    """One representation of a state in every content coding asked for so far.

    ``sniffed`` is whether ``Accept`` decides if this answer fits; a path with a suffix says itself
    what it is. ``control`` is the Cache-Control under the path where the answer is kept, ``link``
    the Link (RFC 8288) that goes with it.
    """

    def __init__(
        self,
        body: bytes,
        media_type: str,
        tag: str,
        *,
        control: str,
        sniffed: bool = True,
        link: str = "",
    ) -> None:
        self.body, self.media_type, self.tag, self.sniffed = body, media_type, tag, sniffed
        self._control, self._link = control, link
        self._bodies: dict[str, bytes] = {"": body}
        self._ready: dict[str, tuple[bytes, RawHeaders]] = {}

    @property
    def weight(self) -> int:
        """The bytes held."""
        return sum(map(len, self._bodies.values()))

    def fit(self, accept_encoding: str) -> str:
        """The content coding that a request gets."""
        return coding(accept_encoding) if len(self.body) >= _SHORTEST else ""

    def ready(self, how: str) -> tuple[bytes, RawHeaders] | None:
        """Body and headers in this coding, if they were asked for before."""
        return self._ready.get(how)

    def make_ready(self, how: str) -> None:
        """Have body and headers in this coding ready from now on."""
        self._ready[how] = (self.coded(how), self.headers(how, self._control))

    def coded(self, how: str) -> bytes:
        """The body in this coding, compressed now unless it was before."""
        found = self._bodies.get(how)
        if found is None:
            found = self._bodies[how] = compressed(self.body, how)
        return found

    def tag_in(self, how: str) -> str:
        """The entity tag in this coding: codings are representations of their own."""
        return f"{self.tag}-{how}" if how else self.tag

    def headers(self, how: str, control: str, location: str = "") -> RawHeaders:
        """The headers of an answer in this coding."""
        vary = "Accept, Accept-Encoding" if self.sniffed else "Accept-Encoding"
        named = {
            "content-type": declared(self.media_type),
            "content-length": str(len(self.coded(how))),
            "etag": f'"{self.tag_in(how)}"',
            "vary": vary,
            "cache-control": control,
            "content-encoding": how,
            "content-location": location,
            "link": self._link,
        }
        found = [(name.encode(), value.encode()) for name, value in named.items() if value]
        return [*found, *SECURITY]


class FrozenAnswers:
    """The most recently used answers by path and query, within a bound on their bytes."""

    def __init__(self, bound: int) -> None:
        self._bound = bound
        self._kept: OrderedDict[tuple[bytes, bytes], Frozen] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, path: bytes, query: bytes) -> Frozen | None:
        """The answer to this request, which counts as used now."""
        key = (path, query)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, path: bytes, query: bytes, answer: Frozen) -> None:
        """Keep an answer, unless it would push most others out."""
        if len(answer.body) * 4 > self._bound:
            return
        with self._lock:
            self._kept[path, query] = answer
            while len(self._kept) > 1 and self._weight() > self._bound:
                self._kept.popitem(last=False)

    def _weight(self) -> int:
        return sum(each.weight for each in self._kept.values())


class FrozenLayer:
    """The ASGI application in front: what is ready is answered here, all else is passed on."""

    def __init__(self, behind: Asgi, answers: FrozenAnswers) -> None:
        self._behind, self._answers = behind, answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from ready bytes, or ask the application behind."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            found = self._answers.get(scope["raw_path"], scope["query_string"])
            if found is not None:
                reply = _reply(found, scope["headers"])
                if reply is not None:
                    status, headers, body = reply
                    start = {"type": "http.response.start", "status": status, "headers": headers}
                    await send(start)
                    sent = body if scope["method"] == "GET" else b""
                    await send({"type": "http.response.body", "body": sent})
                    return
        await self._behind(scope, receive, send)


def _reply(
    found: Frozen, headers: Iterable[tuple[bytes, bytes]]
) -> tuple[int, RawHeaders, bytes] | None:
    asked = _asked(headers)
    if found.sniffed and not _fits(asked.get(b"accept", b""), found.media_type):
        return None
    how = found.fit(_latin(asked.get(b"accept-encoding", b"")))
    ready = found.ready(how)
    if ready is None:
        return None
    condition = asked.get(b"if-none-match")
    if condition and caching.matches(_latin(condition), found.tag_in(how)):
        return 304, unchanged(ready[1]), b""
    return 200, ready[1], ready[0]


_READ = frozenset((b"accept", b"accept-encoding", b"if-none-match"))


def _asked(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The request's headers that matter here; repeated ones are one list (RFC 9110, 5.3)."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in _READ:
            found[name] = found[name] + b", " + value if name in found else value
    return found


@lru_cache(maxsize=512)
def _fits(accept: bytes, media_type: str) -> bool:
    return preferred(_latin(accept), (media_type,)) is not None


def _latin(value: bytes) -> str:
    return value.decode("latin-1")


_BODILY = frozenset((b"content-length", b"content-type", b"content-encoding"))


def unchanged(headers: RawHeaders) -> RawHeaders:
    """The headers of a 304: those of the answer without what describes its body."""
    return [each for each in headers if each[0] not in _BODILY]
