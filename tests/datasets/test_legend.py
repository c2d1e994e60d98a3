"""Label tables: which numbers classes get, and in which order they stand."""

from __future__ import annotations

from collections.abc import Sequence

from cladist.datasets.legend import Listed
from cladist.datasets.migrate import Migration
from cladist.datasets.records import Entry, Item, Label, Placed, Ref
from tests.datasets import zoo
from tests.datasets.zoo import a

SPLIT = zoo.street().then(zoo.split("vehicle", a("van", 92), a("tram", 93)))


def item(ref: Ref) -> Item:
    return Item((Label("1", ref),))


def refs(placed: Sequence[Placed]) -> list[tuple[Ref, ...]]:
    return [each.refs for each in placed]


def entries(*rows: tuple[int, str]) -> list[Entry]:
    return [Entry(ref=ref, names=(name,)) for ref, name in rows]


def test_numbers_of_a_table_keep_their_meaning() -> None:
    plan = zoo.street().then(zoo.merge(["car", "truck", "bus"], a("motor", 91))).plan()
    table = entries((3, "car"), (90, "sign"), (8, "truck"), (91, "person"))
    legend = Listed(plan, table, None, dense=False, residues={})
    migration = Migration(plan, legend)
    assert refs([migration.place(item(ref))[0] for ref in (3, 90, 8, 91)]) == [
        (92,),
        (90,),
        (92,),
        (91,),
    ]
    rows = legend.rows(migration.followed(table))
    assert [(each.ref, each.name, each.same) for each in rows] == [
        (92, "motor", False),
        (90, "sign", True),
        (91, "person", True),
    ]
    assert [each.ref for each in rows[0].origins] == [3, 8]


def test_a_dense_table_is_numbered_anew_and_may_keep_what_waits() -> None:
    plan = SPLIT.plan()
    table = entries((0, "car"), (1, "vehicle"), (2, "sign"))
    legend = Listed(plan, table, None, dense=True, residues={})
    first = Migration(plan, legend)
    for ref in (0, 1, 2):
        first.place(item(ref))
    legend.settle(first.followed(table))
    migration = Migration(plan, legend)
    assert refs([migration.place(item(ref))[0] for ref in (0, 1, 2)]) == [(0,), (1,), (2,)]
    rows = legend.rows(migration.followed(table))
    assert [(each.ref, each.name) for each in rows] == [(0, "car"), (1, "vehicle"), (2, "sign")]
