"""The verb that makes datasets follow a taxonomy."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from cladist.cli.desk import Desk
from cladist.cli.failing import REFUSED
from cladist.cli.migration_options import DECIDING, FINDING, READING, Told
from cladist.cli.options import verb
from cladist.cli.printing import Answer, Block, Table, note

if TYPE_CHECKING:
    from cladist.datasets.report import Report
    from cladist.datasets.transfer import Order, Progress

OPEN = 9
"""The status that the program ends with when labels are left that need a person."""

_BAR = 20


class Ways(TypedDict):
    """Where the result goes, and what else than migrating is asked."""

    output: Path | None
    dry_run: bool
    undo: bool
    engine: str


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (*reversed(READING), *reversed(DECIDING), *reversed(FINDING)):
        function = option(function)
    return function


@verb
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where it goes; nothing may be there."
)
@_options
@click.option("--dry-run", is_flag=True, help="Say what would become of the labels; write nothing.")
@click.option(
    "--undo", is_flag=True, help="INPUT was made by a migration: write what it was made from."
)
@click.option(
    "--engine",
    type=click.Choice(("core", "polars", "spark")),
    default="core",
    show_default=True,
    help="Of Parquet files by the million: who does it.",
)
def migrate(desk: Desk, *, source: Path, **told: Unpack[Told]) -> Answer:
    """Make a dataset follow its taxonomy.

    INPUT is a file, a folder, or an archive of one, in any format that “cladist migrate --help”
    cannot list in full: COCO, YOLO, Pascal VOC, CVAT, Datumaro, Label Studio, CSV, JSON Lines,
    Parquet, CoNLL, index masks, folders of images. It is only read. Beside OUTPUT go its lock file,
    a report, a delta that “--undo” reads, and a review file if labels are left that need a person:
    fill in its column “to” and pass it with --decisions. The status is 9 then.
    """
    from cladist.datasets.policy import Unknown

    if told["undo"]:
        return _undone(source, _place(told))
    with _bar(source) as progress, _ended_well():
        order = _order(desk, source, told)
        if told["dry_run"]:
            from cladist.datasets.transfer import survey

            report = survey(order, progress)
        else:
            report = _transferred(order, told, progress)
    output = None if told["dry_run"] else _place(told)
    refused = bool(report.unknown) and order.policy.unknown is Unknown.REFUSE
    return Answer(
        lambda: _data(report, output),
        lambda: _text(report, output),
        REFUSED if refused else OPEN if report.review else 0,
    )


def _place(told: Told) -> Path:
    output = told["output"]
    if output is None:
        raise click.UsageError("Say where the result goes: -o OUTPUT, or --dry-run for none.")
    return output


def _transferred(order: Order, told: Told, progress: Progress) -> Report:
    output = _place(told)
    if told["engine"] != "core":
        from cladist.datasets.engines import run

        return run(told["engine"], order, output)
    from cladist.datasets.transfer import transfer

    return transfer(order, output, progress)


def _order(desk: Desk, source: Path, told: Told) -> Order:
    from cladist.cli.migration_options import order_of

    return order_of(desk, source, told)


def _undone(source: Path, output: Path) -> Answer:
    from cladist.datasets.restoring import restore
    from cladist.datasets.transfer import Beside

    restore(source, Beside(source).delta, output)
    return Answer(
        lambda: {"output": str(output)},
        lambda: [f"{output} is what {source} was made from, byte for byte."],
    )


@contextmanager
def _bar(source: Path) -> Iterator[Progress]:
    """Bytes done, rate and time left, on stderr; only on a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.progress import (
        Progress as Bar,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task(source.name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _ended_well() -> Iterator[None]:
    """Whoever ends the program finds no half output: it ends as after an error."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _data(report: Report, output: Path | None) -> dict[str, Any]:
    import msgspec

    from cladist.datasets import report as reports

    found: dict[str, Any] = msgspec.json.decode(reports.encoded(report))
    return {**found, "output": None if output is None else str(output)}


def _text(report: Report, output: Path | None) -> Iterator[Block]:
    from cladist.datasets.transfer import Beside

    yield f"{report.dataset}, {report.slug} {report.source} → {report.target}"
    yield (
        f"{report.labels} labels came, {report.written} were written: "
        f"{'the sums add up' if report.adds_up else 'THE SUMS DO NOT ADD UP'}."
    )
    if report.collapsed:
        yield (
            f"{report.collapsed} say what another label of their item says and were written once; "
            f"{report.fewer} items have fewer labels."
        )
    yield ""
    most = max((count for count in report.fates.values()), default=0)
    rows = [
        (fate, str(count), _drawn(count, most)) for fate, count in report.fates.items() if count
    ]
    yield Table(("what became of them", "labels", ""), rows)
    yield ""
    lines = [(each.source, each.fate, each.target, str(each.count)) for each in report.lines]
    yield Table(("from", "", "to", "labels"), lines)
    yield from _further(report)
    if output is not None:
        yield ""
        yield f"It is in {output}; {Beside(output).delta.name} takes it back."
        if report.review:
            yield f"{report.review} labels need a person: fill in “to” in {Beside(output).review}."


def _drawn(count: int, most: int) -> str:
    return "█" * max(1, round(_BAR * count / most)) if most else ""


def _further(report: Report) -> Iterator[Block]:
    for each in report.findings:
        yield f"Found {each.count} times: {each.what}, first at {', '.join(each.records[:3])}."
    if report.unknown:
        names = ", ".join(f"“{label}” ({count})" for label, count in report.unknown[:10])
        yield f"Labels that the version does not know: {names}."
        yield "With --unknown keep they stay; without it nothing is written."
    if report.unused_count:
        records = ", ".join(report.unused[:5])
        note(f"{report.unused_count} decisions were not asked for, such as for {records}.")
