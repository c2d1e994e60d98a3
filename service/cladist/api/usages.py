"""Usages: who uses which version, and what a state does to each."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import TypeAdapter

from cladist.api import bodies, documented
from cladist.api.answers import model_answer, offer
from cladist.api.context import AuthorName, Context, Slug, known_query
from cladist.api.documented import answers, refusals
from cladist.api.schemas.usages import (
    USAGE_EXAMPLE,
    ImpactList,
    ImpactModel,
    UsageList,
    UsageModel,
    UsageRequest,
)
from cladist.catalog.usage_forms import impact_json, usage_json
from cladist.catalog.usages import Registration
from cladist.catalog.values import Author

router = APIRouter(
    prefix="/taxonomies/{slug}", tags=["following"], dependencies=[Depends(known_query)]
)

Name = Annotated[
    str,
    Path(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
        description="The usage's name.",
        examples=["pets-2026"],
    ),
]

_ONE = ("unknown-taxonomy", "not-found", "invalid-request", "not-acceptable")
_SENDING = ("foreign-origin", "malformed-header", "store-unavailable")


@cache
def _adapter() -> TypeAdapter[UsageRequest]:
    return TypeAdapter(UsageRequest)


@router.get("/usages", summary="List usages", responses=answers("UsageList", *_ONE))
def list_usages(request: Request, services: Context, slug: Slug) -> Response:
    """The datasets, models and labeling projects that said that they use the taxonomy."""
    offer(request)
    found = services.catalog.usages.every(slug)
    return model_answer(UsageList(usages=[UsageModel(**usage_json(each)) for each in found]))


@router.put(
    "/usages/{name}",
    summary="Register a usage",
    responses={
        201: documented.shown("UsageModel", "It was not registered before."),
        **answers(
            "UsageModel",
            *_ONE,
            *_SENDING,
            *documented.BODY,
            *("too-large", "unsupported-media-type", "invalid-value"),
            *("unknown-version", "unknown-class", "ambiguous-reference"),
        ),
    },
    openapi_extra=documented.body("UsageRequest", dataset=USAGE_EXAMPLE),
)
def register_usage(
    services: Context,
    slug: Slug,
    name: Name,
    author: AuthorName,
    body: Annotated[UsageRequest, Depends(bodies.reading(_adapter))],
) -> Response:
    """Say that something uses a version, with how many labels of each class if that is known."""
    said = Registration(
        name=name,
        kind=body.kind,
        selector=body.version,
        counts=body.counts,
        asks=body.acknowledge,
        contact=body.contact,
        url=body.url,
        note=body.note,
    )
    usage, new = services.catalog.usages.register(slug, said, Author(author))
    return model_answer(UsageModel(**usage_json(usage)), 201 if new else 200)


@router.get("/usages/{name}", summary="Show a usage", responses=answers("UsageModel", *_ONE))
def show_usage(request: Request, services: Context, slug: Slug, name: Name) -> Response:
    """What was registered."""
    offer(request)
    return model_answer(UsageModel(**usage_json(services.catalog.usages.one(slug, name))))


@router.delete(
    "/usages/{name}",
    summary="Remove a usage",
    status_code=204,
    response_class=Response,
    responses={204: {"description": "It is gone."}, **refusals(*_ONE[:3], *_SENDING)},
)
def remove_usage(services: Context, slug: Slug, name: Name, author: AuthorName) -> Response:
    """Forget it; the log keeps that it was there."""
    services.catalog.usages.remove(slug, name, Author(author))
    return Response(status_code=204)


@router.post(
    "/usages/{name}:acknowledge",
    summary="Acknowledge the draft",
    responses=answers("ImpactModel", *_ONE, *_SENDING),
)
def acknowledge(services: Context, slug: Slug, name: Name, author: AuthorName) -> Response:
    """Agree to what the draft does to a usage as it stands.

    It holds as long as what hits the usage stays the same, whatever else changes in the draft.
    """
    found = services.catalog.usages.acknowledge(slug, name, Author(author))
    return model_answer(ImpactModel(**impact_json(found)))


@router.get(
    "/impact", summary="Show who is hit", responses=answers("ImpactList", *_ONE, "unknown-version")
)
def show_impact(
    request: Request,
    services: Context,
    slug: Slug,
    to: Annotated[
        str,
        Query(
            pattern=r"^[a-z0-9.]{1,40}$",
            description="The state that is looked at.",
            examples=["draft"],
        ),
    ] = "draft",
) -> Response:
    """What the draft, or a version, does to everything that is registered, from its own version on.

    Labels that follow by themselves are told from those that need a decision. Where a usage gave no
    counts, numbers are null, never zero.
    """
    offer(request)
    found = services.catalog.usages.impact(slug, to)
    return model_answer(
        ImpactList(
            taxonomy=slug, to=to, usages=[ImpactModel(**impact_json(each)) for each in found]
        )
    )
