"""Tables as text: rows with the lines on which they begin, and lists inside a cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from cladist.model.errors import UnreadableInput

_TOKEN = re.compile(r"\\[\\|]|\||[^\\|]+|\\")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"\\([\\|])")


def records(text: str, delimiter: str, before: int = 0) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything (RFC 4180), each with its line; ``before`` lines came earlier.

    Raises UnreadableInput where quotes do not match or a row is not as long as the first one.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    width = 0
    while True:
        line = before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableInput(f"The table is broken here: {error}.", line) from None
        if not any(cells):
            continue
        width = width or len(cells)
        if len(cells) != width:
            raise UnreadableInput(f"The row has {len(cells)} cells, the header {width}.", line)
        yield line, cells


def listed(values: Iterable[str]) -> str:
    """Several values in one cell, ``|`` between them and ``\\`` before a ``|`` or ``\\`` in one."""
    return "|".join(each.replace("\\", "\\\\").replace("|", "\\|") for each in values)


def unlisted(cell: str) -> list[str]:
    """The values of such a cell; none of an empty one."""
    parts = [""]
    for token in _TOKEN.findall(cell):
        if token == "|":
            parts.append("")
        else:
            parts[-1] += _ESCAPED.sub(r"\1", token)
    return parts if cell else []


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, an apostrophe before it if need be."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that :func:`guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
