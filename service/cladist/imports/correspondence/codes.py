"""The cells of a table that hold codes: quirks of spreadsheets and of statistical offices."""

from __future__ import annotations

import re
from typing import NamedTuple

from cladist.imports.decoding import BLANK
from cladist.imports.sketch import shown
from cladist.model.errors import InvalidValue
from cladist.model.identifiers import LABEL_LENGTH, check_text

NO_CODE = frozenset(("", "n/a", "n.a.", "-", "–", "—", "none", "no counterpart"))
"""What stands, in any case of letters, where the other side has no counterpart.

``NA`` is not among them: it is a code in lists of countries.
"""

ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"))
"""What a spreadsheet shows where a formula failed."""

WIDTH = 64
"""Digits to which a code may be filled up."""

_AS_TEXT = re.compile(r'="([^"]*)"')
_EX = re.compile(r"ex(?:\.\s*|\s+)", re.IGNORECASE)
_STARS = re.compile(r"\s*\*+")


class Code(NamedTuple):
    """A code as a table has it; ``marked`` if the cell itself says that only a part is meant."""

    value: str
    marked: bool = False


def code_of(cell: str, field: str, width: int = 0) -> Code:
    """The code in a cell; its value is empty where the cell says that there is none.

    A mark that belongs to no code is taken off and told: an asterisk behind it or ``ex`` before it
    (``0111*``, ``ex 0111``). A code of digits alone is filled up with zeros to the width. Raises
    :class:`InvalidValue` for what cannot be a code.
    """
    text = plain_code(cell, field)
    if text.lower() in NO_CODE:
        return Code("")
    code = _STARS.sub("", _EX.sub("", text, count=1)) if _is_marked(text) else text
    if not code:
        raise InvalidValue(field, f"“{shown(text)}” is no code.")
    if code.isdecimal() and code.isascii():
        code = code.zfill(width)
    return Code(check_text(code, field, LABEL_LENGTH), code != text and _is_marked(text))


def plain_code(cell: str, field: str) -> str:
    """The cell without what spreadsheets put around codes: blanks, a leading ``'``, ``="…"``."""
    text = cell.strip(BLANK)
    as_text = _AS_TEXT.fullmatch(text)
    text = as_text[1].strip(BLANK) if as_text else text.removeprefix("'").strip(BLANK)
    if text.upper() in ERRORS:
        raise InvalidValue(field, f"“{text}” is an error of a spreadsheet; put the code there.")
    if text.startswith(("=", "@")):
        raise InvalidValue(field, f"“{shown(text)}” is a formula; put the code itself there.")
    return text


def _is_marked(text: str) -> bool:
    return text.endswith("*") or _EX.match(text) is not None
