"""The labels of one row group: read, placed, and written as a new chunk where any changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cladist.datasets.formats.parquet_column import (
    Column,
    chunk,
    has_fixed_size,
    is_binary,
    is_list,
    leaves,
    read,
    relisted,
)
from cladist.datasets.formats.parquet_footer import Manner, Written
from cladist.datasets.formats.parquet_rows import EMPTY, FIRST, NULL, Placing, Refs, Rows
from cladist.datasets.formats.parquet_values import coded, uncoded, values
from cladist.datasets.run import Run
from cladist.model.errors import InvalidValue, UnreadableInput

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_BATCH = 8_192
"""Rows of the other columns that are read at once."""


@dataclass(frozen=True, slots=True)
class Group:
    """A row group of an open file; ``first`` is the number of its first row in the dataset."""

    file: ParquetFile
    number: int
    name: str
    first: int
    column: Column

    def placed(self, run: Run, manner: Manner) -> Written | None:
        """The new chunk; none where nothing changes."""
        leaf = self.column.leaf
        array, kind = read(self.file, self.number, leaf)
        codes, found = coded(array, self.column)
        rows: Any = None if leaf.single else rows_of(array)
        self._check(codes, rows)
        refs = Refs(found)
        told = Rows(self.name, self.first, leaf, self._keys(run), Records(self))
        placing = Placing(run, told, refs, NULL if leaf.nullable else EMPTY)
        if leaf.listed:
            new, kept = placing.lists(codes, rows)
        else:
            new, kept = placing.values(codes, rows, None if rows is None else _parts(rows)), None
        if not placing.changed:
            return None
        if kept is None or has_fixed_size(array.type):
            array = uncoded(array, new, list(refs.new), leaf)
        else:
            array = self._shorter(array, new, kept, refs)
        return chunk(array, kind, manner, leaf)

    def _shorter(self, array: Any, new: Any, kept: Any, refs: Refs) -> Any:
        """Lists with those values that are kept."""
        import numpy
        import pyarrow

        left = numpy.bincount(rows_of(array)[kept], minlength=len(array))
        told = values(new[kept], list(refs.new), self.column.leaf, nested=True)
        return relisted(array, pyarrow.array(left), told)

    def _check(self, codes: Any, rows: Any) -> None:
        """Refuse numbers that the table of classes does not have."""
        if not self.column.own or not len(codes):
            return
        size = len(self.column.legend)
        worst = int(codes.argmax())
        if codes[worst] >= size + FIRST:
            row = self.first + (worst if rows is None else int(rows[worst]))
            raise UnreadableInput(
                f"{self.name} has a number in row {row} that is no class of "
                f"{self.column.leaf.name}: they go from 0 to {size - 1}."
            )

    def _keys(self, run: Run) -> Sequence[Any] | None:
        wanted = run.reading.key
        if not wanted:
            return None
        found = [each for each in leaves(self.file) if wanted in (each.name, each.path)]
        if len(found) != 1 or found[0].levels:
            raise InvalidValue("key", f"{self.name} has no column “{wanted}” with one value a row.")
        table = self.file.read_row_group(self.number, columns=[found[0].path], use_threads=False)
        keys: list[Any] = table.column(0).to_pylist()
        return keys


@dataclass(slots=True)
class Records:
    """Other columns of a row group, but for pictures and the like; rows are asked in order."""

    group: Group
    _batches: Iterator[Any] | None = None
    _start: int = 0
    _columns: dict[str, Any] = field(default_factory=dict)
    _end: int = 0

    def __call__(self, row: int) -> Mapping[str, Any]:
        """The values of a row by the names of its columns."""
        if self._batches is None:
            self._batches = self._opened()
        while row >= self._end:
            batch = next(self._batches)
            self._start, self._end = self._end, self._end + len(batch)
            self._columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        return {name: each[row - self._start].as_py() for name, each in self._columns.items()}

    def _opened(self) -> Iterator[Any]:
        group = self.group
        columns = [each.path for each in leaves(group.file) if not is_binary(each.type)]
        found: Iterator[Any] = group.file.iter_batches(
            _BATCH, row_groups=[group.number], columns=columns, use_threads=False
        )
        return found


def rows_of(array: Any) -> Any:
    """The row of every value at the bottom of a column, from 0."""
    import numpy
    import pyarrow.compute as compute
    import pyarrow.types as types

    rows = numpy.arange(len(array))
    while is_list(array.type) or types.is_struct(array.type):
        if types.is_struct(array.type):
            array = compute.struct_field(array, [0])
        elif types.is_fixed_size_list(array.type):
            rows = numpy.repeat(rows, array.type.list_size)
            array = array.values
        else:
            rows = numpy.repeat(rows, array.value_lengths().fill_null(0).to_numpy())
            array = array.flatten()
    return rows


def _parts(rows: Any) -> Any:
    """The how many-th each value is in its row, from 1."""
    import numpy

    places = numpy.arange(len(rows))
    first = numpy.concatenate(([True], rows[1:] != rows[:-1])) if len(rows) else rows
    starts = numpy.maximum.accumulate(numpy.where(first, places, 0)) if len(rows) else places
    return places - starts + 1
