"""Rows of a correspondence table cell by cell, before its columns are looked at as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cladist.imports.correspondence.codes import Code, code_of
from cladist.imports.correspondence.columns import Layout, TableColumns
from cladist.imports.correspondence.flags import flag_of
from cladist.imports.correspondence.grid import Row
from cladist.imports.correspondence.weights import Weight, weight_of
from cladist.imports.sketch import RefusedRow, shown
from cladist.model.change.parts import Part
from cladist.model.errors import InvalidValue
from cladist.model.identifiers import check_text

SIDES = ("source", "target")
"""The two sides of a row, by the names of their columns."""

_GUARDED = re.compile(r"''*[=+\-@]")


@dataclass(frozen=True, slots=True)
class Side:
    """What a row says of one of its codes: nothing but an empty value if there is none."""

    code: str
    part: Part | None = None
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one row says of its source and its target."""

    line: int
    sides: Mapping[str, Side]
    note: str = ""


@dataclass(slots=True)
class Records:
    """The rows of a table that say something, and the lines of those read otherwise.

    ``nameless`` rows have no code on either side. ``filled`` codes repeat the one above them;
    ``empty`` are the lines, by side, where a code is simply left out.
    """

    columns: TableColumns
    found: list[Record] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)
    empty: dict[str, list[int]] = field(default_factory=lambda: {side: [] for side in SIDES})
    _above: dict[str, str] = field(default_factory=dict)

    def read(self, rows: Iterable[Row], layout: Layout) -> None:
        """Take in all rows; those with values that cannot be are refused one by one."""
        for row in rows:
            cells = layout.cells(row)
            if any(cells[side] for side in SIDES):
                self._fill(cells, row.line)
            try:
                self._add(cells, row.line)
            except InvalidValue as error:
                name = " → ".join(shown(cells[side]) for side in SIDES)
                self.refused.append(RefusedRow(row.line, name, str(error)))

    def _fill(self, cells: dict[str, str], line: int) -> None:
        """Repeat the codes that stand above empty cells, or note that these are empty."""
        for side in SIDES:
            if cells[side]:
                self._above[side] = cells[side]
            elif self.columns.fill_down and side in self._above:
                cells[side] = self._above[side]
                self.filled.append(line)
            else:
                self.empty[side].append(line)

    def _add(self, cells: Mapping[str, str], line: int) -> None:
        widths = (self.columns.source_width, self.columns.target_width)
        sides = {side: _side(cells, side, width) for side, width in zip(SIDES, widths, strict=True)}
        note = cells.get("note", "")
        note = note[1:] if _GUARDED.match(note) else note
        note = check_text(note, "note") if note else ""
        if any(side.code for side in sides.values()):
            self.found.append(Record(line, sides, note))
        else:
            self.nameless.append(line)


def _side(cells: Mapping[str, str], side: str, width: int) -> Side:
    code = code_of(cells[side], side, width)
    return Side(
        code.value,
        _part(code, cells.get(f"{side}_part", ""), f"{side}_part"),
        weight_of(cells.get(f"{side}_weight", ""), f"{side}_weight"),
    )


def _part(code: Code, cell: str, field: str) -> Part | None:
    said = flag_of(cell, field)
    if code.marked and said is Part.WHOLE:
        raise InvalidValue(field, "says whole, and a mark at the code says part.")
    return Part.PART if code.marked else said
