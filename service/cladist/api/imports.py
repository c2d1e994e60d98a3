"""Imports: a file becomes a new taxonomy, or changes of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from cladist.api import bodies, documented
from cladist.api.caching import draft_tag
from cladist.api.conditions import IfMatch, unmoved, with_tag
from cladist.api.context import AuthorName, Context, DryRun, Slug, known_query
from cladist.api.documented import answers
from cladist.api.problems import Problem
from cladist.api.retrying import Answer, Writes, once
from cladist.api.schemas.base import taxonomy_path
from cladist.api.schemas.imports import FILES, import_of
from cladist.imports.reading import ImportFormat, format_of
from cladist.model.change.kinds import Shift
from cladist.model.taxonomy import LabelStructure, Structure, Text
from cladist.rdf.formats import FlatFormat, RdfFormat, readable

if TYPE_CHECKING:
    from cladist.catalog.values import Document, Imported

router = APIRouter(tags=["imports"], dependencies=[Depends(known_query)])

FORMATS = (
    *(each.label for each in (*RdfFormat, *FlatFormat)),
    *(each.value for each in ImportFormat),
)
"""The names of all formats that can be imported."""

Format = Annotated[
    str | None,
    Query(
        description="What the file is, where Content-Type does not say it well enough: "
        + ", ".join(f"`{each}`" for each in FORMATS)
        + ".",
        examples=["turtle"],
        max_length=32,
    ),
]
Scheme = Annotated[
    str,
    Query(
        max_length=2048,
        description="Which concept scheme or ontology of an RDF file to take, where it holds "
        "several.",
        examples=["https://example.org/scheme/animals"],
    ),
]
Encoding = Annotated[
    str,
    Query(
        max_length=32,
        description="Of the format `classification`: the encoding of a file that is not in UTF-8.",
        examples=["cp1252"],
    ),
]
NotationSystem = Annotated[
    str,
    Query(
        max_length=2048,
        description="Of the format `classification`: the IRI of the system that its codes are of.",
        examples=["https://example.org/system/isic"],
    ),
]


def _document(
    request: Request,
    data: bodies.FileBytes,
    *,
    format: Format = None,
    scheme: Scheme = "",
    encoding: Encoding = "",
    notation_system: NotationSystem = "",
) -> Document:
    from cladist.catalog.values import Document

    return Document(
        data,
        _format(request, format),
        scheme,
        encoding=encoding,
        notation_system=notation_system,
    )


def _format(request: Request, named: str | None) -> str:
    if named is not None:
        if named in FORMATS:
            return named
        raise _unsupported(f"There is no format {named[:32]!r}.")
    header = request.headers["content-type"]
    statements = readable(header)
    other = None if statements is not None else format_of(header)
    if statements is None and other is None:
        raise _unsupported("Content-Type names no format that can be imported.")
    return statements.label if statements is not None else str(other)


def _unsupported(detail: str) -> Problem:
    return Problem("unsupported-media-type", detail, members={"supported": sorted(FILES)})


File = Annotated[Any, Depends(_document)]


@router.post(
    "/taxonomies/import",
    summary="Import a new taxonomy",
    status_code=201,
    responses={
        200: documented.shown("ImportModel", "What a dry run would do."),
        **answers(
            "ImportModel",
            *documented.WRITING,
            *documented.BODY,
            *documented.FILE,
            "taxonomy-exists",
            "reused-key",
            status=201,
        ),
    },
    openapi_extra=documented.file(FILES),
)
def import_new(
    writer: Writes,
    document: File,
    slug: Annotated[
        str, Query(max_length=64, description="The new short name.", examples=["pets"])
    ],
    *,
    title: Annotated[str, Query(max_length=1_000, description="A title.", examples=["Pets"])] = "",
    language: Annotated[
        str, Query(max_length=64, description="The default language.", examples=["en"])
    ] = "en",
    structure: Annotated[
        Structure, Query(description="The label structure, where the file does not say it.")
    ] = Structure.SINGLE_LABEL,
    dry_run: DryRun = False,
) -> Response:
    """A new taxonomy whose first draft starts from a file, sent as the body.

    Files are taken with their faults, which are reported; publishing is what refuses them.
    """

    def work(retry: Any) -> Imported:
        from cladist.catalog.values import Author, NewTaxonomy

        new = NewTaxonomy(
            slug=slug,
            titles=(Text(title, language),) if title else (),
            default_language=language,
            structure=LabelStructure(kind=structure),
        )
        author = Author(writer.author)
        return writer.services.catalog.import_new(
            new, document, author, dry_run=dry_run, retry=retry
        )

    if dry_run:
        return _answer(work(None)).response()
    return once(writer, document.data, _created, work)


def _created(imported: Imported) -> Answer:
    answer = _answer(imported)
    return Answer(201, answer.body, {**answer.headers, "Location": taxonomy_path(imported.slug)})


def _answer(imported: Imported) -> Answer:
    draft = imported.draft
    headers = {"Cache-Control": "no-store"}
    if draft is not None and not imported.dry_run:
        headers = with_tag(draft_tag(draft.slug, draft.revision, draft.base_sha))
    return Answer(200, import_of(imported).model_dump(mode="json"), headers)


@router.post(
    "/taxonomies/{slug}/draft/import",
    summary="Import onto a draft",
    responses=answers(
        "ImportModel",
        *documented.CONDITIONAL,
        *documented.WRITING,
        *documented.BODY,
        *documented.FILE,
        *documented.CHANGING,
        "not-found",
    ),
    openapi_extra=documented.file(FILES),
)
def import_onto(
    slug: Slug,
    services: Context,
    author: AuthorName,
    document: File,
    *,
    shift: Annotated[
        Shift, Query(description="What every definition that differs does to the meaning.")
    ] = Shift.SHIFTED,
    retire_absent: Annotated[
        bool,
        Query(description="Retire classes that a table does not mention; RDF always does."),
    ] = False,
    dry_run: DryRun = False,
    if_match: IfMatch = None,
) -> Response:
    """Put the changes on the draft that make of it what the file, sent as the body, says."""
    from cladist.catalog.values import Author, ImportOptions

    options = ImportOptions(shift, retire_absent)
    with unmoved(services, slug, if_match) as revision:
        imported = services.catalog.import_onto(
            slug, document, revision, Author(author), options, dry_run=dry_run
        )
    return _answer(imported).response()
