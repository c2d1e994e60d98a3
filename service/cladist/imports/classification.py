"""Structures of statistical classifications: one code and its description a row.

What stands above a code is read from the codes: ``0111`` comes under ``011``, the longest other one
that it begins with, and ``3111`` under the range ``311-312``. The shortest codes come under the
section that they follow, a row whose code is of letters alone (``A``). A column of parents, where
there is one, is believed instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from cladist.imports.correspondence.codes import plain_code
from cladist.imports.correspondence.encoding import text_of
from cladist.imports.correspondence.findings import lines, some
from cladist.imports.correspondence.grid import DELIMITERS, Row, row_of
from cladist.imports.correspondence.opening import opened
from cladist.imports.sketch import Ref, RefusedRow, Sketch, SketchClass, shown
from cladist.model.errors import InvalidValue, UnreadableInput
from cladist.model.identifiers import LABEL_LENGTH, check_iri, check_text
from cladist.model.taxonomy import Class, Notation, Text

CODES = ("code", "notation")
LABELS = ("label", "title", "name", "description")
PARENTS = ("parent", "parent code")
"""What the columns may be called; the first that is there is taken."""

CODE_LENGTH = 64
"""Characters of a code at most."""

_HEAD = 50
_NEWLINE = re.compile(r"\r\n|\r|\n")
_RANGE = re.compile(r"(\w+)\s*[-–]\s*(\w+)")


def read_classification(
    data: bytes, *, language: str = "en", system: str = "", encoding: str = ""
) -> Sketch:
    """The sketch of a structure file; descriptions are labels in the language.

    Cells stand between commas, semicolons, tabs or ``|``; or the code ends at the first blank of a
    line. Codes become notations whose datatype is the IRI ``system``, where one is given. Raises
    :class:`UnreadableInput` where the columns are not to be found or the text is broken; rows that
    fit nowhere are refused one by one.
    """
    if system:
        system = check_iri(system, "system")
    columns, rows = _opened(text_of(data, encoding))
    entries, refused = _entries(columns, rows)
    placed = _placed(entries, refused, by_column=columns.parent is not None)
    classes = [_class(each, above, language, system) for each, above in placed]
    findings = tuple(_findings(columns, placed))
    if not any(above for _, above in placed):
        classes = [replace(each, given=each.given - {"parents"}) for each in classes]
    return Sketch(
        rows=tuple(classes), refused=tuple(sorted(refused)), findings=findings, language=language
    )


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the header says, the places of the columns that are read, and the lines above it."""

    names: tuple[str, ...]
    code: int
    label: int
    parent: int | None
    above: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a row says, checked."""

    line: int
    code: str
    label: str
    parent: str = ""


def _opened(text: str) -> tuple[_Columns, Iterator[Row]]:
    """The columns and the rows below them: delimited, else each code and then blanks."""
    try:
        return opened(text, DELIMITERS, _columns)
    except UnreadableInput as error:
        rows = _spaced(text)
        try:
            return _columns(rows), rows
        except UnreadableInput:
            raise error from None


def _spaced(text: str) -> Iterator[Row]:
    """The lines, each cut at its first blank."""
    for line, each in enumerate(_NEWLINE.split(text), start=1):
        row = row_of(line, [*each.split(None, 1), "", ""][:2])
        if row is not None:
            yield row


def _columns(rows: Iterator[Row]) -> _Columns:
    """The columns that the first fitting row names, read off the rows with all above it."""
    above: list[Row] = []
    for row in islice(rows, _HEAD):
        names = tuple(" ".join(cell.lower().split()) for cell in row.cells)
        code, label = _place(CODES, names, row.line), _place(LABELS, names, row.line)
        if code is not None and label is not None:
            parent = _place(PARENTS, names, row.line)
            return _Columns(names, code, label, parent, tuple(each.line for each in above))
        above.append(row)
    if not above:
        raise UnreadableInput("The file is empty; its header names a code and a description.", 1)
    raise UnreadableInput(
        f"No row names the columns {' or '.join(CODES)} and {' or '.join(LABELS)}; the first holds "
        f"{some([f'“{shown(cell)}”' for cell in above[0].cells if cell])}.",
        above[0].line,
    )


def _place(names: Sequence[str], header: Sequence[str], line: int) -> int | None:
    found = next((name for name in names if name in header), None)
    if found is None:
        return None
    if header.count(found) > 1:
        raise UnreadableInput(f"The column “{found}” stands there twice.", line)
    return header.index(found)


def _entries(columns: _Columns, rows: Iterator[Row]) -> tuple[list[_Entry], list[RefusedRow]]:
    """What the rows say, each code once, and the refusals of those that cannot be."""
    entries: dict[str, _Entry] = {}
    refused = []
    width = len(columns.names)
    for row in rows:
        if len(row.cells) < width or any(row.cells[width:]):
            reason = f"The row has {len(row.cells)} cells, the header {width}."
            raise UnreadableInput(reason, row.line)
        try:
            entry = _entry(columns, row)
            first = entries.setdefault(entry.code, entry)
            if first is not entry:
                raise InvalidValue("code", f"repeats the one of line {first.line}.")
        except InvalidValue as error:
            refused.append(RefusedRow(row.line, shown(row.cells[columns.code]), str(error)))
    return list(entries.values()), refused


def _entry(columns: _Columns, row: Row) -> _Entry:
    code = check_text(plain_code(row.cells[columns.code], "code"), "code", CODE_LENGTH)
    label = check_text(row.cells[columns.label], "label", LABEL_LENGTH)
    parent = "" if columns.parent is None else plain_code(row.cells[columns.parent], "parent")
    return _Entry(row.line, code, label, parent)


def _placed(
    entries: Sequence[_Entry], refused: list[RefusedRow], *, by_column: bool
) -> list[tuple[_Entry, int]]:
    """Each entry with the line of the one above it, 0 for the top; others join the refused."""
    codes = {each.code: each.line for each in entries}
    above: Callable[[_Entry], str] = (
        partial(_by_column, codes) if by_column else _Ladder(codes).above
    )
    placed = []
    for each in entries:
        try:
            placed.append((each, codes.get(above(each), 0)))
        except InvalidValue as error:
            refused.append(RefusedRow(each.line, shown(each.code), str(error)))
    return placed


def _by_column(codes: Mapping[str, int], entry: _Entry) -> str:
    if entry.parent and entry.parent not in codes:
        raise InvalidValue("parent", f"“{shown(entry.parent)}” is the code of no row.")
    return entry.parent


class _Ladder:
    """What stands above a code, as the codes of the file tell; they are taken in their order."""

    def __init__(self, codes: Mapping[str, int]) -> None:
        self.codes = codes
        self.shortest = min(
            (len(_ends(each)[0]) for each in codes if not each.isalpha()), default=0
        )
        self.sectioned = any(map(str.isalpha, codes))
        self.section = ""
        self.ranges: list[str] = []

    def above(self, entry: _Entry) -> str:
        """The code of the entry above, empty for none; raises InvalidValue if it fits nowhere."""
        first, last = _ends(entry.code)
        found = max(self._prefix(first), self._range(first), key=lambda each: len(_ends(each)[0]))
        if entry.code.isalpha():
            self.section = entry.code
        elif not found:
            found = self._section(first)
        if last:
            self.ranges.append(entry.code)
        return found

    def _prefix(self, code: str) -> str:
        """The longest other code that this one begins with."""
        starts = (code[:length] for length in range(len(code) - 1, 0, -1))
        return next((each for each in starts if each in self.codes), "")

    def _range(self, code: str) -> str:
        """The range, of those above that are still open, that holds this code."""
        while self.ranges:
            first, last = _ends(self.ranges[-1])
            if first <= code[: len(first)] <= last:
                return self.ranges[-1]
            self.ranges.pop()
        return ""

    def _section(self, code: str) -> str:
        """The section of a code that begins with no other; none where the file has no sections."""
        if len(code) != self.shortest:
            raise InvalidValue("code", "begins with the code of no other row.")
        if self.sectioned and not (self.section and code[0].isdigit()):
            raise InvalidValue("code", "stands under no section and begins with no other code.")
        return self.section


def _ends(code: str) -> tuple[str, str]:
    """The first and the last code of a range such as 311-312; for any other code it and nothing."""
    found = _RANGE.fullmatch(code)
    if found and len(found[1]) == len(found[2]) and found[1] < found[2]:
        return found[1], found[2]
    return code, ""


def _findings(columns: _Columns, placed: Sequence[tuple[_Entry, int]]) -> Iterator[str]:
    """What was left out, and what a file that is not in the order of its codes would show."""
    if columns.above:
        yield f"What stands above the header is not read: {lines(columns.above)}."
    read = {columns.code, columns.label, columns.parent}
    unread = [f"“{shown(each)}”" for place, each in enumerate(columns.names) if place not in read]
    if unread:
        yield f"Columns that are not read: {some(unread)}."
    parents = {line for _, line in placed}
    if parents <= {0}:
        yield "No code says what stands above it, so the classes are a list."
        return
    bare = [each.code for each, _ in placed if each.code.isalpha() and each.line not in parents]
    if bare:
        yield f"Sections that nothing stands under: {some(bare)}. Rows must follow their section."


def _class(entry: _Entry, above: int, language: str, system: str) -> SketchClass:
    return SketchClass(
        key=_key(entry.line),
        line=entry.line,
        item=Class(
            preferred=(Text(entry.label, language),),
            notations=(Notation(entry.code, system),),
        ),
        parents=(Ref(row=_key(above)),) if above else (),
        given=frozenset((f"preferred@{language}", "notations", "parents")),
    )


def _key(line: int) -> str:
    return f"line {line}"
