"""Webhooks: URLs that are told of every version of a taxonomy."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import TypeAdapter

from cladist.api import bodies, documented
from cladist.api.answers import model_answer, offer
from cladist.api.context import AuthorName, Context, Slug, known_query
from cladist.api.documented import answers, refusals
from cladist.api.schemas.events import (
    DeliveryList,
    DeliveryModel,
    NewWebhook,
    WebhookList,
    WebhookModel,
    WebhookPatch,
    WebhookRequest,
)
from cladist.deliveries.forms import delivery_json, webhook_json

router = APIRouter(
    prefix="/taxonomies/{slug}/webhooks",
    tags=["following"],
    dependencies=[Depends(known_query)],
)

Hook = Annotated[
    str,
    Path(pattern=r"^[a-z0-9]{1,32}$", description="The webhook's id.", examples=["7k2m9x4q1c"]),
]
Message = Annotated[
    str,
    Path(
        pattern=r"^[a-z0-9_]{1,64}$",
        description="The delivery's id.",
        examples=["msg_7k2m9x4q1c_7"],
    ),
]

_ONE = ("unknown-taxonomy", "not-found", "invalid-request", "not-acceptable")
_SENDING = ("foreign-origin", "malformed-header", "store-unavailable")
_BODY = (*documented.BODY, "too-large", "unsupported-media-type", "invalid-value")


@cache
def _request() -> TypeAdapter[WebhookRequest]:
    return TypeAdapter(WebhookRequest)


@cache
def _patch() -> TypeAdapter[WebhookPatch]:
    return TypeAdapter(WebhookPatch)


@router.get("", summary="List webhooks", responses=answers("WebhookList", *_ONE))
def list_webhooks(request: Request, services: Context, slug: Slug) -> Response:
    """The webhooks of a taxonomy, without their secrets."""
    offer(request)
    found = services.deliveries.webhooks.every(slug)
    return model_answer(
        WebhookList(webhooks=[WebhookModel(**webhook_json(each)) for each in found])
    )


@router.post(
    "",
    summary="Add a webhook",
    status_code=201,
    responses=answers("NewWebhook", *_ONE, *_SENDING, *_BODY, status=201),
    openapi_extra=documented.body(
        "WebhookRequest", tool={"url": "https://labels.example.org/hooks/cladist"}
    ),
)
def add_webhook(
    services: Context,
    slug: Slug,
    author: AuthorName,
    body: Annotated[WebhookRequest, Depends(bodies.reading(_request))],
) -> Response:
    """Tell a URL of every version that is published from now on.

    The answer has the secret that signs messages; it is not shown again.
    """
    made = services.deliveries.webhooks.add(slug, body.url, body.description, author)
    place = {"Location": f"/api/v1/taxonomies/{slug}/webhooks/{made.id}"}
    return model_answer(
        NewWebhook(**webhook_json(made), secret=made.secret),
        201,
        {**place, "Cache-Control": "no-store"},
    )


@router.get("/{webhook}", summary="Show a webhook", responses=answers("WebhookModel", *_ONE))
def show_webhook(request: Request, services: Context, slug: Slug, webhook: Hook) -> Response:
    """A webhook, without its secret."""
    offer(request)
    return model_answer(
        WebhookModel(**webhook_json(services.deliveries.webhooks.one(slug, webhook)))
    )


@router.patch(
    "/{webhook}",
    summary="Change a webhook",
    responses=answers("WebhookModel", *_ONE, *_SENDING, *_BODY),
    openapi_extra=documented.body("WebhookPatch", pause={"active": False}),
)
def change_webhook(
    services: Context,
    slug: Slug,
    webhook: Hook,
    body: Annotated[WebhookPatch, Depends(bodies.reading(_patch))],
) -> Response:
    """Give it another URL or description, pause it, or let it go on."""
    found = services.deliveries.webhooks.change(
        slug, webhook, url=body.url, description=body.description, active=body.active
    )
    return model_answer(WebhookModel(**webhook_json(found)))


@router.delete(
    "/{webhook}",
    summary="Remove a webhook",
    status_code=204,
    response_class=Response,
    responses={204: {"description": "It is gone."}, **refusals(*_ONE[:3], *_SENDING)},
)
def remove_webhook(services: Context, slug: Slug, webhook: Hook) -> Response:
    """Forget it, and what was delivered to it."""
    services.deliveries.webhooks.remove(slug, webhook)
    return Response(status_code=204)


@router.get(
    "/{webhook}/deliveries",
    summary="List deliveries",
    responses=answers("DeliveryList", *_ONE),
)
def list_deliveries(
    request: Request,
    services: Context,
    slug: Slug,
    webhook: Hook,
    limit: Annotated[int, Query(ge=1, le=1_000, description="How many at most.")] = 100,
) -> Response:
    """What was and is to be sent, the newest first, with every attempt. Kept for 30 days."""
    offer(request)
    found = services.deliveries.webhooks.deliveries(slug, webhook, limit)
    return model_answer(
        DeliveryList(deliveries=[DeliveryModel(**delivery_json(each)) for each in found])
    )


@router.post(
    "/{webhook}/deliveries/{delivery}:redeliver",
    summary="Send a message again",
    status_code=202,
    responses=answers("DeliveryModel", *_ONE, *_SENDING, status=202),
)
def redeliver(services: Context, slug: Slug, webhook: Hook, delivery: Message) -> Response:
    """Queue a message once more, under the same id."""
    found = services.deliveries.webhooks.redeliver(slug, webhook, delivery)
    return model_answer(DeliveryModel(**delivery_json(found)), 202)


@router.post(
    "/{webhook}:ping",
    summary="Try a webhook",
    status_code=202,
    responses=answers("DeliveryModel", *_ONE, *_SENDING, status=202),
)
def ping(services: Context, slug: Slug, webhook: Hook) -> Response:
    """Queue a message of type `ping`; its delivery tells what came of it."""
    found = services.deliveries.webhooks.ping(slug, webhook)
    return model_answer(DeliveryModel(**delivery_json(found)), 202)
