"""What became of the classes of one state in another, in every form that programs apply."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from cladist.api import documented, two_states
from cladist.api.answers import answer
from cladist.api.context import Context, Offset, known_query
from cladist.api.negotiation import JSON
from cladist.api.problems import Problem
from cladist.api.two_states import Pair, pair_across
from cladist.catalog.correspondence_forms import FORMS, Followed, plain
from cladist.catalog.following import followed

router = APIRouter(
    prefix="/taxonomies/{slug}", tags=["comparing"], dependencies=[Depends(known_query)]
)

_RDF = "<https://w3id.org/cladist/id/pets/correspondences/1.0.0/2.0.0> a xkos:Correspondence .\n"
_EXAMPLES = {
    "text/csv": "component,kind,source_id,…\r\n1,merged,https://w3id.org/…\r\n",
    "text/tab-separated-values": "#curie_map:\n…\nsubject_id\tsubject_label\tpredicate_id\t…\n",
    "text/turtle": _RDF,
    "application/trig": _RDF,
    "application/n-quads": _RDF,
    "application/ld+json": '[{"@graph": […]}]',
}

Unchanged = Annotated[
    bool, Query(alias="all", description="With the classes to which nothing happened.")
]
MostLost = Annotated[
    float | None,
    Query(
        ge=0,
        le=1,
        description="Refuse when a larger share of the classes in use has no target or needs a "
        "decision.",
        examples=[0.1],
    ),
]
Count = Annotated[
    int | None,
    Query(ge=1, le=1_000, description="Of JSON, how many components at most; else all of them."),
]


@router.get(
    "/correspondence",
    summary="Follow the classes",
    responses={
        200: two_states.contents(FORMS, "CorrespondenceModel", _EXAMPLES),
        **documented.refusals(
            *documented.READING, "no-common-history", "loss-above-limit", "refused", "invalid-value"
        ),
    },
)
def show_correspondence(
    request: Request,
    services: Context,
    states: Annotated[Pair, Depends(pair_across)],
    *,
    unchanged: Unchanged = False,
    limit: MostLost = None,
    offset: Offset = 0,
    count: Count = None,
    form_name: Annotated[str | None, two_states.format_query(FORMS)] = None,
) -> Response:
    """What became of every class: which classes hang together, how much of each is in the other,
    and who has to decide. Either state may be the older one.

    SSSOM and XKOS are for exchange, `replacements` are the annotations of retired classes that OWL
    and OBO tools know; they lead from an older state to a newer one.

    To another taxonomy (`with`) the way goes over the versions that a stored table relates: of
    several the nearest, of the same ones the table stored last.
    """
    form = two_states.chosen(request, FORMS, form_name)
    paged = offset > 0 or count is not None
    if paged and form.media_type != JSON:
        raise _only_json()

    @cache
    def told() -> Followed:
        ends, other = (states.slug, states.source, states.target), states.other or ""
        return followed(services.catalog, *ends, unchanged=unchanged, limit=limit, other=other)

    if limit is not None:
        told()  # refused, even to those who have the answer
    query = states.query(all=unchanged or None, offset=offset or None, count=count)

    def make() -> Any:
        return plain(told(), offset, count) if form.media_type == JSON else form.write(told())

    shape = two_states.shape("/correspondence", query, form, form_name)
    return answer(request, states, shape, make)


def _only_json() -> Problem:
    fault = {"where": "query/count", "message": "only JSON comes in pages"}
    detail = "query/count and query/offset: only JSON comes in pages."
    return Problem("invalid-request", detail, members={"errors": [fault]})
