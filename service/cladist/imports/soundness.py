"""What only all classes together can show: cycles, retired parents, too many parents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cladist.model import hierarchy
from cladist.model.taxonomy import Class, Group, Taxonomy, active_children, name

_NAMED = 8
"""Classes of a cycle that a message names."""


def unsound(
    after: Taxonomy, touched: Collection[str], going: AbstractSet[str]
) -> Iterator[tuple[str, str]]:
    """The touched classes that cannot stand as they are, each with a reason.

    Classes that are ``going`` are passed over: their children move up.
    """
    for class_id in touched:
        item = after.classes[class_id]
        reason = _misplaced(after, item, going) if item.active else _still_used(after, item)
        if reason:
            yield class_id, reason
    for cycle in hierarchy.cycles({each.id: each.parents for each in after.classes.values()}):
        around = " → ".join(name(after, each) for each in (*cycle[:_NAMED], cycle[0]))
        for class_id in cycle:
            if class_id in touched:
                yield class_id, f"is on a cycle of {len(cycle)}: {around}"


def _misplaced(after: Taxonomy, item: Class, going: AbstractSet[str]) -> str:
    if len(item.parents) > 1 and not after.header.polyhierarchy:
        return f"has {len(item.parents)} parents; this taxonomy allows one"
    for parent in item.parents:
        found = after.classes.get(parent)
        if found is not None and not found.active and parent not in going:
            return f"its parent “{name(after, parent)}” is retired"
    return ""


def _still_used(after: Taxonomy, item: Class) -> str:
    child = next(active_children(after, item.id), None)
    if child is not None:
        return f"is retired, but “{name(after, child)}” under it is in use"
    successors = item.retirement.successors if item.retirement else ()
    for each in successors:
        if each == item.id:
            return "is its own successor"
        if each in after.classes and not after.classes[each].active:
            return f"its successor “{name(after, each)}” is retired"
    return ""


def lifted(classes: Mapping[str, Class], going: AbstractSet[str]) -> dict[str, Class]:
    """The classes, those in use below one that goes placed under the parents of that one."""
    if not going:
        return dict(classes)
    return {
        each.id: each
        if each.id in going or not going & set(each.parents)
        else replace(each, parents=_above(each, classes, going))
        for each in classes.values()
    }


def _above(item: Class, classes: Mapping[str, Class], going: AbstractSet[str]) -> tuple[str, ...]:
    seen = dict.fromkeys(item.parents)
    queue = list(seen)
    for each in queue:
        if each in going:
            fresh = [up for up in classes[each].parents if up not in seen]
            seen.update(dict.fromkeys(fresh))
            queue += fresh
    return tuple(sorted(each for each in seen if each not in going and each != item.id))


def gone_without(base: Taxonomy, classes: Mapping[str, Class]) -> Mapping[str, Group]:
    """The exclusive groups, the seats of classes that go out of use given up."""
    gone = {
        each.id for each in base.classes.values() if each.active and not classes[each.id].active
    }
    if not gone:
        return base.groups
    left = (_left(each, gone) for each in base.groups.values())
    return {each.id: each for each in left if each is not None}


def _left(group: Group, gone: AbstractSet[str]) -> Group | None:
    """The group without those gone; none when fewer than two members would be left."""
    if not gone & {*group.members, group.under}:
        return group
    if len(set(group.members) - gone) < 2:
        return None
    lost = group.under in gone
    return replace(
        group,
        members=tuple(each for each in group.members if each not in gone),
        under="" if lost else group.under,
        exhaustive=group.exhaustive and not lost,
    )
