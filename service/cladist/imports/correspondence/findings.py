"""Sentences on what was read of a table otherwise than it stands, left out, or looks odd."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from cladist.imports.correspondence.agreement import Agreement
from cladist.imports.correspondence.columns import Layout
from cladist.imports.correspondence.records import SIDES, Records
from cladist.imports.correspondence.values import TableRow
from cladist.imports.correspondence.weights import in_percent, unbalanced
from cladist.imports.sketch import shown

_NAMED = 5


def of_layout(layout: Layout) -> Iterator[str]:
    """What was made of the header, and what stands above and beside it."""
    if layout.assumed:
        source, target = (shown(layout.names[layout.places[side]]) for side in SIDES)
        yield f"Line {layout.line} is read as the header: “{source}” to “{target}”."
    if layout.above:
        yield f"What stands above the header is not read: {lines(layout.above)}."
    unread = [f"“{shown(name)}”" for name in layout.unread()]
    if unread:
        yield f"Columns that are not read: {some(unread)}."


def of_records(records: Records) -> Iterator[str]:
    """What was made of empty cells, and of weights over 1."""
    if records.nameless:
        yield f"Rows without a code on either side are left out: {lines(records.nameless)}."
    if records.filled:
        yield f"Empty codes repeat the one above them: {lines(records.filled)}."
    for side, other in (SIDES, SIDES[::-1]):
        if records.empty[side]:
            yield (
                f"The {side} is empty, so the {other} has no counterpart: "
                f"{lines(records.empty[side])}. If empty cells repeat the code above them, ask "
                "for codes to be filled down."
            )
        if in_percent(each.sides[side].weight for each in records.found):
            yield f"Some {side} weights are over 1, so all are read as percentages."


def of_rows(rows: Sequence[TableRow], agreement: Agreement) -> Iterator[str]:
    """What was said twice, and weights that do not sum up."""
    if agreement.repeated:
        yield f"Rows that repeat an earlier one are left out: {lines(agreement.repeated)}."
    if agreement.joined:
        yield f"Notes on the same codes are joined: {lines(agreement.joined)}."
    yield from _sums("source", ((each.source, each.source_weight) for each in rows))
    yield from _sums("target", ((each.target, each.target_weight) for each in rows))


def _sums(side: str, weights: Iterable[tuple[str, Fraction | None]]) -> Iterator[str]:
    odd = unbalanced(weights)
    if odd:
        yield f"Codes whose {side} weights do not sum up to 1: {some(odd)}."


def lines(numbers: Sequence[int]) -> str:
    """The first few of the lines in words."""
    return ("line " if len(numbers) == 1 else "lines ") + some([str(each) for each in numbers])


def some(names: Sequence[str]) -> str:
    """The first few of the names, and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
