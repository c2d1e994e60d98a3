"""Differences as tables: read back they say the same, and no cell is a formula."""

from __future__ import annotations

import csv
import io

import pytest

from cladist.exports.diff.csv import CARDS, OPERATIONS, cards_table, operations_table
from cladist.model.diff.values import Diff
from cladist.rdf.delimited import unlisted
from tests.exports import samples

EVERY = pytest.mark.parametrize(
    "diff", [samples.small(), samples.small(back=True), samples.hostile(), samples.nothing()]
)


def read(text: str) -> list[dict[str, str]]:
    """The rows as a spreadsheet has them, without the apostrophes that keep it from computing."""
    return [
        {name: cell[1:] if cell[:1] == "'" else cell for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)
    ]


@EVERY
def test_operations_come_back(diff: Diff) -> None:
    table = operations_table(diff)
    rows = read(table)
    assert tuple(table.splitlines()[0].split(",")) == OPERATIONS
    assert len(rows) == len(diff.operations)
    for row, operation in zip(rows, diff.operations, strict=True):
        assert (row["id"], row["kind"], row["operation"]) == (
            operation.id, operation.kind, operation.text,
        )  # fmt: skip
        assert tuple(unlisted(row["source ids"])) == operation.sources
        assert tuple(unlisted(row["target ids"])) == operation.targets
        assert len(unlisted(row["sources"])) == len(operation.sources)
        assert row["taken back"] == ("yes" if operation.reverted else "no")


@EVERY
def test_cards_come_back_value_by_value(diff: Diff) -> None:
    rows = read(cards_table(diff))
    told = [
        (card.id, change.field, change.language, what, value)
        for card in diff.cards
        for change in card.fields
        for what, values in (("removed", change.removed), ("added", change.added))
        for value in values
    ]
    columns = ("id", "field", "language", "change", "value")
    assert [tuple(row[name] for name in columns) for row in rows] == told
    assert set(CARDS) >= set(columns)


@EVERY
def test_no_cell_is_a_formula(diff: Diff) -> None:
    for table in (operations_table(diff), cards_table(diff)):
        for row in csv.reader(io.StringIO(table, newline="")):
            assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_the_sides_and_labels_are_in_every_row() -> None:
    diff = samples.small()
    [merged] = [row for row in read(operations_table(diff)) if row["kind"] == "merged"]
    assert (merged["from"], merged["to"]) == ("zoo 1.0.0", "zoo 2.0.0")
    assert (merged["sources"], merged["targets"], merged["weight"]) == ("cat|dog", "pet", "major")
    placed = [row for row in read(cards_table(diff)) if row["field"] == "parents"]
    assert {(row["label"], row["value"]) for row in placed} == {("animal", samples.BASE + "animal")}
