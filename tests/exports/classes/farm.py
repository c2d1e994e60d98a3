"""A small taxonomy with what makes lists hard: equal names, two parents, a retired class."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cladist.exports.classes.choosing import State, class_list
from cladist.exports.classes.class_list import ClassList
from cladist.exports.classes.projection import Projection
from cladist.index import build
from cladist.model.taxonomy import (
    Class,
    Group,
    Header,
    LabelStructure,
    Retirement,
    Structure,
    Taxonomy,
    Text,
)

BASE = "https://example.org/farm"


def iri(name: str) -> str:
    """The id of a class."""
    return f"{BASE}/{name}"


def a(name: str, code: int, *parents: str, label: str = "", **more: Any) -> Class:
    """A class."""
    return Class(
        id=iri(name),
        code=code,
        preferred=(Text(label or name, "en"),),
        parents=tuple(sorted(map(iri, parents))),
        **more,
    )


CLASSES = (
    a("animal", 1),
    a("bird", 2, "animal"),
    a("crane", 3, "bird", colour="#AA0011", hotkey="c"),
    a("hawk", 7, "bird", definitions=(Text("Hunts by\nday.", "en"),)),
    a("mammal", 5, "animal"),
    a("cat", 6, "mammal", alternative=(Text("moggy", "en"),)),
    a("dodo", 4, "bird", retirement=Retirement("extinct", ())),
    a("machine", 8),
    a("crane2", 90, "machine", label="crane"),
    a("drone", 91, "machine", "bird"),
)
GROUP = Group(
    id=iri("g"), labels=(Text("made or born", "en"),), members=(iri("animal"), iri("machine"))
)
LEAVES = ["crane (bird)", "cat", "hawk", "crane (machine)", "drone"]


def state(
    structure: Structure = Structure.SINGLE_LABEL,
    classes: Iterable[Class] = CLASSES,
    groups: Iterable[Group] = (GROUP,),
    **more: Any,
) -> State:
    """The taxonomy as a version."""
    header = Header(
        iri=BASE,
        slug="farm",
        titles=(Text("Farm", "en"),),
        structure=LabelStructure(kind=structure, **more),
    )
    taxonomy = Taxonomy(
        header, {each.id: each for each in classes}, {each.id: each for each in groups}
    )
    return State("farm", "1.0.0", "ab12", taxonomy, build(taxonomy))


def listed(structure: Structure = Structure.SINGLE_LABEL, **given: Any) -> ClassList:
    """Its classes under a projection."""
    return class_list(state(structure), Projection(**given))
