"""Datasets that follow: plans for those who migrate themselves, and migrations done here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import TypeAdapter

from cladist.api import bodies, documented
from cladist.api.answers import Shape, answer, model_answer, offer
from cladist.api.context import AuthorName, Context, Services, Slug, known_query
from cladist.api.documented import answers
from cladist.api.negotiation import JSON
from cladist.api.schemas.migrations import (
    MIGRATION_EXAMPLE,
    JobList,
    JobModel,
    MigrationRequest,
    job_of,
)
from cladist.api.two_states import Pair, pair

if TYPE_CHECKING:
    from cladist.jobs.job import Job

plans = APIRouter(
    prefix="/taxonomies/{slug}", tags=["migrating"], dependencies=[Depends(known_query)]
)
router = APIRouter(prefix="/migrations", tags=["migrating"], dependencies=[Depends(known_query)])


@cache
def _adapter() -> TypeAdapter[MigrationRequest]:
    return TypeAdapter(MigrationRequest)


MigrationBody = Annotated[MigrationRequest, Depends(bodies.reading(_adapter))]
JobId = Annotated[
    str,
    Path(pattern=r"^[a-z0-9]{1,40}$", description="The id of the job.", examples=["7k2m9x4q1c"]),
]
Product = Annotated[
    Literal["output", "report", "review", "delta"],
    Path(
        description="The migrated `output`, its `report`, the `review` file, or the `delta` that "
        "takes it back."
    ),
]
Earlier = Annotated[
    list[str] | None,
    Query(
        alias="origin",
        max_length=1_000,
        description="An earlier version from which labels may have come; may be repeated. Without "
        "it all that are older than the one to come from.",
        examples=[["1.0.0"]],
    ),
]

_MISSING = ("not-found", "not-acceptable")
_PRODUCTS = ("output", "report", "review", "delta")
_BINARY = {"type": "string", "format": "binary"}


@plans.get(
    "/migration",
    summary="Export a plan",
    responses={
        200: {
            "description": "The plan.",
            "content": {JSON: {"example": {"format": "cladist-migration-1", "…": "…"}}},
        },
        **documented.refusals(*documented.READING),
    },
)
def show_plan(
    request: Request,
    services: Context,
    states: Annotated[Pair, Depends(pair)],
    *,
    origins: Earlier = None,
) -> Response:
    """All that migrating data from one state to another takes: the classes of both with their
    names, and what became of each. `cladist migrate --correspondence` works with it alone.
    """
    offer(request)

    def make() -> Any:
        from cladist.datasets.plan import encoded

        ends = (states.slug, states.source, states.target)
        return encoded(services.catalog.migrations.plan(*ends, origins))

    query = states.query(origin=tuple(origins or ()) or None)
    return answer(request, states, Shape("/migration", query, JSON, kept=False), make)


@plans.post(
    "/migrations",
    summary="Migrate a dataset",
    status_code=201,
    responses=answers(
        "JobModel",
        *documented.WRITING,
        *documented.BODY,
        *("unknown-taxonomy", "unknown-version", "invalid-value", "already-migrated"),
        *("refused-rows", "unreadable-input"),
        status=201,
    ),
    openapi_extra=documented.body("MigrationRequest", instances=MIGRATION_EXAMPLE),
)
def start_migration(
    slug: Slug, services: Context, author: AuthorName, body: MigrationBody
) -> Response:
    """A new job. Send the dataset to where `links.dataset` leads, unless it lies on the server
    already; then the job is queued, and its `status` and `progress` tell how far it is.

    Rules and decisions are checked against both versions at once.
    """
    from cladist.jobs.intake import accepted

    plan = services.catalog.migrations.plan(slug, body.source, body.target, ())
    job = accepted(services.jobs, plan, body.model_dump(by_alias=True), author)
    model = _model(services, job)
    return model_answer(model, status=201, headers={"Location": model.links.self})


@router.get("", summary="List migrations", responses=answers("JobList", "not-acceptable"))
def list_migrations(request: Request, services: Context) -> Response:
    """All migrations that this service knows, the oldest first."""
    offer(request)
    found = services.jobs.every()
    return model_answer(JobList(migrations=[_model(services, each) for each in found]))


@router.get("/{job_id}", summary="Look at a migration", responses=answers("JobModel", *_MISSING))
def show_migration(request: Request, job_id: JobId, services: Context) -> Response:
    """Where a job stands, how far it is, and where its results are."""
    offer(request)
    return model_answer(_model(services, services.jobs.folder(job_id).read()))


@router.put(
    "/{job_id}/dataset",
    summary="Upload the dataset",
    status_code=202,
    responses=answers("JobModel", *documented.WRITING, "not-found", "conflict", status=202),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": _BINARY, "example": "…"}},
        }
    },
)
async def upload_dataset(request: Request, job_id: JobId, services: Context) -> Response:
    """The dataset itself, as it is: one file, or an archive of several. Then the job is queued."""
    from starlette.concurrency import run_in_threadpool

    bodies.content_type(request)
    folder = await run_in_threadpool(services.jobs.folder, job_id)
    job = folder.read()
    await folder.upload(job, request.stream(), services.settings.dataset_limit)
    queued = await run_in_threadpool(services.jobs.queued, job)
    return model_answer(_model(services, queued), status=202)


@router.post(
    "/{job_id}/cancel",
    summary="Cancel a migration",
    responses=answers("JobModel", *documented.WRITING, "not-found", "conflict"),
)
def cancel_migration(job_id: JobId, services: Context) -> Response:
    """Stop a job, or take it out of the queue. Nothing of its output stays."""
    return model_answer(_model(services, services.jobs.cancel(job_id)))


@router.delete(
    "/{job_id}",
    summary="Delete a migration",
    status_code=204,
    responses={
        204: {"description": "Gone, with its dataset and its results."},
        **documented.refusals(*documented.WRITING, "not-found", "conflict"),
    },
)
def delete_migration(job_id: JobId, services: Context) -> Response:
    """Forget a job that has ended, its dataset and its results."""
    services.jobs.delete(job_id)
    return Response(status_code=204)


@router.get(
    "/{job_id}/{product}",
    summary="Download a result",
    response_class=FileResponse,
    responses={
        200: {
            "description": "The file.",
            "content": {"application/octet-stream": {"schema": _BINARY, "example": "…"}},
        },
        **documented.refusals("not-found"),
    },
)
def download(job_id: JobId, product: Product, services: Context) -> Response:
    """What came out of a job, as a file."""
    folder = services.jobs.folder(job_id)
    place = folder.product(folder.read(), product)
    return FileResponse(place, media_type="application/octet-stream", filename=place.name)


def _model(services: Services, job: Job) -> JobModel:
    from cladist.model.errors import NotFound

    folder = services.jobs.folder(job.id)

    def there(what: str) -> bool:
        try:
            return folder.product(job, what).is_file()
        except NotFound:
            return False

    return job_of(job, folder.progress(), {each: there(each) for each in _PRODUCTS})
