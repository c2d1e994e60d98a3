"""The options that name a correspondence table and say how it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, TypedDict, get_args

import click

if TYPE_CHECKING:
    from cladist.catalog.tables import TableFile

FORMATS = ("csv", "tsv", "xlsx")


class Tabular(TypedDict):
    """The options of verbs that take a correspondence table."""

    table: IO[bytes] | None
    table_format: str | None
    source_column: str
    target_column: str
    source_part_column: str
    target_part_column: str
    header_line: int
    delimiter: str
    sheet: str
    table_encoding: str
    fill_down: bool
    source_width: int
    target_width: int
    unknown_limit: float
