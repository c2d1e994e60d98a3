"""Drafts: shown, changed, undone, discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from cladist.api import bodies, documented
from cladist.api.answers import model_answer, offer
from cladist.api.caching import draft_tag, matches
from cladist.api.conditions import IfMatch, unmoved, with_tag
from cladist.api.context import AuthorName, Context, DryRun, Slug, known_query
from cladist.api.documented import answers
from cladist.api.retrying import Answer, Writes, once
from cladist.api.schemas.drafts import (
    ADD_EXAMPLE,
    BATCH_EXAMPLE,
    ChangeBatch,
    batch_adapter,
    draft_of,
    edited_of,
)
from cladist.api.schemas.fixes import fixes_of
from cladist.wire import dumps

if TYPE_CHECKING:
    from cladist.catalog.values import Author, Draft, Edited

router = APIRouter(
    prefix="/taxonomies/{slug}/draft", tags=["drafts"], dependencies=[Depends(known_query)]
)


def _batch(body: bodies.JsonBytes) -> ChangeBatch:
    """One change, a list of them, or changes with the reason for them."""
    value = bodies.check_json(body)
    if isinstance(value, list):
        body = b'{"changes":' + body + b"}"
    elif isinstance(value, dict) and "op" in value:
        body = b'{"changes":[' + body + b"]}"
    return bodies.parse(body, batch_adapter())


Changes = Annotated[ChangeBatch, Depends(_batch)]


@router.get(
    "",
    summary="Show the draft",
    responses=answers("DraftModel", "unknown-taxonomy", "not-acceptable", "not-found"),
)
def show_draft(request: Request, slug: Slug, services: Context) -> Response:
    """The changes since the last version, the number they call for, and notes drafted from them.

    The ETag names this state; every write asks for it in If-Match.
    """
    offer(request)
    draft = services.catalog.draft(slug)
    tag = draft_tag(slug, draft.revision, draft.base_sha)
    if matches(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=with_tag(tag))
    return draft_answer(draft).response()


def draft_answer(draft: Draft) -> Answer:
    """A draft as an answer."""
    tag = draft_tag(draft.slug, draft.revision, draft.base_sha)
    return Answer(200, draft_of(draft).model_dump(mode="json"), with_tag(tag))


@router.post(
    "/changes",
    summary="Change the draft",
    responses=answers(
        "EditedModel",
        *documented.CONDITIONAL,
        *documented.WRITING,
        *documented.BODY,
        *documented.CHANGING,
        "reused-key",
    ),
    openapi_extra=documented.body(
        "Change", "ChangeList", "ChangeBatch", one=ADD_EXAMPLE, several=BATCH_EXAMPLE
    ),
)
def change_draft(
    writer: Writes,
    slug: Slug,
    batch: Changes,
    raw: bodies.JsonBytes,
    *,
    dry_run: DryRun = False,
    if_match: IfMatch = None,
) -> Response:
    """One change or several, all made or none. The answer shows what each does.

    With `dry_run` nothing is stored; the answer is the same.
    """

    def work(retry: Any) -> Edited:
        author = _author(writer.author, batch)
        with unmoved(writer.services, slug, if_match) as revision:
            return writer.services.catalog.edit(
                slug, batch.changes, revision, author, dry_run=dry_run, retry=retry
            )

    if dry_run:
        return edited_answer(work(None)).response()
    return once(writer, raw, edited_answer, work)


def _author(who: str, batch: ChangeBatch) -> Author:
    from cladist.catalog.values import Author

    evidence = "" if batch.evidence is None else dumps(batch.evidence)
    return Author(who, batch.why, evidence)


def edited_answer(edited: Edited) -> Answer:
    """What changes did, as an answer."""
    draft = edited.draft
    tag = draft_tag(draft.slug, draft.revision, draft.base_sha)
    headers = {"Cache-Control": "no-store"} if edited.dry_run else with_tag(tag)
    return Answer(200, edited_of(edited).model_dump(mode="json"), headers)


@router.get(
    "/fixes",
    summary="Offer fixes",
    responses=answers("FixesModel", *documented.READING, "invalid-value"),
)
def offer_fixes(
    request: Request,
    slug: Slug,
    services: Context,
    *,
    rule: Annotated[
        str,
        Query(
            max_length=64,
            description="Of this rule's findings alone.",
            examples=["clad-hier-redundant"],
        ),
    ] = "",
    subject: Annotated[
        str,
        Query(
            max_length=2048,
            description="Of findings about this id alone.",
            examples=["https://w3id.org/cladist/id/pets/7k2m9x4q1c"],
        ),
    ] = "",
    limit: Annotated[
        int, Query(ge=1, le=100, description="How many findings to look at.", examples=[20])
    ] = 20,
) -> Response:
    """What could be done about findings: each fix tried on the draft, with what it would do.

    Nothing is stored. Who takes a fix sends its `changes` to the draft.
    """
    offer(request)
    found = services.catalog.fixes.offered(slug, rule=rule, subject=subject, limit=limit)
    return model_answer(fixes_of(found))


@router.delete(
    "/changes/{change}",
    summary="Undo a change",
    responses=answers(
        "DraftModel",
        *documented.CONDITIONAL,
        *documented.WRITING,
        "unknown-change",
        "dependent-changes",
        "not-found",
    ),
)
def undo_change(
    slug: Slug,
    change: Annotated[
        str, Path(max_length=64, description="The change's id.", examples=["7k2m9x4q1c"])
    ],
    services: Context,
    author: AuthorName,
    if_match: IfMatch = None,
) -> Response:
    """Take any change of the draft back, the later ones kept. Refused while later ones need it."""
    from cladist.catalog.values import Author

    with unmoved(services, slug, if_match) as revision:
        draft = services.catalog.undo(slug, change, revision, Author(author))
    return draft_answer(draft).response()


@router.delete(
    "",
    summary="Discard the draft",
    responses=answers("DraftModel", *documented.CONDITIONAL, *documented.WRITING, "not-found"),
)
def discard_draft(
    slug: Slug, services: Context, author: AuthorName, if_match: IfMatch = None
) -> Response:
    """Take all changes back. The draft is the last version again."""
    from cladist.catalog.values import Author

    with unmoved(services, slug, if_match) as revision:
        draft = services.catalog.discard(slug, revision, Author(author))
    return draft_answer(draft).response()
