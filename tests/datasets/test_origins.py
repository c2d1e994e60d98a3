"""Labels whose original is known start from there."""

from __future__ import annotations

from collections.abc import Sequence

from cladist.datasets.legend import Names
from cladist.datasets.migrate import Migration, Origin
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Fate, Item, Label, Placed, Ref
from cladist.model.change import kinds
from tests.datasets import zoo
from tests.datasets.zoo import a, id_of


def names(plan: Plan) -> Names:
    return Names(plan, None, {})


def policy(plan: Plan, **document: object) -> Policy:
    return policy_of(document, plan)


def item(ref: Ref, key: str) -> Item:
    return Item((Label(key, ref),))


def refs(placed: Sequence[Placed]) -> list[tuple[Ref, ...]]:
    return [each.refs for each in placed]


def fates(placed: Sequence[Placed]) -> list[Fate]:
    return [each.verdict.fate for each in placed]


def test_what_was_merged_comes_apart_again_where_the_original_is_known() -> None:
    history = (
        zoo.street()
        .then(zoo.merge(["car", "truck"], a("motor", 91)))
        .then(
            kinds.RestoreClass(id=id_of("car")),
            kinds.RestoreClass(id=id_of("truck")),
            zoo.retire("motor"),
        )
    )
    plan = history.with_origins(2, 3, [1])

    def was(key: str, class_id: str) -> tuple[Origin, ...]:
        return (Origin("1.0.0", id_of("truck")),) if key == "7" else ()

    migration = Migration(plan, names(plan), origins=was)
    known, unknown = (migration.place(item("motor", key=key)) for key in ("7", "8"))
    assert (fates(known), refs(known)) == ([Fate.BY_ORIGIN], [("truck",)])
    assert fates(unknown) == [Fate.REVIEW]


def test_a_rule_may_ask_what_a_label_was() -> None:
    history = (
        zoo.street()
        .then(zoo.merge(["car", "truck"], a("motor", 91)))
        .then(zoo.split("motor", a("auto", 95), a("lorry", 96)))
    )
    plan = history.with_origins(2, 3, [1])
    rule = {"when": {"field": "original.label", "is": "truck"}, "to": "lorry"}
    chosen = policy(plan, splits=[{"class": "motor", "rules": [rule]}])
    migration = Migration(
        plan, names(plan), chosen, origins=lambda key, class_id: (Origin("1.0.0", id_of(key)),)
    )
    found = [migration.place(item("motor", key=key)) for key in ("truck", "car")]
    assert [fates(each)[0] for each in found] == [Fate.BY_RULE, Fate.REVIEW]
