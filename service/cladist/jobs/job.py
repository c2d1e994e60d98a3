"""What is known of a migration that the service does."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec

FORMAT = "cladist-job-1"


class Status(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    """For its dataset to be uploaded."""
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset((Status.DONE, Status.FAILED, Status.CANCELLED))


class Failure(msgspec.Struct, frozen=True):
    """Why a job failed: the name of the error in their tree, what to say, and details."""

    kind: str
    message: str
    details: dict[str, Any] = {}


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A migration of one dataset. Times are ISO 8601 in UTC, sizes bytes.

    ``path`` is where the dataset lies when it was not uploaded. ``review`` counts the labels that
    need a person.
    """

    format: str = FORMAT
    id: str
    slug: str
    source: str
    target: str
    name: str
    path: str = ""
    who: str
    created: str
    status: Status
    started: str = ""
    ended: str = ""
    dataset: str = ""
    review: int = 0
    failure: Failure | None = None
    reading: dict[str, Any] = {}
    by: str = ""


class Progress(msgspec.Struct, frozen=True):
    """Bytes that are done, and all there are; both 0 before it begins."""

    done: int = 0
    total: int = 0
