"""The child that does one job: ``python -m cladist.jobs.work FOLDER``.

It knows nothing but the folder. What it refuses goes to ``failure.json`` there; a stop by SIGTERM
leaves no half output.
"""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec

from cladist.datasets import decisions, plan, policy_document
from cladist.datasets.choosing import Choices
from cladist.datasets.policy import Policy
from cladist.datasets.records import Reading
from cladist.datasets.transfer import Order, transfer
from cladist.index.naming import By
from cladist.jobs.folder import JobFolder
from cladist.jobs.job import Failure, Job, Progress
from cladist.model.errors import CladistError

_SECONDS = 0.2
"""Between two times that progress is told."""


class _Telling:
    """Tells progress now and then."""

    def __init__(self, folder: JobFolder) -> None:
        self._folder, self._last = folder, 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last > _SECONDS or done == total:
            self._last = now
            self._folder.tell(Progress(done, total))


def order_of(folder: JobFolder, job: Job) -> Order:
    """What a job asks for; raises the errors of reading its rules and decisions."""
    found = plan.decoded(folder.plan.read_bytes())
    policy = Policy()
    if folder.rules.is_file():
        policy = policy_document.policy_of(msgspec.json.decode(folder.rules.read_bytes()), found)
    decided = decisions.NO_DECISIONS
    if folder.decisions.is_file():
        choices = Choices(found, policy.residues)
        decided = decisions.read(folder.decisions.read_text("utf-8"), "d.jsonl", choices)
    return Order(
        source=folder.source(job),
        plan=found,
        policy=policy,
        decisions=decided,
        reading=_reading(job.reading),
        by=By(job.by) if job.by else None,
    )


def _reading(asked: dict[str, Any]) -> Reading:
    """How to read the dataset; in a legend whole numbers are numbers."""
    found = msgspec.convert(asked, Reading)
    legend = {int(ref) if str(ref).isdecimal() else ref: name for ref, name in found.legend.items()}
    return msgspec.structs.replace(found, legend=legend)


def failure_of(error: Exception) -> Failure:
    """An error as a job keeps it."""
    plain = {
        name: value
        for name, value in vars(error).items()
        if isinstance(value, str | int | float | tuple)
    }
    return Failure(type(error).__name__, str(error), msgspec.to_builtins(plain))


def main(path: str) -> int:
    """Do the job of a folder: 0 when it is done, 1 when it was refused."""
    folder = JobFolder(Path(path))
    job = folder.read()
    signal.signal(signal.SIGTERM, _stop)
    try:
        report = transfer(order_of(folder, job), folder.output(job), _Telling(folder))
    except (CladistError, OSError) as error:
        (folder.path / "failure.json").write_bytes(msgspec.json.encode(failure_of(error)))
        return 1
    done: dict[str, Any] = {"dataset": report.dataset, "review": report.review}
    (folder.path / "done.json").write_bytes(msgspec.json.encode(done))
    return 0


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
