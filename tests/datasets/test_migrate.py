"""The pure core: every label has one verdict, nothing is guessed, the sums add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.datasets.choosing import Choices
from cladist.datasets.decisions import Decisions
from cladist.datasets.decisions import read as read_decisions
from cladist.datasets.legend import Names
from cladist.datasets.migrate import Migration
from cladist.datasets.plan import Plan, decoded, encoded
from cladist.datasets.policy import Policy
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Fate, Item, Label, Placed, Ref
from cladist.datasets.report import report_of
from cladist.model.change import kinds
from cladist.model.errors import AmbiguousReference, InvalidValue
from cladist.model.taxonomy import Class, Group, Structure
from tests.datasets import zoo
from tests.datasets.zoo import a, id_of

MERGED = zoo.street(Structure.MULTI_LABEL).then(zoo.merge(["car", "truck"], a("motor", 91)))
SPLIT = zoo.street().then(zoo.split("vehicle", a("van", 92), a("tram", 93)))


def names(plan: Plan) -> Names:
    return Names(plan, None, {})


def item(*refs: Ref, key: str = "1", **fields: object) -> Item:
    return Item(tuple(Label(key, ref, fields) for ref in refs))


def refs(placed: Sequence[Placed]) -> list[tuple[Ref, ...]]:
    return [each.refs for each in placed]


def fates(placed: Sequence[Placed]) -> list[Fate]:
    return [each.verdict.fate for each in placed]


def test_an_unchanged_class_is_kept() -> None:
    placed = Migration(MERGED.plan(), names(MERGED.plan())).place(item("bus"))
    assert fates(placed) == [Fate.KEPT] and placed[0].kept


def test_merged_labels_of_an_item_become_one() -> None:
    migration = Migration(MERGED.plan(), names(MERGED.plan()))
    placed = migration.place(item("car", "bus", "truck"))
    assert refs(placed) == [("motor",), ("bus",), ()]
    assert [each.collapsed for each in placed] == [False, False, True]
    report = report_of(migration, "test", Decisions())
    assert (report.labels, report.written, report.collapsed, report.fewer) == (3, 2, 1, 1)
    assert report.adds_up


def test_a_renamed_class_keeps_its_id_and_its_other_names() -> None:
    plan = zoo.street().then(zoo.rename("person", "pedestrian")).plan()
    migration = Migration(plan, names(plan))
    assert refs(migration.place(item("person"))) == [("pedestrian",)]
    assert refs(migration.place(item(id_of("person")))) == [(id_of("person"),)]
    assert refs(migration.place(item("#1"))) == [("#1",)]


def test_a_dataset_that_names_by_code_or_notation_goes_on_doing_so() -> None:
    notated = [a("car", 1, notation="C"), a("truck", 2, notation="T")]
    history = zoo.History(zoo.taxonomy_of(*notated)).then(
        zoo.merge(["car", "truck"], a("motor", 3, notation="M"))
    )
    migration = Migration(history.plan(), names(history.plan()))
    assert refs(migration.place(item("T"))) == [("M",)]
    assert refs(migration.place(item("2"))) == [("3",)]
    assert refs(migration.place(item("#2"))) == [("#3",)]


def test_a_target_without_a_notation_is_refused() -> None:
    notated = [a("car", 1, notation="C"), a("truck", 2, notation="T")]
    history = zoo.History(zoo.taxonomy_of(*notated)).then(
        zoo.merge(["car", "truck"], a("motor", 3))
    )
    migration = Migration(history.plan(), names(history.plan()))
    with pytest.raises(InvalidValue, match="has none in its code system"):
        migration.place(item("T"))


def test_a_path_follows_a_move() -> None:
    first = zoo.taxonomy_of(a("thing", 1), a("living", 2, "thing"), a("cat", 3, "thing"))
    history = zoo.History(first).then(kinds.MoveClass(id=id_of("cat"), parents=(id_of("living"),)))
    migration = Migration(history.plan(), names(history.plan()))
    assert refs(migration.place(item("thing\x1fcat"))) == [("thing\x1fliving\x1fcat",)]
    assert fates(migration.place(item("living\x1fcat"))) == [Fate.UNKNOWN]


def test_what_is_split_is_not_guessed() -> None:
    migration = Migration(SPLIT.plan(), names(SPLIT.plan()))
    placed = migration.place(item("vehicle"))
    assert fates(placed) == [Fate.REVIEW] and placed[0].kept
    assert placed[0].verdict.candidates == (id_of("tram"), id_of("van"))


def policy(plan: Plan, **document: object) -> Policy:
    return policy_of(document, plan)


def test_decisions_come_before_rules_and_rules_before_the_default() -> None:
    plan = SPLIT.plan()
    rule = {"name": "big", "when": {"field": "size", "above": 3}, "to": "tram"}
    chosen = policy(
        plan,
        residues=["unlabeled"],
        splits=[{"class": "vehicle", "rules": [rule], "default": "unlabeled"}],
    )
    table = "record\tfrom\tto\tby\n7\tvehicle\tvan\tann\n8\tvehicle\t(none)\tann\n"
    decisions = read_decisions(table, "d.tsv", Choices(plan, chosen.residues))
    migration = Migration(plan, names(plan), chosen, decisions)
    found = [
        migration.place(item("vehicle", key=key, size=size))[0]
        for key, size in (("7", 9), ("8", 9), ("9", 9), ("10", "2"))
    ]
    assert refs(found) == [("van",), (), ("tram",), ("unlabeled",)]
    assert fates(found) == [Fate.BY_DECISION, Fate.BY_DECISION, Fate.BY_RULE, Fate.BY_DEFAULT]
    assert found[0].verdict.via == ("decision ann",)
    assert report_of(migration, "test", decisions).unused == ()


def test_decisions_that_no_label_asks_for_are_told() -> None:
    plan = SPLIT.plan()
    decisions = read_decisions(
        '{"record": "7", "from": "vehicle", "to": "van"}\n', "d.jsonl", Choices(plan, {})
    )
    migration = Migration(plan, names(plan), Policy(), decisions)
    migration.place(item("vehicle", key="8"))
    report = report_of(migration, "test", decisions)
    assert (report.unused, report.unused_count) == (("7",), 1)


def test_generalising_takes_the_nearest_selectable_class_above() -> None:
    first = zoo.taxonomy_of(a("thing", 1), a("machine", 2, "thing"), a("vehicle", 3, "machine"))
    history = (
        zoo.History(first)
        .then(kinds.SetSelectable(id=id_of("thing"), selectable=True))
        .then(zoo.split("vehicle", a("van", 4, "machine"), a("tram", 5, "machine")))
    )
    plan = history.plan(2, 3)
    migration = Migration(plan, names(plan), policy(plan, otherwise="generalise"))
    placed = migration.place(item("vehicle"))
    assert fates(placed) == [Fate.GENERALISED] and refs(placed) == [("thing",)]


def test_generalising_without_such_a_class_asks_a_person() -> None:
    plan = SPLIT.plan()
    migration = Migration(plan, names(plan), policy(plan, otherwise="generalise"))
    assert fates(migration.place(item("vehicle"))) == [Fate.REVIEW]


@pytest.mark.parametrize(
    ("retired", "fate", "written"),
    [("review", Fate.REVIEW, [("sign",)]), ("remove", Fate.RETIRED, [()])],
)
def test_a_retired_class(retired: str, fate: Fate, written: list[tuple[Ref, ...]]) -> None:
    plan = zoo.street().then(zoo.retire("sign")).plan()
    migration = Migration(plan, names(plan), policy(plan, retired=retired))
    placed = migration.place(item("sign"))
    assert (fates(placed), refs(placed)) == ([fate], written)


def test_an_item_of_a_single_label_taxonomy_with_two_labels_is_for_a_person() -> None:
    plan = zoo.street().then(zoo.rename("person", "pedestrian")).plan()
    migration = Migration(plan, names(plan))
    assert fates(migration.place(item("person", "bus"))) == [Fate.REVIEW, Fate.REVIEW]
    decisions = read_decisions(
        "record\tfrom\tto\n1\tperson\tbus\n1\tbus\tbus\n", "d.tsv", Choices(plan, {})
    )
    again = Migration(plan, names(plan), Policy(), decisions)
    placed = again.place(item("person", "bus"))
    assert refs(placed) == [("bus",), ()]


def test_labels_that_exclude_each_other_since_now_are_found() -> None:
    group = kinds.SetExclusiveGroup(
        group=Group(id=id_of("g"), members=(id_of("car"), id_of("bus")))
    )
    history = zoo.street(Structure.MULTI_LABEL).then(group, zoo.rename("car", "auto"))
    migration = Migration(history.plan(), names(history.plan()))
    migration.place(item("car", "bus", key="7"))
    (found,) = report_of(migration, "test", Decisions()).findings
    assert (found.what, found.count, found.records) == ("exclusive labels together", 1, ("7",))


@pytest.mark.parametrize(
    ("absent", "written"),
    [
        (("car",), [()]),
        (("car", "truck"), [("motor",), ()]),
        (("bus",), [("bus",)]),
    ],
)
def test_a_merged_class_is_absent_only_if_all_its_sources_are(
    absent: tuple[str, ...], written: list[tuple[Ref, ...]]
) -> None:
    migration = Migration(MERGED.plan(), names(MERGED.plan()))
    labels = tuple(Label("1", each, negative=True) for each in absent)
    assert refs(migration.place(Item(labels))) == written
    assert report_of(migration, "test", Decisions()).adds_up


def test_all_parts_of_a_split_class_are_absent_if_it_was() -> None:
    migration = Migration(SPLIT.plan(), names(SPLIT.plan()))
    placed = migration.place(Item((Label("1", "vehicle", negative=True),)))
    assert refs(placed) == [("tram", "van")]
    assert report_of(migration, "test", Decisions()).adds_up


def test_a_name_of_several_classes_is_refused() -> None:
    twins = zoo.taxonomy_of(a("bird", 1), a("machine", 2), a("crane", 3, "bird"))
    crane = Class(id=id_of("x"), code=4, preferred=a("crane", 4).preferred)
    history = zoo.History(twins).then(kinds.AddClass(new=crane)).then()
    with pytest.raises(AmbiguousReference, match="crane"):
        Migration(history.plan(2, 3), names(history.plan(2, 3))).place(item("crane"))


def test_a_plan_is_the_same_after_writing_and_reading() -> None:
    plan = MERGED.with_origins(1, 2, [1])
    assert decoded(encoded(plan)) == plan


@given(
    st.lists(
        st.lists(
            st.sampled_from(["car", "truck", "bus", "vehicle", "sign", "boat"]),
            min_size=1,
            max_size=4,
        ),
        max_size=20,
    ),
    st.sampled_from(["review", "remove"]),
    st.sampled_from(["review", "generalise"]),
    st.sampled_from([Structure.SINGLE_LABEL, Structure.MULTI_LABEL]),
)
def test_every_label_is_accounted_for(
    data: list[list[str]], retired: str, otherwise: str, structure: Structure
) -> None:
    history = zoo.street(structure).then(
        zoo.merge(["car", "truck"], a("motor", 91)),
        zoo.split("vehicle", a("van", 92), a("tram", 93)),
        zoo.retire("sign"),
    )
    plan = history.plan()
    migration = Migration(plan, names(plan), policy(plan, retired=retired, otherwise=otherwise))
    out: Counter[Ref] = Counter()
    for number, labels in enumerate(data):
        placed = migration.place(item(*labels, key=str(number)))
        assert len(placed) == len(labels)
        out.update(ref for each in placed for ref in each.refs)
    report = report_of(migration, "test", Decisions())
    assert report.adds_up
    assert report.labels == sum(map(len, data)) == sum(report.fates.values())
    assert report.written == out.total()
    assert report.unknown == ((("boat", out["boat"]),) if out["boat"] else ())
