"""JSON read strictly (RFC 8259): no key twice in an object, no NaN, no bottomless nesting."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NoReturn

from cladist.imports.decoding import decoded
from cladist.imports.names import DEPTH
from cladist.imports.sketch import shown
from cladist.model.errors import LimitExceeded, UnreadableInput


def parsed(data: bytes) -> Any:
    """The value that the bytes hold; raises :class:`UnreadableInput` with the place if known."""
    text = decoded(data)
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        reason = f"The file is not JSON: {error.msg}."
        raise UnreadableInput(reason, error.lineno, error.colno) from None
    except RecursionError:
        raise LimitExceeded("levels of nested JSON", DEPTH) from None
    except ValueError:
        # Python refuses to read whole numbers of more than some thousand digits.
        raise UnreadableInput("The file holds a number of too many digits.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        doubled = Counter(key for key, _ in pairs).most_common(1)[0][0]
        inside = ", ".join(
            f"{key} {shown(str(value))}" for key, value in pairs if key in ("id", "name")
        )
        place = f", in the object with {inside}" if inside else ""
        raise UnreadableInput(f"The key “{shown(doubled)}” stands twice in one object{place}.")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise UnreadableInput(f"The file holds {name}, which is no JSON number.")
