"""Annotations as text: JSON Lines, where a bad line is a finding, or one JSON document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any, BinaryIO

from cladist.datasets.annotations.checking import Row
from cladist.model.errors import UnreadableInput

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def lines(given: Iterable[bytes]) -> Iterator[Row]:
    """One annotation a line (JSON Lines); empty lines are none."""
    for number, line in enumerate(given, 1):
        text = line.strip()
        if text:
            try:
                yield Row(_value(text), number)
            except (ValueError, RecursionError) as error:
                yield Row(None, number, f"The line is no JSON: {_why(error)}.")


def document(text: bytes) -> Iterator[Row]:
    """The annotations of a JSON array, or of an object that holds it as ``annotations``.

    Raises UnreadableInput where the text is neither.
    """
    try:
        value = _value(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(f"The annotations are no JSON: {_why(error)}.") from None
    if isinstance(value, dict) and value.keys() == {"annotations"}:
        value = value["annotations"]
    if not isinstance(value, list):
        raise UnreadableInput("There is no list of annotations.")
    return (Row(each) for each in value)


def _value(text: bytes) -> Any:
    """The value of a JSON text (RFC 7493); numbers with a fraction are exact."""
    value = json.loads(
        text.decode("utf-8"),
        parse_float=Decimal,
        parse_constant=_constant,
        object_pairs_hook=_object,
    )
    if _SURROGATE.search(text):
        json.dumps(value, ensure_ascii=False, default=str).encode()
    return value


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at character {error.pos + 1}"
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start + 1} is not UTF-8"
    if isinstance(error, UnicodeEncodeError):
        return "a text holds half a surrogate pair"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return "a number has too many digits" if "digits" in str(error) else str(error)


def read(file: BinaryIO) -> Iterator[Row]:
    """The annotations of a file: a JSON document if it begins as an array, else JSON Lines.

    An object with ``annotations`` that is the whole file is a document as well.
    """
    first = next(file, b"")
    while first and not first.strip():
        first = next(file, b"")
    if first.lstrip().startswith(b"[") or _heads(first):
        return document(first + file.read())
    return lines(chain((first,), file))


def _heads(line: bytes) -> bool:
    """Whether a line begins a document: an object that goes on, or that holds annotations."""
    text = line.strip()
    if text == b"{":
        return True
    return text.startswith(b'{"annotations"')
