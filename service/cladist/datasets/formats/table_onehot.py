"""Tables with a column for each label: 1 where it applies, 0 where not, or how sure that is.

A record is a row. What is above 0 counts as a label; where labels merge, the greatest value stays.
Columns follow the label table: one that goes is left out, a new one stands where the first column
that led to it stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cladist.datasets.formats.lazy import Lazy
from cladist.datasets.formats.table_text import Record, blocks, cell_of, records, text_of
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Piece, Placed, Reading, Row
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

_NO = frozenset(("", "0", "0.0", "false", "no", "f", "n"))
_YES = frozenset(("true", "yes", "t", "y"))
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class OneHot:
    """One file; ``places`` are the columns of labels, in order, ``key`` is -1 without one."""

    root: Path
    delimiter: bytes
    names: tuple[str, ...]
    places: tuple[int, ...]
    key: int
    encoding: str
    dense: bool = True

    @property
    def format(self) -> str:
        """The format."""
        return "TSV (one-hot)" if self.delimiter == b"\t" else "CSV (one-hot)"

    @property
    def legend(self) -> Sequence[Entry]:
        """The columns of labels, numbered from 0."""
        names = (self.names[place] for place in self.places)
        return [Entry(ref=number, names=(name,)) for number, name in enumerate(names)]

    def carry(self, run: Run) -> None:
        """Every row."""
        run.rewrite("", self._pieces(run))

    def _pieces(self, run: Run) -> Iterator[Piece]:
        with self.root.open("rb") as file:
            head = file.read(3)
            head = head if head == _BOM else b""
            file.seek(len(head))
            first = file.readline()
            rows = run.rows()
            yield Chunk(head)
            yield Chunk(first, self._header(first, rows))
            line, number = 2, 1
            for block in blocks(file, self.delimiter, self.root.name):
                edits: list[Edit] = []
                for record in records(block, self.delimiter, line, self.root.name):
                    if len(record.cells) != len(self.names):
                        raise UnreadableInput(
                            f"{len(record.cells)} cells stand here, {len(self.names)} in the "
                            "header.",
                            record.line,
                        )
                    edits += self._row(block, record, number, rows, run)
                    number += 1
                line += block.count(b"\n")
                yield Chunk(block, edits)

    def _header(self, data: bytes, rows: Sequence[Row]) -> list[Edit]:
        record = next(records(data, self.delimiter, 1, self.root.name))
        cells = self._cells(data, record)
        old = [cells[place] for place in self.places]
        names = [self.names[place] for place in self.places]
        new = []
        for row in rows:
            like = old[int(row.origins[0].ref)]
            if row.name == names[int(row.origins[0].ref)]:
                new.append(like)
            else:
                new.append(cell_of(row.name, like, self.delimiter, self.encoding))
        return self._edit(data, record, cells, new, rows)

    def _row(
        self, data: bytes, record: Record, number: int, rows: Sequence[Row], run: Run
    ) -> list[Edit]:
        cells = self._cells(data, record)
        values = [self._value(cells[place], record) for place in self.places]
        fields = Lazy(partial(self._fields, cells))
        key = f"row {number}" if self.key < 0 else text_of(cells[self.key], self.encoding)
        refs = [ref for ref, value in enumerate(values) if value > 0]
        placed: Sequence[Placed] = ()
        if refs:
            labels = tuple(Label(key, ref, fields) for ref in refs)
            placed = run.place(Item(labels, refs if run.looks_beside else ()))
        new = [self._new(row, refs, placed, cells, values) for row in rows]
        return self._edit(data, record, cells, new, rows)

    def _new(
        self,
        row: Row,
        refs: Sequence[int],
        placed: Sequence[Placed],
        cells: Sequence[bytes],
        values: Sequence[float],
    ) -> bytes:
        """The cell of a label: that of the surest one which is this label now, else a 0."""
        target = {each.verdict.target for each in placed if row.ref in each.refs} - {None}
        sources = [
            ref
            for ref, each in zip(refs, placed, strict=True)
            if row.ref in each.refs or (each.collapsed and each.verdict.target in target)
        ]
        if sources:
            return cells[self.places[max(sources, key=values.__getitem__)]]
        zeros = [ref for ref, value in enumerate(values) if value <= 0]
        own = [int(each.ref) for each in row.origins if int(each.ref) in zeros]
        found = (*own, *zeros)
        return cells[self.places[found[0]]] if found else b"0"

    def _edit(
        self,
        data: bytes,
        record: Record,
        cells: Sequence[bytes],
        new: Sequence[bytes],
        rows: Sequence[Row],
    ) -> list[Edit]:
        """The row with other cells for the labels, each where the first of its origins stood."""
        standing: dict[int, list[bytes]] = {}
        for row, cell in zip(rows, new, strict=True):
            first = min(int(each.ref) for each in row.origins)
            standing.setdefault(self.places[first], []).append(cell)
        out: list[bytes] = []
        for place, cell in enumerate(cells):
            out += standing.get(place, ()) if place in self.places else (cell,)
        if out == list(cells):
            return []
        start, end = record.cells[0].start, record.cells[-1].end
        return [Edit(start, end, self.delimiter.join(out))]

    def _cells(self, data: bytes, record: Record) -> list[bytes]:
        return [data[each.start : each.end] for each in record.cells]

    def _value(self, cell: bytes, record: Record) -> float:
        text = text_of(cell, self.encoding).strip().lower()
        if text in _NO:
            return 0.0
        if text in _YES:
            return 1.0
        try:
            return float(text)
        except ValueError:
            raise UnreadableInput(
                f"“{text}” is neither 0 nor 1, nor between.", record.line
            ) from None

    def _fields(self, cells: Sequence[bytes]) -> dict[str, object]:
        told = zip(self.names, cells, strict=True)
        return {f"record.{name}": text_of(cell, self.encoding) for name, cell in told}


def columns_of(names: Sequence[str], reading: Reading) -> tuple[int, ...]:
    """The columns of labels that are named with commas between, or all but the key for ``*``."""
    if reading.label.strip() == "*":
        return tuple(place for place, name in enumerate(names) if name != reading.key)
    from cladist.datasets.formats.table_columns import place_of

    said = (each.strip() for each in reading.label.split(","))
    return tuple(sorted(place_of(names, each, "label") for each in said))
