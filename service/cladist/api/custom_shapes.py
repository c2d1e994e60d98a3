"""Shapes that a taxonomy brings itself: shown, and set in the draft."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from cladist.api import bodies, documented
from cladist.api.answers import model_answer, offer
from cladist.api.conditions import IfMatch, unmoved
from cladist.api.context import AuthorName, Context, DryRun, Slug, known_query
from cladist.api.documented import answers
from cladist.api.drafts import edited_answer
from cladist.api.problems import Problem
from cladist.api.schemas.custom_shapes import FILES, shapes_model
from cladist.api.validation import Version
from cladist.rdf.formats import RdfFormat

router = APIRouter(tags=["validation"], dependencies=[Depends(known_query)])


@router.get(
    "/taxonomies/{slug}/shapes",
    summary="Show custom shapes",
    responses=answers("ShapesModel", *documented.READING, "not-found"),
)
def show_shapes(
    request: Request,
    slug: Slug,
    services: Context,
    version: Version = "draft",
) -> Response:
    """The rules that a taxonomy brings itself, with the ids under which reports speak of them."""
    offer(request)
    found = services.catalog.shapes.of(slug, version)
    return model_answer(shapes_model(found, trusted=services.catalog.shapes.trusts(found)))


def _document(request: Request, data: bodies.FileBytes) -> Any:
    from cladist.catalog.values import Document

    form = RdfFormat.from_media_type(request.headers["content-type"])
    if form is None:
        detail = "Shapes are sent as RDF."
        raise Problem("unsupported-media-type", detail, members={"supported": sorted(FILES)})
    return Document(data, form.label)


@router.put(
    "/taxonomies/{slug}/draft/shapes",
    summary="Set custom shapes",
    responses=answers(
        "EditedModel",
        *documented.CONDITIONAL,
        *documented.WRITING,
        *documented.BODY,
        *documented.FILE,
        *documented.CHANGING,
        "not-found",
    ),
    openapi_extra=documented.file(FILES),
)
def set_shapes(
    slug: Slug,
    services: Context,
    author: AuthorName,
    document: Annotated[Any, Depends(_document)],
    *,
    dry_run: DryRun = False,
    if_match: IfMatch = None,
) -> Response:
    """Have the draft bring the shapes of an RDF document, sent as the body, and no others.

    SHACL Core is taken; SPARQL constraints where the operator trusts the shapes' digest.
    """
    from cladist.catalog.values import Author

    with unmoved(services, slug, if_match) as revision:
        edited = services.catalog.shapes.set(
            slug, document, revision, Author(author), dry_run=dry_run
        )
    return edited_answer(edited).response()


@router.delete(
    "/taxonomies/{slug}/draft/shapes",
    summary="Remove custom shapes",
    responses=answers(
        "EditedModel",
        *documented.CONDITIONAL,
        *documented.WRITING,
        *documented.CHANGING,
        "not-found",
    ),
)
def remove_shapes(
    slug: Slug,
    services: Context,
    author: AuthorName,
    *,
    dry_run: DryRun = False,
    if_match: IfMatch = None,
) -> Response:
    """Take all shapes out of the draft."""
    from cladist.catalog.values import Author

    with unmoved(services, slug, if_match) as revision:
        edited = services.catalog.shapes.remove(slug, revision, Author(author), dry_run=dry_run)
    return edited_answer(edited).response()
