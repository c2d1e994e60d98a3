"""Idempotency-Key: a request that is repeated gets the first answer and changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import Depends, Header, Request, Response

from cladist.api.context import AuthorName, Context, Services
from cladist.api.problems import Problem
from cladist.ledger.records import Repeated
from cladist.model.errors import CladistError

if TYPE_CHECKING:
    from cladist.catalog.values import Retry

LONGEST_KEY = 255

IdempotencyKey = Annotated[
    str | None,
    Header(
        description="Any text of your own, best a UUID. The same key with the same request gets "
        "the first answer again; with another request it is refused.",
        examples=["3f0c6f0e-6a53-4a39-9a3e-5b8f0a3b1c77"],
    ),
]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that can be kept beside the write that it answers."""

    status: int
    body: Any
    headers: dict[str, str]

    def text(self) -> str:
        """The answer as one JSON text."""
        stored = {"status": self.status, "headers": self.headers, "body": self.body}
        return orjson.dumps(stored).decode()

    def response(self) -> Response:
        """The answer as it is sent."""
        return Response(
            orjson.dumps(self.body),
            self.status,
            headers={"Cache-Control": "no-cache", **self.headers},
            media_type="application/json",
        )


def again(text: str) -> Response:
    """An answer that was kept."""
    stored = orjson.loads(text)
    return Answer(stored["status"], stored["body"], stored["headers"]).response()


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, by which request, under which key."""

    request: Request
    services: Services
    author: str
    key: str | None

    def digest(self, body: bytes) -> str:
        """What makes a request the same: method, path, query, condition, author and body."""
        headers = self.request.headers
        parts = (
            self.request.method,
            self.request.scope["raw_path"].decode("latin-1"),
            self.request.scope["query_string"].decode("latin-1"),
            headers.get("if-match", ""),
            headers.get("content-type", ""),
            self.author,
        )
        return hashlib.sha256("\n".join(parts).encode() + b"\n" + body).hexdigest()


async def _writer(
    request: Request,
    services: Context,
    author: AuthorName,
    idempotency_key: IdempotencyKey = None,
) -> Writer:
    if idempotency_key is not None and not 0 < len(idempotency_key) <= LONGEST_KEY:
        raise Problem("malformed-header", f"Idempotency-Key has 1 to {LONGEST_KEY} characters.")
    return Writer(request, services, author, idempotency_key)


Writes = Annotated[Writer, Depends(_writer)]
"""Given to an endpoint that writes and may be repeated."""


def once(
    writer: Writer,
    body: bytes,
    render: Callable[[Any], Answer],
    work: Callable[[Retry | None], Any],
) -> Response:
    """Do the work, or give the answer that the key got before."""
    from cladist.catalog.values import Retry

    key, catalog = writer.key, writer.services.catalog
    if key is None:
        return render(work(None)).response()
    digest = writer.digest(body)
    kept = catalog.answered(key, digest)
    if kept is not None:
        return again(kept)
    try:
        return render(work(Retry(key, digest, lambda result: render(result).text()))).response()
    except Repeated as repeated:
        return again(repeated.response)
    except (CladistError, Problem):
        kept = catalog.answered(key, digest)  # the same request may have won a race against us
        if kept is None:
            raise
        return again(kept)
