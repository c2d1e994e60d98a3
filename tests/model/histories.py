"""Random histories: lists of changes that a small taxonomy accepts, drawn by Hypothesis."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.change.planning import Working
from cladist.model.errors import CladistError
from cladist.model.taxonomy import (
    Class,
    Enforcement,
    Group,
    Header,
    LabelStructure,
    Notation,
    RuleSetting,
    Statement,
    Structure,
    Taxonomy,
    Text,
)

BASE = "https://example.org/t/"
WORDS = ("ant", "bee", "Käfer", "fly", "日本", "moth", "a b", 'quo"te', "back\\slash", "new\nline")

texts = st.builds(Text, st.sampled_from(WORDS), st.sampled_from(("en", "de", "zh-hant")))


def empty() -> Taxonomy:
    """A taxonomy without classes."""
    structure = LabelStructure(kind=Structure.MULTI_LABEL)
    return Taxonomy(Header(iri=BASE + "insects", slug="insects", structure=structure))


def fresh(working: Working, draw: st.DrawFn) -> Class:
    """A class with an id and a code that the taxonomy never had."""
    code = working.next_code()
    return Class(
        id=f"{BASE}insects/c{code}",
        code=code,
        preferred=(Text(draw(st.sampled_from(WORDS)), "en"),),
        definitions=tuple(draw(st.sets(texts, max_size=1))),
        notations=draw(st.sampled_from(((), (Notation("7", BASE + "codes"),)))),
    )


def some(working: Working, draw: st.DrawFn) -> str:
    """The id of a class, active or retired."""
    return draw(st.sampled_from(sorted(working.classes)))


def several(working: Working, draw: st.DrawFn, size: int = 3) -> tuple[str, ...]:
    """Ids of a few classes."""
    return tuple(draw(st.sets(st.sampled_from(sorted(working.classes)), max_size=size)))


def placements(
    working: Working, draw: st.DrawFn, parents: list[str]
) -> tuple[kinds.Placement, ...]:
    """A place for every class that might need one."""
    return tuple(
        kinds.Placement(child, draw(st.sampled_from(parents))) for child in sorted(working.classes)
    )


def _add(working: Working, draw: st.DrawFn) -> Change:
    item = fresh(working, draw)
    parents = several(working, draw, 2) if working.classes else ()
    return kinds.AddClass(
        new=Class(
            id=item.id,
            code=item.code,
            preferred=item.preferred,
            definitions=item.definitions,
            notations=item.notations,
            parents=parents,
        )
    )


def _merge(working: Working, draw: st.DrawFn) -> Change:
    if draw(st.booleans()):
        return kinds.MergeClasses(sources=several(working, draw), new=fresh(working, draw))
    return kinds.MergeClasses(sources=several(working, draw), into=some(working, draw))


def _split(working: Working, draw: st.DrawFn) -> Change:
    part = fresh(working, draw)
    other = some(working, draw)
    return kinds.SplitClass(
        id=some(working, draw),
        new=(part,),
        into=(other,),
        children=placements(working, draw, [part.id, other]),
        keep_as_parent=draw(st.booleans()),
        rule="by eye",
    )


def _regroup(working: Working, draw: st.DrawFn) -> Change:
    part = fresh(working, draw)
    sources, other = several(working, draw), some(working, draw)
    pairs = [kinds.Pair(source=each, target=part.id) for each in sources]
    pairs += [kinds.Pair(source=each, target=other) for each in sources[:1]]
    return kinds.RegroupClasses(
        pairs=tuple(pairs), new=(part,), children=placements(working, draw, [part.id, other])
    )


def _edit(working: Working, draw: st.DrawFn) -> Change:
    return kinds.EditClass(
        id=some(working, draw),
        alternative=tuple(draw(st.sets(texts, max_size=2))),
        colour=draw(st.sampled_from(("", "#1a2b3c"))),
        rank=draw(st.sampled_from((None, -1, 3))),
        extra=draw(st.sampled_from((None, (), (Statement(BASE + "p", '"x"@en'),)))),
        related=several(working, draw, 1),
    )


def _group(working: Working, draw: st.DrawFn) -> Change:
    members = several(working, draw)
    return kinds.SetExclusiveGroup(group=Group(id=BASE + "insects/g1", members=members))


def _retire(working: Working, draw: st.DrawFn) -> Change:
    return kinds.RetireClass(
        id=some(working, draw),
        reason="rare",
        successors=several(working, draw, 2),
        lift_children=draw(st.booleans()),
    )


SETTING = RuleSetting(rule="clad-skos-s27", enforcement=Enforcement.REPORT, reason="as it came")

Recipe = Callable[[Working, st.DrawFn], Change]

RECIPES: tuple[Recipe, ...] = (
    _merge,
    _split,
    _regroup,
    _edit,
    _group,
    _retire,
    lambda w, d: kinds.RenameClass(id=some(w, d), label=d(texts), keep_old=d(st.booleans())),
    lambda w, d: kinds.RedefineClass(
        id=some(w, d), definitions=(d(texts),), shift=d(st.sampled_from(kinds.Shift))
    ),
    lambda w, d: kinds.MoveClass(id=some(w, d), parents=several(w, d, 2)),
    lambda w, d: kinds.AddParent(id=some(w, d), parent=some(w, d)),
    lambda w, d: kinds.RemoveParent(id=some(w, d), parent=some(w, d)),
    lambda w, d: kinds.ReorderClasses(order=several(w, d)),
    lambda w, d: kinds.SetSelectable(id=some(w, d), selectable=d(st.none() | st.booleans())),
    lambda w, d: kinds.RestoreClass(id=some(w, d)),
    lambda w, d: kinds.RemoveExclusiveGroup(id=BASE + "insects/g1"),
    lambda w, d: kinds.EditTaxonomy(
        titles=(d(texts),),
        rules=d(st.sampled_from((None, (), (SETTING,)))),
        resources=(kinds.Resource(BASE + "x", (Statement(BASE + "p", '"1"'),)),),
    ),
    lambda w, d: kinds.SetLabelStructure(
        structure=LabelStructure(kind=d(st.sampled_from(Structure)))
    ),
)


@st.composite
def histories(draw: st.DrawFn, most: int = 12) -> tuple[Change, ...]:
    """Changes that an empty taxonomy accepts one after the other."""
    working = Working(empty())
    accepted: list[Change] = []
    for _ in range(draw(st.integers(2, 4))):
        accepted.append(_add(working, draw))
        working.do(accepted[-1])
    for _ in range(draw(st.integers(0, most))):
        change = draw(st.sampled_from((_add, *RECIPES)))(working, draw)
        try:
            working.do(change)
        except CladistError:
            continue
        accepted.append(change)
    return tuple(accepted)
