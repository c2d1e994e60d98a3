"""Jobs on disk: a folder each, written so that a stop at any time leaves a job that can go on."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from cladist.datasets.transfer import Beside
from cladist.jobs.job import Job, Progress, Status
from cladist.model.errors import BodyTooLarge, Conflict, NotFound

_SUFFIX = ".new"


class JobFolder:
    """The folder of one job: what is known of it, its plan, its dataset, and what came out."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def plan(self) -> Path:
        """The exported correspondence."""
        return self.path / "plan.json"

    @property
    def rules(self) -> Path:
        """The rules, if there are any."""
        return self.path / "rules.json"

    @property
    def decisions(self) -> Path:
        """The decisions, if there are any."""
        return self.path / "decisions.jsonl"

    def source(self, job: Job) -> Path:
        """The dataset."""
        return Path(job.path) if job.path else self.path / "input" / job.name

    def output(self, job: Job) -> Path:
        """What came out."""
        return self.path / "output" / job.name

    def product(self, job: Job, what: str) -> Path:
        """A file of what came out: the ``output`` itself, or the one beside it that is named."""
        output = self.output(job)
        beside = Beside(output)
        places = {"output": output, "delta": beside.delta, "report": beside.report}
        place = {**places, "review": beside.review}[what]
        if job.status is not Status.DONE or not place.is_file():
            raise NotFound(f"The job has no {what}.")
        return place

    def read(self) -> Job:
        """What is known of the job."""
        return msgspec.json.decode((self.path / "job.json").read_bytes(), type=Job)

    def write(self, job: Job) -> None:
        """Keep what is known of the job."""
        _write(self.path / "job.json", msgspec.json.encode(job))

    def progress(self) -> Progress:
        """How far the job is."""
        try:
            data = (self.path / "progress.json").read_bytes()
        except FileNotFoundError:
            return Progress()
        return msgspec.json.decode(data, type=Progress)

    def tell(self, progress: Progress) -> None:
        """Keep how far the job is."""
        _write(self.path / "progress.json", msgspec.json.encode(progress))

    def clear(self) -> None:
        """Take away what an earlier try left."""
        shutil.rmtree(self.path / "output", ignore_errors=True)
        for name in ("progress.json", "done.json", "failure.json"):
            (self.path / name).unlink(missing_ok=True)

    async def upload(self, job: Job, content: AsyncIterator[bytes], limit: int) -> None:
        """Take the dataset in; whole or not at all. Raises BodyTooLarge."""
        if job.status is not Status.WAITING:
            raise Conflict("The job has its dataset already.")
        place = self.source(job)
        place.parent.mkdir(exist_ok=True)
        part = place.with_name(f"{place.name}{_SUFFIX}")
        size = 0
        try:
            with part.open("wb") as file:
                async for block in content:
                    size += len(block)
                    if size > limit:
                        raise BodyTooLarge("bytes of a dataset", limit)
                    file.write(block)
            os.replace(part, place)
        finally:
            part.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}{_SUFFIX}")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
