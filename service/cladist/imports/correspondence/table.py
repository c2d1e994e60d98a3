"""The one door to correspondence tables: bytes of a named form in, rows that agree out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal

from cladist.imports.correspondence import findings
from cladist.imports.correspondence.agreement import Agreement
from cladist.imports.correspondence.columns import Layout, TableColumns, layout_of
from cladist.imports.correspondence.encoding import text_of
from cladist.imports.correspondence.flags import settled
from cladist.imports.correspondence.grid import DELIMITERS, Row
from cladist.imports.correspondence.opening import opened
from cladist.imports.correspondence.records import SIDES, Records
from cladist.imports.correspondence.sheets import rows_of_sheet
from cladist.imports.correspondence.values import CorrespondenceTable, LoneCode, TableRow
from cladist.imports.correspondence.weights import shares
from cladist.model.errors import RefusedRows, UnreadableInput

__all__ = ["CorrespondenceTable", "Form", "LoneCode", "TableColumns", "TableRow", "read_table"]

Form = Literal["csv", "tsv", "xlsx"]
"""What a file is. The caller knows it; it is never guessed."""


def read_table(data: bytes, form: Form, columns: TableColumns) -> CorrespondenceTable:
    """What a correspondence table says; several rows a code are the rule.

    Raises :class:`UnreadableInput` or :class:`LimitExceeded` where nothing can be made of the file,
    :class:`InvalidValue` for an unknown encoding, and :class:`RefusedRows` for rows that hold what
    they cannot hold or contradict others.
    """
    layout, rows = _rows(data, form, columns)
    records = Records(columns)
    records.read(rows, layout)
    if not (records.found or records.refused):
        raise UnreadableInput("There is no row with a code below the header.", layout.line)
    agreement = _agreement(records)
    refused = [*records.refused, *agreement.refused]
    if refused:
        raise RefusedRows(sorted(refused))
    pairs = tuple(agreement.pairs())
    return CorrespondenceTable(
        rows=pairs,
        lone_sources=tuple(agreement.lone(sources=True)),
        lone_targets=tuple(agreement.lone(sources=False)),
        findings=(
            *findings.of_layout(layout),
            *findings.of_records(records),
            *findings.of_rows(pairs, agreement),
        ),
    )


def _rows(data: bytes, form: Form, columns: TableColumns) -> tuple[Layout, Iterator[Row]]:
    """Where the columns are, and the rows below the header; names go before assumptions."""
    try:
        return _opened(data, form, columns, assuming=False)
    except UnreadableInput:
        return _opened(data, form, columns, assuming=True)


def _opened(
    data: bytes, form: Form, columns: TableColumns, *, assuming: bool
) -> tuple[Layout, Iterator[Row]]:
    header = partial(layout_of, columns=columns, assuming=assuming)
    if form == "xlsx":
        rows = rows_of_sheet(data, columns.sheet)
        layout = header(rows)
        return layout, (layout.widened(row) for row in rows)
    delimiters = ("\t",) if form == "tsv" else DELIMITERS
    return opened(text_of(data, columns.encoding), columns.delimiter or delimiters, header)


def _agreement(records: Records) -> Agreement:
    """The records with what their columns say as a whole, each pair of codes once."""
    agreement = Agreement()
    found = records.found
    source_parts, target_parts = (
        settled([each.sides[side].part for each in found]) for side in SIDES
    )
    source_weights, target_weights = (
        shares([each.sides[side].weight for each in found]) for side in SIDES
    )
    for place, each in enumerate(found):
        source, target = (each.sides[side].code for side in SIDES)
        if source and target:
            agreement.pair(
                TableRow(
                    line=each.line,
                    source=source,
                    target=target,
                    source_part=source_parts[place],
                    target_part=target_parts[place],
                    source_weight=source_weights[place],
                    target_weight=target_weights[place],
                    note=each.note,
                )
            )
        else:
            part = source_parts[place] if source else target_parts[place]
            code = LoneCode(line=each.line, code=source or target, part=part, note=each.note)
            agreement.alone((source, target), code)
    agreement.settle()
    return agreement
