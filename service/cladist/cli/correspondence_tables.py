"""The options that name a correspondence table and say how it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, Literal, TypedDict, get_args

import click

if TYPE_CHECKING:
    from cladist.catalog.tables import TableFile

Form = Literal["csv", "tsv", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)


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


def tabular(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a correspondence table."""
    decorators = [
        click.option("--table", type=click.File("rb"), help="A correspondence table."),
        click.option("--table-format", type=click.Choice(FORMS), help="Else the suffix says it."),
        _column("--source-column", "Column of the source (old) codes, by name or place (#1)."),
        _column("--target-column", "Column of the target (new) codes."),
        _column("--source-part-column", "Column that marks sources of which a part is meant."),
        _column("--target-part-column", "Column that marks targets of which a part is meant."),
        click.option("--header-line", type=click.IntRange(0), default=0, help="Else it is found."),
        click.option("--delimiter", metavar="MARK", default="", help="Else it is found."),
        click.option("--sheet", metavar="NAME", default="", help="Sheet of a workbook, or number."),
        click.option("--table-encoding", metavar="NAME", default="", help="If it is not UTF-8."),
        click.option("--fill-down", is_flag=True, help="Empty codes repeat the one above."),
        _width("--source-width", "Digits that source codes are filled up to with zeros."),
        _width("--target-width", "Digits that target codes are filled up to with zeros."),
        click.option(
            "--unknown-limit",
            type=click.FloatRange(0, 1),
            default=0.0,
            help="Share of rows, 0 to 1, that may name codes of neither side; else none.",
        ),
    ]
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


def _column(name: str, told: str) -> Callable[[Any], Any]:
    return click.option(name, metavar="COLUMN", default="", help=told)


def _width(name: str, told: str) -> Callable[[Any], Any]:
    return click.option(name, type=click.IntRange(0), default=0, help=told)


def table_file(given: Tabular) -> TableFile | None:
    """The table that the options name, none without one; what cannot be read is a usage error."""
    from cladist.catalog.tables import TableFile
    from cladist.imports.correspondence.table import TableColumns

    file = given["table"]
    if file is None:
        refuse_idle(given)
        return None
    columns = TableColumns(
        source=given["source_column"],
        target=given["target_column"],
        source_part=given["source_part_column"],
        target_part=given["target_part_column"],
        header=given["header_line"],
        delimiter="\t" if given["delimiter"] == "\\t" else given["delimiter"],
        sheet=given["sheet"],
        encoding=given["table_encoding"],
        fill_down=given["fill_down"],
        source_width=given["source_width"],
        target_width=given["target_width"],
    )
    return TableFile(file.read(), _form(file, given), columns, given["unknown_limit"])


def refuse_idle(given: Tabular) -> None:
    """Refuse options about a table where none is named."""
    for name in Tabular.__annotations__:
        if given[name]:  # type: ignore[literal-required]  # the names of its own options
            raise click.UsageError(f"--{name.replace('_', '-')} is about a table: say --table.")


def _form(file: IO[bytes], given: Tabular) -> Form:
    suffix = PurePath(str(getattr(file, "name", ""))).suffix.lower().removeprefix(".")
    form = given["table_format"] or suffix
    if form not in FORMS:
        raise click.UsageError(f"What is the table? Say --table-format {'|'.join(FORMS)}.")
    return form
