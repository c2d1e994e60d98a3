"""The example taxonomies against the published lists: counts, ids, order, ranges."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from tests.ontologies.terms import CLAD, RDFS, SKOS, example, instances, rows, table, values

COCO_GAPS = {12, 26, 29, 30, 45, 66, 68, 69, 71, 83}


def codes(path: Path) -> dict[str, int]:
    return {each: int(code) for each, code in table(path, CLAD + "code").items()}


def upper(path: Path) -> dict[str, int]:
    """Classes that have others below them, with their codes."""
    parents = set(table(path, SKOS + "broader").values())
    return {each: code for each, code in codes(path).items() if each in parents}


def leaves(path: Path) -> dict[str, int]:
    """Classes without others below them, with their codes."""
    return {each: code for each, code in codes(path).items() if each not in upper(path)}


def names(path: Path) -> list[str]:
    """Preferred labels of the leaves in the order of their codes."""
    labels = table(path, SKOS + "prefLabel")
    return [labels[each] for each, _ in sorted(leaves(path).items(), key=lambda pair: pair[1])]


def test_coco_has_its_80_ids_with_their_gaps() -> None:
    path = example("coco")
    assert set(leaves(path).values()) == set(range(1, 91)) - COCO_GAPS
    assert len(upper(path)) == 12
    # The panoptic list of the same source goes up to 200.
    assert min(upper(path).values()) > 200


def test_every_coco_class_has_one_supercategory() -> None:
    assert set(table(example("coco"), SKOS + "broader")) == set(leaves(example("coco")))


def test_coco_has_person_below_person() -> None:
    path = example("coco")
    labels = table(path, SKOS + "prefLabel")
    persons = {each for each, label in labels.items() if label == "person"}
    [child] = persons & set(leaves(path))
    assert persons == {child, table(path, SKOS + "broader")[child]}


def test_cityscapes_has_34_ids_in_8_categories() -> None:
    path = example("cityscapes")
    assert sorted(leaves(path).values()) == list(range(34))
    assert sorted(upper(path).values()) == list(range(100, 108))


def test_cityscapes_trains_on_19_classes_and_ignores_the_rest() -> None:
    path = example("cityscapes")
    notations = table(path, SKOS + "notation")
    numbers = [int(notations[each]) for each in leaves(path)]
    assert sorted(set(numbers)) == [*range(19), 255]
    assert numbers.count(255) == 34 - 19


def test_cityscapes_notations_have_declared_datatypes() -> None:
    path = example("cityscapes")
    literals = [o for _, p, o in rows(path) if p == SKOS + "notation"]
    used = {each.datatype.value for each in literals if isinstance(each, ox.Literal)}
    assert used == set(instances(path, RDFS + "Datatype"))


def test_goemotions_has_28_labels_in_the_published_order() -> None:
    path = example("goemotions")
    assert sorted(leaves(path).values()) == list(range(28))
    assert names(path) == [*sorted(names(path)[:27]), "neutral"]


def test_goemotions_groups_have_the_published_sizes() -> None:
    path = example("goemotions")
    labels = table(path, SKOS + "prefLabel")
    parents = [labels[each] for each in table(path, SKOS + "broader").values()]
    sizes = {name: parents.count(name) for name in ("positive", "negative", "ambiguous")}
    assert sizes == {"positive": 12, "negative": 11, "ambiguous": 4}


def test_ontonotes_has_11_types_of_names_and_7_of_values_that_exclude_each_other() -> None:
    path = example("ontonotes")
    assert " ".join(names(path)) == (
        "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE "
        "DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL"
    )
    [group] = instances(path, CLAD + "ExclusiveGroup")
    members = values(path, group, SKOS + "member")
    parents = list(table(path, SKOS + "broader").values())
    assert [parents.count(each) for each in members] == [11, 7]
    assert list(table(path, CLAD + "taggingScheme").values()) == ["BIO"]


def test_retinopathy_grades_are_0_to_4_by_code_and_rank() -> None:
    path = example("diabetic-retinopathy")
    ranks = table(path, CLAD + "rank")
    assert codes(path) == {each: int(rank) for each, rank in ranks.items()}
    assert sorted(codes(path).values()) == list(range(5))


def test_bone_age_has_a_range_in_months_and_no_classes() -> None:
    path = example("bone-age")
    assert codes(path) == {}
    said = {p.removeprefix(CLAD): o.value for _, p, o in rows(path) if p.startswith(CLAD)}
    assert int(said["minimum"]) == 0
    assert int(said["maximum"]) == 19 * 12
    assert int(said["step"]) == 1
    assert said["unit"] == "http://qudt.org/vocab/unit/MO"
