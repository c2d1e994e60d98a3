"""From a change to its effect on a state, and from a list of changes to a new taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cladist.model.change import editing, framing, kinds, lineage
from cladist.model.change.effect import Effect, apply_effect, swap_in
from cladist.model.change.kinds import Change
from cladist.model.taxonomy import Class, Group, Header, State, Statement, Taxonomy

Planner = Callable[[State, Any], Effect]

_PLANNERS: Mapping[type, Planner] = {
    kinds.AddClass: editing.add_class,
    kinds.RenameClass: editing.rename_class,
    kinds.EditClass: editing.edit_class,
    kinds.RedefineClass: editing.redefine_class,
    kinds.MoveClass: editing.move_class,
    kinds.AddParent: editing.add_parent,
    kinds.RemoveParent: editing.remove_parent,
    kinds.ReorderClasses: editing.reorder_classes,
    kinds.SetSelectable: editing.set_selectable,
    kinds.MergeClasses: lineage.merge_classes,
    kinds.SplitClass: lineage.split_class,
    kinds.RegroupClasses: lineage.regroup_classes,
    kinds.RetireClass: lineage.retire_class,
    kinds.RestoreClass: lineage.restore_class,
    kinds.SetExclusiveGroup: framing.set_exclusive_group,
    kinds.RemoveExclusiveGroup: framing.remove_exclusive_group,
    kinds.SetLabelStructure: framing.set_label_structure,
    kinds.EditTaxonomy: framing.edit_taxonomy,
}


def plan(state: State, change: Change) -> Effect:
    """What the change would do to the state; raises what refuses it, and changes nothing."""
    return _PLANNERS[type(change)](state, change)


def apply(taxonomy: Taxonomy, change: Change) -> Taxonomy:
    """The taxonomy after one change."""
    return apply_effect(taxonomy, plan(taxonomy, change))


def replay(taxonomy: Taxonomy, changes: Iterable[Change]) -> tuple[Taxonomy, tuple[Effect, ...]]:
    """The taxonomy after the changes in order, and the effect of each."""
    working = Working(taxonomy)
    effects = tuple(working.do(change) for change in changes)
    return working.taxonomy(), effects


class Working:
    """A taxonomy in the middle of a replay: same answers, changed in place, one owner."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.header: Header = taxonomy.header
        self.classes: dict[str, Class] = dict(taxonomy.classes)
        self.groups: dict[str, Group] = dict(taxonomy.groups)
        self.others: dict[str, tuple[Statement, ...]] = dict(taxonomy.others)
        self._codes = {each.code: each.id for each in self.classes.values()}
        self._next = max(self._codes, default=0) + 1
        self._children: dict[str, set[str]] = {}
        for each in self.classes.values():
            self._attach(each)

    def holder(self, code: int) -> str | None:
        """The class that has this code, if any."""
        return self._codes.get(code)

    def children(self, parent: str) -> tuple[str, ...]:
        """The classes whose parents include this one, retired ones too, by id."""
        return tuple(sorted(self._children.get(parent, ())))

    def next_code(self) -> int:
        """The lowest code above all that were ever given."""
        return self._next

    def do(self, change: Change) -> Effect:
        """Plan a change and carry it out."""
        effect = plan(self, change)
        self.carry_out(effect)
        return effect

    def carry_out(self, effect: Effect) -> None:
        """Do what was planned for this very state."""
        for swap in effect.classes:
            if swap.before is not None:
                self._detach(swap.before)
            if swap.after is not None:
                self._attach(swap.after)
                self._codes[swap.after.code] = swap.after.id
                self._next = max(self._next, swap.after.code + 1)
        swap_in(self.classes, effect.classes)
        swap_in(self.groups, effect.groups)
        swap_in(self.others, effect.others)
        if effect.header is not None and effect.header.after is not None:
            self.header = effect.header.after

    def taxonomy(self) -> Taxonomy:
        """The state as a value; the working copy must not be used afterwards."""
        return Taxonomy(self.header, self.classes, self.groups, self.others)

    def _attach(self, item: Class) -> None:
        for parent in item.parents:
            self._children.setdefault(parent, set()).add(item.id)

    def _detach(self, item: Class) -> None:
        for parent in item.parents:
            self._children[parent].discard(item.id)
