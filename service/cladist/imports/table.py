"""Tables of classes: CSV and TSV (RFC 4180, UTF-8), one class a row, columns by name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cladist.imports.columns import Cells, Column, cells_of, columns_of
from cladist.imports.decoding import BLANK, decoded
from cladist.imports.names import DEPTH
from cladist.imports.placing import Placing
from cladist.imports.sketch import Ref, RefusedRow, Sketch, SketchClass, shown
from cladist.model.errors import InvalidValue, UnreadableInput
from cladist.model.taxonomy import Class, Retirement, Text

_GUARDED = re.compile(r"''*[=+\-@]")


def read_table(data: bytes, *, delimiter: str, language: str = "en") -> Sketch:
    """The sketch of a table; the columns are those of :mod:`cladist.imports.columns`.

    Raises :class:`UnreadableInput` where the table itself is broken; rows with values that no
    class may have are refused one by one.
    """
    records = _records(decoded(data), delimiter)
    header_line, header = next(records, (1, []))
    if not header:
        raise UnreadableInput("The table is empty; its first row names the columns.", 1)
    columns = columns_of(header, language, header_line)
    placing = Placing(language)
    refused = []
    for line, cells in records:
        if len(cells) != len(columns):
            raise UnreadableInput(
                f"The row has {len(cells)} cells, the header {len(columns)}.", line
            )
        try:
            _place(placing, columns, [_cell(each) for each in cells], line)
        except InvalidValue as error:
            refused.append(RefusedRow(line, shown(_label(columns, cells)), str(error)))
    rows, unplaced = placing.rows()
    return Sketch(rows=rows, refused=(*refused, *unplaced), language=language)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableInput(f"The table is broken here: {error}.", line) from None
        if any(cell.strip(BLANK) for cell in cells):
            yield line, cells


def _cell(text: str) -> str:
    """The cell without outer spaces and without the ' that keeps spreadsheets from computing."""
    text = text.strip(BLANK)
    return text[1:] if _GUARDED.match(text) else text


def _place(placing: Placing, columns: tuple[Column, ...], row: list[str], line: int) -> None:
    cells = cells_of(columns, row)
    given = set(cells.given)
    fields = dict(cells.fields)
    if cells.paths and not (cells.parents and fields.get("preferred")):
        fields["preferred"] = _named_by(cells, placing.language)
        given.add(f"preferred@{placing.language}")
    _check_named(fields, f"preferred@{placing.language}" in given, cells)
    placing.add(
        SketchClass(
            key=f"line {line}",
            line=line,
            item=_item(fields, cells),
            parents=tuple(Ref(text=each) for each in cells.parents),
            successors=tuple(Ref(text=each) for each in cells.successors),
            given=frozenset(given),
        ),
        () if cells.parents else cells.paths,
    )


def _check_named(fields: Mapping[str, object], labelled: bool, cells: Cells) -> None:
    """Refuse a row that says too little to be a class, or contradicts itself."""
    if not fields.get("preferred") and not cells.retired:
        if labelled:
            raise InvalidValue("label", "is empty.")
        if not (fields.get("id") or "code" in fields or fields.get("notations")):
            raise InvalidValue("label", "is missing, and so are id, code and notation.")
    if not cells.retired and (cells.reason or cells.successors):
        raise InvalidValue("retired", "only a retired class has a reason or successors.")


def _item(fields: Mapping[str, object], cells: Cells) -> Class:
    retirement = Retirement(cells.reason) if cells.retired else None
    return replace(Class(), **fields, retirement=retirement)  # type: ignore[arg-type]


def _named_by(cells: Cells, language: str) -> tuple[Text, ...]:
    """The preferred labels, the one in the default language taken from the path if need be."""
    labels: tuple[Text, ...] = cells.fields.get("preferred", ())
    ends = {path[-1] for path in cells.paths}
    ends.update(each.value for each in labels if each.language == language)
    if len(ends) != 1:
        raise InvalidValue("path", "ends in another label than the one of the row.")
    if any(len(path) > DEPTH for path in cells.paths):
        raise InvalidValue("path", f"has more than {DEPTH} steps.")
    others = (each for each in labels if each.language != language)
    return tuple(sorted((*others, Text(ends.pop(), language))))


def _label(columns: tuple[Column, ...], row: list[str]) -> str:
    """What the row is called before its values are known to be sound."""
    for name in ("label", "path", "id", "code"):
        for column, cell in zip(columns, row, strict=True):
            if column.name == name and cell.strip():
                return cell.strip()
    return ""
