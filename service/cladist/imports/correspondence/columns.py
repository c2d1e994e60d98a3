"""Which column of a correspondence table says what: the caller's words and the header's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from cladist.imports.correspondence.codes import WIDTH
from cladist.imports.correspondence.grid import Row
from cladist.imports.sketch import shown
from cladist.model.errors import InvalidValue, UnreadableInput

FIELDS = (
    *("source", "target", "source_part", "target_part"),
    *("source_weight", "target_weight", "note"),
)
"""What a column may hold. A column with one of these names is it, unless the caller says other."""

HEAD = 50
"""Rows in which the header is looked for."""

_CODES = ("source", "target")
_NUMBERED = re.compile(r"#([1-9][0-9]{0,2})")
_DELIMITER = re.compile(r"[\t !#-/:-@\[-`{-~]")
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumns:
    """What the caller knows of a table; anything left out is as it says for each.

    ``source``, ``target``, ``source_part``, ``target_part``, ``source_weight``, ``target_weight``
    and ``note`` name columns as the header does, in any case of letters, or by place: ``#3`` is the
    third. Left out, each is the column that has just that name; where there are exactly two
    columns, the codes may stand under any name, the source's first.

    ``header`` is the line of the header, 0 to find it. ``delimiter`` stands between cells; left
    out, it is found. ``sheet`` is the name of a sheet of a workbook, or its number from 1; left
    out, there must be only one. ``encoding`` is needed for text that is neither UTF-8 nor marked as
    UTF-16. ``fill_down`` says that an empty code repeats the one above it. To ``source_width`` and
    ``target_width`` digits codes are filled up with the zeros that a spreadsheet took off.

    Raises :class:`InvalidValue` for what none of these can be.
    """

    source: str = ""
    target: str = ""
    source_part: str = ""
    target_part: str = ""
    source_weight: str = ""
    target_weight: str = ""
    note: str = ""
    header: int = 0
    delimiter: str = ""
    sheet: str = ""
    encoding: str = ""
    fill_down: bool = False
    source_width: int = 0
    target_width: int = 0

    def __post_init__(self) -> None:
        if self.header < 0:
            raise InvalidValue("header", "is a line number from 1, or 0 to look for it.")
        if self.delimiter and not _DELIMITER.fullmatch(self.delimiter):
            raise InvalidValue("delimiter", "is one mark, such as a semicolon or a tab.")
        for field in ("source_width", "target_width"):
            if not 0 <= getattr(self, field) <= WIDTH:
                raise InvalidValue(field, f"is a number of digits from 0 to {WIDTH}.")

    def named(self) -> dict[str, str]:
        """The columns that the caller names, by field."""
        return {field: name for field in FIELDS if (name := getattr(self, field))}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table's header stands, what it says, and the place of each field in a row.

    ``above`` are the lines that stand above the header; ``assumed`` tells that the codes were found
    only because there are two columns.
    """

    line: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    above: tuple[int, ...] = ()
    assumed: bool = False

    def unread(self) -> list[str]:
        """The columns that no field is taken from."""
        taken = set(self.places.values())
        return [name for place, name in enumerate(self.names) if place not in taken and name]

    def widened(self, row: Row) -> Row:
        """The row filled up with the blank cells that a workbook leaves out at its end."""
        return Row(row.line, [*row.cells, *[""] * (len(self.names) - len(row.cells))])

    def cells(self, row: Row) -> dict[str, str]:
        """The row's cells by field; raises :class:`UnreadableInput` unless it fits the header."""
        width = len(self.names)
        if len(row.cells) < width or any(row.cells[width:]):
            raise UnreadableInput(
                f"The row has {len(row.cells)} cells, the header {width}.", row.line
            )
        return {field: row.cells[place] for field, place in self.places.items()}


def layout_of(rows: Iterator[Row], columns: TableColumns, *, assuming: bool) -> Layout:
    """The layout that the first fitting row gives, which is read off ``rows`` with all above it.

    When ``assuming``, a row of exactly two columns fits under any names. Raises
    :class:`UnreadableInput` with the columns that are there when none fits, or when a name stands
    for several.
    """
    named = columns.named()
    seen: list[Row] = []
    for row in _head(rows, columns.header):
        places = _places(row, named) if columns.header in (0, row.line) else None
        if places is not None:
            assumed = assuming and _assume(places, row)
            if all(side in places for side in _CODES):
                above = tuple(each.line for each in seen)
                return Layout(row.line, _names(row), places, above, assumed)
        seen.append(row)
    raise _unfit(seen, named, columns.header)


def _head(rows: Iterator[Row], header: int) -> Iterable[Row]:
    """The rows among which the header is; all up to its line where that is known."""
    if not header:
        yield from islice(rows, HEAD)
        return
    for row in rows:
        yield row
        if row.line >= header:
            return


def _places(row: Row, named: Mapping[str, str]) -> dict[str, int] | None:
    """Where this row, as header, has the fields; none if it lacks one that is named."""
    names = _names(row)
    places: dict[str, int] = {}
    for field, name in named.items():
        place = _place(name, names, row.line)
        if place is None:
            return None
        if place in places.values():
            raise UnreadableInput("One column is named for two things; name another.", row.line)
        places[field] = place
    for field in FIELDS:
        place = None if field in places else _place(field, names, row.line)
        if place is not None and place not in places.values():
            places[field] = place
    return places


def _assume(places: dict[str, int], row: Row) -> bool:
    """Fill in the codes of a table with exactly two columns, the source before the target."""
    names = _names(row)
    free = [place for place in range(len(names)) if place not in places.values()]
    missing = [field for field in _CODES if field not in places]
    if len(names) != len(_CODES) or not all(names) or len(free) != len(missing):
        return False
    places.update(zip(missing, free, strict=True))
    return bool(missing)


def _place(name: str, names: Sequence[str], line: int) -> int | None:
    """The place of the column of this name; as it is written before in another case."""
    numbered = _NUMBERED.fullmatch(name)
    if numbered and name not in names:
        place = int(numbered[1]) - 1
        return place if place < len(names) else None
    places = [place for place, each in enumerate(names) if each == name]
    places = places or [place for place, each in enumerate(names) if _folded(each) == _folded(name)]
    if len(places) > 1:
        numbers = " or ".join(f"#{place + 1}" for place in places[:_SHOWN])
        raise UnreadableInput(f"Several columns are called “{shown(name)}”: say {numbers}.", line)
    return places[0] if places else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _names(row: Row) -> tuple[str, ...]:
    """The cells up to the last that is not blank."""
    width = max(place for place, cell in enumerate(row.cells, 1) if cell)
    return tuple(row.cells[:width])


def _unfit(seen: Sequence[Row], named: Mapping[str, str], header: int) -> UnreadableInput:
    """Why no row is the header: what was asked for, and what the likeliest row holds."""
    if not seen:
        return UnreadableInput("The table is empty; its header names the columns.", 1)
    if header and seen[-1].line != header:
        return UnreadableInput("There is no row on the line that is to be the header.", header)
    widest = seen[-1] if header else max(seen, key=lambda row: sum(map(bool, row.cells)))
    there = [f"“{shown(cell)}”" for cell in widest.cells if cell]
    more = f" and {len(there) - _SHOWN} more" if len(there) > _SHOWN else ""
    wanted = " and ".join(f"“{shown(name)}”" for name in named.values())
    return UnreadableInput(
        (f"No row holds the columns {wanted}" if named else "No row says which columns hold codes")
        + f". Found are: {', '.join(there[:_SHOWN])}{more}. Name the columns of the source and the "
        "target codes, and the delimiter if that is not right.",
        widest.line,
    )
