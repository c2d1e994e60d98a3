"""Answers about one state: opened by selector, negotiated, cached, compressed, kept ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import orjson
from fastapi import Request, Response

from cladist.api import caching
from cladist.api.context import Services
from cladist.api.frozen import Frozen, RawHeaders, unchanged
from cladist.api.negotiation import JSON, preferred
from cladist.api.problems import Problem
from cladist.api.schemas.base import Model, version_path

if TYPE_CHECKING:
    from cladist.catalog.opened import State

DRAFT = "draft"


class Raw(Response):
    """An answer whose headers are written out already."""

    def __init__(self, status: int, headers: RawHeaders, body: bytes) -> None:
        super().__init__(status_code=status)
        self.body, self.raw_headers = body, list(headers)


@dataclass(frozen=True, slots=True)
class Reading:
    """A state that a request asks about: ``version`` is its full number, or ``draft``.

    ``mark`` changes whenever the state does.
    """

    services: Services
    slug: str
    selector: str
    version: str
    state: State
    mark: str

    @property
    def control(self) -> str:
        """How long answers about the state may be kept under the selector that was used."""
        if self.version == DRAFT:
            return caching.ALWAYS_ASK
        return caching.FOREVER if self.selector == self.version else caching.SHORTLY

    @property
    def path(self) -> str:
        """The path of the state itself, whichever selector was used."""
        return version_path(self.slug, self.version)


def opened(services: Services, slug: str, selector: str) -> Reading:
    """The state that a selector names."""
    catalog = services.catalog
    state = catalog.open(slug, selector)
    if selector == DRAFT:
        from cladist.catalog.opened import OpenDraft

        assert isinstance(state, OpenDraft)  # the catalog opens nothing else under this selector
        mark = caching.draft_tag(slug, state.revision, state.base.sha)
        return Reading(services, slug, DRAFT, DRAFT, state, mark)
    number = catalog.version(slug, selector).number
    return Reading(services, slug, selector, number, state, state.sha)


@dataclass(frozen=True, slots=True)
class Shape:
    """Which answer is wanted: the path behind the state's, its parameters, its media type.

    A parameter that may be repeated is a tuple. Answers that take many forms, such as searches, are
    not ``kept``. One that depends on another selector as well is not ``steady``. ``describedby`` is
    the path behind the answer's own under which it is described.
    """

    tail: str
    query: Mapping[str, Any]
    media_type: str = JSON
    sniffed: bool = True
    kept: bool = True
    steady: bool = True
    describedby: str = ""

    def link(self, reading: Reading) -> str:
        """The Link to what describes the answer, if anything does (RFC 8288)."""
        if not self.describedby:
            return ""
        path, mark, query = self.location(reading).partition("?")
        return f'<{path}{self.describedby}{mark}{query}>; rel="describedby"'

    def control(self, reading: Reading) -> str:
        """How long the answer may be kept under the path where it was asked for."""
        return reading.control if self.steady else unsettled(reading.control)

    def location(self, reading: Reading) -> str:
        """The path and query of this answer about the state itself, without defaults."""
        given = [
            (name, _text(each))
            for name, value in self.query.items()
            for each in (value if isinstance(value, tuple) else (value,))
            if each is not None
        ]
        return reading.path + self.tail + (f"?{urlencode(given, quote_via=quote)}" if given else "")


def unsettled(control: str) -> str:
    """The same without a promise that the answer never changes."""
    return caching.SHORTLY if control == caching.FOREVER else control


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def model_answer(
    model: Model, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A small answer, to be asked for each time."""
    every = {"Cache-Control": caching.ALWAYS_ASK, **(headers or {})}
    text = model.model_dump_json(by_alias=True)
    return Response(text, status_code=status, headers=every, media_type=JSON)


def offer(request: Request, media_types: Sequence[str] = (JSON,)) -> str:
    """The media type that the request gets; a problem when it takes none of those on offer."""
    found = preferred(request.headers.get("accept", ""), tuple(media_types))
    if found is None:
        raise Problem(
            "not-acceptable",
            "Accept names no representation there is.",
            members={"available": list(media_types)},
        )
    return found


def answer(
    request: Request, reading: Reading, shape: Shape, make: Callable[[], bytes | Any]
) -> Response:
    """The answer, 304 where the caller has it; made now unless it is ready.

    ``make`` gives bytes, or plain values that become JSON.
    """
    if shape.sniffed:
        offer(request, (shape.media_type,))
    location = shape.location(reading)
    tag = caching.tag(reading.mark, location, shape.media_type)
    early = _early(request, reading, shape, tag)
    if early is not None:
        return early
    frozen = _frozen(reading, shape, tag, location, make)
    how = frozen.fit(request.headers.get("accept-encoding", ""))
    elsewhere = location if reading.version not in (DRAFT, reading.selector) else ""
    control = shape.control(reading)
    headers = frozen.headers(how, control, elsewhere)
    if control == caching.FOREVER and shape.kept:
        frozen.make_ready(how)
        _keep(request, frozen, reading.services)
    if caching.matches(request.headers.get("if-none-match", ""), frozen.tag_in(how)):
        return Raw(304, unchanged(headers), b"")
    return Raw(200, headers, frozen.coded(how))


def _keep(request: Request, frozen: Frozen, services: Services) -> None:
    """Have the answer given from ready bytes from now on, under the request as it was written."""
    path, query = request.scope["raw_path"], request.scope["query_string"]
    if b"%" not in path + query:  # one path has one spelling here, not as many as one likes
        services.frozen.put(path, query, frozen)


def _early(request: Request, reading: Reading, shape: Shape, tag: str) -> Response | None:
    """A 304 that can be told before the answer is made."""
    condition = request.headers.get("if-none-match", "")
    codings = (how for how in ("", "-br", "-gzip") if caching.matches(condition, tag + how))
    known = next(codings, None)
    if not condition or known is None or shape.control(reading) == caching.FOREVER:
        return None
    vary = "Accept, Accept-Encoding" if shape.sniffed else "Accept-Encoding"
    headers = {"ETag": f'"{tag}{known}"', "Cache-Control": shape.control(reading), "Vary": vary}
    return Response(status_code=304, headers=headers)


def _frozen(
    reading: Reading, shape: Shape, tag: str, location: str, make: Callable[[], bytes | Any]
) -> Frozen:
    """The answer in all its codings; one that never changes is made once."""
    path, _, query = location.partition("?")
    keys = path.encode(), query.encode()
    fixed = reading.version != DRAFT and shape.kept
    found = reading.services.frozen.get(*keys) if fixed else None
    if found is None:
        made = make()
        body = made if isinstance(made, bytes) else orjson.dumps(made)
        control = caching.FOREVER if fixed else shape.control(reading)
        found = Frozen(
            body,
            shape.media_type,
            tag,
            control=control,
            sniffed=shape.sniffed,
            link=shape.link(reading),
        )
        if fixed:
            reading.services.frozen.put(*keys, found)
    return found
