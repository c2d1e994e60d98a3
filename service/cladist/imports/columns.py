"""The columns of a table: their names, and what a cell of each says of a class.

| column | cell |
| --- | --- |
| ``id`` | the class's IRI |
| ``code`` | its code, a whole number |
| ``label``, ``label@de`` | the preferred label, in the default language or another |
| ``parent`` | parents, each a label, id, code or path |
| ``path`` | ways from a top class down to this one: ``animal > dog`` |
| ``alternative``, ``hidden``, ``definition``, ``scope note``, ``example``, ``counter example`` | texts, ``@language`` as with labels |
| ``notation``, ``notation@IRI`` | codes of somebody else's code system, the IRI its datatype |
| ``colour`` | ``#RRGGBB`` |
| ``hotkey`` | a key |
| ``rank`` | a whole number |
| ``selectable`` | yes, no, or empty for the taxonomy's rule |
| ``retired``, ``reason``, ``successor`` | whether out of use, why, and the classes that stand in |

Several values stand in one cell between ``|``; ``\\|``, ``\\>`` and ``\\\\`` stand for the characters
themselves there. A label is always one whole cell.
"""  # noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from cladist.imports.names import LIST, path_of, plain, split
from cladist.imports.sketch import shown
from cladist.model.change.checks import CODE_LIMIT, as_set
from cladist.model.errors import CladistError, InvalidValue, UnreadableInput
from cladist.model.identifiers import (
    LABEL_LENGTH,
    TEXT_LENGTH,
    check_colour,
    check_iri,
    check_language,
    check_text,
)
from cladist.model.taxonomy import Notation, Text

TEXTS = {
    "label": "preferred",
    "alternative": "alternative",
    "hidden": "hidden",
    "definition": "definitions",
    "scope note": "scope_notes",
    "example": "examples",
    "counter example": "counter_examples",
}
PLAIN = (
    *("id", "code", "parent", "path", "notation", "colour", "hotkey", "rank"),
    *("selectable", "retired", "reason", "successor"),
)
KNOWN = (*TEXTS, *PLAIN)

_LABELS = ("preferred", "alternative", "hidden")
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_NUMBER = re.compile(r"[0-9]{1,16}")
_SPACES = re.compile(r"[\s_-]+")
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in lower case and what follows ``@`` (a language or a datatype)."""

    name: str
    qualifier: str = ""


def columns_of(names: Sequence[str], language: str, line: int) -> tuple[Column, ...]:
    """The columns that a header row names; one that is unknown or doubled makes it unreadable."""
    columns = []
    unknown = []
    for name in names:
        column = _column(name, language, line)
        if column is None:
            unknown.append(name)
        else:
            columns.append(column)
    if unknown:
        raise UnreadableInput(_unknown(unknown), line)
    doubled = next((each for each in columns if columns.count(each) > 1), None)
    if doubled is not None:
        raise UnreadableInput(f"The column “{shown(doubled.name)}” stands there twice.", line)
    return tuple(columns)


def _column(text: str, language: str, line: int) -> Column | None:
    name, at, qualifier = text.strip().partition("@")
    name = _SPACES.sub(" ", name.strip().lower())
    try:
        if name in TEXTS:
            return Column(name, check_language(qualifier.strip()) if at else language)
        if name == "notation" and at:
            return Column(name, check_iri(qualifier.strip(), "notation"))
    except CladistError as error:
        raise UnreadableInput(f"Column “{shown(text)}”: {error}", line) from None
    return Column(name) if name in PLAIN and not at else None


def _unknown(names: Sequence[str]) -> str:
    said = []
    for name in names[:_NAMED]:
        close = get_close_matches(shown(name).lower().partition("@")[0], KNOWN, 1)
        said.append(f"“{shown(name)}”" + (f" (perhaps “{close[0]}”?)" if close else ""))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    hint = (
        " Separate columns by commas, not semicolons." if any(";" in each for each in names) else ""
    )
    return f"Unknown columns: {', '.join(said)}{more}.{hint} Known are: {', '.join(KNOWN)}."


@dataclass(frozen=True, slots=True)
class Cells:
    """What the cells of one row say, checked: fields of the class, references, paths."""

    fields: Mapping[str, Any]
    given: frozenset[str]
    parents: tuple[str, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    successors: tuple[str, ...] = ()
    retired: bool = False
    reason: str = ""


def cells_of(columns: Sequence[Column], row: Sequence[str]) -> Cells:
    """The row's meaning; raises :class:`InvalidValue` for a value that no class may have."""
    texts: dict[str, list[Text]] = {}
    fields: dict[str, Any] = {}
    notations: list[Notation] = []
    words: dict[str, str] = {}
    for column, cell in zip(columns, row, strict=True):
        if column.name in TEXTS:
            field = TEXTS[column.name]
            texts.setdefault(field, []).extend(_texts(field, column.qualifier, cell))
        elif column.name == "notation":
            notations += (Notation(each, column.qualifier) for each in _values(cell, "notation"))
        elif column.name in _READERS:
            if cell:
                field, read = _READERS[column.name]
                fields[field] = read(cell)
        else:
            words[column.name] = cell
    for field, found in texts.items():
        fields[field] = as_set(found)
    fields["notations"] = as_set(notations)
    retired = _yes_no(words.get("retired", ""), "retired") or False
    reason = words.get("reason", "")
    return Cells(
        fields=fields,
        given=frozenset(map(_given, columns)),
        parents=tuple(split(words.get("parent", ""), LIST)),
        paths=tuple(path_of(each) for each in split(words.get("path", ""), LIST)),
        successors=tuple(split(words.get("successor", ""), LIST)),
        retired=retired,
        reason=check_text(reason, "reason") if reason else "",
    )


def _texts(field: str, language: str, cell: str) -> Iterable[Text]:
    if field == "preferred":
        return (Text(check_text(cell, "label", LABEL_LENGTH), language),) if cell else ()
    limit = LABEL_LENGTH if field in _LABELS else TEXT_LENGTH
    return (Text(each, language) for each in _values(cell, field, limit))


def _values(cell: str, field: str, limit: int = LABEL_LENGTH) -> Iterable[str]:
    return (check_text(plain(each), field, limit) for each in split(cell, LIST))


def _given(column: Column) -> str:
    if column.name in TEXTS:
        return f"{TEXTS[column.name]}@{column.qualifier}"
    return {
        "parent": "parents",
        "path": "parents",
        "notation": "notations",
        "successor": "successors",
    }.get(column.name, column.name)


def _number(cell: str, field: str) -> int:
    if not _NUMBER.fullmatch(cell) or int(cell) > CODE_LIMIT:
        raise InvalidValue(field, f"“{shown(cell)}” is not a whole number from 0 to {CODE_LIMIT}.")
    return int(cell)


def _yes_no(cell: str, field: str) -> bool | None:
    if not cell:
        return None
    said = _YES_NO.get(cell.lower())
    if said is None:
        raise InvalidValue(field, f"“{shown(cell)}” is neither yes nor no.")
    return said


_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "id": ("id", check_iri),
    "code": ("code", lambda cell: _number(cell, "code")),
    "rank": ("rank", lambda cell: _number(cell, "rank")),
    "colour": ("colour", check_colour),
    "hotkey": ("hotkey", lambda cell: check_text(cell, "hotkey", 40)),
    "selectable": ("selectable", lambda cell: _yes_no(cell, "selectable")),
}
"""For each column of one plain value the field it fills and how its cell is read."""
