"""From the XML of a sheet to rows of text (ECMA-376, 18.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from cladist.imports.correspondence.dates import shown_date
from cladist.imports.correspondence.grid import COLUMNS, Row, row_of
from cladist.imports.correspondence.workbook import Attributes
from cladist.model.errors import LimitExceeded, UnreadableInput

STRINGS = 1_000_000
"""Texts that the cells of a workbook may share at most."""

_COUNT = re.compile(r"[0-9]{1,7}")
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = 26
_EXACT = 10**15  # whole numbers up to here are told exactly by a spreadsheet


@dataclass(slots=True)
class Words:
    """Gathers the text inside the elements that hold some: ``t`` and ``v``, and ``f`` apart.

    What stands inside ``rPh`` is how a text is read aloud and no part of it.
    """

    value: list[str] = field(default_factory=list)
    formula: list[str] = field(default_factory=list)
    _into: list[str] | None = None
    _aloud: bool = False

    def start(self, tag: str) -> None:
        """An element begins."""
        if tag == "rPh":
            self._aloud = True
        elif tag in ("t", "v") and not self._aloud:
            self._into = self.value
        elif tag == "f":
            self._into = self.formula

    def end(self, tag: str) -> None:
        """An element ends."""
        self._into = None
        if tag == "rPh":
            self._aloud = False

    def text(self, text: str) -> None:
        """Text, wherever it stands."""
        if self._into is not None:
            self._into.append(text)

    def taken(self) -> tuple[str, str]:
        """The value and the formula so far, which are given up."""
        found = "".join(self.value), "".join(self.formula)
        self.value.clear()
        self.formula.clear()
        return found


@dataclass(slots=True)
class Strings:
    """The texts that cells refer to by their place (18.4.8), as their part is parsed."""

    texts: list[str] = field(default_factory=list)
    words: Words = field(default_factory=Words)

    def start(self, tag: str, _: Attributes) -> None:
        """An element begins."""
        self.words.start(tag)

    def end(self, tag: str) -> None:
        """An element ends; at the end of a text it is kept."""
        self.words.end(tag)
        if tag == "si":
            self.texts.append(_unescaped(self.words.taken()[0]))
            if len(self.texts) > STRINGS:
                raise LimitExceeded("the texts of a workbook", STRINGS)


@dataclass(slots=True)
class Cells:
    """The cells of a sheet as its part is parsed; rows are handed over when they are whole."""

    strings: Sequence[str]
    dates: AbstractSet[str]
    since_1904: bool
    words: Words = field(default_factory=Words)
    rows: list[Row] = field(default_factory=list)
    _line: int = 0
    _column: int = 0
    _row: dict[int, str] = field(default_factory=dict)
    _cell: Attributes = field(default_factory=dict)

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins; one of a row or a cell says where that stands, or it is the next."""
        if tag == "row":
            line = attributes.get("r", "")
            self._line = int(line) if _COUNT.fullmatch(line) else self._line + 1
            self._column = 0
        elif tag == "c":
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _number(reference[1]) if reference else self._column + 1
            self._cell = attributes
        else:
            self.words.start(tag)

    def end(self, tag: str) -> None:
        """An element ends; a cell or a row is whole then."""
        self.words.end(tag)
        if tag == "c":
            text = self._text(*self.words.taken())
            if text and self._column > COLUMNS:
                raise LimitExceeded("the columns of a table", COLUMNS)
            if text:
                self._row[self._column] = text
        elif tag == "row":
            cells = [self._row.get(place, "") for place in range(1, max(self._row, default=0) + 1)]
            self._row.clear()
            row = row_of(self._line, cells)
            if row is not None:
                self.rows.append(row)

    def taken(self) -> list[Row]:
        """The rows that are whole, which are given up."""
        rows, self.rows = self.rows, []
        return rows

    def _text(self, value: str, formula: str) -> str:
        """What the cell shows; a formula that never was computed stands for itself."""
        if not value:
            return f"={formula}" if formula else ""
        match self._cell.get("t", "n"):
            case "s":
                return self._shared(value)
            case "n":
                return self._number(value)
            case "b" | "e" | "d":
                return value
        return _unescaped(value)

    def _shared(self, place: str) -> str:
        if not _COUNT.fullmatch(place) or int(place) >= len(self.strings):
            raise UnreadableInput("A cell refers to a text that is not there.", self._line)
        return self.strings[int(place)]

    def _number(self, value: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if self._cell.get("s") in self.dates:
            date = shown_date(number, since_1904=self.since_1904)
            if date is not None:
                return date
        return str(int(number)) if number.is_integer() and abs(number) < _EXACT else repr(number)


def _number(letters: str) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def _unescaped(text: str) -> str:
    """The text with its escaped characters (22.9.2.19, ST_Xstring)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
