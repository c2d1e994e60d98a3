"""What a correspondence table says, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from cladist.model.change.parts import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A pair of codes, each whole or part, with the share of each where there are weights.

    None stands for what the table does not say. ``source_weight`` is the share of the source that
    goes over into the target, ``target_weight`` the share of the target that comes from the source,
    both from 0 to 1. ``line`` counts from 1; in a workbook it is the row's number.
    """

    line: int
    source: str
    target: str
    source_part: Part | None = None
    target_part: Part | None = None
    source_weight: Fraction | None = None
    target_weight: Fraction | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneCode:
    """A code of which a row says that it, or a part of it, has no counterpart."""

    line: int
    code: str
    part: Part | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrespondenceTable:
    """A table that contradicts itself nowhere and says nothing twice, in the order of its rows.

    ``findings`` are sentences on what was read otherwise than it stands, left out, or looks odd.
    """

    rows: tuple[TableRow, ...] = ()
    lone_sources: tuple[LoneCode, ...] = ()
    lone_targets: tuple[LoneCode, ...] = ()
    findings: tuple[str, ...] = ()
