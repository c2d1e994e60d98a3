"""Classes of any version or the draft: lists, trees, pages, one class, search."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from cladist.api import documented, listing
from cladist.api.answers import Reading, Shape, answer, offer, opened
from cladist.api.context import (
    ClassId,
    Context,
    Language,
    Limit,
    Offset,
    Selector,
    Slug,
    known_query,
)
from cladist.api.documented import answers
from cladist.catalog.documents import written
from cladist.rdf.formats import RdfFormat

router = APIRouter(
    prefix="/taxonomies/{slug}/versions/{selector}",
    tags=["classes"],
    dependencies=[Depends(known_query)],
)


class Which(StrEnum):
    """Which classes a flat list holds."""

    ALL = "all"
    TRUE = "true"


def _reading(slug: Slug, selector: Selector, services: Context) -> Reading:
    return opened(services, slug, selector)


State = Annotated[Any, Depends(_reading)]
Depth = Annotated[int, Query(ge=0, le=64, description="How many levels below the first.")]
Retired = Annotated[bool, Query(description="Show retired classes as well.")]
ONE = ("unknown-class",)


@router.get(
    "/classes",
    summary="List classes",
    responses=answers("ClassList", *documented.READING),
)
def list_classes(
    request: Request,
    reading: State,
    selectable: Annotated[
        Which, Query(description="`true` for those that annotators may pick, in class index order.")
    ] = Which.ALL,
    definitions: Annotated[bool, Query(description="With definitions.")] = False,
) -> Response:
    """All classes in use, by code, with the label structure. This is what labeling tools fetch.

    Of a full version number the answer never changes and may be kept for ever.
    """
    shape = Shape("/classes", {"selectable": selectable.value, "definitions": definitions})
    chosen = selectable is Which.TRUE
    return answer(
        request,
        reading,
        shape,
        lambda: listing.class_list(reading, selectable=chosen, definitions=definitions),
    )


@router.get(
    "/tree",
    summary="Show the tree",
    responses=answers("ClassTree", *documented.READING),
)
def show_tree(
    request: Request, reading: State, depth: Depth = 8, retired: Retired = False
) -> Response:
    """Classes nested under their parents; one with several parents stands under each."""

    def make() -> Any:
        from cladist.index import View, tree

        return _nested(reading, tree(reading.state.index, depth, View(None, retired)))

    shape = Shape("/tree", {"depth": depth, "retired": retired})
    return answer(request, reading, shape, make)


def _nested(reading: Reading, found: Any) -> Any:
    index = reading.state.index
    nodes = [listing.nested(index, each) for each in found.nodes]
    return {**listing.head(reading), "truncated": found.truncated, "tree": nodes}


@router.get(
    "/subtree",
    summary="Show what is under a class",
    responses=answers("ClassTree", *documented.READING, *ONE),
)
def show_subtree(
    request: Request, reading: State, id: ClassId, depth: Depth = 8, retired: Retired = False
) -> Response:
    """The tree under one class, the class itself first."""

    def make() -> Any:
        from cladist.index import View, subtree

        return _nested(reading, subtree(reading.state.index, id, depth, View(None, retired)))

    shape = Shape("/subtree", {"id": id, "depth": depth, "retired": retired}, kept=False)
    return answer(request, reading, shape, make)


@router.get(
    "/classes/children",
    summary="Page through children",
    responses=answers("ClassPage", *documented.READING, *ONE),
)
def list_children(
    request: Request,
    reading: State,
    *,
    parent: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=2048,
            description="The IRI of a class; the top classes without it.",
            examples=["https://w3id.org/cladist/id/pets/7k2m9x4q1c"],
        ),
    ] = None,
    offset: Offset = 0,
    limit: Limit = 100,
    retired: Retired = False,
) -> Response:
    """The children of a class, or the top classes, a page at a time with the total."""
    most = min(limit, reading.services.settings.page_limit)

    def make() -> Any:
        from cladist.index import View, children

        index = reading.state.index
        page = children(index, parent, View(None, retired), offset=offset, limit=most)
        place = {"parent": parent, "offset": offset, "limit": most, "total": page.total}
        rows = [listing.branch(index, each) for each in page.items]
        return {**listing.head(reading), **place, "classes": rows}

    query = {"parent": parent, "offset": offset, "limit": most, "retired": retired}
    return answer(request, reading, Shape("/classes/children", query, kept=False), make)


@router.get(
    "/search",
    summary="Search",
    responses=answers("Found", *documented.READING),
)
def search_classes(
    request: Request,
    reading: State,
    *,
    q: Annotated[
        str,
        Query(
            min_length=1,
            max_length=200,
            description="A label, its beginning, a code, a notation or an IRI.",
            examples=["kit"],
        ),
    ],
    language: Language = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many hits at most.")] = 20,
    retired: Retired = False,
) -> Response:
    """Exact, prefix and synonym hits, the surest first; guesses at typing errors stand apart."""

    def make() -> Any:
        from cladist.index import Scope, search

        index = reading.state.index
        found = search(index, q, Scope(language, retired), limit=limit)
        hits = [listing.hit(index, each) for each in found.hits]
        guesses = [listing.hit(index, each) for each in found.suggestions]
        return {**listing.head(reading), "query": q, "hits": hits, "suggestions": guesses}

    query = {"q": q, "language": language, "limit": limit, "retired": retired}
    return answer(request, reading, Shape("/search", query, kept=False), make)


_CLASS_TYPES = ("application/json", *(each.media_type for each in RdfFormat))


@router.get(
    "/class",
    summary="Show a class",
    responses={
        **answers("WholeClass", *documented.READING, *ONE),
    },
)
def show_class(request: Request, reading: State, services: Context, id: ClassId) -> Response:
    """One class with all its fields and paths; as RDF, by Accept, the statements about it."""
    chosen = offer(request, _CLASS_TYPES)
    rdf = RdfFormat.from_media_type(chosen)
    reading.state.index.entry(id)

    def make() -> Any:
        if rdf is None:
            return listing.whole(reading, id)
        lines = services.catalog.about(reading.slug, reading.version, id)
        return written(reading.state, lines, rdf)

    return answer(request, reading, Shape("/class", {"id": id}, chosen, kept=False), make)
