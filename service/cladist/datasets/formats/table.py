"""CSV, TSV and the like: labels in a column, alone or several in a cell, or a column for each.

A record is a row, named by its key column, else ``row N`` counted from 1. Tables whose rows say of
an image and a label whether it applies (Open Images) are read image by image.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cladist.datasets.files import files_of
from cladist.datasets.formats import table_fast, table_images, table_onehot
from cladist.datasets.formats.ahead import ahead
from cladist.datasets.formats.lazy import Lazy
from cladist.datasets.formats.table_cells import Cells
from cladist.datasets.formats.table_columns import Columns, columns_of, place_of
from cladist.datasets.formats.table_images import ImageLabels
from cladist.datasets.formats.table_onehot import OneHot
from cladist.datasets.formats.table_text import Record, blocks, cell_of, records, text_of
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Piece, Placed, Reading
from cladist.datasets.run import Dataset, Run
from cladist.model.errors import UnreadableInput

_SUFFIXES = {".csv": b",", ".tsv": b"\t", ".tab": b"\t", ".psv": b"|"}
_MARKS = (b",", b"\t", b";", b"|")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Tables:
    """One file, or a folder of them with the same columns."""

    root: Path
    paths: tuple[str, ...]
    delimiter: bytes
    columns: Columns
    cells: Cells
    encoding: str
    legend: Sequence[Entry]
    dense: bool = False

    @property
    def format(self) -> str:
        """The format and where the labels are."""
        kind = {b",": "CSV", b"\t": "TSV"}.get(self.delimiter, "Table")
        return f"{kind} ({self.columns.told})"

    def carry(self, run: Run) -> None:
        """Every file."""
        for path in self.paths:
            run.rewrite(path, self._pieces(path, run))

    def _pieces(self, path: str, run: Run) -> Iterator[Piece]:
        place = self.root / path if path else self.root
        line, row = 1, 1
        known: table_fast.Memory = {}
        with place.open("rb") as file:
            head = file.read(3)
            head = head if head == _BOM else b""
            file.seek(len(head))
            first = file.readline()
            yield Chunk(head + first)
            line += 1
            found = blocks(file, self.delimiter, path or place.name)
            for block, columns in ahead(found, self._prepared):
                fast = columns and not path and columns.rewritten(self, run, row, known)
                if columns and fast:
                    yield fast
                    row, line = row + columns.rows, line + columns.rows
                else:
                    rows = list(self._records(block, line, path or place.name))
                    yield Chunk(block, self._edits(block, rows, path, row, run))
                    row, line = row + len(rows), line + block.count(b"\n")

    def _prepared(self, block: bytes) -> tuple[bytes, table_fast.Columns | None]:
        return block, table_fast.prepared(block, self)

    def _records(self, block: bytes, line: int, name: str) -> Iterator[Record]:
        width = len(self.columns.names)
        for record in records(block, self.delimiter, line, name):
            if len(record.cells) != width:
                if record.end - record.start <= 2 and not block[record.start : record.end].strip():
                    continue
                raise UnreadableInput(
                    f"{name} has {len(record.cells)} cells here, the header {width}.", record.line
                )
            yield record

    def _edits(
        self, block: bytes, found: Sequence[Record], path: str, row: int, run: Run
    ) -> list[Edit]:
        edits = []
        for number, record in enumerate(found, row):
            edits += self._row(block, record, self.key(block, record, path, number), run)
        return edits

    def key(self, block: bytes, record: Record, path: str, number: int) -> str:
        """What names a row."""
        column = self.columns.key
        name = f"row {number}" if column < 0 else self._text(block, record, column)
        return f"{path}:{name}" if path else name

    def _text(self, block: bytes, record: Record, column: int) -> str:
        span = record.cells[column]
        try:
            return text_of(block[span.start : span.end], self.encoding)
        except UnicodeDecodeError:
            raise UnreadableInput(f"This is not {self.encoding}.", record.line) from None

    def _row(self, block: bytes, record: Record, key: str, run: Run) -> list[Edit]:
        column = self.columns.label
        text = self._text(block, record, column)
        refs = self.cells.refs(text)
        if not refs:
            return []
        fields = Lazy(partial(self.fields, block, record))
        beside = refs if run.looks_beside else ()
        placed = run.place(Item(tuple(Label(key, ref, fields) for ref in refs), beside))
        return self._changed(block, record, text, placed)

    def _changed(
        self, block: bytes, record: Record, text: str, placed: Sequence[Placed]
    ) -> list[Edit]:
        if all(each.kept for each in placed):
            return []
        span = record.cells[self.columns.label]
        old = block[span.start : span.end]
        new = cell_of(self.cells.written(text, placed), old, self.delimiter, self.encoding)
        return [Edit(span.start, span.end, new)]

    def fields(self, block: bytes, record: Record) -> Mapping[str, object]:
        """What rules may ask: the cells by column."""
        names = enumerate(self.columns.names)
        return {f"record.{name}": self._text(block, record, place) for place, name in names}


def opened(root: Path, reading: Reading) -> Dataset | None:
    """The dataset in a file or a folder; none when it is not in this format."""
    paths = _paths(root)
    if not paths:
        return None
    encoding = reading.encoding or "utf-8"
    first = root / paths[0] if paths[0] else root
    header = _first_line(first)
    delimiter = _SUFFIXES.get(first.suffix.lower()) or _sniffed(header)
    if delimiter is None or (first.suffix.lower() not in _SUFFIXES and not reading.format):
        return None
    delimiter = _sniffed(header) or delimiter
    names = _names(header, delimiter, encoding, first.name)
    special = _special(root, delimiter, names, reading) if root.is_file() else None
    if special is not None:
        return special
    columns = columns_of(names, reading)
    for path in paths[1:]:
        if _names(_first_line(root / path), delimiter, encoding, path) != names:
            raise UnreadableInput(f"{path} has other columns than {paths[0]}.", 1)
    cells = Cells(reading.separator, bool(reading.legend))
    return Tables(root, paths, delimiter, columns, cells, encoding, ())


def _special(
    root: Path, delimiter: bytes, names: Sequence[str], reading: Reading
) -> Dataset | None:
    """A table with a column for each label, or a row for each image and label."""
    if reading.label == "*" or ("," in reading.label and reading.label not in names):
        places = table_onehot.columns_of(names, reading)
        key = place_of(names, reading.key, "key") if reading.key else -1
        encoding = reading.encoding or "utf-8"
        return OneHot(root, delimiter, tuple(names), places, key, encoding)
    if not reading.label and set(table_images.COLUMNS) <= set(names) and delimiter == b",":
        return ImageLabels(root, tuple(names))
    return None


def _paths(root: Path) -> tuple[str, ...]:
    if root.is_file():
        return ("",)
    paths = [path for path, _ in files_of(root) if not path.startswith(".")]
    right = all(Path(path).suffix.lower() in _SUFFIXES for path in paths)
    return tuple(paths) if paths and right else ()


def _first_line(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.readline(2**20).removeprefix(_BOM)


def _sniffed(header: bytes) -> bytes | None:
    """The mark that stands most often in the header, outside of quotes."""
    plain = re.sub(rb'"(?:[^"]|"")*"', b"", header)
    best = max(_MARKS, key=plain.count)
    return best if plain.count(best) else None


def _names(header: bytes, delimiter: bytes, encoding: str, name: str) -> list[str]:
    if b"\0" in header:
        raise UnreadableInput(f"{name} is no text in {encoding}; say which with --encoding.", 1)
    record = next(records(header, delimiter, 1, name), None)
    if record is None:
        raise UnreadableInput(f"{name} is empty.", 1)
    try:
        return [text_of(header[each.start : each.end], encoding) for each in record.cells]
    except UnicodeDecodeError:
        raise UnreadableInput(f"{name} is not {encoding}.", 1) from None
