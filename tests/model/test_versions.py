"""Version numbers: what each change calls for, and what selectors name."""

from __future__ import annotations

import pytest

from cladist.model.bump import reasons
from cladist.model.change import kinds
from cladist.model.change.kinds import Change, Shift
from cladist.model.change.planning import replay
from cladist.model.errors import InvalidValue, LoweredVersion
from cladist.model.taxonomy import (
    Class,
    Group,
    Header,
    LabelStructure,
    Notation,
    SelectableRule,
    Structure,
    Taxonomy,
    Text,
)
from cladist.model.version import (
    FIRST,
    Bump,
    Number,
    Reason,
    next_number,
    parse_number,
    raised,
    select,
)

IRI = "https://example.org/pets"
MULTI = LabelStructure(kind=Structure.MULTI_LABEL)


def new(name: str, code: int, *parents: str) -> Class:
    return Class(
        id=f"{IRI}/{name}",
        code=code,
        preferred=(Text(name, "en"),),
        notations=(Notation(name, ""),),
        parents=tuple(f"{IRI}/{parent}" for parent in parents),
    )


BASE, _ = replay(
    Taxonomy(Header(iri=IRI, slug="pets", structure=MULTI)),
    [
        kinds.AddClass(new=new("animal", 1)),
        kinds.AddClass(new=new("cat", 2, "animal")),
        kinds.AddClass(new=new("dog", 3, "animal")),
        kinds.AddClass(new=new("plant", 4)),
        kinds.AddClass(new=new("moss", 5, "plant")),
        kinds.SetExclusiveGroup(
            group=Group(
                id=f"{IRI}/g",
                members=(f"{IRI}/cat", f"{IRI}/dog"),
                exhaustive=True,
                under=f"{IRI}/animal",
            )
        ),
    ],
)
CAT, DOG, ANIMAL, PLANT = (f"{IRI}/{each}" for each in ("cat", "dog", "animal", "plant"))


@pytest.mark.parametrize(
    ("change", "bump"),
    [
        (kinds.AddClass(new=new("fern", 9, "plant")), Bump.MINOR),
        (kinds.AddClass(new=new("horse", 9, "animal")), Bump.MAJOR),
        (kinds.RenameClass(id=CAT, label=Text("tomcat", "en")), Bump.MINOR),
        (kinds.RenameClass(id=CAT, label=Text("tomcat", "en"), keep_old=False), Bump.MAJOR),
        (kinds.RenameClass(id=CAT, label=Text("Katze", "de")), Bump.PATCH),
        (kinds.EditClass(id=CAT, colour="#102030"), Bump.PATCH),
        (kinds.EditClass(id=CAT, notations=()), Bump.MAJOR),
        (
            kinds.RedefineClass(id=CAT, definitions=(Text("x", "en"),), shift=Shift.CLARIFIED),
            Bump.PATCH,
        ),
        (
            kinds.RedefineClass(id=CAT, definitions=(Text("x", "en"),), shift=Shift.NARROWED),
            Bump.MAJOR,
        ),
        (kinds.MoveClass(id=CAT, parents=(PLANT,)), Bump.MAJOR),
        (kinds.MoveClass(id=PLANT, parents=(ANIMAL,)), Bump.MAJOR),
        (kinds.MoveClass(id=ANIMAL, parents=(PLANT,)), Bump.MINOR),
        (kinds.AddClass(new=new("peat", 9, "moss")), Bump.MAJOR),
        (kinds.SetSelectable(id=CAT, selectable=True), Bump.PATCH),
        (kinds.AddParent(id=CAT, parent=PLANT), Bump.MINOR),
        (kinds.RemoveParent(id=CAT, parent=ANIMAL), Bump.MAJOR),
        (kinds.ReorderClasses(order=(DOG, CAT)), Bump.PATCH),
        (kinds.SetSelectable(id=ANIMAL, selectable=True), Bump.MINOR),
        (kinds.SetSelectable(id=CAT, selectable=False), Bump.MAJOR),
        (kinds.MergeClasses(sources=(CAT,), into=DOG), Bump.MAJOR),
        (kinds.SplitClass(id=CAT, new=(new("a", 8), new("b", 9))), Bump.MAJOR),
        (kinds.RetireClass(id=CAT), Bump.MAJOR),
        (
            kinds.SetExclusiveGroup(group=Group(id=f"{IRI}/h", members=(CAT, PLANT))),
            Bump.MAJOR,
        ),
        (
            kinds.SetExclusiveGroup(group=Group(id=f"{IRI}/g", members=(CAT, DOG))),
            Bump.MINOR,
        ),
        (kinds.RemoveExclusiveGroup(id=f"{IRI}/g"), Bump.MINOR),
        (kinds.SetLabelStructure(structure=LabelStructure()), Bump.MAJOR),
        (kinds.EditTaxonomy(titles=(Text("Pets", "en"),)), Bump.PATCH),
        (kinds.EditTaxonomy(selectable_rule=SelectableRule.ANY), Bump.MINOR),
    ],
)
def test_each_change_has_its_weight(change: Change, bump: Bump) -> None:
    assert [each.bump for each in reasons(BASE, [change])] == [bump]


def test_a_new_class_among_exclusive_ones_is_major() -> None:
    single, _ = replay(BASE, [kinds.SetLabelStructure(structure=LabelStructure())])
    assert reasons(single, [kinds.AddClass(new=new("fern", 9, "plant"))])[0].bump is Bump.MAJOR


def test_numbers_follow_the_weightiest_change() -> None:
    minor, patch = Reason(Bump.MINOR, ""), Reason(Bump.PATCH, "")
    assert next_number(None, [patch]) == FIRST
    assert next_number(Number(1, 4, 2), [patch, minor]) == Number(1, 5, 0)
    assert next_number(Number(1, 4, 2), [patch]) == Number(1, 4, 3)
    assert raised(Number(1, 5, 0), Number(2, 0, 0)) == Number(2, 0, 0)
    with pytest.raises(LoweredVersion):
        raised(Number(2, 0, 0), Number(1, 9, 9))


def test_selectors_name_the_newest() -> None:
    numbers = [Number(1, 0, 0), Number(2, 0, 0), Number(2, 1, 0), Number(2, 1, 1), Number(10, 0, 0)]
    assert select(numbers, "latest") == Number(10, 0, 0)
    assert select(numbers, "2") == Number(2, 1, 1)
    assert select(numbers, "2.0") == Number(2, 0, 0)
    assert select(numbers, "1.0.0") == Number(1, 0, 0)
    assert select(numbers, "3") is None
    assert select([], "latest") is None


@pytest.mark.parametrize(
    "text", ["1", "1.0", "01.0.0", "1.0.0-rc1", "v1.0.0", "1.0.x", "", "-1.0.0"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_number(text)
