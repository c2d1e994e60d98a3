"""Annotations checked against any version or the draft, one or a hundred thousand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from cladist.api import bodies, documented
from cladist.api.answers import model_answer, offer
from cladist.api.classes import State
from cladist.api.context import known_query
from cladist.api.negotiation import JSON
from cladist.api.problems import Problem
from cladist.api.schemas.annotations import EXAMPLE, AnnotationReport
from cladist.datasets.annotations.ground import Naming
from cladist.model.errors import LimitExceeded

if TYPE_CHECKING:
    from cladist.datasets.annotations.checking import Row

router = APIRouter(
    prefix="/taxonomies/{slug}/versions/{selector}",
    tags=["validation"],
    dependencies=[Depends(known_query)],
)

MOST = 100_000
"""Annotations of one request."""
_LINES = "application/x-ndjson"


async def _bytes(request: Request) -> tuple[str, bytes]:
    essence = bodies.content_type(request)
    if essence not in (JSON, _LINES):
        supported = [JSON, _LINES]
        detail = "The body must be application/json or application/x-ndjson."
        raise Problem("unsupported-media-type", detail, members={"supported": supported})
    return essence, await request.body()


_OBJECT = {"type": "object"}
_BODY = {
    "required": True,
    "content": {
        JSON: {
            "schema": {
                "oneOf": [
                    {"type": "array", "items": _OBJECT, "maxItems": MOST},
                    {"type": "object", "properties": {"annotations": {"type": "array"}}},
                ]
            },
            "examples": {"two": {"value": EXAMPLE}},
        },
        _LINES: {"schema": {"type": "string"}, "example": '{"item": "1.jpg", "labels": ["cat"]}\n'},
    },
}


@router.post(
    "/annotations:validate",
    summary="Check annotations",
    responses={
        **documented.answers("AnnotationReport", *documented.READING),
        **documented.refusals(
            *documented.READING,
            *documented.BODY,
            "unreadable-input",
            "too-large",
            "unsupported-media-type",
            "malformed-header",
            "foreign-origin",
        ),
    },
    openapi_extra={"requestBody": _BODY},
)
def validate_annotations(
    request: Request,
    reading: State,
    body: Annotated[Any, Depends(_bytes)],
    by: Annotated[
        Naming,
        Query(description="What annotations name classes by.", examples=["label"]),
    ] = Naming.AUTO,
    *,
    complete: Annotated[
        bool,
        Query(
            description="The classes above a label must be labels too, where they are for labeling."
        ),
    ] = False,
    limit: Annotated[
        int, Query(ge=0, le=10_000, description="How many findings to show; all are counted.")
    ] = 100,
) -> Response:
    """What is wrong with up to 100,000 annotations, each finding with what to do.

    As a JSON array, or one a line, where a line that cannot be read is a finding. Nothing is
    stored.
    """
    from cladist.catalog.annotations import as_json, checker
    from cladist.datasets.annotations.checking import report

    offer(request)
    rows = _rows(*body)
    made = report(checker(reading.state, by, complete=complete), rows, limit)
    found = as_json(made, reading.state, reading.slug, reading.version)
    answer = model_answer(AnnotationReport(**found))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _rows(essence: str, body: bytes) -> Iterator[Row]:
    """The annotations; LimitExceeded past the most."""
    from cladist.datasets.annotations.reading import document, lines

    found = lines(body.split(b"\n")) if essence == _LINES else document(body)
    yield from islice(found, MOST)
    if next(found, None) is not None:
        raise LimitExceeded("annotations of one request", MOST)
