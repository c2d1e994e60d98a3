"""What an import did, or would do: for machines, and in lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cladist.cli.answers import SHOWN, change_table, standing
from cladist.cli.failing import REFUSED
from cladist.cli.printing import Answer, Block, cell
from cladist.cli.shapes import Json, change_json, draft_json, plain

if TYPE_CHECKING:
    from cladist.catalog.values import Imported
    from cladist.imports.sketch import RefusedRow
    from cladist.imports.survey import Finding


def imported(done: Imported) -> Answer:
    """The outcome of an import; the status says whether rows of the file are refused."""
    return Answer(lambda: as_json(done), lambda: text(done), status(done))


def status(done: Imported) -> int:
    """What the program ends with."""
    return REFUSED if done.refused else 0


def as_json(done: Imported) -> Json:
    """The outcome for machines."""
    return {
        "slug": done.slug,
        "dry_run": done.dry_run,
        "new": done.new,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "retired": done.retired,
        "refused": [each._asdict() for each in done.refused],
        "findings": [plain(each) for each in done.findings],
        "draft": None if done.draft is None else draft_json(done.draft),
        "changes": [change_json(each) for each in done.changes],
    }


def text(done: Imported) -> Iterator[Block]:
    """The outcome in lines."""
    yield from noticed(done.findings, done.refused)
    if done.changes:
        yield change_table(done.changes[:SHOWN])
        if len(done.changes) > SHOWN:
            yield f"… and {len(done.changes) - SHOWN} more (“cladist status” has all)"
    yield (
        f"{done.slug}: {done.new} new, {done.changed} changed, {done.unchanged} unchanged, "
        f"{done.retired} retired classes"
        + (f", {len(done.refused)} rows refused" if done.refused else "")
    )
    if done.dry_run:
        yield "Nothing was stored (--dry-run)."
    elif done.draft is not None:
        yield standing(done.draft)


def noticed(findings: Iterable[Finding], refused: Iterable[RefusedRow] = ()) -> Iterator[str]:
    """What the owner of a file should know of it, and its rows that no class can be made of."""
    for each in findings:
        message = cell(each.message)
        said = f"{message} ({each.count})" if message[:1].isupper() else f"{each.count} {message}"
        yield f"note ({each.kind}): {said}"
        if each.examples:
            yield f"  such as {cell(', '.join(each.examples))}"
    for row in refused:
        yield f"refused: line {row.line}, “{cell(row.label)}”: {cell(row.reason)}"
