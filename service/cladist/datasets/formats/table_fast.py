"""Blocks of a table in which every label has one certain answer: whole columns at a time.

A block without quotes whose records are proved to have the same number of cells is rewritten by
arrays, no Python being run for a row. Otherwise it steps aside before anything is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cladist.datasets.formats.table_text import cell_of
from cladist.datasets.records import Joined, Placed, Ready, Ref
from cladist.datasets.run import Run

if TYPE_CHECKING:
    from cladist.datasets.formats.table import Tables

_SMALL = 64 * 1024
"""Blocks below this many bytes are not worth it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A label that was met: what it is in the data, and what it becomes; none for no label."""

    ref: Ref | None
    placed: Placed | None
    new: bytes


Memory = dict[bytes, Known]
"""What is known of labels, from one block to the next."""


def prepared(block: bytes, tables: Tables) -> Columns | None:
    """A block cut into columns; none where it must be looked at row by row."""
    if len(block) < _SMALL or b'"' in block or tables.cells.separator or tables.columns.key >= 0:
        return None
    spans = _spans(block, tables)
    return None if spans is None else Columns(block, *spans)


def _spans(block: bytes, tables: Tables) -> tuple[Any, Any] | None:
    """Where the labels of all rows begin and end; none unless the shape of the block is proved."""
    import numpy

    width, column = len(tables.columns.names), tables.columns.label
    if not block.endswith(b"\n") or (width == 1 and b"\n\n" in block):
        return None
    data = numpy.frombuffer(block, dtype=numpy.uint8)
    marks = numpy.flatnonzero((data == tables.delimiter[0]) | (data == 10))
    breaks = data[marks] == 10
    if len(marks) % width or not breaks[width - 1 :: width].all():
        return None
    if int(breaks.sum()) * width != len(marks):
        return None
    ends = marks[column::width].copy()
    if column:
        starts = marks[column - 1 :: width] + 1
    else:
        starts = numpy.concatenate(([0], marks[width - 1 :: width][:-1] + 1))
    if column == width - 1:
        ends -= data[ends - 1] == 13
    return starts, ends


class Columns:
    """A block cut into what lies before each label, the labels, and the end."""

    def __init__(self, block: bytes, starts: Any, ends: Any) -> None:
        import numpy
        import pyarrow

        self.rows = rows = len(starts)
        offsets = numpy.empty(2 * rows + 1, dtype=numpy.int32)
        offsets[0], offsets[1::2], offsets[2::2] = 0, starts, ends
        parts = pyarrow.Array.from_buffers(
            pyarrow.binary(),
            2 * rows,
            [None, pyarrow.py_buffer(offsets), pyarrow.py_buffer(block)],
        )
        self._between = parts.take(pyarrow.array(numpy.arange(0, 2 * rows, 2)))
        labels = parts.take(pyarrow.array(numpy.arange(1, 2 * rows, 2)))
        self._labels = labels
        encoded = labels.dictionary_encode()
        self._distinct: list[bytes] = encoded.dictionary.to_pylist()
        self._codes = encoded.indices.to_numpy()
        self._tail = block[int(ends[-1]) :]

    def rewritten(self, tables: Tables, run: Run, row: int, known: Memory) -> Ready | None:
        """The block after the migration; none where a label must be looked at by itself."""
        for each in self._distinct:
            if each not in known:
                found = _known(each, tables, run)
                if found is None:
                    return None
                known[each] = found
        labels = [known[each] for each in self._distinct]
        self._count(run, row, labels)
        return self._joined([each.new for each in labels])

    def _count(self, run: Run, row: int, labels: list[Known]) -> None:
        import numpy

        counts = numpy.bincount(self._codes, minlength=len(labels))
        for each, count in zip(labels, counts.tolist(), strict=True):
            if each.ref is not None and count:
                run.count(each.ref, count)
        changed = numpy.array([each.placed is not None and not each.placed.kept for each in labels])
        rows = numpy.flatnonzero(changed[self._codes])
        if len(rows):
            refs = ["" if each.ref is None else each.ref for each in labels]
            run.trace_rows(row, rows, self._codes[rows], refs)

    def _joined(self, new: list[bytes]) -> Ready:
        import numpy
        import pyarrow
        import pyarrow.compute as compute

        values = pyarrow.array(new, type=pyarrow.binary()).take(pyarrow.array(self._codes))
        joined = compute.binary_join_element_wise(self._between, values, b"")
        _, offset_buffer, data_buffer = joined.buffers()
        offsets = numpy.frombuffer(offset_buffer, dtype=numpy.int32, count=len(joined) + 1)
        data = data_buffer.slice(0, int(offsets[-1])).to_pybytes() + self._tail
        differs = numpy.array([a != b for a, b in zip(self._distinct, new, strict=True)])
        rows = numpy.flatnonzero(differs[self._codes])
        lengths = numpy.array([len(each) for each in new])[self._codes[rows]]
        old = self._labels.take(pyarrow.array(rows))
        old_lengths = compute.binary_length(old).to_numpy()
        texts = old.buffers()[2]
        return Ready(
            data,
            offsets[1:][rows] - lengths,
            lengths,
            Joined(
                b"" if texts is None else texts.to_pybytes()[: int(old_lengths.sum())], old_lengths
            ),
        )


def _known(cell: bytes, tables: Tables, run: Run) -> Known | None:
    """What a label becomes; none where records with it must be looked at."""
    try:
        text = cell.decode(tables.encoding)
    except UnicodeDecodeError:
        return None
    refs = [] if text.startswith("[") else tables.cells.refs(text)
    if not refs:
        return None if text.strip() else Known(None, None, cell)
    placed = run.fixed(refs[0])
    if placed is None or text != str(refs[0]):
        return None
    if placed.kept:
        return Known(refs[0], placed, cell)
    new = str(placed.refs[0]) if placed.refs else ""
    return Known(refs[0], placed, cell_of(new, cell, tables.delimiter, tables.encoding))
