"""One sheet of a workbook: found by name or number, read row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cladist.imports.correspondence.cells import Cells, Strings
from cladist.imports.correspondence.dates import date_styles
from cladist.imports.correspondence.grid import Row
from cladist.imports.correspondence.workbook import Attributes, Target, Workbook
from cladist.imports.sketch import shown
from cladist.model.errors import UnreadableInput

_HIDDEN = ("hidden", "veryHidden")
_SHOWN = 20


def rows_of_sheet(data: bytes, sheet: str = "") -> Iterator[Row]:
    """The rows of a sheet that are not blank, numbered as the sheet numbers them.

    The sheet is named, or its number given from 1; left out, there must be only one that is not
    hidden. Numbers come as short as they can be (``111``, not ``111.0``), dates as ``2026-11-23``,
    truth as 1 or 0, errors as the sheet shows them, formulas as what they last came to.

    Raises :class:`UnreadableInput` for what is no XLSX workbook, :class:`LimitExceeded` for what is
    over a bound.
    """
    workbook = Workbook(data)
    main = _part("officeDocument", workbook.targets())
    if not main.endswith(".xml"):
        raise UnreadableInput("This is not an XLSX workbook; save it as one.")
    book = _Book()
    workbook.parse(main, book.start)
    targets = workbook.targets(main)
    chosen = targets.get(book.chosen(sheet).reference)
    if chosen is None or chosen.kind != "worksheet":
        raise UnreadableInput("This sheet has no cells; name another.")
    strings = _strings(workbook, _part("sharedStrings", targets))
    styles = _part("styles", targets)
    dates = date_styles(workbook, styles) if styles else frozenset[str]()
    cells = Cells(strings, dates, book.since_1904)
    for _ in workbook.parsing(chosen.part, cells.start, cells.end, cells.words.text):
        yield from cells.taken()
    yield from cells.taken()


def _part(kind: str, targets: dict[str, Target]) -> str:
    return next((each.part for each in targets.values() if each.kind == kind), "")


def _strings(workbook: Workbook, part: str) -> list[str]:
    strings = Strings()
    if part:
        for _ in workbook.parsing(part, strings.start, strings.end, strings.words.text):
            pass
    return strings.texts


class _Sheet(NamedTuple):
    name: str
    reference: str
    hidden: bool


@dataclass(slots=True)
class _Book:
    """What the main part of a workbook says: its sheets, and when its days begin."""

    sheets: list[_Sheet] = field(default_factory=list)
    since_1904: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        said = attributes.get
        if tag == "sheet":
            self.sheets.append(_Sheet(said("name", ""), said("id", ""), said("state") in _HIDDEN))
        elif tag == "workbookPr":
            self.since_1904 = said("date1904", "") in ("1", "true")

    def chosen(self, wanted: str) -> _Sheet:
        """The sheet of this name or number, or the only one that is not hidden."""
        if wanted:
            numbers = ((str(number), each) for number, each in enumerate(self.sheets, 1))
            found = [each for each in self.sheets if each.name == wanted]
            found = found or [each for number, each in numbers if number == wanted]
        else:
            found = [each for each in self.sheets if not each.hidden]
        if len(found) == 1:
            return found[0]
        names = ", ".join(f"“{shown(each.name)}”" for each in self.sheets[:_SHOWN])
        problem = f"There is no sheet “{shown(wanted)}”" if wanted else "Say which sheet to read"
        raise UnreadableInput(f"{problem}; the workbook has {names or 'none'}.")
