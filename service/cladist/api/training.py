"""The training card of any version or the draft, as JSON and as NumPy arrays."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from cladist.api import documented
from cladist.api.answers import DRAFT, Reading, Shape, answer, opened
from cladist.api.classes import State
from cladist.api.context import Context, Slug, known_query
from cladist.api.documented import answers, refusals
from cladist.api.negotiation import JSON
from cladist.api.problems import Problem
from cladist.catalog.training import Counts, card_of

router = APIRouter(
    prefix="/taxonomies/{slug}/versions/{selector}/training",
    tags=["exports"],
    dependencies=[Depends(known_query)],
)

_ARRAYS = "application/octet-stream"


def _earlier(
    slug: Slug,
    services: Context,
    reading: State,
    origin: Annotated[
        list[str] | None,
        Query(
            alias="from",
            max_length=20,
            description="The selector of a state whose outputs are to be mapped; may be repeated.",
            examples=[["1.0.0"]],
        ),
    ] = None,
) -> list[Reading]:
    found = [opened(services, slug, each) for each in origin or ()]
    if reading.version != DRAFT and any(each.version == DRAFT for each in found):
        fault = {"where": "query/from", "message": "comes after every version"}
        detail = "query/from: the draft comes after every version."
        raise Problem("invalid-request", detail, members={"errors": [fault]})
    return found


Earlier = Annotated[Any, Depends(_earlier)]


@router.get(
    "",
    summary="Show the training card",
    responses=answers("TrainingCard", *documented.READING, "invalid-value"),
)
def show_card(
    request: Request,
    reading: State,
    earlier: Earlier,
    usage: Annotated[
        str | None,
        Query(
            pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
            description="Weigh classes by the counts that were registered for this usage.",
            examples=["pets-2026"],
        ),
    ] = None,
    items: Annotated[
        int | None,
        Query(ge=1, description="How many items these are, where each may have several labels."),
    ] = None,
) -> Response:
    """Outputs, class index, permutations, hierarchy, exclusivity; which loss and metrics fit."""
    if usage is not None:
        return JSONResponse(
            _card(reading, earlier, _counts(reading, usage, items)),
            headers={"Cache-Control": "no-store"},
        )
    return answer(request, reading, _shape("/training", earlier), lambda: _card(reading, earlier))


@router.get(
    "/arrays.npz",
    summary="Fetch the training card's arrays",
    response_class=Response,
    responses={
        200: {"content": {_ARRAYS: {"example": "PK…"}}},
        **refusals(*documented.READING, "too-large"),
    },
)
def show_arrays(request: Request, reading: State, earlier: Earlier) -> Response:
    """The same as NumPy arrays: parents, ancestors, exclusivity, permutations, transitions."""
    from cladist.exports.training.matrices import archive

    shape = _shape("/training/arrays.npz", earlier, _ARRAYS)
    return answer(request, reading, shape, lambda: archive(_card(reading, earlier)))


def _card(reading: Reading, earlier: list[Reading], counts: Counts | None = None) -> dict[str, Any]:
    before = [(each.version, each.state) for each in earlier]
    return card_of(reading.state, reading.slug, reading.version, before, counts)


def _counts(reading: Reading, usage: str, items: int | None) -> Counts:
    """The counts of a usage, which may be registered anew at any time."""
    followed = reading.services.catalog.usages.followed(reading.slug, usage, reading.version)
    return Counts(followed.counts, items)


def _shape(tail: str, earlier: list[Reading], media_type: str = JSON) -> Shape:
    """An answer about several versions may be kept for ever if each is named by its number."""
    steady = all(each.selector == each.version != DRAFT for each in earlier)
    query = {"from": tuple(each.version for each in earlier)} if earlier else {}
    return Shape(
        tail, query, media_type, sniffed=media_type == JSON, kept=not earlier, steady=steady
    )
