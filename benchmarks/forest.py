"""Made-up trees of labelled classes that are still being changed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.wording import MODIFIERS, NOUNS, definition
from cladist.model.taxonomy import Class, Header, Notation, Taxonomy, Text

BASE = "https://example.org/"
SYSTEM = BASE + "codes"


@dataclass(slots=True)
class Item:
    """A class while it is being changed."""

    label: str
    others: set[str] = field(default_factory=set)
    definition: str = ""
    codes: list[str] = field(default_factory=list)
    parent: str = ""


Items = dict[str, Item]


def children(items: Items, parent: str) -> list[str]:
    """The classes under a class."""
    return [each for each, item in items.items() if item.parent == parent]


class Maker:
    """Makes classes whose ids and labels nobody had before; half of the makers give notations."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.coded = dice.random() < 0.5
        self._used: set[str] = set()
        self._given = 0

    def grow(self, size: int, levels: int) -> Items:
        """A tree of so many classes and so many levels."""
        items: Items = {}
        level = {"": 0}
        tops = max(3, round(size ** (1 / levels)))
        while len(items) < size:
            inner = [each for each, depth in level.items() if 0 < depth < levels]
            parent = "" if len(items) < tops else self.dice.choice(inner)
            made = self.add(items, parent)
            level[made] = level[parent] + 1
        for _ in range(size // 60):  # homonyms, each under another parent
            one, other = self.dice.sample(sorted(items), 2)
            if items[one].parent != items[other].parent:
                items[other].label = items[one].label
        return items

    def twins(self, items: Items) -> list[str]:
        """Two leaves under one parent with one label, and nothing else."""
        parent = self.dice.choice(sorted({each.parent for each in items.values()}))
        label = self.label("")
        made = [self._id(), self._id()]
        items.update((each, Item(label, parent=parent)) for each in made)
        return made

    def add(self, items: Items, parent: str) -> str:
        """One more class, some with synonyms, some with a definition."""
        made = self._id()
        item = Item(self.label(items[parent].label if parent else ""), parent=parent)
        noun = item.label.split()[-1]
        if self.dice.random() < 0.4:
            item.others.add(self.free(item.label.replace(noun, NOUNS[noun])))
        if self.dice.random() < 0.15:
            item.others.add(self.label(""))
        item.others.discard("")
        if self.dice.random() < 0.4:
            item.definition = definition(self.dice, noun)
        if self.coded:
            place = len(children(items, parent)) + 1
            above = items[parent].codes[:1] if parent else []
            item.codes = ["".join([*above, f"{place:02}"])]
        items[made] = item
        return made

    def label(self, near: str) -> str:
        """A label nobody has: mostly the parent's noun with other words before it."""
        while True:
            noun = near.split()[-1] if near else ""
            if noun not in NOUNS or self.dice.random() < 0.3:
                noun = self.dice.choice(sorted(NOUNS))
            before = self.dice.sample(MODIFIERS, self.dice.choice((0, 1, 1, 1, 2)))
            if label := self.free(" ".join([*before, noun])):
                return label

    def free(self, label: str) -> str:
        """The label if nobody has it; nothing otherwise."""
        if label in self._used:
            return ""
        self._used.add(label)
        return label

    def _id(self) -> str:
        self._given += 1
        return f"{BASE}old/c{self._given:04}"


def taxonomy(items: Items, ids: Mapping[str, str]) -> Taxonomy:
    """The classes as a taxonomy, those named in ``ids`` with other ids."""
    classes = (_class(ids, class_id, item) for class_id, item in items.items())
    header = Header(iri=BASE + "made-up", slug="made-up")
    return Taxonomy(header, {each.id: each for each in classes})


def _class(ids: Mapping[str, str], class_id: str, item: Item) -> Class:
    return Class(
        id=ids.get(class_id, class_id),
        preferred=(Text(item.label, "en"),),
        alternative=tuple(Text(each, "en") for each in sorted(item.others - {item.label})),
        definitions=(Text(item.definition, "en"),) if item.definition else (),
        notations=tuple(Notation(each, SYSTEM) for each in item.codes),
        parents=(ids.get(item.parent, item.parent),) if item.parent else (),
    )
