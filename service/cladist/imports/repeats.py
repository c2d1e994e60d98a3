"""Rows that repeat others of the same file."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from cladist.imports.sketch import RefusedRow, Sketch, SketchClass, row_name


def without_repeats(sketch: Sketch) -> tuple[tuple[SketchClass, ...], list[RefusedRow]]:
    """The rows whose id, code and place are their own, and the refusals of the others.

    Two siblings may share a label when each has an id or a code, or when their notations differ,
    since those tell them apart.
    """
    seen: dict[Hashable, int] = {}
    kept, refused = [], []
    for row in sketch.rows:
        repeated = next((each for each in _marks(row) if each[1] in seen), None)
        if repeated is None:
            kept.append(row)
            for _, mark in _marks(row):
                seen[mark] = row.line
        else:
            what, mark = repeated
            reason = f"repeats the {what} of line {seen[mark]}"
            refused.append(RefusedRow(row.line, row_name(row, sketch.language), reason))
    return tuple(kept), refused


def _marks(row: SketchClass) -> Iterator[tuple[str, Hashable]]:
    """What no other row may have, and what messages call it."""
    if row.item.id:
        yield "id", ("id", row.item.id)
    if row.item.code >= 0:
        yield "code", ("code", row.item.code)
    if not row.item.id and row.item.code < 0 and row.item.preferred:
        place = frozenset(row.parents)
        yield "label", ("label", row.item.preferred, place, frozenset(row.item.notations))
