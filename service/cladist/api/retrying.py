"""Idempotency-Key: a request that is repeated gets the first answer and changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from fastapi import Header, Request, Response

from cladist.api.context import Services
from cladist.api.problems import Problem
from cladist.ledger.records import Repeated
from cladist.model.errors import CladistError
from cladist.model.identifiers import check_text

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


def request_hash(request: Request, author: str, body: bytes) -> str:
    """What makes a request the same: method, path, query, condition, author and body."""
    parts = (
        request.method,
        request.scope["raw_path"].decode("latin-1"),
        request.scope["query_string"].decode("latin-1"),
        request.headers.get("if-match", ""),
        request.headers.get("content-type", ""),
        author,
    )
    return hashlib.sha256("\n".join(parts).encode() + b"\n" + body).hexdigest()


def once(
    services: Services,
    key: str | None,
    digest: str,
    render: Callable[[Any], Answer],
    work: Callable[[Retry | None], Any],
) -> Response:
    """Do the work, or give the answer that the key got before."""
    from cladist.catalog.values import Retry

    if key is None:
        return render(work(None)).response()
    if not 0 < len(key) <= LONGEST_KEY or check_text(key, "Idempotency-Key") != key:
        raise Problem("malformed-header", f"Idempotency-Key has 1 to {LONGEST_KEY} characters.")
    kept = services.catalog.answered(key, digest)
    if kept is not None:
        return again(kept)
    try:
        return render(work(Retry(key, digest, lambda result: render(result).text()))).response()
    except Repeated as repeated:
        return again(repeated.response)
    except (CladistError, Problem):
        kept = services.catalog.answered(key, digest)  # the same request won a race against us
        if kept is None:
            raise
        return again(kept)
