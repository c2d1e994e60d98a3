"""Where trees begin: classes without parents, and one class of each cycle that hangs on nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from cladist.index.entries import Entry
from cladist.model.hierarchy import reach

Find = Callable[[str], Entry | None]


def is_root(entry: Entry | None, find: Find, active: bool) -> bool:
    """Whether the class begins a tree: of all classes, or of those in use."""
    if entry is None or (active and not entry.active):
        return False
    for parent in entry.parents:
        above = find(parent)
        if above is not None and (above.active or not active):
            return False
    return True


def find_circular(
    rows: Sequence[Entry], known: Mapping[str, int], below: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """The classes on a cycle or under one: those that no order puts after all their parents."""
    waiting: dict[str, int] = {}
    ready: list[str] = []
    for entry in rows:
        above = sum([parent in known for parent in entry.parents])
        if above:
            waiting[entry.id] = above
        else:
            ready.append(entry.id)
    for each in ready:
        for child in below.get(each, ()):
            if waiting[child] == 1:
                del waiting[child]
                ready.append(child)
            else:
                waiting[child] -= 1
    return frozenset(waiting)


def find_roots(
    rows: Sequence[Entry], find: Find, below: Mapping[str, Sequence[str]], active: bool
) -> frozenset[str]:
    """The roots of all classes or of those in use; from them every class can be reached."""
    roots = [entry.id for entry in rows if is_root(entry, find, active)]
    view = {entry.id: entry for entry in rows if entry.active or not active}

    def parents(each: str) -> Iterable[str]:
        return [parent for parent in view[each].parents if parent in view]

    def children(each: str) -> Iterable[str]:
        return [child for child in below.get(each, ()) if child in view]

    reached = _flooded(roots, children, set())
    seen = set(reached)
    starts = [each for each in view if each not in seen and _flooded([each], children, seen)]
    for start in reversed(starts):  # the last one that leads to a class is on a cycle above it
        if start not in reached:
            cycle = (start, *reach(start, parents))
            roots.append(min(cycle, key=lambda each: (view[each].code, each)))
            _flooded([start], children, reached)
    return frozenset(roots)


def plain_roots(rows: Sequence[Entry], find: Find, active: bool) -> frozenset[str]:
    """The roots where there is no cycle."""
    return frozenset([entry.id for entry in rows if is_root(entry, find, active)])


def _flooded(
    starts: Iterable[str], edges: Callable[[str], Iterable[str]], seen: set[str]
) -> set[str]:
    """``seen`` itself with everything added that the starts lead to."""
    stack = [each for each in starts if each not in seen]
    seen.update(stack)
    while stack:
        for following in edges(stack.pop()):
            if following not in seen:
                seen.add(following)
                stack.append(following)
    return seen
