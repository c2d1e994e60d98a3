"""Tables whose rows say of an image and a label whether it applies, as Open Images has them.

A record is an image, named by its id; its rows stand together. ``Confidence`` 0 says that the label
is known not to apply: of a class that others merged into, that is known only where it is known of
all of them. A row whose label goes, or says what another row of its image says, goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path

from cladist.datasets.formats.lazy import Lazy
from cladist.datasets.formats.table_text import Record, blocks, cell_of, records, text_of
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Piece
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

COLUMNS = ("ImageID", "LabelName", "Confidence")


@dataclass(frozen=True, slots=True)
class ImageLabels:
    """One file."""

    root: Path
    names: tuple[str, ...]
    format: str = "Open Images image labels"
    dense: bool = False
    legend: Sequence[Entry] = ()

    def carry(self, run: Run) -> None:
        """Every image."""
        run.rewrite("", self._pieces(run))

    def _pieces(self, run: Run) -> Iterator[Piece]:
        with self.root.open("rb") as file:
            yield Chunk(file.readline())
            line, rest = 2, b""
            for block in blocks(file, b",", self.root.name):
                data = rest + block
                found = list(records(data, b",", line, self.root.name))
                last = self._last_image(data, found)
                rest = data[found[last].start :]
                done = data[: found[last].start]
                yield Chunk(done, self._edits(data, found[:last], run))
                line += done.count(b"\n")
            found = list(records(rest, b",", line, self.root.name))
            yield Chunk(rest, self._edits(rest, found, run))

    def _last_image(self, data: bytes, found: Sequence[Record]) -> int:
        """Where the rows of the last image begin: more of them may come."""
        last = len(found) - 1
        while last and self._cell(data, found[last - 1], 0) == self._cell(data, found[-1], 0):
            last -= 1
        return last

    def _cell(self, data: bytes, record: Record, column: int) -> str:
        if len(record.cells) != len(self.names):
            raise UnreadableInput(
                f"{len(record.cells)} cells stand here, {len(self.names)} in the header.",
                record.line,
            )
        span = record.cells[self.names.index(COLUMNS[column])]
        return text_of(data[span.start : span.end], "utf-8")

    def _edits(self, data: bytes, found: Sequence[Record], run: Run) -> list[Edit]:
        edits: list[Edit] = []
        for image, rows in groupby(found, key=lambda each: self._cell(data, each, 0)):
            edits += self._image(data, image, list(rows), run)
        return edits

    def _image(self, data: bytes, image: str, rows: list[Record], run: Run) -> list[Edit]:
        labels = tuple(
            Label(
                image,
                self._cell(data, row, 1),
                Lazy(partial(self._fields, data, row)),
                negative=self._absent(data, row),
            )
            for row in rows
        )
        beside = [each.ref for each in labels] if run.looks_beside else ()
        edits = []
        column = self.names.index(COLUMNS[1])
        for row, placed in zip(rows, run.place(Item(labels, beside)), strict=True):
            span = row.cells[column]
            old = data[span.start : span.end]
            if placed.kept:
                continue
            head, tail = data[row.start : span.start], data[span.end : row.end]
            new = [cell_of(str(ref), old, b",", "utf-8") for ref in placed.refs]
            text = b"".join(head + each + tail for each in new)
            edits.append(Edit(row.start, row.end, text))
        return edits

    def _absent(self, data: bytes, row: Record) -> bool:
        try:
            return float(self._cell(data, row, 2)) <= 0
        except ValueError:
            raise UnreadableInput("Confidence is no number here.", row.line) from None

    def _fields(self, data: bytes, row: Record) -> dict[str, object]:
        cells = (text_of(data[each.start : each.end], "utf-8") for each in row.cells)
        return {f"record.{name}": cell for name, cell in zip(self.names, cells, strict=True)}
