"""Operations in the words of KGCL, and in ours where it has none."""

from __future__ import annotations

import pytest

from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.diff.values import Diff
from cladist.model.taxonomy import (
    Class,
    Group,
    LabelStructure,
    Match,
    Notation,
    Slot,
    Structure,
    Taxonomy,
    Text,
)
from cladist.rdf.kgcl import kgcl_json, kgcl_text
from tests.exports.diffs import between, diff_of
from tests.model.histories import empty

BASE = "https://example.org/t/insects/"
PREY = Slot(id=BASE + "s", role="prey", owner=BASE + "ant", value=BASE + "fly")
ANT, BEE, MOTH, FLY = (f"<{BASE}{each}>" for each in ("ant", "bee", "moth", "fly"))


def new(name: str, label: str = "", **fields: object) -> kinds.AddClass:
    item = Class(id=BASE + name, code=sum(map(ord, name)), preferred=(Text(label or name, "en"),))
    return kinds.AddClass(new=Class(**{**_fields(item), **fields}))  # type: ignore[arg-type]


def _fields(item: Class) -> dict[str, object]:
    return {"id": item.id, "code": item.code, "preferred": item.preferred}


def insects(*more: Change) -> Taxonomy:
    """Ant and bee under insect, and a fly beside them."""
    start = (new("insect"), new("fly"), new("ant", parents=(BASE + "insect",)), new("bee"))
    return replay(empty(), (*start, *more))[0]


def lines(diff: Diff) -> list[str]:
    """The lines of the text without those for people."""
    return [each for each in kgcl_text(diff).splitlines() if each and each[0] != "#"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            [kinds.RenameClass(id=BASE + "ant", label=Text("emmet", "en"))],
            [
                f"rename {ANT} from 'ant'@en to 'emmet'@en",
                f"create synonym 'ant'@en for {ANT}",
            ],
        ),
        (
            [kinds.RenameClass(id=BASE + "ant", label=Text("Ameise", "de"))],
            [f"""add annotation skos:prefLabel "Ameise"@de to {ANT}"""],
        ),
        (
            [kinds.MoveClass(id=BASE + "ant", parents=(BASE + "fly",))],
            [
                f"move {ANT} skos:broader <{BASE}insect> from <{BASE}insect> to {FLY}",
            ],
        ),
        (
            [kinds.AddParent(id=BASE + "ant", parent=BASE + "fly")],
            [f"create edge {ANT} skos:broader {FLY}"],
        ),
        (
            [kinds.RemoveParent(id=BASE + "ant", parent=BASE + "insect")],
            [f"delete edge {ANT} skos:broader <{BASE}insect>"],
        ),
        (
            [kinds.MergeClasses(sources=(BASE + "ant", BASE + "bee"), into=BASE + "fly")],
            [
                f"merge {ANT} into {FLY}",
                f"merge <{BASE}bee> into {FLY}",
                f"create synonym 'ant'@en for {FLY}",
                f"create synonym 'bee'@en for {FLY}",
            ],
        ),
        (
            [kinds.RetireClass(id=BASE + "ant", successors=(BASE + "fly",), reason="rare")],
            [
                f"obsolete {ANT} with replacement {FLY}",
                f"""add annotation clad:retirementReason "rare" to {ANT}""",
            ],
        ),
        (
            [kinds.RetireClass(id=BASE + "ant", successors=(BASE + "bee", BASE + "fly"))],
            [f"obsolete {ANT} with alternative {BEE}, {FLY}"],
        ),
        ([kinds.RetireClass(id=BASE + "ant")], [f"obsolete {ANT}"]),
        (
            [
                kinds.RedefineClass(
                    id=BASE + "ant",
                    definitions=(Text("It's small.", "en"),),
                    shift=kinds.Shift.NARROWED,
                )
            ],
            [
                f"add definition 'It\\u0027s small.'@en to {ANT}",
                f"shift meaning of {ANT} to 'narrowed'",
            ],
        ),
        (
            [
                kinds.EditClass(
                    id=BASE + "ant",
                    colour="#112233",
                    notations=(Notation("7", "https://example.org/codes"),),
                    matches=(Match("exactMatch", "https://example.org/other"),),
                )
            ],
            [
                f"create mapping {ANT} skos:exactMatch <https://example.org/other>",
                f'add annotation skos:notation "7"^^<https://example.org/codes> to {ANT}',
                f'add annotation clad:colour "#112233" to {ANT}',
            ],
        ),
        (
            [kinds.SetSelectable(id=BASE + "ant", selectable=False)],
            [f"set selectable of {ANT} to 'no'"],
        ),
        (
            [kinds.ReorderClasses(order=(BASE + "fly", BASE + "ant"))],
            [f"order {FLY}, {ANT}"],
        ),
        (
            [
                kinds.SetLabelStructure(
                    structure=LabelStructure(
                        kind=Structure.STRUCTURED,
                        slots=(PREY,),
                    )
                )
            ],
            [
                f"set label structure to 'structured', slot 'prey' of {ANT} filled by {FLY} "
                "0 to any"
            ],
        ),
        (
            [kinds.EditTaxonomy(titles=(Text("Insects", "en"),))],
            ["edit taxonomy <https://example.org/t/insects> in 'titles'"],
        ),
    ],
)  # fmt: skip
def test_a_change_in_the_words_of_kgcl(changes: list[Change], expected: list[str]) -> None:
    assert lines(diff_of(insects(), changes)) == expected


def test_a_split_and_what_goes_with_it() -> None:
    split_up = kinds.SplitClass(
        id=BASE + "insect",
        new=(new("moth").new, new("wasp").new),
        children=(kinds.Placement(BASE + "ant", BASE + "wasp"),),
        rule="by 'eye'",
    )
    assert lines(diff_of(insects(), [split_up])) == [
        f"create node {MOTH} 'moth'@en",
        f'add annotation clad:code "{split_up.new[0].code}"'
        f"^^<http://www.w3.org/2001/XMLSchema#integer> to {MOTH}",
        f"create node <{BASE}wasp> 'wasp'@en",
        f'add annotation clad:code "{split_up.new[1].code}"'
        f"^^<http://www.w3.org/2001/XMLSchema#integer> to <{BASE}wasp>",
        f"split <{BASE}insect> into {MOTH}, <{BASE}wasp> by 'by \\u0027eye\\u0027'",
        f"move {ANT} skos:broader <{BASE}insect> from <{BASE}insect> to <{BASE}wasp>",
    ]


def test_a_regrouping_says_what_is_whole_and_what_is_part() -> None:
    pairs = (
        kinds.Pair(source=BASE + "ant", target=BASE + "fly"),
        kinds.Pair(source=BASE + "bee", target=BASE + "fly"),
        kinds.Pair(source=BASE + "bee", target=BASE + "moth"),
    )
    change = kinds.RegroupClasses(pairs=pairs, new=(new("moth").new,))
    assert lines(diff_of(insects(), [change]))[-1] == (
        f"regroup whole {ANT} into part {FLY}, part {BEE} into part {FLY}, "
        f"part {BEE} into whole {MOTH}"
    )


def test_a_group_is_set_and_taken_away() -> None:
    group = Group(
        id=BASE + "g1",
        labels=(Text("kinds", "en"),),
        members=(BASE + "ant", BASE + "bee", BASE + "fly"),
    )
    set_it, drop_it = kinds.SetExclusiveGroup(group=group), kinds.RemoveExclusiveGroup(id=group.id)
    grouped = f"group {ANT}, {BEE}, {FLY} as <{group.id}> named 'kinds'@en"
    assert lines(diff_of(insects(), [set_it])) == [grouped]
    assert lines(diff_of(insects(set_it), [drop_it])) == [f"ungroup <{group.id}>"]
    assert lines(diff_of(insects(), [set_it], back=True)) == [f"undo {grouped}"]
    retire = kinds.RetireClass(id=BASE + "ant")
    assert lines(diff_of(insects(set_it), [retire])) == [
        f"obsolete {ANT}",
        f"remove {ANT} from subset <{group.id}>",
    ]


def test_what_is_taken_back_is_inverted() -> None:
    changes: list[Change] = [
        kinds.RenameClass(id=BASE + "ant", label=Text("emmet", "en")),
        kinds.RenameClass(id=BASE + "ant", label=Text("pismire", "en")),
        new("moth"),
        kinds.MergeClasses(sources=(BASE + "bee",), into=BASE + "fly", keep_labels=False),
    ]
    assert lines(diff_of(insects(), changes, back=True)) == [
        f"undo merge {BEE} into {FLY}",
        f"delete {MOTH}",
        f"remove synonym 'emmet'@en for {ANT}",
        f"rename {ANT} from 'pismire'@en to 'emmet'@en",
        f"remove synonym 'ant'@en for {ANT}",
        f"rename {ANT} from 'emmet'@en to 'ant'@en",
    ]
    assert "# Taken back: " in kgcl_text(diff_of(insects(), changes, back=True))


def test_a_restoration_taken_back_has_the_successors_again() -> None:
    retired = insects(kinds.RetireClass(id=BASE + "ant", successors=(BASE + "fly",)))
    restore = [kinds.RestoreClass(id=BASE + "ant")]
    assert lines(diff_of(retired, restore)) == [f"unobsolete {ANT}"]
    assert lines(diff_of(retired, restore, back=True)) == [f"obsolete {ANT} with replacement {FLY}"]


def test_what_no_operation_tells_stands_at_the_end() -> None:
    after = insects(kinds.EditClass(id=BASE + "ant", hotkey="a"))
    diff = between(insects(), after)
    assert lines(diff) == [f'add annotation clad:hotkey "a" to {ANT}']
    [change] = kgcl_json(diff)["change_set"]
    assert "was_generated_by" not in change


def test_an_empty_difference_has_no_changes() -> None:
    diff = between(insects(), insects())
    assert kgcl_json(diff) == {"change_set": [], "activity_set": []}
    assert kgcl_text(diff) == "# insects 1.0.0 to insects 2.0.0\n"


def test_no_text_breaks_out_of_its_line_or_its_quotes() -> None:
    hostile = "it's\n\u2028\"\\ # <x> from 'y'"
    change = kinds.EditClass(id=BASE + "ant", alternative=(Text(hostile, "en"),))
    text = kgcl_text(diff_of(insects(), [change]))
    escaped = 'it\\u0027s\\u000A\\u2028"\\\\ # <x> from \\u0027y\\u0027'
    assert text.splitlines()[-1] == f"create synonym '{escaped}'@en for {ANT}"
