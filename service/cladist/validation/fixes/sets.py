"""Fixes of what holds classes together: exclusive groups, retirement, order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cladist.model.change.kinds import (
    Change,
    RemoveExclusiveGroup,
    ReorderClasses,
    RestoreClass,
    RetireClass,
    SetExclusiveGroup,
    SetSelectable,
)
from cladist.model.taxonomy import Group, active_children, is_selectable
from cladist.validation.fixes.fix import Fix, Problem


def _with(group: Group, members: tuple[str, ...]) -> tuple[Change, ...]:
    """The group with other members; no group where fewer than two are left."""
    if len(set(members)) < 2:
        return (RemoveExclusiveGroup(id=group.id),)
    return (SetExclusiveGroup(group=replace(group, members=tuple(dict.fromkeys(members)))),)


def gap(problem: Problem) -> Iterator[Fix]:
    """The group takes all children, or no longer claims to."""
    group = problem.group
    if group is not None and group.under:
        children = tuple(active_children(problem.state, group.under))
        missing = [each for each in children if each not in group.members]
        names = ", ".join(problem.called(each) for each in missing)
        yield Fix(f"Add {names} to the group", _with(group, (*group.members, *missing)))
        loose = replace(group, exhaustive=False)
        yield Fix("Do not call the group exhaustive", (SetExclusiveGroup(group=loose),))


def not_exhaustive(problem: Problem) -> Iterator[Fix]:
    """A group that divides no class is not exhaustive."""
    if problem.group is not None:
        loose = replace(problem.group, exhaustive=False)
        yield Fix("Do not call the group exhaustive", (SetExclusiveGroup(group=loose),))


def retired_member(problem: Problem) -> Iterator[Fix]:
    """Successors in the place of what is retired, or nothing."""
    for group in _groups(problem):
        retired = [
            each
            for each in group.members
            if each in problem.state.classes and not problem.is_active(each)
        ]
        if retired:
            kept = tuple(each for each in group.members if each not in retired)
            heirs = tuple(heir for each in retired for heir in problem.successors(each))
            if heirs:
                names = ", ".join(problem.called(each) for each in heirs)
                yield Fix(f"Put {names} in its place", _with(group, (*kept, *heirs)))
            yield Fix("Take it out of the group", _with(group, kept))


def unknown_member(problem: Problem) -> Iterator[Fix]:
    """Known classes alone."""
    for group in _groups(problem):
        kept = tuple(each for each in group.members if each in problem.state.classes)
        if kept != group.members:
            yield Fix("Take what is unknown out of the group", _with(group, kept))


def nested(problem: Problem) -> Iterator[Fix]:
    """One of two members that are above each other stays."""
    for group in _groups(problem):
        for each in group.members:
            if any(each in problem.above(other) for other in group.members if other != each):
                kept = tuple(member for member in group.members if member != each)
                yield Fix(f"Take {problem.called(each)} out of the group", _with(group, kept))


def too_few(problem: Problem) -> Iterator[Fix]:
    """No group of one."""
    for group in _groups(problem):
        if sum(map(problem.is_active, group.members)) < 2:
            yield Fix("Remove the group", (RemoveExclusiveGroup(id=group.id),))


def _groups(problem: Problem) -> list[Group]:
    """The group at fault, else all that hold the subject."""
    found = problem.state.groups.get(problem.subject)
    groups = sorted(problem.state.groups.values(), key=lambda each: each.id)
    return [found] if found else [each for each in groups if problem.subject in each.members]


def chain(problem: Problem) -> Iterator[Fix]:
    """Successors that are in use."""
    item = problem.item
    if item is None or item.retirement is None:
        return
    ends = problem.successors(item.id)
    names = ", ".join(problem.called(each) for each in ends)
    title = f"Name {names} as successor" if ends else "Name no successor"
    again = RetireClass(id=item.id, reason=item.retirement.reason, successors=ends)
    yield Fix(title, (again,))


def circle(problem: Problem) -> Iterator[Fix]:
    """Out of the circle, or back into use."""
    yield from chain(problem)
    yield Fix("Bring it back into use", (RestoreClass(id=problem.subject),))


def order(problem: Problem) -> Iterator[Fix]:
    """Ranks from 0 without a gap; those without one come last, by label."""
    state = problem.state
    found = [each for each in state.classes.values() if is_selectable(state, each)]
    language = state.header.default_language
    ordered = sorted(
        found,
        key=lambda each: (each.rank is None, each.rank or 0, each.label(language), each.id),
    )
    names = ", ".join(each.label(language) for each in ordered[:4])
    title = f"Number them anew: {names}{', …' if len(ordered) > 4 else ''}"
    yield Fix(title, (ReorderClasses(order=tuple(each.id for each in ordered)),))


def not_for_labeling(problem: Problem) -> Iterator[Fix]:
    """Classes group numbers here; nobody picks them."""
    unpicked = SetSelectable(id=problem.subject, selectable=False)
    yield Fix("Do not let annotators pick it", (unpicked,))
    yield Fix("Retire it", (RetireClass(id=problem.subject, reason="Values are numbers."),))
