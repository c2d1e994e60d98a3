"""A difference as two tables for spreadsheets: its operations, and its cards value by value."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from cladist.exports.diff import telling
from cladist.model.diff.values import Card, Diff, FieldChange, Operation
from cladist.rdf.delimited import listed

OPERATIONS = (
    "from", "to", "kind", "operation", "taken back", "weight", "version", "source ids", "sources",
    "target ids", "targets", "who", "at", "why", "id",
)  # fmt: skip
"""The columns of the table of operations."""

CARDS = (
    "from", "to", "subject", "id", "state", "label before", "label after", "field", "language",
    "change", "value", "label",
)  # fmt: skip
"""The columns of the table of cards; ``label`` says which class the value names."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")

Row = Sequence[str]


def operations_table(diff: Diff) -> str:
    """One operation a row, in CSV (RFC 4180); several classes in a cell have ``|`` between them."""
    return _table(OPERATIONS, (_operation(diff, each) for each in diff.operations), diff)


def cards_table(diff: Diff) -> str:
    """One value that was removed or added a row, in CSV (RFC 4180)."""
    return _table(CARDS, (row for card in diff.cards for row in _card(diff, card)), diff)


def _table(columns: Row, rows: Iterable[Row], diff: Diff) -> str:
    sides = (telling.named(diff.source), telling.named(diff.target))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_inert(cell) for cell in (*sides, *row)] for row in rows)
    return out.getvalue()


def _operation(diff: Diff, operation: Operation) -> Row:
    sources, targets = telling.ends(diff, operation)
    return (
        operation.kind.value,
        operation.text,
        "yes" if operation.reverted else "no",
        telling.weight(operation),
        operation.version,
        listed(operation.sources),
        listed(sources),
        listed(operation.targets),
        listed(targets),
        operation.who,
        operation.at,
        operation.why,
        operation.id,
    )


def _card(diff: Diff, card: Card) -> Iterator[Row]:
    about = (card.subject.value, card.id, card.state.value, card.before, card.after)
    for change in card.fields:
        for what, removed in (("removed", True), ("added", False)):
            for value, label in _values(diff, change, removed=removed):
                yield (*about, change.field, change.language, what, value, label)
    if not card.fields:
        yield (*about, "", "", "", "", "")


def _values(diff: Diff, change: FieldChange, *, removed: bool) -> Iterator[tuple[str, str]]:
    found = change.removed if removed else change.added
    names = telling.labels(diff, found, source=removed) if change.names_classes else ()
    for place, value in enumerate(found):
        yield value, names[place] if names else ""


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, an apostrophe before it if need be."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
