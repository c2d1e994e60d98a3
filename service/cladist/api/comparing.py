"""What differs between two states of a taxonomy, in every form people ask for."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from cladist.api import bodies, documented, two_states
from cladist.api.answers import answer
from cladist.api.context import Context, known_query
from cladist.api.schemas.files import FILES_EXAMPLE, FilesModel, files_adapter
from cladist.api.schemas.foreign import document_of
from cladist.api.two_states import Pair, pair
from cladist.catalog.diff_forms import FORMS, Wanted, compared, compared_files
from cladist.exports.diff.telling import Level
from cladist.model.diff.filtering import Scope
from cladist.model.diff.values import OperationKind
from cladist.model.identifiers import check_language

router = APIRouter(
    prefix="/taxonomies/{slug}", tags=["comparing"], dependencies=[Depends(known_query)]
)

_EXAMPLES = {
    "text/markdown": "# pets 1.0.0 → 2.0.0\n…",
    "text/html": "<!doctype html>…",
    "text/csv": "from,to,kind,operation,…\r\npets 1.0.0,pets 2.0.0,renamed,…\r\n",
    "application/rdf-patch": "H id <urn:uuid:…> .\nTX .\nA <…> <…> <…> .\nTC .\n",
    "text/kgcl": "rename <…> from 'cat' to 'house cat'\n",
    "application/kgcl+json": '{"change_set":[{"type":"NodeRename"}]}',
}


def _wanted(
    kinds: Annotated[
        list[OperationKind] | None,
        Query(
            alias="kind",
            max_length=len(OperationKind),
            description="Only operations of this kind, and what they touch; may be repeated.",
        ),
    ] = None,
    under: Annotated[
        str,
        Query(
            max_length=2048,
            description="Only this class and those below it, before or after: an id, a code such "
            "as `#17` (`%2317`) or a label.",
            examples=["cat"],
        ),
    ] = "",
    language: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=64,
            description="Only texts in this language.",
            examples=["en"],
        ),
    ] = None,
    level: Annotated[
        Level,
        Query(
            description="How far it goes: `operations` alone, these and the `cards` of all that "
            "they touched, or these and the `statements` too.",
        ),
    ] = Level.CARDS,
) -> Wanted:
    scope = Scope(
        kinds=frozenset(kinds) if kinds else None,
        language=None if language is None else check_language(language),
    )
    return Wanted(scope=scope, under=under, level=level)


@router.get(
    "/diff",
    summary="Compare two states",
    responses={
        200: two_states.contents(FORMS, "Diff", _EXAMPLES),
        **documented.refusals(
            *documented.READING,
            *("unknown-class", "ambiguous-reference", "invalid-value", "refused"),
        ),
    },
)
def show_diff(
    request: Request,
    services: Context,
    states: Annotated[Pair, Depends(pair)],
    wanted: Annotated[Wanted, Depends(_wanted)],
    form_name: Annotated[str | None, two_states.format_query(FORMS)] = None,
) -> Response:
    """What differs, with the counts first: the operations with who and why, then field by field
    what they touched (cards), then, if asked, the RDF statements. Statements that no operation
    explains are always told. Either state may be the older one; operations that lie the other way
    are told as taken back.

    KGCL and the first CSV table hold operations alone, `csv-cards` cards alone, RDF Patch
    statements alone, whatever the level. A patch is of the whole difference or refused.
    """
    form = two_states.chosen(request, FORMS, form_name)
    query = states.query(**_given(wanted))

    def make() -> Any:
        told = compared(services.catalog, states.slug, states.source, states.target, wanted)
        return form.write(told)

    return answer(request, states, two_states.shape("/diff", query, form, form_name), make)


def _given(wanted: Wanted) -> dict[str, Any]:
    """The parameters that say what is wanted, without defaults."""
    kinds = wanted.scope.kinds
    return {
        "kind": tuple(sorted(each.value for each in kinds or ())),
        "under": wanted.under or None,
        "language": wanted.scope.language,
        "level": None if wanted.level is Level.CARDS else wanted.level.value,
    }


files = APIRouter(prefix="/diff", tags=["comparing"], dependencies=[Depends(known_query)])
"""Comparing files that no taxonomy need hold."""

Files = Annotated[FilesModel, Depends(bodies.reading(files_adapter))]


@files.post(
    "",
    summary="Compare two files",
    responses={
        200: two_states.contents(FORMS, "Diff", _EXAMPLES),
        **documented.refusals(
            *documented.BODY, *documented.FILE, "not-acceptable", "invalid-value", "refused"
        ),
    },
    openapi_extra=documented.body("FilesModel", example=FILES_EXAMPLE),
)
def compare_files(
    request: Request,
    services: Context,
    body: Files,
    wanted: Annotated[Wanted, Depends(_wanted)],
    form_name: Annotated[str | None, two_states.format_query(FORMS)] = None,
) -> Response:
    """What differs between two files, classes matched by their ids; nothing is stored.

    The operations are those that would lead from the one to the other; nobody recorded them. An
    RDF Patch is of the statements as they stand in two RDF files.
    """
    form = two_states.chosen(request, FORMS, form_name)
    old, new = (document_of(each) for each in (body.old, body.new))
    told = compared_files(services.catalog, old, new, wanted, form.name)
    headers = {"Cache-Control": "no-store"}
    return Response(form.write(told), media_type=form.media_type, headers=headers)
