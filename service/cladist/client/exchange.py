"""How an operation is carried out: kept answers, repeated tries, refusals; nothing is sent here.

A talk gives the requests to send one by one and is told what came of each, so that it serves
clients that wait and clients that do not.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlsplit

from cladist import __version__
from cladist.client.cache import Cache, Kept, StaleAnswer
from cladist.client.operation import Operation, Reply
from cladist.client.problems import error_of
from cladist.model.errors import CladistError, InvalidValue, StoreUnavailable, UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

_AWAY = frozenset({502, 503, 504})
"""Statuses that say that the service, or its store, is not there now."""
_FIRST_WAIT = 0.2
_LONGEST_WAIT = 30.0


@dataclass(frozen=True, slots=True)
class Request:
    """What to send, after so many seconds."""

    method: str
    url: str
    headers: Mapping[str, bytes]
    body: bytes | None
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer came; after a wait in vain (``patient``) nobody tries again."""

    reason: str
    patient: bool = False


Told = Reply | Unreachable
Talk = Generator[Request, Told, T]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Whom to ask, as whom, how often, and where answers are kept."""

    url: str
    author: str = ""
    cache: Cache | None = None
    attempts: int = 4

    def __post_init__(self) -> None:
        """Raise InvalidValue for what nobody can be asked with."""
        if not _is_service(self.url):
            raise InvalidValue("server", "give a URL that begins with https:// or http://.")
        if self.attempts < 1:
            raise InvalidValue("attempts", "is 1 or more.")

    def place(self, operation: Operation[T]) -> str:
        """The URL of an operation as it is told and kept: without a password."""
        parts = urlsplit(self.url.rstrip("/") + operation.target)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()

    def request(self, operation: Operation[T], tag: str) -> Request:
        """The request of an operation; with a tag only for what has changed since."""
        headers = {name: text.encode() for name, text in operation.headers}
        headers["User-Agent"] = f"cladist/{__version__}".encode()
        if self.author and operation.method != "GET":
            headers["Cladist-Author"] = self.author.encode()
        if tag:
            headers["If-None-Match"] = tag.encode()
        url = self.url.rstrip("/") + operation.target
        return Request(operation.method, url, headers, operation.body)


@dataclass(frozen=True, slots=True)
class _Known(Generic[T]):
    """A kept answer and its value."""

    kept: Kept
    value: T


def _is_service(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # such as a port that is no number
        return False


def exchange(operation: Operation[T], service: Service) -> Talk[T]:
    """Carry an operation out; raises what the service refuses with, and StoreUnavailable."""
    cache, place = service.cache if operation.kept else None, service.place(operation)
    known = None if cache is None else _known(operation, cache.get(place))
    if known is not None and known.kept.final(time.time()):
        return known.value
    request = service.request(operation, known.kept.tag if known else "")
    told = yield from _insist(request, service.attempts)
    if isinstance(told, Unreachable) or told.status in _AWAY:
        if known is None:
            raise _away(told, place)
        _warn(place, known.kept)
        return known.value
    if told.status == 304 and known is not None and cache is not None:
        headers = {**known.kept.reply.headers, **told.headers}
        cache.put(place, replace(known.kept.reply, headers=headers))
        return known.value
    if told.status >= 300:
        raise error_of(told, place)
    value = operation.read(told)  # before it is kept: what cannot be read is not worth keeping
    if cache is not None and "no-store" not in told.headers.get("cache-control", ""):
        cache.put(place, told)
    return value


def _known(operation: Operation[T], kept: Kept | None) -> _Known[T] | None:
    """A kept answer that this release can read; another release may have kept it."""
    if kept is None:
        return None
    try:
        return _Known(kept, operation.read(kept.reply))
    except UnreadableInput:
        return None


def _insist(request: Request, attempts: int) -> Talk[Told]:
    """Try until an answer comes, with a growing wait, or as long as the service says."""
    told = yield request
    for wait in _waits(attempts):
        if isinstance(told, Unreachable):
            if told.patient:
                return told
        elif told.status == 503:
            wait = _said(told, wait)
        else:
            return told
        told = yield replace(request, delay=wait)
    return told


def _waits(attempts: int) -> Iterator[float]:
    return (_FIRST_WAIT * 2**each for each in range(attempts - 1))


def _said(reply: Reply, otherwise: float) -> float:
    """The seconds of Retry-After (RFC 9110, 10.2.3), within reason."""
    said = reply.headers.get("retry-after", "")
    return min(float(said), _LONGEST_WAIT) if said.isascii() and said.isdigit() else otherwise


def _away(told: Told, place: str) -> CladistError:
    if isinstance(told, Reply):
        return error_of(told, place)
    return StoreUnavailable(f"{place} does not answer: {told.reason}")


def _warn(place: str, kept: Kept) -> None:
    date = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(kept.date))
    said = f"{place} does not answer now; this is what it answered last, on {date}."
    warnings.warn(said, StaleAnswer, stacklevel=2)
