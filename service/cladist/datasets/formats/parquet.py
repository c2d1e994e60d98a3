"""Parquet: a column of labels, texts or numbers that Hugging Face's metadata gives names.

One file, or a folder of files with one schema. Only the chunks of that column and the metadata are
written anew; all other bytes stay. A record is a row, named by the column that ``key`` names, else
by its number in the dataset from 1; one of several things in a row has its place after a ``#``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cladist.datasets.files import files_of
from cladist.datasets.formats import parquet_card
from cladist.datasets.formats.parquet_column import Column, chosen, leaves
from cladist.datasets.formats.parquet_features import named, renamed
from cladist.datasets.formats.parquet_file import Rewriting, readable
from cladist.datasets.formats.parquet_footer import ENCRYPTED, MAGIC, Footer
from cladist.datasets.records import Chunk, Entry, Reading, Ref
from cladist.datasets.run import Run
from cladist.model.errors import UnreadableInput

_SUFFIXES = (".parquet", ".parq", ".pq")
_BESIDE = frozenset(("", ".md", ".json", ".yaml", ".yml", ".txt", ".crc", ".lock", ".py"))
"""What may lie beside the files of a dataset and is none of its data."""
_SUMMARIES = ("_metadata", "_common_metadata")


@dataclass(frozen=True, slots=True)
class ParquetFiles:
    """One file, or a folder of them; ``others`` lie beside them."""

    root: Path
    paths: tuple[str, ...]
    others: frozenset[str]
    column: Column

    @property
    def format(self) -> str:
        """The format, and whether its labels are numbers with names."""
        return "Parquet with ClassLabel" if self.column.own else "Parquet"

    @property
    def dense(self) -> bool:
        """Whether numbers are places in a list of names."""
        return self.column.own

    @property
    def legend(self) -> Sequence[Entry]:
        """The names of the numbers, where the file has them."""
        known = self.column.legend if self.column.own else {}
        return [Entry(ref=ref, names=(name,)) for ref, name in known.items()]

    def carry(self, run: Run) -> None:
        """Every file, row group by row group."""
        first = 1
        changed = False
        for path in self.paths:
            file = self._file(path, first, run)
            run.rewrite(path, file.pieces(run))
            first += sum(file.footer.rows)
            changed |= file.changed
            folder, slash, name = path.rpartition("/")
            checks = f"{folder}{slash}.{name}.crc"  # Hadoop's, which refuses to read other bytes
            if file.changed and checks in self.others:
                run.remove(checks)
        for path in self.others if changed else ():
            if PurePosixPath(path).name in _SUMMARIES:
                run.remove(path)  # places in files, which are others now
        if changed and parquet_card.NAME in self.others:
            self._carry_card(run)

    def _carry_card(self, run: Run) -> None:
        data = (self.root / parquet_card.NAME).read_bytes()
        before, after = list(self.column.legend.values()), self._names(run)
        if self.column.own and after != before:
            edits = parquet_card.edits(data, self.column.leaf.name, before, after)
            run.rewrite(parquet_card.NAME, [Chunk(data, edits)])

    def _names(self, run: Run) -> list[str]:
        """The names of the classes in the order of their numbers."""
        return [row.name for row in run.rows()]

    def _file(self, path: str, first: int, run: Run) -> Rewriting:
        place = self.root / path if path else self.root
        name = path or self.root.name
        footer = Footer(place, name)
        column = _column(place, footer, run.reading)
        if column != self.column:
            raise UnreadableInput(
                f"{name} has another schema or other classes than {self.paths[0]}: "
                "migrate them apart."
            )
        return Rewriting(
            path=place,
            name=name,
            column=column,
            first=first,
            said=lambda said: self._said(said, run),
            footer=footer,
        )

    def _said(self, said: Mapping[bytes, bytes], run: Run) -> dict[bytes, bytes]:
        if not self.column.own:
            return dict(said)
        names = self._names(run)
        if names == list(self.column.legend.values()):
            return dict(said)
        return renamed(said, self.column.leaf.name, names)


def opened(root: Path, reading: Reading) -> ParquetFiles | None:
    """The dataset in a file or a folder; none when it is not in this format.

    Raises UnreadableInput where a file is damaged, and InvalidValue where it is not clear which
    column has the labels.
    """
    found = _files(root)
    if found is None:
        return None
    paths, others = found
    first = root / paths[0] if paths[0] else root
    footer = Footer(first, paths[0] or root.name)
    return ParquetFiles(root, paths, others, _column(first, footer, reading))


def _files(root: Path) -> tuple[tuple[str, ...], frozenset[str]] | None:
    """Paths of the files, and of what lies beside them; none where other data lie there."""
    if root.is_file():
        return (("",), frozenset()) if _begins(root) else None
    every = [path for path, _ in files_of(root)]
    paths = tuple(path for path in every if path.endswith(_SUFFIXES) and not _hidden(path))
    others = frozenset(every) - set(paths)
    if not paths or any(
        PurePosixPath(path).suffix not in _BESIDE for path in others if not _hidden(path)
    ):
        return None
    for path in paths:
        if not _begins(root / path):
            raise UnreadableInput(f"{path} is no Parquet file.")
    return paths, others


def _hidden(path: str) -> bool:
    return any(part.startswith((".", "_")) for part in path.split("/"))


def _begins(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) in (MAGIC, ENCRYPTED)


def _column(path: Path, footer: Footer, reading: Reading) -> Column:
    """Where a file has its labels."""
    from pyarrow.parquet import ParquetFile

    with readable(footer.name), ParquetFile(path) as file:
        found = leaves(file)
    classes = named(footer.key_values(), footer.name)
    leaf = chosen(found, reading.label, tuple(classes))
    own = leaf.numbers and leaf.name in classes
    legend: dict[Ref, str] = dict(reading.legend)
    if own:
        legend = dict(enumerate(classes[leaf.name]))
    return Column(leaf, legend, own)
