"""Migrations of datasets, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, Field

from cladist.api.schemas.base import PREFIX, Model, Object

if TYPE_CHECKING:
    from cladist.jobs.job import Failure, Job, Progress

MIGRATION_EXAMPLE: Object = {
    "from": "1.0.0",
    "to": "2.0.0",
    "name": "instances_train.json",
    "rules": {
        "residues": {"unlabeled": 255},
        "splits": [
            {
                "class": "vehicle",
                "rules": [{"when": {"field": "geometry.area", "at-least": 4096}, "to": "truck"}],
                "default": "unlabeled",
            }
        ],
    },
    "decisions": [{"record": "17", "from": "vehicle", "to": "van", "by": "Ada"}],
}


class DecisionModel(Model):
    """What one record is, in place of a class that data do not follow by themselves."""

    record: str = Field(min_length=1, max_length=4096, examples=["17"])
    source: str = Field(alias="from", min_length=1, max_length=2048, examples=["vehicle"])
    to: str = Field(max_length=2048, examples=["van"])
    by: str = Field("", max_length=200, description="Who decided.", examples=["Ada"])
    at: str = Field("", max_length=64, description="When.")
    confidence: str = Field("", max_length=64, description="How sure.")


class ReadingModel(Model):
    """How to read the dataset where it does not say so itself."""

    format: str = Field("", max_length=40, description="Such as `coco`; found out without it.")
    label: str = Field("", max_length=400, description="The column or path of the label.")
    key: str = Field("", max_length=400, description="The column or path that names a record.")
    separator: str = Field("", max_length=8, description="Between labels in one cell.")
    scheme: str = Field("", max_length=8, description="Tagging scheme of CoNLL.")
    encoding: str = Field("", max_length=40, description="Of text files; UTF-8 without it.")
    legend: dict[str, str] = Field(
        {}, description="What the dataset writes, and the class that it means."
    )
    ignore: list[int] = Field([], max_length=100, description="Pixel values that are no class.")
    instances: int = Field(0, ge=0, description="Pixels are class times this plus instance.")
    level: int = Field(1, ge=0, le=9, description="Deflate level of images.")


class MigrationRequest(Model):
    """A dataset to migrate: by its name, to be uploaded then, or where it lies on the server."""

    model_config = ConfigDict(json_schema_extra={"examples": [MIGRATION_EXAMPLE]})

    source: str = Field(
        alias="from", pattern=r"^[a-z0-9.]{1,40}$", description="From which version."
    )
    target: str = Field(
        "latest", alias="to", pattern=r"^[a-z0-9.]{1,40}$", description="To which version."
    )
    name: str = Field(
        "",
        max_length=200,
        pattern=r"^[^/\\\x00-\x1f]*$",
        description="The name of the file that will be uploaded; its suffix says what it is. A "
        "dataset of several files comes as an archive.",
    )
    path: str = Field(
        "", max_length=4096, description="Where it lies, if the operator allows that folder."
    )
    rules: Object | None = Field(None, description="Residues, rules and defaults.")
    decisions: list[DecisionModel] = Field([], max_length=1_000_000)
    reading: ReadingModel | None = Field(None)
    by: str = Field(
        "",
        pattern=r"^(|id|code|notation|label)$",
        description="By what the dataset names classes, where that is not clear.",
    )


class FailureModel(Model):
    """Why a job failed."""

    kind: str = Field(description="The name of the error.", examples=["UnknownLabels"])
    message: str = Field(examples=["pets 1.0.0 does not know 1 of the labels"])
    details: Object = Field({}, examples=[{"labels": [["boat", 3]]}])


class ProgressModel(Model):
    """How far a job is, in bytes."""

    done: int = Field(examples=[1048576])
    total: int = Field(examples=[4194304])


class JobLinks(Model):
    """Where to go from here, as paths on this service; null for what there is not."""

    self: str = Field(examples=["/api/v1/migrations/7k2m9x4q1c"])
    dataset: str | None = Field(None, examples=["/api/v1/migrations/7k2m9x4q1c/dataset"])
    output: str | None = Field(None, examples=["/api/v1/migrations/7k2m9x4q1c/output"])
    report: str | None = Field(None, examples=["/api/v1/migrations/7k2m9x4q1c/report"])
    review: str | None = Field(None, examples=["/api/v1/migrations/7k2m9x4q1c/review"])
    delta: str | None = Field(None, examples=["/api/v1/migrations/7k2m9x4q1c/delta"])


class JobModel(Model):
    """A migration that the service does."""

    id: str = Field(examples=["7k2m9x4q1c"])
    taxonomy: str = Field(examples=["pets"])
    source: str = Field(serialization_alias="from", examples=["1.0.0"])
    target: str = Field(serialization_alias="to", examples=["2.0.0"])
    name: str = Field(examples=["instances_train.json"])
    who: str = Field(examples=["Ada Lovelace"])
    status: str = Field(
        description="`waiting` (for the dataset), `queued`, `running`, `done`, `failed` or "
        "`cancelled`.",
        examples=["done"],
    )
    created: str = Field(examples=["2026-01-31T12:00:00.000Z"])
    started: str | None = Field(None, examples=["2026-01-31T12:00:01.000Z"])
    ended: str | None = Field(None, examples=["2026-01-31T12:00:09.000Z"])
    format: str | None = Field(None, description="In what it is.", examples=["COCO instances"])
    review: int = Field(0, description="Labels that need a person.", examples=[0])
    failure: FailureModel | None = Field(None, examples=[None])
    progress: ProgressModel
    links: JobLinks


class JobList(Model):
    """All migrations, the oldest first."""

    migrations: list[JobModel]


def _failure(failure: Failure) -> FailureModel:
    return FailureModel(kind=failure.kind, message=failure.message, details=failure.details)


def job_of(job: Job, progress: Progress, products: dict[str, bool]) -> JobModel:
    """A job as JSON; ``products`` says what came out."""
    path = f"{PREFIX}/migrations/{job.id}"
    links: dict[str, Any] = {
        name: f"{path}/{name}" if there else None for name, there in products.items()
    }
    waiting = f"{path}/dataset" if job.status == "waiting" else None
    failure = job.failure
    return JobModel(
        id=job.id,
        taxonomy=job.slug,
        source=job.source,
        target=job.target,
        name=job.name,
        who=job.who,
        status=job.status.value,
        created=job.created,
        started=job.started or None,
        ended=job.ended or None,
        format=job.dataset or None,
        review=job.review,
        failure=None if failure is None else _failure(failure),
        progress=ProgressModel(done=progress.done, total=progress.total),
        links=JobLinks(self=path, dataset=waiting, **links),
    )
