"""Fixes of where classes stand: parents, relations, what may be picked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cladist.model.change.kinds import (
    AddParent,
    EditClass,
    EditTaxonomy,
    MergeClasses,
    MoveClass,
    RemoveParent,
    RetireClass,
    SetSelectable,
)
from cladist.model.taxonomy import active_children
from cladist.validation.fixes.fix import Fix, Fixer, Problem


def _leave(problem: Problem, parent: str, title: str = "") -> Fix:
    said = title or f"Take the parent {problem.called(parent)} away"
    return Fix(said, (RemoveParent(id=problem.subject, parent=parent),))


def _leaving(wrong: Callable[[Problem, str], bool]) -> Fixer:
    """Take those parents away of which something is true."""

    def fixer(problem: Problem) -> Iterator[Fix]:
        for parent in problem.parents(problem.subject):
            if wrong(problem, parent):
                yield _leave(problem, parent)

    return fixer


def _is_above_another(problem: Problem, parent: str) -> bool:
    others = (each for each in problem.parents(problem.subject) if each != parent)
    return any(parent in problem.above(each) for each in others)


redundant = _leaving(_is_above_another)
cycle = _leaving(lambda problem, parent: problem.subject in {parent, *problem.above(parent)})


def unknown_parent(problem: Problem) -> Iterator[Fix]:
    """Known parents alone."""
    parents = problem.parents(problem.subject)
    known = tuple(each for each in parents if each in problem.state.classes)
    if known != parents:
        yield Fix("Take what is unknown away", (MoveClass(id=problem.subject, parents=known),))


def retired_parent(problem: Problem) -> Iterator[Fix]:
    """Under a successor instead, or away from the retired class."""
    parents = problem.parents(problem.subject)
    for parent in parents:
        if parent in problem.state.classes and not problem.is_active(parent):
            for successor in problem.successors(parent):
                moved = tuple(dict.fromkeys(successor if p == parent else p for p in parents))
                title = f"Move it under {problem.called(successor)}"
                yield Fix(title, (MoveClass(id=problem.subject, parents=moved),))
            yield _leave(problem, parent)


def several_parents(problem: Problem) -> Iterator[Fix]:
    """One of the parents, or a taxonomy that allows several."""
    for parent in problem.parents(problem.subject):
        move = MoveClass(id=problem.subject, parents=(parent,))
        yield Fix(f"Keep {problem.called(parent)} alone", (move,))
    yield Fix("Let the taxonomy allow several parents", (EditTaxonomy(polyhierarchy=True),))


def single_child(problem: Problem) -> Iterator[Fix]:
    """The two names for one class become one."""
    for child in tuple(active_children(problem.state, problem.subject)):
        title = f"Merge {problem.called(child)} into {problem.called(problem.subject)}"
        yield Fix(title, (MergeClasses(sources=(child,), into=problem.subject),))


def childless(problem: Problem) -> Iterator[Fix]:
    """A class that nobody may pick and that holds nothing."""
    yield Fix("Let annotators pick it", (SetSelectable(id=problem.subject, selectable=True),))
    yield Fix("Retire it", (RetireClass(id=problem.subject, reason="It held no classes."),))


def top_with_parent(problem: Problem) -> Iterator[Fix]:
    """At the top indeed."""
    yield Fix("Put it at the top", (MoveClass(id=problem.subject, parents=()),))


def under_two(problem: Problem) -> Iterator[Fix]:
    """Away from one side of the classes that exclude each other."""
    members = {member for group in problem.state.groups.values() for member in group.members}
    for parent in problem.parents(problem.subject):
        if members & {parent, *problem.above(parent)}:
            yield _leave(problem, parent)


def _unrelating(wrong: Callable[[Problem, str], bool]) -> Fixer:
    """Take those relations away, whichever side states them, of which something is true."""

    def fixer(problem: Problem) -> Iterator[Fix]:
        here = problem.item
        if here is None:
            return
        gone = tuple(each for each in here.related if wrong(problem, each))
        changes = []
        if gone:
            kept = tuple(each for each in here.related if each not in gone)
            changes.append(EditClass(id=here.id, related=kept))
        for each in problem.others:
            there = problem.state.classes.get(each)
            if there is not None and here.id in there.related and wrong(problem, each):
                kept = tuple(other for other in there.related if other != here.id)
                changes.append(EditClass(id=there.id, related=kept))
                gone = (*gone, each)
        if changes:
            names = ", ".join(problem.called(each) for each in dict.fromkeys(gone))
            yield Fix(f"Take the relation with {names} away", tuple(changes))

    return fixer


def _is_in_line(problem: Problem, other: str) -> bool:
    return other in problem.above(problem.subject) or problem.subject in problem.above(other)


def _is_beside(problem: Problem, other: str) -> bool:
    return bool(set(problem.parents(problem.subject)) & set(problem.parents(other)))


related_in_line = _unrelating(_is_in_line)
related_beside = _unrelating(_is_beside)
related_unknown = _unrelating(lambda problem, other: other not in problem.state.classes)


def reflexive(problem: Problem) -> Iterator[Fix]:
    """Nothing of a class leads to itself."""
    item = problem.item
    if item is None:
        return
    if item.id in item.parents:
        yield _leave(problem, item.id, "Take the class away from its own parents")
    if item.id in item.related:
        kept = tuple(each for each in item.related if each != item.id)
        yield Fix("Take the relation away", (EditClass(id=item.id, related=kept),))


def related_retired(problem: Problem) -> Iterator[Fix]:
    """Related to a successor instead, or not at all."""
    related = () if problem.item is None else problem.item.related
    known = problem.state.classes
    for each in (each for each in related if each in known and not known[each].active):
        rest = tuple(other for other in related if other != each)
        for successor in problem.successors(each):
            heirs = tuple(dict.fromkeys((*rest, successor)))
            title = f"Relate it to {problem.called(successor)}"
            yield Fix(title, (EditClass(id=problem.subject, related=heirs),))
        title = f"Take the relation with {problem.called(each)} away"
        yield Fix(title, (EditClass(id=problem.subject, related=rest),))


def inside(problem: Problem) -> Iterator[Fix]:
    """A mapping that stays inside becomes a relation, a parent, a merger, or nothing."""
    item = problem.item
    for match in () if item is None else item.matches:
        if item is None or match.target not in problem.state.classes:
            continue
        kept = EditClass(id=item.id, matches=tuple(each for each in item.matches if each != match))
        target = problem.called(match.target)
        if match.predicate == "broadMatch":
            added = AddParent(id=item.id, parent=match.target)
            yield Fix(f"Put it under {target} instead", (kept, added))
        elif match.predicate == "relatedMatch":
            related = EditClass(id=item.id, related=(*item.related, match.target))
            yield Fix(f"Relate it to {target} instead", (kept, related))
        elif match.predicate in ("exactMatch", "closeMatch"):
            merged = MergeClasses(sources=(item.id,), into=match.target)
            yield Fix(f"Merge it into {target}", (kept, merged))
        yield Fix(f"Take the mapping to {target} away", (kept,))
