"""Trees as people walk them: pages of children, nested trees, all the ways to a class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from cladist.index.entries import Entry
from cladist.index.version_index import VersionIndex, window
from cladist.model.errors import UnknownClass

PATHS = 100
NODES = 10_000
_STEPS = 100_000  # classes looked at in search of paths: a lattice has too many to count
_UNRANKED = 1 << 30


class Branch(msgspec.Struct, frozen=True, gc=False):
    """A class in a page of children; ``descendants`` is counted only when asked for."""

    entry: Entry
    children: int
    descendants: int | None = None

    @property
    def has_children(self) -> bool:
        """Whether it can be opened."""
        return self.children > 0


@dataclass(frozen=True, slots=True)
class Branches:
    """A page of children and how many there are in all."""

    items: tuple[Branch, ...]
    total: int


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A class in a nested tree; ``below`` is shorter than ``children`` says where the tree ends."""

    entry: Entry
    children: int
    below: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """Nested trees; ``truncated`` when the limit of nodes cut them."""

    nodes: tuple[Node, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Paths:
    """Ways from a root to a class, shortest first; ``truncated`` when there are more."""

    paths: tuple[tuple[str, ...], ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class View:
    """How a person looks: in which language, at retired classes too or not."""

    language: str | None = None
    include_retired: bool = False


PLAIN = View()


def children(
    index: VersionIndex,
    class_id: str | None,
    view: View = PLAIN,
    *,
    offset: int = 0,
    limit: int | None = None,
    count_descendants: bool = False,
) -> Branches:
    """A page of the children of a class, or of the roots: by rank if any, label, code.

    Raises :class:`UnknownClass`.
    """
    ids = sorted_children(index, class_id, view)
    page = window(ids, offset, limit)
    retired, below = view.include_retired, index.below
    if retired or not index.retired:
        numbers = [len(below[each]) if each in below else 0 for each in page]
    else:
        numbers = [len(index.children(each)) for each in page]
    if not count_descendants:
        return Branches(tuple(map(Branch, index.entries(page), numbers)), len(ids))
    counts = [_count(index, each, retired) for each in page]
    return Branches(tuple(map(Branch, index.entries(page), numbers, counts)), len(ids))


def _count(index: VersionIndex, class_id: str, retired: bool) -> int:
    return index.remembered(
        ("descendants", class_id, retired), lambda: len(index.descendants(class_id, retired))
    )


def sorted_children(
    index: VersionIndex, class_id: str | None, view: View = PLAIN
) -> tuple[str, ...]:
    """Ids of the children of a class, or of the roots, as a person expects them in order."""
    language, retired = index.language(view.language), view.include_retired
    key = ("children", class_id, language, retired)
    known: tuple[str, ...] | None = index.memo.get(key)
    if known is not None:
        return known
    if class_id is None:
        found = tuple(index.roots if retired else index.active_roots)
    elif class_id in index:
        found = index.children(class_id, retired)
    else:
        raise UnknownClass(class_id)
    index.memo[key] = known = _sorted(index, found, language) if len(found) > 1 else found
    return known


def _sorted(index: VersionIndex, class_ids: tuple[str, ...], language: str) -> tuple[str, ...]:
    keys = []
    for entry in index.entries(class_ids):
        for label in entry.preferred:
            if label.language == language:
                name = label.value
                break
        else:
            name = index.label(entry)
        rank = _UNRANKED if entry.rank is None else entry.rank
        keys.append((rank, name.casefold(), entry.code, entry.id))
    keys.sort()
    return tuple([key[3] for key in keys])


def subtree(
    index: VersionIndex, class_id: str, depth: int, view: View = PLAIN, *, limit: int = NODES
) -> Tree:
    """The tree under a class, ``depth`` levels below it, as one node; UnknownClass."""
    index.entry(class_id)
    return _grow(index, (class_id,), depth, view, limit)


def tree(index: VersionIndex, depth: int, view: View = PLAIN, *, limit: int = NODES) -> Tree:
    """The trees under all roots; with ``depth`` 0 the roots alone."""
    return _grow(index, sorted_children(index, None, view), depth, view, limit)


@dataclass(slots=True)
class _Sprout:
    """A node while its tree grows: where it hangs, and which sprouts hang on it."""

    class_id: str
    level: int
    above: _Sprout | None
    below: list[_Sprout]

    def repeats(self, class_id: str) -> bool:
        """Whether the class stands on the way from the root to here."""
        here: _Sprout | None = self
        while here is not None and here.class_id != class_id:
            here = here.above
        return here is not None


def _grow(index: VersionIndex, tops: tuple[str, ...], depth: int, view: View, limit: int) -> Tree:
    """Grow level by level, so that a limit cuts the deepest; then nest, the last first."""
    sprouts = [_Sprout(each, 0, None, []) for each in tops[:limit]]
    count, truncated = len(sprouts), len(tops) > limit
    for sprout in sprouts:
        if sprout.level >= depth:
            continue
        below = _below(index, sprout, view)
        if len(sprouts) + len(below) > limit:
            truncated = True
            break
        sprout.below = [_Sprout(each, sprout.level + 1, sprout, []) for each in below]
        sprouts += sprout.below
    nodes: dict[int, Node] = {}
    for sprout in reversed(sprouts):
        nodes[id(sprout)] = Node(
            entry=index.entry(sprout.class_id),
            children=len(index.children(sprout.class_id, view.include_retired)),
            below=tuple([nodes.pop(id(each)) for each in sprout.below]),
        )
    return Tree(tuple([nodes[id(each)] for each in sprouts[:count]]), truncated)


def _below(index: VersionIndex, sprout: _Sprout, view: View) -> tuple[str, ...]:
    found = sorted_children(index, sprout.class_id, view)
    if index.circular.isdisjoint(found):
        return found
    return tuple([each for each in found if each not in index.circular or not sprout.repeats(each)])


def paths(index: VersionIndex, class_id: str, limit: int = PATHS) -> Paths:
    """The ways from a root to a class, both included, ``limit`` at most; UnknownClass.

    Of a class in use only those through classes in use. No class stands twice on a way.
    """
    active = index.entry(class_id).active
    roots = index.active_roots if active else index.roots
    found: list[tuple[str, ...]] = []
    way = [class_id]
    pending = [_upwards(index, class_id, roots, active)]
    on_way = {class_id}
    steps = 0
    while pending:
        above = next(pending[-1], None)
        steps += 1
        if len(found) > limit or steps > _STEPS:
            break
        if above is None:
            if way[-1] in roots:
                found.append(tuple(reversed(way)))
            on_way.discard(way.pop())
            pending.pop()
        elif above not in on_way:
            way.append(above)
            on_way.add(above)
            pending.append(_upwards(index, above, roots, active))
    found.sort(key=lambda each: (len(each), each))
    return Paths(tuple(found[:limit]), len(found) > limit or bool(pending))


def _upwards(
    index: VersionIndex, class_id: str, roots: frozenset[str], active: bool
) -> Iterator[str]:
    """The parents to go on with; none above a root, not even above one on a cycle."""
    return iter(() if class_id in roots else index.parents(class_id, not active))
