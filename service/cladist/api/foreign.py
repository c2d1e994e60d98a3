"""Versions made elsewhere: what seems to have become of the classes, and what is taken of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from cladist.api import bodies, documented
from cladist.api.caching import draft_tag
from cladist.api.conditions import IfMatch, unmoved, with_tag
from cladist.api.context import AuthorName, Context, DryRun, Offset, Slug, known_query
from cladist.api.documented import answers
from cladist.api.retrying import Answer
from cladist.api.schemas.foreign import (
    ADOPTION_EXAMPLE,
    MATCHING_EXAMPLE,
    AdoptionModel,
    MatchingModel,
    acceptance_of,
    adopted_of,
    adoption_adapter,
    document_of,
    matching_adapter,
    options_of,
)
from cladist.model.matching.proposals import ProposedKind

router = APIRouter(
    prefix="/taxonomies/{slug}/draft", tags=["imports"], dependencies=[Depends(known_query)]
)

_REFUSED = (
    *documented.CONDITIONAL,
    *documented.WRITING,
    *documented.BODY,
    *documented.FILE,
    *("unknown-codes", "ambiguous-reference", "not-found"),
)

Matching = Annotated[MatchingModel, Depends(bodies.reading(matching_adapter))]
Adoption = Annotated[AdoptionModel, Depends(bodies.reading(adoption_adapter))]
Kinds = Annotated[
    list[ProposedKind] | None,
    Query(
        alias="kind",
        max_length=len(ProposedKind),
        description="Only proposals of this kind; may be repeated. The counts stay whole.",
    ),
]
Ambiguous = Annotated[
    bool | None,
    Query(description="Only ambiguous proposals, or only those that are not.", examples=[True]),
]
Count = Annotated[int, Query(ge=1, le=100_000, description="How many proposals at most.")]


@router.post(
    "/proposals",
    summary="Match a version made elsewhere",
    responses=answers("ProposalsModel", *_REFUSED),
    openapi_extra=documented.body("MatchingModel", table=MATCHING_EXAMPLE),
)
def propose(
    slug: Slug,
    services: Context,
    body: Matching,
    *,
    kinds: Kinds = None,
    ambiguous: Ambiguous = None,
    offset: Offset = 0,
    count: Count = 1_000,
    if_match: IfMatch = None,
) -> Response:
    """What seems to have become of every class in use, with the evidence; nothing is stored.

    Every class of the draft stands in one proposal, every class of the document too. To take some
    of them, send the same body with `accept` to `adoption`.
    """
    from cladist.catalog.proposal_forms import Choice, plain

    with unmoved(services, slug, if_match):
        told = services.catalog.foreign.propose(slug, document_of(body.document), options_of(body))
    choice = Choice(kinds=frozenset(kinds or ()), ambiguous=ambiguous)
    return _answer(plain(told, choice, offset, count))


@router.post(
    "/adoption",
    summary="Take over a version made elsewhere",
    responses=answers("AdoptedModel", *_REFUSED, *documented.CHANGING, "unknown-proposal"),
    openapi_extra=documented.body("AdoptionModel", table=ADOPTION_EXAMPLE),
)
def adopt(
    slug: Slug,
    services: Context,
    author: AuthorName,
    body: Adoption,
    *,
    dry_run: DryRun = False,
    if_match: IfMatch = None,
) -> Response:
    """Put the changes on the draft that the accepted proposals call for, all or none of them.

    Each change keeps its proposal as evidence. An ambiguous proposal is taken by its id alone.
    """
    from cladist.catalog.values import Author

    with unmoved(services, slug, if_match) as revision:
        done = services.catalog.foreign.adopt(
            slug,
            document_of(body.document),
            revision,
            Author(author),
            options=options_of(body),
            wanted=acceptance_of(body),
            dry_run=dry_run,
        )
    draft = done.imported.draft
    tag = {}
    if draft is not None and not dry_run:
        tag = with_tag(draft_tag(draft.slug, draft.revision, draft.base_sha))
    return _answer(adopted_of(done).model_dump(mode="json"), tag)


def _answer(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Answer(200, body, {"Cache-Control": "no-store", **(headers or {})}).response()
