"""Events: page by page from a point on, or as they happen (server-sent events, WHATWG HTML)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from cladist.api.answers import model_answer, offer
from cladist.api.context import Context, Services, Slug, known_query
from cladist.api.documented import answers, refusals
from cladist.api.schemas.events import EventPage, FeedEvent
from cladist.deliveries.feed import Page

router = APIRouter(prefix="/events", tags=["following"], dependencies=[Depends(known_query)])
of_one = APIRouter(
    prefix="/taxonomies/{slug}/events", tags=["following"], dependencies=[Depends(known_query)]
)

_STREAM = "text/event-stream"
_POLL = 0.5
"""Seconds between two looks at the log; other processes may write to it."""
_BEAT = 15.0
"""Seconds after which a comment shows that the connection still stands."""
_RETRY = 2_000
"""Milliseconds after which a client that lost the connection should come back."""
_BATCH = 100

After = Annotated[
    int, Query(ge=0, le=2**53, description="The number of the last event known.", examples=[0])
]
Most = Annotated[int, Query(ge=1, le=1_000, description="How many at most.")]
Taxonomy = Annotated[
    str | None,
    Query(pattern=r"^[a-z0-9-]{1,64}$", description="Of this taxonomy alone.", examples=["pets"]),
]


@router.get(
    "", summary="List events", responses=answers("EventPage", "not-acceptable", "invalid-value")
)
def list_events(
    request: Request, services: Context, after: After = 0, limit: Most = 100
) -> Response:
    """What happened to any taxonomy after a point, the oldest first.

    Ask again with `next` as `after`: nothing is missed and nothing comes twice.
    """
    return _page(request, services, None, after, limit)


@of_one.get(
    "",
    summary="List events of a taxonomy",
    responses=answers("EventPage", "unknown-taxonomy", "not-acceptable", "invalid-value"),
)
def list_taxonomy_events(
    request: Request, services: Context, slug: Slug, after: After = 0, limit: Most = 100
) -> Response:
    """What happened to a taxonomy after a point, the oldest first."""
    return _page(request, services, slug, after, limit)


def _page(
    request: Request, services: Services, slug: str | None, after: int, limit: int
) -> Response:
    offer(request)
    page = services.deliveries.feed.page(after, slug, limit)
    events = [FeedEvent(**each) for each in page.events]
    return model_answer(EventPage(events=events, next=page.next, last=page.last))


@router.get(
    "/stream",
    summary="Follow events",
    response_class=Response,
    responses={
        200: {
            "description": "Events as they happen.",
            "content": {_STREAM: {"example": "id: 7\nevent: version.published\ndata: {…}\n\n"}},
        },
        **refusals("unknown-taxonomy", "invalid-request", "invalid-value"),
    },
)
def follow_events(
    request: Request,
    services: Context,
    taxonomy: Taxonomy = None,
    after: Annotated[
        int | None,
        Query(ge=0, le=2**53, description="Begin after this event; else with what comes now."),
    ] = None,
    last_event_id: Annotated[
        int | None,
        Header(
            ge=0, le=2**53, description="The last event that the client has; goes before `after`."
        ),
    ] = None,
) -> Response:
    """Events as they happen, each with its number as id (server-sent events).

    A client that comes back with `Last-Event-ID` gets what it missed. The stream ends when the
    service does.
    """
    feed = services.deliveries.feed
    known = after if last_event_id is None else last_event_id
    start = feed.sequence() if known is None else known
    feed.page(start, taxonomy, 1)  # refuses what is strange before anything is sent
    stream = _stream(request, services, taxonomy, start)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type=_STREAM, headers=headers)


async def _stream(
    request: Request, services: Services, slug: str | None, after: int
) -> AsyncIterator[bytes]:
    feed = services.deliveries.feed
    yield f"retry: {_RETRY}\n\n".encode()
    beat = monotonic()
    while not (services.stopping.is_set() or await request.is_disconnected()):
        last = await run_in_threadpool(feed.sequence)
        page = Page([], after, last)
        if last > after:
            page = await run_in_threadpool(feed.page, after, slug, _BATCH)
        for each in page.events:
            head = f"id: {each['seq']}\nevent: {each['type']}\ndata: ".encode()
            yield head + orjson.dumps(each) + b"\n\n"
        after = page.next
        if page.events or monotonic() - beat > _BEAT:
            beat = monotonic()
            if not page.events:
                yield b": still here\n\n"
        if after >= last:
            await asyncio.sleep(_POLL)
