"""The outermost checks, before any route: paths, sizes, origins; and headers of all answers."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.responses import Response

from cladist.api.frozen import SECURITY, Asgi, Message, RawHeaders, Receive, Scope, Send
from cladist.api.problems import Problem
from cladist.model.errors import BodyTooLarge

_DATASET = re.compile(r"/api/v1/migrations/[a-z0-9]+/dataset")
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})|%2[fF]|%5[cC]|%[01][0-9A-Fa-f]|%7[fF]")
_CORS = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Edge:
    """The ASGI application that every request passes, save those answered from ready bytes."""

    def __init__(self, behind: Asgi, body_limit: int, dataset_limit: int) -> None:
        self._behind, self._limit, self._dataset_limit = behind, body_limit, dataset_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, pass it on, and put the headers on its answer."""
        if scope["type"] != "http":
            await self._behind(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        answer = _Answer(send, bodiless=scope["method"] == "HEAD")
        try:
            early = self._check(scope, headers)
        except Problem as problem:
            early = problem.response()
        if early is not None:
            await early(scope, receive, answer.send)
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        try:
            await self._behind(scope, _counted(receive, self._allowed(scope)), answer.send)
        except Exception:
            if not answer.whole:  # else it was logged and answered with a problem
                raise

    def _allowed(self, scope: Scope) -> int:
        """The most bytes of a body: datasets go to disk and may be larger than what is read."""
        dataset = scope["method"] == "PUT" and _DATASET.fullmatch(scope["path"])
        return self._dataset_limit if dataset else self._limit

    def _check(self, scope: Scope, headers: dict[bytes, str]) -> Response | None:
        _check_path(scope["raw_path"])
        if scope["method"] == "OPTIONS" and b"access-control-request-method" in headers:
            return Response(status_code=204, headers=_CORS)
        if scope["method"] not in _SAFE:
            _check_origin(headers)
        _check_coding(headers)
        length = headers.get(b"content-length", "0")
        if not length.isascii() or not length.isdigit():
            raise Problem("malformed-header", "Content-Length is not a number.")
        if len(length) > 18 or int(length) > self._allowed(scope):
            raise Problem(
                "too-large",
                f"The body is over the limit of {self._allowed(scope)} bytes.",
                headers={"Connection": "close"},
                members={"limit": "bytes of a request body", "allowed": self._allowed(scope)},
            )
        return None


def _check_path(path: bytes) -> None:
    if b"%" not in path:
        return
    try:
        unquote_to_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise Problem("not-found", "The path is not UTF-8.") from None
    if _BAD_ESCAPE.search(path):
        raise Problem("not-found", "The path holds an escape that no path here has.")


def _check_origin(headers: dict[bytes, str]) -> None:
    """Writes come from programs and from our own pages, not from pages of other sites."""
    origin = headers.get(b"origin")
    if origin is not None and urlsplit(origin).netloc != headers.get(b"host"):
        raise Problem("foreign-origin", "Origin names another site than Host.")


def _check_coding(headers: dict[bytes, str]) -> None:
    if headers.get(b"content-encoding", "identity").strip().lower() != "identity":
        raise Problem(
            "unsupported-media-type",
            "Bodies are read without Content-Encoding.",
            headers={"Accept-Encoding": "identity"},
        )


def _counted(receive: Receive, limit: int) -> Receive:
    """The body as it comes in; refused once it is over the limit, whatever its length was said."""
    received = 0

    async def count() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise BodyTooLarge("bytes of a request body", limit)
        return message

    return count


class _Answer:
    """The answer on its way out: gets the headers that all have, for ``HEAD`` no body."""

    def __init__(self, send: Send, *, bodiless: bool) -> None:
        self._send, self._bodiless, self.whole = send, bodiless, False

    async def send(self, message: Message) -> None:
        """Pass a part of the answer on."""
        if message["type"] == "http.response.start":
            given: RawHeaders = list(message["headers"])
            names = {name for name, _ in given}
            added = [each for each in SECURITY if each[0] not in names]
            message = {**message, "headers": [*given, *added]}
        elif self._bodiless:
            message = {**message, "body": b""}
        await self._send(message)
        self.whole = message["type"] == "http.response.body" and not message.get("more_body")
