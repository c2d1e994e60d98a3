"""The classes that an export writes: chosen, named so that no name comes twice, in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cladist.model.taxonomy import Group, Header, Structure


@dataclass(frozen=True, slots=True)
class Warned:
    """What an export could not carry or had to change: a stable code and a sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One class. ``index`` is its place in this list, from 0; ``name`` occurs once in it.

    ``colour`` is always given: the class's own, else one made from its code.
    """

    id: str
    code: int
    index: int
    name: str
    label: str
    path: tuple[str, ...]
    """Labels from a top class to this one, by the first parent of each."""
    parents: tuple[str, ...]
    """Ids of the parents in use."""
    colour: str
    own_colour: bool
    hotkey: str
    definition: str
    synonyms: tuple[str, ...]

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue, each from 0 to 255."""
        return int(self.colour[1:3], 16), int(self.colour[3:5], 16), int(self.colour[5:7], 16)


@dataclass(frozen=True, kw_only=True)
class ClassList:
    """The classes of one state under one projection.

    ``nodes`` are the items and all classes above them; ``tops`` and ``below`` are their hierarchy,
    each in the order in which people expect them. A node that is no item may not be picked.
    """

    slug: str
    version: str
    digest: str
    header: Header
    title: str
    language: str
    items: Sequence[Item]
    nodes: Mapping[str, Item]
    tops: Sequence[str]
    below: Mapping[str, Sequence[str]]
    groups: Sequence[Group]
    warnings: Sequence[Warned] = ()
    whole: bool = True
    """Whether this is the class index itself, in its order."""
    chosen: frozenset[str] = field(default=frozenset())
    """Ids of the items."""

    @property
    def structure(self) -> Structure:
        """The label structure."""
        return self.header.structure.kind

    @property
    def draft(self) -> bool:
        """Whether this is not published and may change."""
        return self.version == "draft"

    @property
    def name(self) -> str:
        """The version by which people name it."""
        return f"{self.slug} {self.version}"

    @property
    def names(self) -> list[str]:
        """The names by index."""
        return [each.name for each in self.items]

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by class id."""
        return {each.id: each for each in self.items}

    @cached_property
    def hierarchical(self) -> bool:
        """Whether any item has a class above it."""
        return any(each.parents for each in self.items)

    @cached_property
    def lattice(self) -> int:
        """How many nodes have several parents."""
        return sum(len(each.parents) > 1 for each in self.nodes.values())

    def children(self, node: str) -> Sequence[Item]:
        """The nodes below one."""
        return [self.nodes[each] for each in self.below.get(node, ())]

    def selectable(self, node: Item) -> bool:
        """Whether a node is an item."""
        return node.id in self.chosen

    def nearest(self, item: Item) -> Item | None:
        """The nearest item above one, the first parent first; none if there is none."""
        level, seen = list(item.parents), set(item.parents)
        for each in level:
            if each in self.chosen:
                return self.by_id[each]
            above = [up for up in self.nodes[each].parents if up not in seen]
            seen.update(above)
            level.extend(above)
        return None

    def above(self, item: Item) -> str:
        """The label of the first parent, empty at the top."""
        return self.nodes[item.parents[0]].label if item.parents else ""
