"""Validation: what the rules find in a version or the draft."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from cladist.api import documented
from cladist.api.answers import model_answer, offer
from cladist.api.context import Context, Slug, known_query
from cladist.api.documented import answers
from cladist.api.schemas.reports import history_of, report_of

Version = Annotated[
    str,
    Query(
        pattern=r"^[a-z0-9.]{1,40}$",
        description="`draft`, `latest`, `2`, `2.1` or `2.1.0`.",
        examples=["draft"],
    ),
]
"""Which state is meant."""

router = APIRouter(tags=["validation"], dependencies=[Depends(known_query)])


@router.get(
    "/taxonomies/{slug}/validation",
    summary="Validate",
    responses=answers("ReportModel", *documented.READING),
)
def validate(
    request: Request,
    slug: Slug,
    services: Context,
    version: Version = "draft",
) -> Response:
    """What the rules find. `conforms` says whether anything stands against publishing."""
    offer(request)
    return model_answer(report_of(services.catalog.validate(slug, version)))


@router.get(
    "/taxonomies/{slug}/validation/history",
    summary="Count findings by version",
    responses=answers("HistoryModel", *documented.READING),
)
def history(request: Request, slug: Slug, services: Context) -> Response:
    """How much each rule found in each version when it was published, oldest first."""
    offer(request)
    return model_answer(history_of(services.catalog.findings(slug)))
