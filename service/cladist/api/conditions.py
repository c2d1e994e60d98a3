"""Writes to a draft: made for the state that If-Match names, or not at all (RFC 9110, 13.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Header

from cladist.api.answers import DRAFT, opened
from cladist.api.caching import required
from cladist.api.context import Services
from cladist.api.problems import Problem
from cladist.model.errors import StaleDraft

IfMatch = Annotated[
    str | None,
    Header(
        description="The draft's ETag, as it was read. Writes without it are refused (428).",
        examples=['"pets-draft-7-9f86d081884c7d65"'],
    ),
]

_REVISION = re.compile(r"-draft-(\d{1,18})-[0-9a-f]{16}$")


@contextmanager
def unmoved(services: Services, slug: str, if_match: str | None) -> Iterator[int]:
    """The draft's revision, if If-Match names its present state; else a problem with its tag.

    A draft that moves before the write is done is a problem as well.
    """
    tags = required(if_match)
    current, revision = present(services, slug)
    if current not in tags:
        found = _REVISION.search(tags[0])
        raise _stale(services, slug, StaleDraft(int(found[1]) if found else -1, revision))
    try:
        yield revision
    except StaleDraft as error:
        raise _stale(services, slug, error) from None


def present(services: Services, slug: str) -> tuple[str, int]:
    """The draft's tag and revision."""
    reading = opened(services, slug, DRAFT)
    return reading.mark, int(reading.mark.rsplit("-", 2)[1])


def _stale(services: Services, slug: str, error: StaleDraft) -> Problem:
    current, revision = present(services, slug)
    expected = None if error.expected < 0 else error.expected
    return Problem(
        "stale-draft",
        f"The draft is at revision {revision} now: read it again, then repeat.",
        headers={"ETag": f'"{current}"'},
        members={"expected": expected, "actual": revision},
    )


def with_tag(tag: str) -> dict[str, str]:
    """The headers of a draft that was just read or written."""
    return {"ETag": f'"{tag}"', "Cache-Control": "no-cache"}
