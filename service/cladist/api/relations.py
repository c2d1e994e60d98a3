"""Relations: versions of different taxonomies that a table relates, stored and listed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import TypeAdapter

from cladist.api import bodies, documented
from cladist.api.answers import model_answer, offer
from cladist.api.context import Context, DryRun, known_query
from cladist.api.documented import answers
from cladist.api.retrying import Answer, Writes, once
from cladist.api.schemas.relations import (
    RELATION_EXAMPLE,
    RelationList,
    RelationRequest,
    line_of,
    place_of,
    provenance_of,
    related_of,
)
from cladist.api.schemas.tables import table_file

if TYPE_CHECKING:
    from cladist.catalog.relations import Related

router = APIRouter(prefix="/relations", tags=["comparing"], dependencies=[Depends(known_query)])


@cache
def _adapter() -> TypeAdapter[RelationRequest]:
    return TypeAdapter(RelationRequest)


RelationBody = Annotated[RelationRequest, Depends(bodies.reading(_adapter))]


@router.get("", summary="List relations", responses=answers("RelationList", "not-acceptable"))
def list_relations(request: Request, services: Context) -> Response:
    """The tables that relate versions of different taxonomies, without their pairs."""
    offer(request)
    found = services.catalog.relations.every()
    return model_answer(RelationList(relations=[line_of(each) for each in found]))


@router.post(
    "",
    summary="Relate two taxonomies",
    status_code=201,
    responses={
        200: documented.shown("RelatedModel", "What a dry run would do."),
        **answers(
            "RelatedModel",
            *documented.WRITING,
            *documented.BODY,
            *("unknown-taxonomy", "unknown-version", "ambiguous-reference", "unknown-codes"),
            *("unreadable-input", "parser-limit", "refused-rows", "invalid-value", "reused-key"),
            status=201,
        ),
    },
    openapi_extra=documented.body("RelationRequest", activities=RELATION_EXAMPLE),
)
def relate(
    writer: Writes, body: RelationBody, raw: bodies.JsonBytes, *, dry_run: DryRun = False
) -> Response:
    """Store what a table says of two published versions of different taxonomies.

    Classes that the table leaves out have no counterpart. A table for the same two versions that
    was stored earlier is kept; the last one is used. Follow the classes where the answer leads.
    """

    def work(retry: Any) -> Related:
        from cladist.catalog.values import Author

        return writer.services.catalog.relations.relate(
            place_of(body.source),
            place_of(body.target),
            table_file(body.table),
            Author(writer.author),
            about=provenance_of(body),
            dry_run=dry_run,
            retry=retry,
        )

    return _answer(work(None)).response() if dry_run else once(writer, raw, _answer, work)


def _answer(done: Related) -> Answer:
    model = related_of(done)
    if done.dry_run:
        return Answer(200, model.model_dump(mode="json"), {})
    location = {"Location": model.links.correspondence}
    return Answer(201, model.model_dump(mode="json"), location)
