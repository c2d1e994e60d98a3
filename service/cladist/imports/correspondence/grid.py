"""Rows of cells from delimited text, each with the line on which it begins."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from cladist.imports.decoding import BLANK
from cladist.model.errors import LimitExceeded, UnreadableInput

ROWS = 500_000
"""Rows of a table at most."""

COLUMNS = 256
"""Cells of a row at most."""

LINE = 1 << 20
"""Characters of a line at most."""

DELIMITERS = (",", ";", "\t", "|")
"""What may stand between cells where the caller does not say it."""

_UNCLOSED = ("unexpected end of data", "field larger than")


class Row(NamedTuple):
    """A row that is not blank: its line, or its number in a sheet, and its trimmed cells."""

    line: int
    cells: list[str]


def rows_of_text(text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a delimited text (RFC 4180), those without any content passed over.

    Raises :class:`UnreadableInput` where quotation marks are broken, :class:`LimitExceeded` for
    more than :data:`ROWS` rows, :data:`COLUMNS` columns or :data:`LINE` characters of a line.
    """
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableInput(_broken(str(error)), line) from None
        row = row_of(line, cells)
        if row is not None:
            yield row


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, each bounded before it is cut into cells."""
    for line in io.StringIO(text, newline=""):
        if len(line) > LINE:
            raise LimitExceeded("the characters of a line", LINE)
        yield line


def row_of(line: int, cells: list[str]) -> Row | None:
    """The row of these cells; none if all are blank. Raises :class:`LimitExceeded`."""
    if len(cells) > COLUMNS:
        raise LimitExceeded("the columns of a table", COLUMNS)
    trimmed = [cell.strip(BLANK) for cell in cells]
    if not any(trimmed):
        return None
    if line > ROWS:
        raise LimitExceeded("the rows of a table", ROWS)
    return Row(line, trimmed)


def _broken(reason: str) -> str:
    if reason.startswith(_UNCLOSED):
        return "A quotation mark opens a cell of this row and nothing closes it."
    return f"The row is broken: {reason}. Is another character between the cells?"
