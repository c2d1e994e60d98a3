"""Classes of a version made elsewhere as they are taken over: our ids, and what is kept of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from cladist.model.change.checks import as_set
from cladist.model.taxonomy import UNGIVEN, Class, Group, Match, Taxonomy

_OURS = frozenset({"id", "code", "preferred", "alternative", "parents", "retirement", "matches"})
"""Fields of a class that are not simply taken over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a version made elsewhere is taken over.

    ``provisional``: ids that begin so were made up while reading, and are not kept.
    ``partial``: its source says little of a class, so that what it does not say stays as it was.
    ``record_ids``: its IRIs are somebody's, so that a class known here by another one is mapped to
    it (``skos:exactMatch``).
    """

    provisional: str = ""
    partial: bool = False
    record_ids: bool = False

    def invented(self, class_id: str) -> bool:
        """Whether an id was made up while reading."""
        return bool(self.provisional) and class_id.startswith(self.provisional)


class Taken:
    """Foreign values as they are taken over: with our ids, and what is kept of ours."""

    def __init__(
        self,
        old: Taxonomy,
        new: Taxonomy,
        ids: Mapping[str, str],
        manner: Manner,
        beginnings: Mapping[str, Iterable[str]],
    ) -> None:
        self.old, self.new, self.ids, self.manner = old, new, ids, manner
        self.placed = any(item.parents for item in new.classes.values())
        self.kept = {*old.classes, *ids.values()}
        self.beginnings = beginnings
        """For each foreign class that takes the place of others the parents of those."""

    def over(self, foreign: str) -> Class:
        """A foreign class as it will be here."""
        item, here = self.new.classes[foreign], self.ids[foreign]
        ours = self.old.classes.get(here)
        retirement = item.retirement
        if retirement is not None:
            retirement = replace(retirement, successors=self._known(retirement.successors))
        taken = replace(
            item,
            id=here,
            code=UNGIVEN if ours is None else ours.code,
            parents=self._parents(item, ours),
            related=self._known(item.related),
            boundary_with=self._known(item.boundary_with),
            retirement=retirement,
            matches=as_set((*item.matches, *self._match(foreign, ours))),
        )
        return taken if ours is None else self._beside(taken, ours)

    def _known(self, foreign: Iterable[str]) -> tuple[str, ...]:
        """Our ids of foreign classes, those that were not taken over left out."""
        known = (self.ids.get(each, each) for each in foreign)
        return as_set(each for each in known if each in self.kept)

    def _parents(self, item: Class, ours: Class | None) -> tuple[str, ...]:
        """Where the class stands; where it stood if a parent of it was not taken over."""
        untold = any(each in self.new.classes and each not in self.ids for each in item.parents)
        known = self._known(item.parents)
        if not untold:
            return known
        if ours is not None:
            return ours.parents
        return known or as_set(self.beginnings.get(item.id, ()))

    def _match(self, foreign: str, ours: Class | None) -> tuple[Match, ...]:
        if ours is None or ours.id == foreign or not self.manner.record_ids:
            return ()
        return (*ours.matches, Match("exactMatch", foreign))

    def _beside(self, taken: Class, ours: Class) -> Class:
        """A class with what it keeps: its old label, and what a partial source does not say."""
        languages = {each.language: each for each in taken.preferred}
        lost = [each for each in ours.preferred if languages.get(each.language, each) != each]
        kept: dict[str, Any] = {"alternative": as_set((*taken.alternative, *lost))}
        if self.manner.partial:
            silent = [
                field.name
                for field in fields(Class)
                if field.name not in _OURS and getattr(taken, field.name) in (None, "", ())
            ]
            kept.update({name: getattr(ours, name) for name in silent})
            kept["alternative"] = as_set((*kept["alternative"], *ours.alternative))
            kept["matches"] = as_set((*taken.matches, *ours.matches))
            others = (each for each in ours.preferred if each.language not in languages)
            kept["preferred"] = as_set((*taken.preferred, *others))
            if not self.placed:
                kept["parents"] = ours.parents
        return replace(taken, **kept)

    def whole(self, classes: Mapping[str, Class]) -> Taxonomy:
        """The taxonomy of these classes, with groups and all else as the new version has them."""
        header = replace(
            self.new.header,
            iri=self.old.header.iri,
            slug=self.old.header.slug,
            namespace=self.old.header.namespace,
            structure=self._structure(),
        )
        groups = {key: self._group(group) for key, group in self.new.groups.items()}
        return Taxonomy(header, classes, groups, self.new.others)

    def _group(self, group: Group) -> Group:
        under = self._known((group.under,)) if group.under else ()
        return replace(group, members=self._known(group.members), under="".join(under))

    def _structure(self) -> Any:
        structure = self.new.header.structure
        slots = tuple(
            replace(
                each,
                owner=self.ids.get(each.owner, each.owner),
                value=self.ids.get(each.value, each.value),
            )
            for each in structure.slots
        )
        relations = tuple(
            replace(
                each,
                source=self.ids.get(each.source, each.source),
                target=self.ids.get(each.target, each.target),
            )
            for each in structure.relations
        )
        return replace(structure, slots=slots, relations=relations)
