"""From sketches to taxonomies: new ones, and old ones as a file would have them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cladist.imports.building import new_taxonomy, onto, prepare
from cladist.imports.reading import ImportFormat, read
from cladist.imports.sketch import Preview, Sketch
from cladist.model.change.kinds import AddClass, MoveClass, RenameClass, SetExclusiveGroup
from cladist.model.change.planning import apply, replay
from cladist.model.errors import RefusedRows
from cladist.model.proposal import propose
from cladist.model.taxonomy import Group, Notation, Taxonomy
from tests.imports.sketches import BASE, HEADER, animals, csv, minting, named


def outline(text: str) -> Sketch:
    """The sketch of an indented text."""
    return read(text.encode(), ImportFormat.OUTLINE)


def preview(sketch: Sketch, base: Taxonomy | None = None) -> Preview:
    """What an import would do."""
    return prepare(sketch, base or Taxonomy(HEADER), minting("x")).preview


def proposed(sketch: Sketch, base: Taxonomy, *, retire_absent: bool = False) -> list[object]:
    """The changes that an import proposes; replayed they give the state that it wants."""
    wanted = onto(sketch, base, minting("x"), retire_absent=retire_absent)
    changes = propose(base, wanted)
    reached, _ = replay(base, changes)
    assert dict(reached.classes) == dict(wanted.classes)
    assert dict(reached.groups) == dict(wanted.groups)
    return list(changes)


def test_given_codes_are_kept_and_the_others_follow_the_highest() -> None:
    taxonomy = new_taxonomy(csv("label,code", "a,", "b,7", "c,", "d,0"), HEADER, minting())
    assert {each.label(): each.code for each in taxonomy.classes.values()} == {
        **{"a": 8, "b": 7, "c": 9, "d": 0},
    }


def test_codes_start_at_one() -> None:
    taxonomy = new_taxonomy(outline("a\nb"), HEADER, minting())
    assert sorted(each.code for each in taxonomy.classes.values()) == [1, 2]


def test_ids_given_are_kept_and_the_others_minted() -> None:
    taxonomy = new_taxonomy(csv("label,id", "a,urn:x:a", "b,"), HEADER, minting())
    assert set(taxonomy.classes) == {"urn:x:a", f"{BASE}/n1"}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("id", ("id,label@fr", f"{BASE}/c3,chien")),
        ("code", ("code,label@fr", "3,chien")),
        ("notation", ("notation,label@fr", "D1,chien")),
        ("path", ("path,label@fr", "animal > mammal > dog,chien")),
        ("label", ("label,label@fr", "dog,chien")),
    ],
)
def test_a_row_meets_its_class_by(name: str, rows: tuple[str, str]) -> None:
    base = animals()
    wanted = onto(csv(*rows), base, minting("x"))
    assert set(wanted.classes) == set(base.classes)
    dog = wanted.classes[f"{BASE}/c3"]
    assert dog.label("fr") == "chien"
    assert replace(dog, preferred=named(base, "dog").preferred) == named(base, "dog")


def test_absent_columns_leave_fields_and_empty_cells_clear_them() -> None:
    base = animals()
    kept = onto(csv("label,hotkey", "dog,d"), base, minting("x")).classes[f"{BASE}/c3"]
    assert (kept.colour, kept.hotkey, kept.parents) == ("#AA0000", "d", (f"{BASE}/c2",))
    sketch = csv("code,label@de,colour,notation,parent", "3,,,D2|D3,")
    cleared = onto(sketch, base, minting("x")).classes[f"{BASE}/c3"]
    assert [each.value for each in cleared.preferred] == ["dog"]
    assert (cleared.colour, cleared.parents) == ("", ())
    assert cleared.notations == (Notation("D2"), Notation("D3"))
    assert cleared.definitions == named(base, "dog").definitions


def test_new_changed_unchanged_refused() -> None:
    seen = preview(
        csv(
            "code,label,parent,colour",
            "3,dog,mammal,#AA0000",
            "4,cat,mammal,#00aa00",
            ",fox,mammal,",
            "9,rat,rodent,",
            ",,,",
            "x,y,,",
        ),
        animals(),
    )
    assert [row.label for row in seen.new] == ["fox"]
    assert [(row.line, row.label, row.reason) for row in seen.changed] == [(3, "cat", "colour")]
    assert [row.label for row in seen.unchanged] == ["dog"]
    assert [(row.line, row.label) for row in seen.refused] == [(5, "rat"), (7, "y")]


def test_one_refused_row_refuses_the_import() -> None:
    sketch = csv("label,parent", "a,", "b,nowhere")
    with pytest.raises(RefusedRows, match="1 row is refused") as caught:
        new_taxonomy(sketch, HEADER, minting())
    assert caught.value.rows == ((3, "b", "its parent “nowhere” is unknown"),)
    with pytest.raises(RefusedRows):
        onto(sketch, animals(), minting("x"))


@pytest.mark.parametrize(
    ("rows", "lines", "reason"),
    [
        (("label,id", "a,urn:x:a", "b,urn:x:a"), [3], "repeats the id of line 2"),
        (("label,code", "a,1", "b,1"), [3], "repeats the code of line 2"),
        (("label,parent", "a,", "b,a", "b,a"), [4], "repeats the label of line 3"),
        (("label,parent", "a,c", "b,a", "c,b", "d,c"), [2, 3, 4], "is on a cycle of 3: "),
        (("label,parent", "a,a"), [2], "is on a cycle of 1: a → a"),
        (("label,parent,retired", "a,,yes", "b,a,"), [2, 3], ""),
        (("label,retired,successor", "a,yes,a"), [2], "is its own successor"),
        (("label,retired,successor", "a,yes,b", "b,yes,"), [2], "its successor “b” is retired"),
        (("label,retired,successor", "a,yes,b"), [2], "its successor “b” is unknown"),
    ],
)
def test_rows_that_do_not_fit_together(
    rows: tuple[str, ...], lines: list[int], reason: str
) -> None:
    refused = preview(csv(*rows)).refused
    assert [each.line for each in refused] == lines
    assert all(each.reason.startswith(reason) for each in refused)


def test_siblings_may_share_a_label_when_codes_tell_them_apart() -> None:
    assert preview(csv("label,code", "crane,1", "crane,2")).refused == ()


def test_siblings_may_share_a_label_when_notations_tell_them_apart() -> None:
    rows = ("farming,A,", "other,A1,farming", "other,A2,farming", "other,A2,farming")
    refused = preview(csv("label,notation,parent", *rows)).refused
    assert [(each.line, each.reason) for each in refused] == [(5, "repeats the label of line 4")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (("id,code,label", f"{BASE}/c3,4,dog"), "has code 3, not 4"),
        (("id,code,label", "urn:x:new,3,hound"), "Code 3 belongs to dog"),
        (("path,code", "animal > mammal > dog,77"), "has code 3, not 77"),
        (("label,parent", "foal,unicorn"), "its parent “unicorn” is unknown"),
        (("label,parent", "foal,5"), "its parent “unicorn” is retired"),
        (("label,parent", "animal,dog"), "is on a cycle of 3"),
        (("label,retired", "mammal,yes"), "is retired, but “"),
        (("code,definition", "99,new"), "preferred: a new class needs"),
        (("code,label,notation", "3,dog,", ",hound,D1"), "is the class that line 2 speaks of"),
    ],
)
def test_rows_that_do_not_fit_the_taxonomy(rows: tuple[str, ...], reason: str) -> None:
    refused = preview(csv(*rows), animals()).refused
    assert len(refused) == 1
    assert refused[0].reason.startswith(reason)


def test_a_second_parent_is_refused_where_one_is_allowed() -> None:
    base = Taxonomy(replace(HEADER, polyhierarchy=False))
    sketch = csv("label,parent", "a,", "b,", "c,a|b")
    assert preview(sketch, base).refused == ((4, "c", "has 2 parents; this taxonomy allows one"),)


def test_a_label_goes_to_the_class_at_its_place_first() -> None:
    base = new_taxonomy(outline("animal\n mouse\noffice\n mouse"), HEADER, minting())
    assert proposed(outline("office\n mouse\nanimal\n mouse"), base) == []


def test_a_moved_class_is_known_by_its_label() -> None:
    base = animals()
    assert proposed(csv("label,parent", "dog,animal"), base) == [
        MoveClass(id=f"{BASE}/c3", parents=(f"{BASE}/c1",))
    ]


def test_a_label_of_several_classes_needs_a_place() -> None:
    base = new_taxonomy(outline("animal\n mouse\noffice\n mouse"), HEADER, minting())
    assert "could be several" in preview(outline("mouse"), base).refused[0].reason
    assert len(preview(outline("game\n mouse"), base).new) == 2


def test_a_code_unknown_to_the_taxonomy_makes_a_new_class_and_a_finding() -> None:
    seen = preview(csv("code,label", "77,dog"), animals())
    assert [row.label for row in seen.new] == ["dog"]
    assert "exists with code 3" in seen.findings[0]


def test_a_retired_class_is_not_taken_by_its_label() -> None:
    assert [row.label for row in preview(outline("unicorn"), animals()).new] == ["unicorn"]
    assert len(preview(csv("label,retired", "unicorn,yes"), animals()).unchanged) == 1


def test_a_retired_class_comes_back_when_the_table_says_so() -> None:
    base = animals()
    wanted = onto(csv("code,retired", "5,no"), base, minting("x"))
    assert wanted.classes[f"{BASE}/c5"].active
    assert proposed(csv("code,retired", "5,no"), base)


def test_an_implied_ancestor_is_found_and_left_alone() -> None:
    base = animals()
    changes = proposed(csv("path,definition", "animal > mammal > fox,red"), base)
    assert [type(each) for each in changes] == [AddClass]


def test_a_list_leaves_classes_where_they_are() -> None:
    assert proposed(outline("dog\ncat"), animals()) == []


def test_a_new_label_is_a_renaming() -> None:
    change, *_ = proposed(csv("code,label", "3,hound"), animals())
    assert isinstance(change, RenameClass)
    assert change.keep_old
    change, *_ = proposed(csv("code,label,alternative", "3,hound,"), animals())
    assert isinstance(change, RenameClass)
    assert not change.keep_old


def test_absent_classes_stay_or_are_retired() -> None:
    base = animals()
    for members in (("c3", "c4"), ("c1", "c2", "c3")):
        ids = tuple(f"{BASE}/{each}" for each in members)
        group = Group(id=f"{BASE}/g{len(members)}", members=ids)
        base = apply(base, SetExclusiveGroup(group=group))
    sketch = csv("label", "dog", "animal")
    assert onto(sketch, base, minting("x")) == base
    wanted = onto(sketch, base, minting("x"), retire_absent=True)
    assert {each.label() for each in wanted.classes.values() if each.active} == {"dog", "animal"}
    assert named(wanted, "dog").parents == (named(wanted, "animal").id,)
    assert [each.members for each in wanted.groups.values()] == [(f"{BASE}/c1", f"{BASE}/c3")]
    assert proposed(sketch, base, retire_absent=True)
    seen = prepare(sketch, base, minting("x"), retire_absent=True).preview
    assert [row.label for row in seen.retired] == ["cat", "mammal"]


def test_a_deep_outline_and_a_long_chain_do_not_recurse() -> None:
    rows = [f"c{each},{f'c{each - 1}' if each else ''}" for each in range(3000)]
    sketch = csv("label,parent", *reversed(rows))
    taxonomy = new_taxonomy(sketch, HEADER, minting())
    assert len(taxonomy.classes) == 3000
    assert preview(sketch, taxonomy).unchanged[0].label == "c2999"
