"""Values that no taxonomy may hold are refused when they come, not when they do harm."""

from __future__ import annotations

import pytest

from cladist.model.change import kinds
from cladist.model.change.kinds import Change, Placement
from cladist.model.change.planning import apply, replay
from cladist.model.change.references import complete, find
from cladist.model.errors import InvalidChange, InvalidValue, Refused, UnknownClass
from cladist.model.proposal import propose
from cladist.model.taxonomy import (
    Class,
    Header,
    LabelStructure,
    Retirement,
    Slot,
    Statement,
    Structure,
    Taxonomy,
    Text,
)

IRI = "https://example.org/pets"
CAT, DOG, KITTEN = f"{IRI}/cat", f"{IRI}/dog", f"{IRI}/kitten"


def new(name: str, code: int, *parents: str) -> Class:
    labels = (Text(name, "en"),)
    return Class(id=f"{IRI}/{name}", code=code, preferred=labels, parents=parents)


PETS, _ = replay(
    Taxonomy(Header(iri=IRI, slug="pets")),
    [
        kinds.AddClass(new=new("cat", 1)),
        kinds.AddClass(new=new("dog", 2)),
        kinds.AddClass(new=new("kitten", 3, CAT)),
    ],
)


def kept(predicate: str, token: str) -> Change:
    return kinds.EditClass(id=CAT, extra=(Statement(predicate, token),))


@pytest.mark.parametrize(
    "change",
    [
        kept("p q", '"x"'),
        kept(f"{IRI}/p", "nonsense"),
        kept(f"{IRI}/p", ""),
        kept(f"{IRI}/p", '"1" .\n<https://evil> <https://p> "o"'),
        kept(f"{IRI}/p", '""^^<https://d> <https://g>'),
        kept(f"{IRI}/p", '"e\u0301"'),
        kinds.RetireClass(id=DOG, reason="gone\0"),
        kinds.EditClass(id=CAT, rank=-(2**70)),
        kinds.EditClass(id=CAT, rank=2**70),
        kinds.SetLabelStructure(structure=LabelStructure(maximum="1E9999999")),
        kinds.SetLabelStructure(structure=LabelStructure(maximum="NaN")),
        kinds.SetLabelStructure(
            structure=LabelStructure(
                kind=Structure.STRUCTURED,
                slots=(Slot(id=f"{IRI}/s", role="eye", owner=CAT, value=DOG, minimum=-1),),
            )
        ),
        kinds.EditTaxonomy(resources=(kinds.Resource(CAT),)),
        kinds.RetireClass(id=CAT, children=(Placement(KITTEN, CAT),)),
        kinds.MergeClasses(sources=(CAT,), into=DOG, children=(Placement(KITTEN, CAT),)),
        kinds.SplitClass(
            id=DOG,
            new=(new("a", 8), new("b", 9)),
            keep_as_parent=True,
            children=(Placement(KITTEN, f"{IRI}/nowhere"),),
        ),
        kinds.MergeClasses(
            sources=(CAT, DOG),
            new=Class(id=f"{IRI}/p", code=9, preferred=(Text("p", "en"),), retirement=Retirement()),
        ),
    ],
)
def test_refused_at_once(change: Change) -> None:
    with pytest.raises(Refused):
        apply(PETS, change)


def test_numbers_keep_every_digit() -> None:
    bounds = LabelStructure(minimum="-0012.50", maximum="1234567890123456789012345678.5", step="-0")
    done = apply(PETS, kinds.SetLabelStructure(structure=bounds)).header.structure
    assert (done.minimum, done.maximum, done.step) == (
        "-12.5",
        "1234567890123456789012345678.5",
        "0.0",
    )


def test_a_code_of_too_many_digits_names_nobody() -> None:
    with pytest.raises(UnknownClass):
        find(PETS, "#" + "9" * 5000)


def test_a_part_may_have_the_name_of_the_whole() -> None:
    parts = (Class(preferred=(Text("cat", "en"),)), Class(preferred=(Text("lynx", "en"),)))
    tokens = iter(("x1", "x2"))
    split = kinds.SplitClass(id="cat", new=parts, keep_as_parent=True)
    done = complete(PETS, split, lambda: next(tokens))
    assert isinstance(done, kinds.SplitClass)
    assert done.id == CAT


def test_a_dirty_class_can_be_mended_field_by_field() -> None:
    dirty = Class(
        id=CAT,
        code=1,
        preferred=(Text("cat", "en"),),
        alternative=(Text("", "en"),),
        definitions=(Text("", "en"),),
        related=(f"{IRI}/nowhere",),
    )
    start = Taxonomy(PETS.header, {CAT: dirty})
    coloured = apply(start, kinds.EditClass(id=CAT, colour="#aabbcc"))
    assert coloured.classes[CAT].colour == "#AABBCC"
    clean = (Text("Purrs.", "en"),)
    mended, _ = replay(
        start,
        [
            kinds.RedefineClass(id=CAT, definitions=clean, shift=kinds.Shift.CLARIFIED),
            kinds.EditClass(id=CAT, alternative=(), related=()),
        ],
    )
    assert mended.classes[CAT] == Class(
        id=CAT, code=1, preferred=dirty.preferred, definitions=clean
    )


def test_proposals_for_what_came_back_and_for_brought_codes() -> None:
    gone, _ = replay(PETS, [kinds.RetireClass(id=KITTEN), kinds.RetireClass(id=CAT, reason="rare")])
    changes = propose(gone, PETS)
    assert replay(gone, changes)[0] == PETS
    target = Taxonomy(
        PETS.header,
        {
            **PETS.classes,
            f"{IRI}/a": Class(id=f"{IRI}/a", preferred=(Text("a", "en"),)),
            f"{IRI}/b": new("b", 4),
        },
    )
    after = replay(PETS, propose(PETS, target))[0]
    assert (after.classes[f"{IRI}/b"].code, after.classes[f"{IRI}/a"].code) == (4, 5)


def test_an_id_that_something_else_has_is_refused() -> None:
    other = apply(
        PETS,
        kinds.EditTaxonomy(
            resources=(kinds.Resource(f"{IRI}/x", (Statement(f"{IRI}/p", '"1"'),)),)
        ),
    )
    with pytest.raises(InvalidChange, match="taken"):
        apply(other, kinds.AddClass(new=new("x", 9)))
    with pytest.raises(InvalidValue):
        apply(PETS, kinds.AddClass(new=Class(id="no iri", code=9, preferred=(Text("x", "en"),))))
