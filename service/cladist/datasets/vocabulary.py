"""The classes of one version as data name them: all that a migration needs of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from cladist.index.entries import Entry
from cladist.index.naming import By, Meant, Names
from cladist.model.errors import UnknownClass
from cladist.model.taxonomy import Structure


class Group(msgspec.Struct, frozen=True, array_like=True):
    """Classes of which at most one may apply to an item."""

    name: str
    members: tuple[str, ...]


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One version: which it is, its label structure, its classes and exclusive groups.

    ``selection`` is the class index, ids in their order.
    """

    taxonomy: str
    """IRI of the taxonomy."""
    slug: str
    version: str
    digest: str
    language: str
    structure: Structure
    rows: tuple[Entry, ...]
    selection: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    tagging_scheme: str = ""

    def __contains__(self, class_id: object) -> bool:
        return class_id in self._by_id

    def find(self, class_id: str) -> Entry | None:
        """The class with this id, if there is one."""
        return self._by_id.get(class_id)

    def entry(self, class_id: str) -> Entry:
        """The class with this id; raises UnknownClass."""
        found = self._by_id.get(class_id)
        if found is None:
            raise UnknownClass(class_id, f"{self.slug} {self.version}")
        return found

    def active(self, class_id: str) -> bool:
        """Whether the version has the class in use."""
        found = self._by_id.get(class_id)
        return found is not None and found.active

    def label(self, class_id: str) -> str:
        """The preferred label in the taxonomy's language, else in any; the id when unknown."""
        found = self._by_id.get(class_id)
        if found is None or not found.preferred:
            return class_id
        labels = found.labels
        return labels.get(self.language) or next(iter(labels.values()))

    def meant(self, text: str, by: By | None = None) -> Meant:
        """The classes that a text may mean."""
        return self._names.meant(text, by)

    def path_meant(self, names: Sequence[str], by: By | None = None) -> tuple[str, ...]:
        """The classes that a path of names from a root downwards may mean, by its last name.

        Names of ancestors may be left out at the top, not in between.
        """
        if not names:
            return ()
        found = self._names.meant(names[-1], by).classes
        above = names[:-1]
        return self._under(found, above, by) if above else found

    def _under(
        self, found: tuple[str, ...], above: Sequence[str], by: By | None
    ) -> tuple[str, ...]:
        parents = set(self.path_meant(above, by))
        return tuple(each for each in found if parents.intersection(self.entry(each).parents))

    def path(self, class_id: str) -> tuple[str, ...]:
        """Ids from a root to the class, by the first parent of each."""
        found = [class_id]
        while (above := self._parents(found[-1])) and above[0] not in found:
            found.append(above[0])
        return tuple(reversed(found))

    def ancestors(self, class_id: str) -> tuple[str, ...]:
        """The classes in use above a class, the nearest first."""
        found: dict[str, None] = {}
        level = [class_id]
        while level:
            level = [up for each in level for up in self._parents(each) if up not in found]
            found.update(dict.fromkeys(level))
        found.pop(class_id, None)
        return tuple(found)

    def _parents(self, class_id: str) -> tuple[str, ...]:
        found = self._by_id.get(class_id)
        return () if found is None else tuple(each for each in found.parents if self.active(each))

    @cached_property
    def _by_id(self) -> Mapping[str, Entry]:
        return {each.id: each for each in self.rows}

    @cached_property
    def retired(self) -> frozenset[str]:
        """The classes out of use."""
        return frozenset(each.id for each in self.rows if not each.active)

    def in_use(self) -> Iterator[Entry]:
        """The classes in use, by code."""
        return (each for each in self.rows if each.active)

    @cached_property
    def _names(self) -> Names:
        return Names(self)
