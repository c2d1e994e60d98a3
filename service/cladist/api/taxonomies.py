"""Taxonomies: listed, created, shown."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import TypeAdapter

from cladist.api import bodies, documented
from cladist.api.answers import DRAFT, model_answer, offer, opened
from cladist.api.caching import draft_tag
from cladist.api.conditions import with_tag
from cladist.api.context import Context, Services, Slug, known_query
from cladist.api.documented import answers
from cladist.api.listing import plain
from cladist.api.retrying import Answer, Writes, once
from cladist.api.schemas.base import taxonomy_path, texts
from cladist.api.schemas.drafts import draft_of
from cladist.api.schemas.taxonomies import (
    NEW_EXAMPLE,
    DraftLine,
    TaxonomyDetail,
    TaxonomyLine,
    TaxonomyList,
    TaxonomyRequest,
    links_of,
)
from cladist.api.schemas.versions import VersionLine, line_fields

if TYPE_CHECKING:
    from cladist.catalog.values import Draft, NewTaxonomy
    from cladist.ledger import TaxonomyRecord

router = APIRouter(tags=["taxonomies"], dependencies=[Depends(known_query)])


@cache
def _adapter() -> TypeAdapter[TaxonomyRequest]:
    return TypeAdapter(TaxonomyRequest)


NewBody = Annotated[TaxonomyRequest, Depends(bodies.reading(_adapter))]


@router.get(
    "/taxonomies", summary="List taxonomies", responses=answers("TaxonomyList", "not-acceptable")
)
def list_taxonomies(request: Request, services: Context) -> Response:
    """All taxonomies by slug, each with its last version and where its draft stands."""
    offer(request)
    lines = [_line(each) for each in services.catalog.taxonomies()]
    return model_answer(TaxonomyList(taxonomies=lines))


def _line(record: TaxonomyRecord) -> TaxonomyLine:
    return TaxonomyLine(
        slug=record.slug,
        iri=record.iri,
        created_by=record.who,
        created_at=record.at,
        latest=record.latest,
        revision=record.revision,
        links=links_of(record.slug, record.latest),
    )


@router.post(
    "/taxonomies",
    summary="Create a taxonomy",
    status_code=201,
    responses=answers(
        "DraftModel",
        *documented.WRITING,
        *documented.BODY,
        "taxonomy-exists",
        "invalid-value",
        "reused-key",
        status=201,
    ),
    openapi_extra=documented.body("TaxonomyRequest", pets=NEW_EXAMPLE),
)
def create_taxonomy(writer: Writes, new: NewBody, raw: bodies.JsonBytes) -> Response:
    """A new taxonomy without classes. Its draft is the answer; add classes to it."""

    def work(retry: Any) -> Draft:
        from cladist.catalog.values import Author

        return writer.services.catalog.create(_new(new), Author(writer.author), retry)

    return once(writer, raw, created, work)


def created(draft: Draft) -> Answer:
    """The answer of a taxonomy that was just made."""
    headers = with_tag(draft_tag(draft.slug, draft.revision, draft.base_sha))
    headers["Location"] = taxonomy_path(draft.slug)
    return Answer(201, draft_of(draft).model_dump(mode="json"), headers)


def _new(new: TaxonomyRequest) -> NewTaxonomy:
    from cladist.catalog.values import NewTaxonomy

    return NewTaxonomy(**{name: getattr(new, name) for name in TaxonomyRequest.model_fields})


@router.get(
    "/taxonomies/{slug}",
    summary="Show a taxonomy",
    responses=answers("TaxonomyDetail", "unknown-taxonomy", "not-acceptable", "not-found"),
)
def show_taxonomy(request: Request, slug: Slug, services: Context) -> Response:
    """What the draft says of the taxonomy, its versions, and where the draft stands."""
    offer(request)
    return model_answer(_detail(services, slug))


def _detail(services: Services, slug: str) -> TaxonomyDetail:
    reading = opened(services, slug, DRAFT)
    draft = services.catalog.draft(slug)
    taxonomy = reading.state.taxonomy
    header = taxonomy.header
    versions = [VersionLine(**line_fields(each)) for each in services.catalog.versions(slug)]
    return TaxonomyDetail(
        slug=slug,
        iri=header.iri,
        titles=texts(header.titles),
        descriptions=texts(header.descriptions),
        license=header.license,
        source=header.source,
        namespace=header.mint,
        default_language=header.default_language,
        structure=plain(header.structure),
        selectable_rule=header.selectable_rule.value,
        polyhierarchy=header.polyhierarchy,
        classes=len(taxonomy.classes),
        draft=_draft_line(draft),
        versions=versions,
        links=links_of(slug, draft.base_version),
    )


def _draft_line(draft: Draft) -> DraftLine:
    return DraftLine(
        revision=draft.revision,
        changes=len(draft.changes),
        proposed_version=str(draft.proposed),
        etag=f'"{draft_tag(draft.slug, draft.revision, draft.base_sha)}"',
    )
