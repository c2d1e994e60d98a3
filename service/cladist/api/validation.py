"""Validation: what the rules find in a version or the draft."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from cladist.api import documented
from cladist.api.answers import offer
from cladist.api.caching import ALWAYS_ASK
from cladist.api.context import Context, Slug, known_query
from cladist.api.documented import refusals
from cladist.api.schemas.reports import ReportModel, report_of

router = APIRouter(tags=["validation"], dependencies=[Depends(known_query)])


@router.get(
    "/taxonomies/{slug}/validation",
    summary="Validate",
    responses=refusals(*documented.READING),
)
def validate(
    request: Request,
    response: Response,
    slug: Slug,
    services: Context,
    version: Annotated[
        str,
        Query(
            pattern=r"^[a-z0-9.]{1,40}$",
            description="`draft`, `latest`, `2`, `2.1` or `2.1.0`.",
            examples=["draft"],
        ),
    ] = "draft",
) -> ReportModel:
    """What the rules find. `conforms` says whether anything stands against publishing."""
    offer(request)
    response.headers["Cache-Control"] = ALWAYS_ASK
    return report_of(services.catalog.validate(slug, version))
