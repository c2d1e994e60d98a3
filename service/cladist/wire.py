"""Model values as JSON: the one form in which changes stand in the ledger and in HTTP bodies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from cladist.model.change.kinds import Change

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Json = dict[str, Any]
"""A JSON object."""


@cache
def changes_adapter() -> TypeAdapter[tuple[Change, ...]]:
    """The strict reader and writer of a list of changes; ``op`` tells them apart."""
    from pydantic import Field, TypeAdapter

    return TypeAdapter(tuple[Annotated[Change, Field(discriminator="op")], ...])


def changes_from(text: str | bytes) -> tuple[Change, ...]:
    """The changes of a JSON array; pydantic's ValidationError tells what is wrong."""
    return changes_adapter().validate_json(text, strict=True)


def change_from(text: str) -> Change:
    """One change from its JSON object."""
    return changes_from(f"[{text}]")[0]


def as_json(change: Change) -> Json:
    """A change as a JSON object; fields at their default are left out, ``op`` never is."""
    fields = changes_adapter().dump_python((change,), mode="json", exclude_defaults=True)[0]
    return {"op": change.op, **fields}


def dumps(value: Any) -> str:
    """Compact JSON text of plain values."""
    import orjson

    return orjson.dumps(value).decode()


def change_text(change: Change) -> str:
    """A change as compact JSON text."""
    return dumps(as_json(change))
