"""The verb that checks annotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from cladist.cli.desk import Desk, Target, read
from cladist.cli.options import TARGET, verb
from cladist.cli.printing import Answer, Block, Table

if TYPE_CHECKING:
    from cladist.datasets.annotations.checking import Report

INVALID = 5
"""The status where annotations are wrong."""


@verb
@click.argument("file", type=click.File("rb"))
@TARGET
@click.option(
    "--by",
    type=click.Choice(("auto", "id", "code", "notation", "label", "index")),
    default="auto",
    show_default=True,
    help="What annotations name classes by.",
)
@click.option(
    "--complete",
    is_flag=True,
    help="The classes above a label must be labels too, where they are for labeling.",
)
@click.option(
    "--limit",
    type=click.IntRange(0, 1_000_000),
    default=20,
    show_default=True,
    help="How many findings to show; all are counted.",
)
def check_data(
    desk: Desk, *, file: BinaryIO, target: Target, by: str, complete: bool, limit: int
) -> Answer:
    """Say what is wrong with annotations.

    FILE has one annotation a line (JSON Lines), or is a JSON array of them; - is standard input.
    The status is 0 where all are right, else 5. For whole datasets in their own formats see
    “cladist lock”.
    """
    from cladist.catalog.annotations import as_json, checker
    from cladist.datasets.annotations.checking import report
    from cladist.datasets.annotations.ground import Naming
    from cladist.datasets.annotations.reading import read as annotations

    with desk.catalog() as catalog:
        found = read(catalog, target)
        checks = checker(found.state, Naming(by), complete=complete)
    made = report(checks, annotations(file), limit)
    return Answer(
        lambda: as_json(made, found.state, found.slug, found.version),
        lambda: _told(made, as_json(made, found.state, found.slug, found.version), found.name),
        INVALID if made.invalid else 0,
    )


def _told(made: Report, data: dict[str, Any], name: str) -> Iterator[Block]:
    yield f"{made.annotations} annotations against {name}: {made.valid} valid, {made.invalid} not."
    if made.faults:
        yield ""
        yield Table(("fault", "findings"), [(each, str(n)) for each, n in data["faults"].items()])
    if made.found:
        yield ""
        rows = [
            (_where(each), str(each["item"] or ""), each["place"], each["message"])
            for each in data["found"]
        ]
        yield Table(("where", "item", "place", "what to do"), rows)
    more = made.total - len(made.found)
    if more:
        yield f"… and {more} more: --limit shows them."


def _where(each: dict[str, Any]) -> str:
    return f"line {each['line']}" if each["line"] else f"no. {each['annotation']}"
