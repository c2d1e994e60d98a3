"""Request bodies: strict JSON (RFC 8259, RFC 7493) and files, read within the limit."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import Depends, Request

from cladist.api.problems import Problem, invalid_request

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Parsed = TypeVar("Parsed")

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_UTF_8 = ("utf-8", "utf8", "us-ascii")


def content_type(request: Request) -> str:
    """The media type of the body without its parameters; a problem when it is missing."""
    header = request.headers.get("content-type", "")
    essence, *parameters = (part.strip() for part in header.lower().split(";"))
    if not essence:
        raise _unsupported("Content-Type is missing.")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in _UTF_8:
            raise _unsupported("Text is read in UTF-8 alone.")
    return essence


def _unsupported(detail: str) -> Problem:
    return Problem("unsupported-media-type", detail, members={"supported": ["application/json"]})


async def file_body(request: Request) -> bytes:
    """The bytes of a file sent as the body."""
    content_type(request)
    body = await request.body()
    if not body:
        raise Problem("malformed-body", "The body is empty.")
    return body


async def _json_bytes(request: Request) -> bytes:
    if content_type(request) != "application/json":
        raise _unsupported("The body must be application/json.")
    return await request.body()


JsonBytes = Annotated[bytes, Depends(_json_bytes)]
FileBytes = Annotated[bytes, Depends(file_body)]
"""The bytes of a file, given to an endpoint."""


def check_json(body: bytes) -> Any:
    """The value of the body; refuses what is not I-JSON (RFC 7493, section 2)."""
    if not body.strip():
        raise Problem("malformed-body", "The body is empty.")
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in body[:4]:
        raise _unsupported("Text is read in UTF-8 alone.")
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
        )
    except UnicodeDecodeError as error:
        raise Problem("malformed-body", f"Byte {error.start} is not UTF-8.") from None
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        detail = f"{error.msg} (line {error.lineno}, column {error.colno})."
        raise Problem("malformed-body", detail, members=place) from None
    except RecursionError:
        raise Problem("malformed-body", "The body is nested too deeply.") from None
    except ValueError:
        raise Problem("malformed-body", "A number has too many digits.") from None
    if _SURROGATE.search(body):
        _refuse_surrogates(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem("malformed-body", "A name comes twice in one object.")
    return found


def _constant(_name: str) -> Any:
    raise Problem("malformed-body", "NaN and Infinity are no JSON.")


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise invalid_request([{"loc": ("body",), "msg": "A number is out of range"}])
    return number


def _refuse_surrogates(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        error = {"loc": ("body",), "msg": "A text holds half a surrogate pair"}
        raise invalid_request([error]) from None


def reading(adapter: Callable[[], TypeAdapter[Parsed]]) -> Callable[[bytes], Parsed]:
    """A dependency that reads the JSON body strictly with an adapter made on first use.

    It runs in a thread, so that a long body does not keep other requests waiting.
    """

    def read(body: JsonBytes) -> Parsed:
        check_json(body)
        return parse(body, adapter())

    return read


def parse(body: bytes, adapter: TypeAdapter[Parsed]) -> Parsed:
    """The body as the schema's value; a problem names the fields, never their values."""
    from pydantic import ValidationError

    try:
        return adapter.validate_json(body, strict=True)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        if found[0]["type"] == "json_invalid":
            raise Problem("malformed-body", "The body is nested too deeply.") from None
        raise invalid_request([{**each, "loc": ("body", *each["loc"])} for each in found]) from None
