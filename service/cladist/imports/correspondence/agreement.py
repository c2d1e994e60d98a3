"""Rows of a table that say the same twice, which is once too often, or contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cladist.imports.correspondence.values import LoneCode, TableRow
from cladist.imports.sketch import RefusedRow, shown
from cladist.model.change.parts import Part

Key = tuple[str, str]
"""A source and a target code; one of them is empty for a code without counterpart."""

_BETWEEN = "; "


@dataclass(slots=True)
class Agreement:
    """The rows that were taken in, each pair of codes and each lone code once.

    ``repeated`` are the lines that say nothing new, ``joined`` those of which only the note is new.
    """

    refused: list[RefusedRow] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)
    _pairs: dict[Key, TableRow] = field(default_factory=dict)
    _lone: dict[Key, LoneCode] = field(default_factory=dict)
    _notes: dict[Key, dict[str, None]] = field(default_factory=dict)

    def pair(self, row: TableRow) -> None:
        """Take in a pair; refused if it was there and something else was said of it."""
        key = (row.source, row.target)
        known = self._pairs.setdefault(key, row)
        if known is row or replace(row, line=known.line, note=known.note) == known:
            self._note(key, row, first=known is row)
        else:
            self._refuse(row.line, key, f"says otherwise than line {known.line} of the same pair")

    def alone(self, key: Key, code: LoneCode) -> None:
        """Take in a code without counterpart; refused like a pair."""
        known = self._lone.setdefault(key, code)
        if known.part is code.part:
            self._note(key, code, first=known is code)
        else:
            self._refuse(code.line, key, f"says otherwise than line {known.line} of the same code")

    def settle(self) -> None:
        """Refuse codes that have no counterpart in one row, and one in another.

        Only a part of a code can be left over where the rest has a counterpart.
        """
        partners: dict[Key, int] = {}
        for row in self._pairs.values():
            partners.setdefault((row.source, ""), row.line)
            partners.setdefault(("", row.target), row.line)
        for key, code in self._lone.items():
            if key in partners and code.part is not Part.PART:
                reason = f"says that there is no counterpart, and line {partners[key]} gives one"
                self._refuse(code.line, key, reason)

    def pairs(self) -> Iterator[TableRow]:
        """The pairs in the order of their first rows, with all that was noted on each."""
        return (replace(row, note=self._noted(key)) for key, row in self._pairs.items())

    def lone(self, *, sources: bool) -> Iterator[LoneCode]:
        """The codes without counterpart on one side, likewise."""
        return (
            replace(code, note=self._noted(key))
            for key, code in self._lone.items()
            if bool(key[0]) is sources
        )

    def _note(self, key: Key, said: TableRow | LoneCode, *, first: bool) -> None:
        notes = self._notes.setdefault(key, {})
        if not first:
            fresh = bool(said.note) and said.note not in notes
            (self.joined if fresh else self.repeated).append(said.line)
        if said.note:
            notes[said.note] = None

    def _noted(self, key: Key) -> str:
        return _BETWEEN.join(self._notes[key])

    def _refuse(self, line: int, key: Key, reason: str) -> None:
        name = " → ".join(shown(each) for each in key)
        self.refused.append(RefusedRow(line, name, f"{reason}; keep the one that is right."))
