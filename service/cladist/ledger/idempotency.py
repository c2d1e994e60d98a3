"""Answers kept beside the writes that they answer, so that a repeated request changes nothing."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select

from cladist.ledger.records import Act, Repeated
from cladist.ledger.tables import idempotency
from cladist.model.errors import ReusedKey

_FIND = select(idempotency.c.request_hash, idempotency.c.response).where(
    idempotency.c.key == bindparam("key")
)
_INSERT = insert(idempotency)


def remembered(connection: Connection, key: str, request_hash: str) -> str | None:
    """What was answered under this key; ReusedKey when that was another request."""
    row = connection.execute(_FIND, {"key": key}).one_or_none()
    if row is None:
        return None
    if row.request_hash != request_hash:
        raise ReusedKey(key)
    response: str = row.response
    return response


def refuse_repetition(connection: Connection, act: Act) -> None:
    """Repeated when the act's request was answered before."""
    if act.request is None:
        return
    response = remembered(connection, act.request.key, act.request.request_hash)
    if response is not None:
        raise Repeated(response)


def remember(connection: Connection, act: Act, result: object) -> None:
    """Keep the answer to the act's request."""
    request = act.request
    if request is None:
        return
    answer = request.response if isinstance(request.response, str) else request.response(result)
    row = {
        "key": request.key,
        "request_hash": request.request_hash,
        "response": answer,
        "at": act.at,
    }
    connection.execute(_INSERT, row)
