"""One Parquet file in pieces: chunks of one column written anew, all other bytes as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cladist.datasets.formats.parquet_column import Column
from cladist.datasets.formats.parquet_footer import (
    Footer,
    Index,
    Moves,
    Range,
    Written,
    moved_places,
)
from cladist.datasets.formats.parquet_group import Group
from cladist.datasets.records import Chunk, Edit, Piece
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

_BLOCK = 4 * 2**20
_MOST = 64 * 2**20
"""Rows of a row group; writers make none that are larger."""

Said = Callable[[Mapping[bytes, bytes]], dict[bytes, bytes]]
"""From what programs have written beside the schema to what stands there now."""


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Tell of damage in a file in our words."""
    import pyarrow

    try:
        yield
    except OSError as error:
        if error.errno is not None:
            raise
        raise UnreadableInput(f"{name} is damaged: {error}.") from None
    except pyarrow.ArrowException as error:
        raise UnreadableInput(f"{name} is damaged: {error}.") from None


Make = Callable[[bytes], bytes | None]
"""From the bytes of a range to the new ones; none where they stay."""


@dataclass(slots=True, kw_only=True)
class Rewriting:
    """A file on its way; ``changed`` says, when it is through, whether anything is new."""

    path: Path
    name: str
    column: Column
    first: int
    """The number of its first row."""
    said: Said
    footer: Footer
    changed: bool = False
    _new: dict[int, Written] = field(default_factory=dict)
    _moves: Moves = field(default_factory=Moves)

    def pieces(self, run: Run) -> Iterator[Piece]:
        """All of the file, in order."""
        with self.path.open("rb") as file:
            end = 0
            for old, make in self._parts(run):
                yield from _same(file, end, old.start)
                data = _read(file, old)
                new = make(data)
                yield Chunk(data) if new is None else Chunk(data, [Edit(0, len(data), new)])
                self._moves.replace(old, len(data if new is None else new))
                end = old.end
            yield from _same(file, end, self.footer.start)
            yield self._end()

    def _parts(self, run: Run) -> Iterator[tuple[Range, Make]]:
        """Ranges that may change, from the start of the file, and what makes them new."""
        footer, place = self.footer, self.column.leaf.place
        starts = list(accumulate(footer.rows, initial=self.first))
        groups = sorted((footer.range(group, place), group) for group in range(len(footer.groups)))
        with readable(self.name), self._opened() as opened:
            for old, group in groups:
                yield old, partial(self._chunk, run, opened, group, starts[group])
        for each in footer.indexes(place):
            yield each.range, partial(self._index, each)

    def _opened(self) -> ParquetFile:
        from pyarrow.parquet import ParquetFile

        flat = not self.column.leaf.numbers and "." not in self.column.leaf.path
        return ParquetFile(self.path, read_dictionary=[self.column.leaf.path] if flat else None)

    def _chunk(
        self, run: Run, opened: ParquetFile, number: int, first: int, data: bytes
    ) -> bytes | None:
        if self.footer.rows[number] > _MOST:
            raise UnreadableInput(f"{self.name} has row groups of more than {_MOST} rows.")
        group = Group(opened, number, self.name, first, self.column)
        with readable(self.name):
            new = group.placed(run, self.footer.manner(number, self.column.leaf.place))
        if new is None:
            return None
        self._new[number] = new._replace(data=b"")
        return new.data

    def _index(self, index: Index, data: bytes) -> bytes | None:
        """A page index; of a chunk that is new it is new too."""
        new = self._new.get(index.group) if index.own else None
        if not self._new or not (new or index.places):
            return None
        found = new.values if new and not index.places else data
        if index.places:
            start = self.footer.range(index.group, self.column.leaf.place).start
            moves = Moves.by(self._moves(start)) if new else self._moves
            found = moved_places(new.places if new else data, moves)
        self._moves.lengths[index.range.start] = len(found)
        return found

    def _end(self) -> Piece:
        """The metadata."""
        footer = self.footer
        before = footer.key_values()
        said = self.said(before)
        self.changed = bool(self._new) or said != before
        if not self.changed:
            return Chunk(footer.data)
        new = footer.replaced(self.column.leaf.place, self._new, self._moves, said)
        return Chunk(footer.data, [Edit(0, len(footer.data), new)])


def _same(file: IO[bytes], start: int, end: int) -> Iterator[Chunk]:
    """Bytes that stay as they are."""
    while start < end:
        stop = min(end, start + _BLOCK)
        yield Chunk(_read(file, Range(start, stop)))
        start = stop


def _read(file: IO[bytes], where: Range) -> bytes:
    file.seek(where.start)
    data = file.read(where.end - where.start)
    if len(data) < where.end - where.start or where.end < where.start:
        raise UnreadableInput(f"{Path(file.name).name} is damaged: its columns overlap or end.")
    return data
