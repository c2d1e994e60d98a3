"""One question to a service as a value: what is sent, and how the answer is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from cladist.model.errors import InvalidValue, UnreadableInput

T = TypeVar("T")
DRAFT = "draft"
JSON = "application/json"
API = "/api/v1"

Pairs = tuple[tuple[str, str], ...]

ASKED: Pairs = (("Accept", JSON),)
BODY: Pairs = (*ASKED, ("Content-Type", JSON))
ANYTHING: Pairs = (("Accept", "*/*"),)
"""For what its path says the form of."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; names of headers are in lower case, the body has no content coding."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Generic[T]):
    """A request, and what makes a value of its answer.

    ``kept`` says whether the answer may be kept for later: those about drafts and those to writes
    never are. Every operation may be repeated: reads change nothing, writes carry an idempotency
    key.
    """

    path: str
    read: Callable[[Reply], T]
    method: str = "GET"
    params: Pairs = ()
    headers: Pairs = ASKED
    body: bytes | None = None
    kept: bool = False

    @property
    def target(self) -> str:
        """Path and query, which stand behind the service's URL."""
        return f"{self.path}?{urlencode(self.params)}" if self.params else self.path


def value(kind: type[T]) -> Callable[[Reply], T]:
    """What reads a JSON answer as a value of this kind; it raises UnreadableInput."""

    def read(reply: Reply) -> T:
        try:
            return msgspec.json.decode(reply.body, type=kind)
        except msgspec.DecodeError as error:
            raise UnreadableInput(
                f"The answer is not what this release reads, check the service's URL: {error}"
            ) from None

    return read


def whole(reply: Reply) -> bytes:
    """The answer as it is."""
    return reply.body


def tag_of(reply: Reply) -> str:
    """The entity tag of a draft; proxies that compress make it weak, which If-Match refuses."""
    return reply.headers.get("etag", "").removeprefix("W/")


def under(slug: str, *steps: str) -> str:
    """A path of a taxonomy, each step quoted."""
    return "/".join((API, "taxonomies", *(_step(each) for each in (slug, *steps))))


def of_version(slug: str, selector: str, *steps: str) -> str:
    """A path of a version or the draft."""
    return under(slug, "versions", selector, *steps)


def _step(text: str) -> str:
    if text in ("", ".", ".."):
        raise InvalidValue("path", f"“{text}” names nothing: give a slug and a selector.")
    return quote(text, safe="")


def pairs(given: Mapping[str, Any]) -> Pairs:
    """Query parameters; those that are none, false or empty are left out."""
    return tuple(
        (name, "true" if each is True else str(each))
        for name, some in given.items()
        for each in _each(some)
    )


def _each(some: Any) -> Iterable[Any]:
    if some is None or some is False or some == "":
        return ()
    return (some,) if isinstance(some, str) or not isinstance(some, Iterable) else some
