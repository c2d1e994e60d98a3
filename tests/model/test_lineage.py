"""Merging, splitting, regrouping, retiring: what becomes of children, labels, groups."""

from __future__ import annotations

import pytest

from cladist.model.change.kinds import (
    AddClass,
    AddParent,
    Change,
    MergeClasses,
    Pair,
    Placement,
    RegroupClasses,
    RestoreClass,
    RetireClass,
    SetExclusiveGroup,
    SplitClass,
)
from cladist.model.change.planning import apply, replay
from cladist.model.errors import CodeTaken, CycleFound, InvalidChange, UnknownClass
from cladist.model.taxonomy import Class, Group, Header, Retirement, Taxonomy, Text

IRI = "https://example.org/pets"


def a(name: str, code: int, *parents: str) -> Change:
    """A class called by its name, with an id made of it."""
    return AddClass(new=new(name, code, *parents))


def new(name: str, code: int, *parents: str) -> Class:
    return Class(
        id=f"{IRI}/{name}",
        code=code,
        preferred=(Text(name, "en"),),
        parents=tuple(f"{IRI}/{parent}" for parent in parents),
    )


def ids(*names: str) -> tuple[str, ...]:
    return tuple(f"{IRI}/{name}" for name in names)


@pytest.fixture
def pets() -> Taxonomy:
    """Animal over cat (over kitten) and dog; cat and dog exclude each other."""
    changes = [
        a("animal", 1),
        a("cat", 2, "animal"),
        a("dog", 3, "animal"),
        a("kitten", 4, "cat"),
        SetExclusiveGroup(group=Group(id=f"{IRI}/g", members=ids("cat", "dog"))),
    ]
    return replay(Taxonomy(Header(iri=IRI, slug="pets")), changes)[0]


def test_merge_into_a_new_class(pets: Taxonomy) -> None:
    merged = apply(pets, MergeClasses(sources=ids("cat", "dog"), new=new("pet", 5, "animal")))
    pet = merged.classes[f"{IRI}/pet"]
    assert pet.alternative == (Text("cat", "en"), Text("dog", "en"))
    assert merged.classes[f"{IRI}/kitten"].parents == ids("pet")
    for source in ids("cat", "dog"):
        assert merged.classes[source].retirement == Retirement("merged", ids("pet"))
        assert merged.classes[source].code == pets.classes[source].code
    assert merged.groups == {}  # one member left: nothing to exclude


def test_merge_into_one_of_the_sources_names_the_others_only(pets: Taxonomy) -> None:
    merged = apply(pets, MergeClasses(sources=ids("cat"), into=f"{IRI}/dog", keep_labels=False))
    assert merged.classes[f"{IRI}/dog"].alternative == ()
    assert merged.classes[f"{IRI}/kitten"].parents == ids("dog")
    with pytest.raises(InvalidChange, match="into itself"):
        apply(pets, MergeClasses(sources=ids("cat", "dog"), into=f"{IRI}/dog"))


def test_merge_of_a_parent_into_its_child_lifts_the_child(pets: Taxonomy) -> None:
    merged = apply(pets, MergeClasses(sources=ids("cat"), into=f"{IRI}/kitten"))
    assert merged.classes[f"{IRI}/kitten"].parents == ids("animal")


def test_merge_needs_an_active_target(pets: Taxonomy) -> None:
    retired = apply(pets, RetireClass(id=f"{IRI}/dog", reason="rare"))
    with pytest.raises(InvalidChange, match="retired"):
        apply(retired, MergeClasses(sources=ids("cat"), into=f"{IRI}/dog"))
    with pytest.raises(UnknownClass):
        apply(pets, MergeClasses(sources=ids("cat"), into=f"{IRI}/horse"))


def test_split_retires_the_source_and_places_children(pets: Taxonomy) -> None:
    parts = (new("housecat", 5), new("wildcat", 6))
    with pytest.raises(InvalidChange, match="kitten"):
        apply(pets, SplitClass(id=f"{IRI}/cat", new=parts))
    placed = (Placement(f"{IRI}/kitten", f"{IRI}/housecat"),)
    split = apply(pets, SplitClass(id=f"{IRI}/cat", new=parts, children=placed))
    assert split.classes[f"{IRI}/kitten"].parents == ids("housecat")
    assert split.classes[f"{IRI}/wildcat"].parents == ids("animal")
    assert split.classes[f"{IRI}/cat"].retirement == Retirement("split", ids("housecat", "wildcat"))
    assert split.groups[f"{IRI}/g"].members == ids("dog", "housecat", "wildcat")


def test_split_below_keeps_the_source_unselectable(pets: Taxonomy) -> None:
    parts = (new("housecat", 5), new("wildcat", 6))
    split = apply(pets, SplitClass(id=f"{IRI}/cat", new=parts, keep_as_parent=True))
    cat = split.classes[f"{IRI}/cat"]
    assert cat.active and cat.selectable is False
    assert split.children(cat.id) == ids("housecat", "kitten", "wildcat")
    assert split.groups == pets.groups


def test_regroup_retires_what_is_no_target(pets: Taxonomy) -> None:
    pairs = (
        Pair(source=f"{IRI}/cat", target=f"{IRI}/smallpet"),
        Pair(source=f"{IRI}/dog", target=f"{IRI}/smallpet"),
        Pair(source=f"{IRI}/dog", target=f"{IRI}/dog"),
    )
    regrouped = apply(pets, RegroupClasses(pairs=pairs, new=(new("smallpet", 5, "animal"),)))
    assert not regrouped.classes[f"{IRI}/cat"].active
    assert regrouped.classes[f"{IRI}/dog"].active
    assert regrouped.classes[f"{IRI}/kitten"].parents == ids("smallpet")


def test_retiring_a_parent_asks_where_its_children_go(pets: Taxonomy) -> None:
    with pytest.raises(InvalidChange, match="kitten"):
        apply(pets, RetireClass(id=f"{IRI}/cat"))
    lifted = apply(pets, RetireClass(id=f"{IRI}/cat", lift_children=True))
    assert lifted.classes[f"{IRI}/kitten"].parents == ids("animal")
    assert lifted.groups == {}


def test_a_restored_class_is_back_in_its_place(pets: Taxonomy) -> None:
    retired = apply(pets, RetireClass(id=f"{IRI}/kitten", reason="too rare"))
    restored = apply(retired, RestoreClass(id=f"{IRI}/kitten"))
    assert restored == pets


def test_codes_and_ids_are_never_given_twice(pets: Taxonomy) -> None:
    retired = apply(pets, RetireClass(id=f"{IRI}/dog"))
    with pytest.raises(CodeTaken) as refused:
        apply(retired, a("horse", 3))
    assert (refused.value.code, refused.value.holder) == (3, "dog")
    with pytest.raises(InvalidChange, match="taken"):
        apply(retired, a("dog", 9))


def test_a_cycle_is_named_by_its_labels(pets: Taxonomy) -> None:
    with pytest.raises(CycleFound) as refused:
        apply(pets, AddParent(id=f"{IRI}/animal", parent=f"{IRI}/kitten"))
    assert refused.value.cycle == ids("animal", "kitten", "cat")
    assert refused.value.labels == ("animal", "kitten", "cat")
