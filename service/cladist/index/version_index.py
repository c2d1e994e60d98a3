"""The resident index of one version or draft state: a frozen value that threads may share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from cladist.index.entries import Entry
from cladist.index.tables import Tables
from cladist.model.errors import UnknownClass
from cladist.model.hierarchy import reach
from cladist.model.taxonomy import Header, SelectableRule, Structure

T = TypeVar("T")


class Listing(StrEnum):
    """Which classes a list holds."""

    ALL = "all"
    ACTIVE = "active"
    SELECTABLE = "selectable"


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list and the length of the whole."""

    items: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What the taxonomy's header says that decides lists and their order."""

    taxonomy: str
    default_language: str
    structure: Structure
    selectable: SelectableRule


def rules_of(header: Header) -> Rules:
    """The rules in a taxonomy's header."""
    return Rules(header.iri, header.default_language, header.structure.kind, header.selectable_rule)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VersionIndex:
    """Labels, hierarchy and search keys of all classes, retired ones too.

    ``rows`` has a class at its row for good (``None`` once it is gone); ``order`` and
    ``selection`` are ids by code and the class index; ``below`` has the ids of the classes whose
    parents name an id, retired ones too, in no promised order. ``roots`` have no parent,
    ``active_roots`` none in use. ``circular`` are the classes on a cycle or under one: dirty data
    have them; where they do, one class of each cycle that hangs on nothing counts as a root, so
    that every class is found from a root. The mappings are never written to once made; ``memo``
    alone is, with what can be worked out again.
    """

    rules: Rules
    rows: Sequence[Entry | None]
    row_of: Mapping[str, int]
    notations: Mapping[str, tuple[str, ...]]
    below: Mapping[str, tuple[str, ...]]
    retired: frozenset[str]
    order: Sequence[str]
    selection: Sequence[str]
    roots: frozenset[str]
    active_roots: frozenset[str]
    circular: frozenset[str]
    tables: Tables
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.row_of)

    def __contains__(self, class_id: object) -> bool:
        return class_id in self.row_of

    def find(self, class_id: str) -> Entry | None:
        """The class with this id, if there is one."""
        row = self.row_of.get(class_id)
        return None if row is None else self.rows[row]

    def entry(self, class_id: str) -> Entry:
        """The class with this id; raises :class:`UnknownClass`."""
        found = self.find(class_id)
        if found is None:
            raise UnknownClass(class_id)
        return found

    def entries(self, class_ids: Iterable[str]) -> tuple[Entry, ...]:
        """The classes with these ids, in their order."""
        rows, row_of = self.rows, self.row_of
        return tuple([found for each in class_ids if (found := rows[row_of[each]]) is not None])

    def position(self, class_id: str) -> int | None:
        """The class's place in the class index, from 0; ``None`` when it is not selectable."""
        places: Mapping[str, int] = self.remembered(
            ("positions",), lambda: {each: place for place, each in enumerate(self.selection)}
        )
        return places.get(class_id)

    def listing(self, which: Listing, offset: int = 0, limit: int | None = None) -> Page:
        """A page of a list: selectable classes as the class index has them, others by code."""
        if which is Listing.SELECTABLE:
            chosen = self.selection
        elif which is Listing.ALL:
            chosen = self.order
        else:
            chosen = self.remembered(
                ("active",), lambda: [each for each in self.order if each not in self.retired]
            )
        return Page(self.entries(window(chosen, offset, limit)), len(chosen))

    def parents(self, class_id: str, include_retired: bool = True) -> tuple[str, ...]:
        """The parents of a class that the taxonomy holds."""
        entry = self.find(class_id)
        above = () if entry is None else entry.parents
        known = tuple([each for each in above if each in self.row_of])
        return known if include_retired else self._active(known)

    def children(self, class_id: str, include_retired: bool = False) -> tuple[str, ...]:
        """The children of a class, in no promised order."""
        below = self.below.get(class_id, ())
        return below if include_retired else self._active(below)

    def _active(self, class_ids: tuple[str, ...]) -> tuple[str, ...]:
        if self.retired.isdisjoint(class_ids):
            return class_ids
        return tuple([each for each in class_ids if each not in self.retired])

    def ancestors(self, class_id: str) -> tuple[str, ...]:
        """All classes above, nearest first, the class itself left out."""
        rows, row_of = self.rows, self.row_of
        seen = {class_id}
        queue = [self.entry(class_id).id]
        for each in queue:  # the hottest walk of all: written out rather than told by edges
            entry = rows[row_of[each]]
            for parent in entry.parents if entry is not None else ():
                if parent not in seen and parent in row_of:
                    seen.add(parent)
                    queue.append(parent)
        return tuple(queue[1:])

    def descendants(self, class_id: str, include_retired: bool = False) -> tuple[str, ...]:
        """All classes below, nearest first, the class itself left out.

        Without the retired ones, what hangs on a retired class alone is left out as well.
        """
        self.entry(class_id)
        if include_retired:
            return reach(class_id, lambda each: self.below.get(each, ()))
        return reach(class_id, self.children)

    def with_code(self, code: int) -> tuple[str, ...]:
        """The ids of the classes with this code: one at most, unless the data are dirty."""
        place = bisect_left(self.order, code, key=lambda each: self.entry(each).code)
        found: list[str] = []
        while place < len(self.order) and self.entry(self.order[place]).code == code:
            found.append(self.order[place])
            place += 1
        return tuple(found)

    def language(self, language: str | None) -> str:
        """The language itself if any label has it, else the default one."""
        if language is not None and any(where[0] == language for where in self.tables):
            return language
        return self.rules.default_language

    def label(self, entry: Entry, language: str | None = None) -> str:
        """The preferred label in the language, else the default one, else any; else the id."""
        labels = entry.preferred
        for wanted in (language, self.rules.default_language):
            for each in labels:
                if each.language == wanted:
                    return each.value
        return labels[0].value if labels else entry.id

    def remembered(self, key: tuple[object, ...], work: Callable[[], T]) -> T:
        """What ``work`` gives, worked out once; two threads at once may both do it."""
        found: T | None = self.memo.get(key)
        if found is None:
            found = self.memo[key] = work()
        return found


def window(items: Sequence[str], offset: int, limit: int | None) -> Sequence[str]:
    """The items of a page; past the end there are none."""
    start = max(offset, 0)
    return items[start:] if limit is None else items[start : start + max(limit, 0)]
