"""Whole versions and the draft as RDF, by suffix or by Accept; and where IRIs lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from cladist.api import documented
from cladist.api.answers import DRAFT, Reading, Shape, answer, offer, opened
from cladist.api.context import Context, Selector, Services, Slug, known_query
from cladist.api.documented import answers, refusals
from cladist.api.negotiation import JSON
from cladist.api.schemas.base import taxonomy_path, version_path
from cladist.api.versions import show_version
from cladist.catalog.documents import document
from cladist.model.errors import UnknownClass
from cladist.rdf.formats import RdfFormat

router = APIRouter(
    prefix="/taxonomies/{slug}/versions", tags=["documents"], dependencies=[Depends(known_query)]
)
resolver = APIRouter(tags=["documents"], dependencies=[Depends(known_query)])

Derived = Annotated[
    bool,
    Query(description="With statements that follow from others, such as `skos:narrower`."),
]
_TURTLE = '<https://w3id.org/cladist/id/pets/7k2m9x4q1c> skos:prefLabel "cat"@en .\n'


def _document(reading: Reading, form: RdfFormat, derived: bool) -> bytes:
    return document(reading.state, form, with_derived=derived)


def _suffixed(form: RdfFormat) -> Callable[..., Response]:
    """The endpoint of one suffix."""

    def show_document(
        request: Request, slug: Slug, selector: Selector, services: Context, derived: Derived = True
    ) -> Response:
        reading = opened(services, slug, selector)
        query = {"derived": derived}
        shape = Shape(form.suffix, query, form.media_type, sniffed=False)
        return answer(
            request, reading, shape, lambda: document(reading.state, form, with_derived=derived)
        )

    show_document.__doc__ = (
        f"The whole state as {form.label}. SKOS mappings have a graph of their own in TriG, "
        "N-Quads and JSON-LD."
    )
    return show_document


for _form in RdfFormat:
    router.add_api_route(
        f"/{{selector}}{_form.suffix}",
        _suffixed(_form),
        summary=f"Fetch as {_form.label}",
        name=f"show_{_form.label}",
        operation_id=f"show_{_form.label}",
        response_class=Response,
        responses={
            200: {"content": {_form.media_type: {"example": _TURTLE}}},
            **refusals(*documented.READING),
        },
    )


@router.get(
    "/{selector}.json",
    summary="Show a version, by suffix",
    responses=answers("VersionDetail", *documented.READING),
)
def show_version_json(
    request: Request, slug: Slug, selector: Selector, services: Context
) -> Response:
    """The same as without the suffix."""
    return show_version(request, slug, selector, services)


_RDF_TYPES = tuple(each.media_type for each in RdfFormat)


@router.get(
    "/{selector}/graph",
    summary="Fetch as RDF",
    response_class=Response,
    responses={
        200: {"content": {each: {"example": _TURTLE} for each in _RDF_TYPES}},
        **refusals(*documented.READING),
    },
)
def show_graph(
    request: Request, slug: Slug, selector: Selector, services: Context, derived: Derived = True
) -> Response:
    """The whole state in the RDF format that Accept names; Turtle without it."""
    chosen = offer(request, _RDF_TYPES)
    form = RdfFormat.from_media_type(chosen)
    assert form is not None  # it is one of those on offer
    reading = opened(services, slug, selector)
    shape = Shape("/graph", {"derived": derived}, chosen, kept=False)
    return answer(
        request, reading, shape, lambda: document(reading.state, form, with_derived=derived)
    )


@resolver.get(
    "/id/{slug}",
    summary="Follow a taxonomy's IRI",
    status_code=303,
    response_class=RedirectResponse,
    responses=refusals("unknown-taxonomy", "not-acceptable", "not-found"),
)
def follow_taxonomy(request: Request, slug: Slug, services: Context) -> Response:
    """To the taxonomy as JSON, or to its last version as RDF, by Accept."""
    services.catalog.draft(slug)
    return _see(_taxonomy_target(request, services, slug))


@resolver.get(
    "/id/{slug}/{rest:path}",
    summary="Follow a class's IRI",
    status_code=303,
    response_class=RedirectResponse,
    responses=refusals("unknown-taxonomy", "unknown-class", "not-found"),
)
def follow_class(slug: Slug, rest: str, services: Context) -> Response:
    """To the class in the last version, or in the draft where no version has it yet."""
    iri = f"{services.settings.base_iri}{slug}/{rest}"
    return _see(_class_target(services, slug, iri) or _unknown(iri))


@resolver.get(
    "/resolve",
    summary="Follow any IRI",
    status_code=303,
    response_class=RedirectResponse,
    responses=refusals("unknown-class", "not-acceptable"),
)
def resolve(
    request: Request,
    services: Context,
    iri: Annotated[
        str,
        Query(
            min_length=1,
            max_length=2048,
            description="The IRI of a taxonomy or a class.",
            examples=["https://w3id.org/cladist/id/pets/7k2m9x4q1c"],
        ),
    ],
) -> Response:
    """To the taxonomy or class that has this IRI, wherever the IRI itself points."""
    records = services.catalog.taxonomies()
    for record in records:
        if record.iri == iri:
            return _see(_taxonomy_target(request, services, record.slug))
    likely = sorted(records, key=lambda each: not iri.startswith(each.iri))
    found = (_class_target(services, each.slug, iri) for each in likely)
    return _see(next(filter(None, found), None) or _unknown(iri))


def _unknown(iri: str) -> Any:
    raise UnknownClass(iri)


def _taxonomy_target(request: Request, services: Services, slug: str) -> str:
    if offer(request, (JSON, *_RDF_TYPES)) == JSON:
        return taxonomy_path(slug)
    selector = "latest" if services.catalog.versions(slug) else DRAFT
    return f"{version_path(slug, selector)}/graph"


def _class_target(services: Services, slug: str, iri: str) -> str | None:
    """The path of the class in the newest state that holds it."""
    selectors = ("latest", DRAFT) if services.catalog.versions(slug) else (DRAFT,)
    for selector in selectors:
        if iri in services.catalog.open(slug, selector).index:
            return f"{version_path(slug, selector)}/class?id={quote(iri, safe='')}"
    if not selectors:
        raise UnknownClass(iri)
    return None


def _see(target: str) -> Response:
    headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
    return RedirectResponse(target, status_code=303, headers=headers)
