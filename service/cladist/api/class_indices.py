"""The class index of any version or the draft, and how it moves from one state to another."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from cladist.api import documented, listing
from cladist.api.answers import DRAFT, Shape, answer, opened
from cladist.api.classes import State
from cladist.api.context import Context, Slug, known_query
from cladist.api.documented import answers
from cladist.api.problems import Problem
from cladist.model.class_index import permutation

router = APIRouter(
    prefix="/taxonomies/{slug}/versions/{selector}",
    tags=["classes"],
    dependencies=[Depends(known_query)],
)


@router.get(
    "/index",
    summary="Show the class index",
    responses=answers("ClassIndex", *documented.READING),
)
def show_index(request: Request, reading: State) -> Response:
    """What a training head predicts: the selectable classes in use, at places 0 to n-1."""

    def make() -> Any:
        index = reading.state.index
        ids = tuple(index.selection)
        rows = [
            {"index": at, "id": each.id, "code": each.code, "label": index.label(each)}
            for at, each in enumerate(index.entries(ids))
        ]
        digest = hashlib.sha256("\n".join(ids).encode()).hexdigest()
        return {**listing.head(reading), "sha256": digest, "size": len(ids), "classes": rows}

    return answer(request, reading, Shape("/index", {}), make)


@router.get(
    "/index/permutation",
    summary="Compare class indices",
    responses=answers("Permutation", *documented.READING),
)
def show_permutation(
    request: Request,
    slug: Slug,
    reading: State,
    services: Context,
    origin: Annotated[
        str,
        Query(
            alias="from",
            pattern=r"^[a-z0-9.]{1,40}$",
            description="The selector of the state to come from.",
            examples=["1.0.0"],
        ),
    ],
) -> Response:
    """Where each class of another state's index stands in this one's. Rows of a head move so."""
    before = opened(services, slug, origin)
    if reading.version != DRAFT and before.version == DRAFT:
        raise Problem(
            "invalid-request",
            "query/from: the draft comes after every version.",
            members={"errors": [{"where": "query/from", "message": "comes after every version"}]},
        )

    def make() -> Any:
        old, new = before.state.index.selection, reading.state.index.selection
        positions = permutation(old, new)
        taken = set(positions)
        return {
            "taxonomy": slug,
            "from": before.version,
            "to": reading.version,
            "size_from": len(old),
            "size_to": len(new),
            "positions": positions,
            "added": [place for place in range(len(new)) if place not in taken],
        }

    steady = origin == before.version != DRAFT
    shape = Shape("/index/permutation", {"from": before.version}, kept=steady, steady=steady)
    return answer(request, reading, shape, make)
