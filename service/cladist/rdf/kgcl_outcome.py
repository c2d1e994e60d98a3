"""What becomes of classes over several operations: which end out of use, under which parents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.diff.values import Diff, Operation
from cladist.rdf import words
from cladist.rdf.kgcl_values import Kgcl, changes_of, curie
from cladist.rdf.terms import iri, split

Edge = tuple[str, str]
"""A class and its parent."""


def taken_back(diff: Diff) -> bool:
    """Whether the difference runs against time."""
    return any(each.reverted for each in diff.operations)


def oldest_first(diff: Diff) -> Sequence[Operation]:
    """The operations in the order of time; a difference against time has the newest first."""
    return diff.operations[::-1] if taken_back(diff) else diff.operations


def leaving(change: Change) -> tuple[str, ...]:
    """The classes that the change puts out of use."""
    match change:
        case kinds.MergeClasses(sources=sources):
            return sources
        case kinds.SplitClass(id=source, keep_as_parent=False):
            return (source,)
        case kinds.RegroupClasses(pairs=pairs):
            stay = {pair.target for pair in pairs}
            return tuple(sorted({pair.source for pair in pairs} - stay))
        case kinds.RetireClass(id=source):
            return (source,)
        case _:
            return ()


def retired_in_the_end(changes: Iterable[Change]) -> set[str]:
    """The classes that changes put out of use and do not bring back."""
    found: set[str] = set()
    for change in changes:
        found.update(leaving(change))
        if isinstance(change, kinds.RestoreClass):
            found.discard(change.id)
    return found


def edges_left(told: Iterable[Kgcl], diff: Diff) -> Iterator[Kgcl]:
    """The parents that the changes, carried out in order, would leave wrong.

    Operations that move a class to and fro name parents of which the statements say nothing.
    """
    last: dict[Edge, bool] = {}
    gone = set()
    for change in told:
        last.update(_edges(change))
        if change["type"] == "NodeDeletion":
            gone.add(change["about_node"])
    right = _right(diff)
    for edge, come in sorted(last.items()):
        if edge[0] not in gone and right.get(edge, come) is not come:
            values = [iri(edge[1])]
            sides = (values, []) if come else ([], values)
            yield from changes_of(edge[0], words.BROADER, *sides)


def _edges(change: Kgcl) -> Iterator[tuple[Edge, bool]]:
    """The edges to a parent that a change makes or takes away."""
    kind = change["type"]
    if kind == "NodeMove":
        child = change["about_edge"]["subject"]
        yield (child, change["old_value"]), False
        yield (child, change["new_value"]), True
    elif kind.startswith("Edge") and change["predicate"] == curie(words.BROADER):
        yield (change["subject"], change["object"]), kind == "EdgeCreation"


def _right(diff: Diff) -> Mapping[Edge, bool]:
    """The edges on the target side: by the statements, else as the newest operation has them.

    An edge that no statement tells of is on both sides or on neither.
    """
    places = _places(diff)
    found = {(child, parent): come for child in places for parent, come in places[child].items()}
    for come, lines in ((False, diff.statements.removed), (True, diff.statements.added)):
        for line in lines:
            subject, predicate, token, _ = split(line.decode())
            if predicate == words.BROADER:
                found[subject[1:-1], token[1:-1]] = come
    return found


def _places(diff: Diff) -> Mapping[str, Mapping[str, bool]]:
    """By class, the parents that operations name and whether it is under them in the end."""
    places: dict[str, dict[str, bool]] = {}
    children: dict[str, set[str]] = {}
    for operation in oldest_first(diff):
        for child, said in _placed(operation.change, places):
            places.setdefault(child, {}).update(said)
            for parent in said:
                children.setdefault(parent, set()).add(child)
        for parent in leaving(operation.change):
            for child in children.pop(parent, ()):
                places[child][parent] = False
    return places


def _placed(
    change: Change, places: Mapping[str, Mapping[str, bool]]
) -> Iterator[tuple[str, dict[str, bool]]]:
    """Under which parents a change puts a class, and under which of those named so far not."""
    match change:
        case kinds.MoveClass(id=child, parents=parents):
            left = dict.fromkeys(places.get(child, ()), False)
            yield child, left | dict.fromkeys(parents, True)
        case kinds.AddParent(id=child, parent=parent):
            yield child, {parent: True}
        case kinds.RemoveParent(id=child, parent=parent):
            yield child, {parent: False}
        case _:
            return
