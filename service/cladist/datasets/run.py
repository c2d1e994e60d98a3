"""What a format needs of the migration that it takes part in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from cladist.datasets.records import Entry, Item, Numbers, Piece, Placed, Reading, Ref, Row


class Run(Protocol):
    """One pass over a dataset. Paths of files are relative to ``root``, ``""`` for a single file.

    Dense formats are carried twice, first with nothing written: then ``refs`` and ``rows`` are not
    those to come. Files that a format does not mention are copied.
    """

    @property
    def root(self) -> Path:
        """The input: a file or a folder. Never written to."""

    @property
    def reading(self) -> Reading:
        """How to read it."""

    @property
    def looks_beside(self) -> bool:
        """Whether a rule looks at other labels, so that items need ``beside``."""

    def place(self, item: Item) -> Sequence[Placed]:
        """What becomes of each label of an item, in their order; counts and traces it."""

    def fixed(self, ref: Ref) -> Placed | None:
        """What becomes of any plain label with this ref, where that is the same for all of them."""

    def count(self, ref: Ref, times: int) -> None:
        """Count labels that a fast path followed by :meth:`fixed`."""

    def trace(self, keys: Sequence[str], refs: Sequence[Ref]) -> None:
        """Tell of changed labels that a fast path followed, in the order of the file."""

    def trace_rows(
        self,
        first: int,
        numbers: Numbers,
        codes: Numbers,
        refs: Sequence[Ref],
        *,
        name: str = "row",
    ) -> None:
        """Tell of changed labels in rows without a key; numbers count from 0 at row ``first``.

        A row is called by ``name`` and its number.

        ``codes`` are places in ``refs``. Both are arrays of integers or lists.
        """

    def colour(self, class_id: str) -> str:
        """``#RRGGBB`` of a class of the target version; empty if it has none."""

    def rows(self) -> Sequence[Row]:
        """The label table to write: what the entries became, in their order, then what is new."""

    def rewrite(self, path: str, pieces: Iterable[Piece]) -> None:
        """Write a file anew; the old bytes of all pieces together are the whole file."""

    def replace(self, path: str, new: bytes) -> None:
        """Write a file anew of which nothing can be kept."""

    def add(self, path: str, new: bytes) -> None:
        """Write a file that the input does not have."""

    def writing(self, path: str) -> AbstractContextManager[Path]:
        """A path to which a library writes the file anew; taken over at the end of the block."""

    def move(self, path: str, to: str) -> None:
        """Keep a file under another path."""

    def remove(self, path: str) -> None:
        """Leave a file out."""

    def copy(self, path: str) -> None:
        """Keep a file as it is."""

    def advance(self, size: int) -> None:
        """Say that so many more bytes of the input are done; raises when the run is cancelled."""


class Dataset(Protocol):
    """A dataset in one format."""

    @property
    def format(self) -> str:
        """What people call the format, ``COCO instances`` for one."""

    @property
    def legend(self) -> Sequence[Entry]:
        """The label table of the dataset; empty where labels are names themselves."""

    @property
    def dense(self) -> bool:
        """Whether refs are places in the table, from 0 without gaps."""

    def carry(self, run: Run) -> None:
        """Read the dataset, let the run place every label, and have every file written."""
