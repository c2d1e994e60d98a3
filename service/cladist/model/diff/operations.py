"""What people call each change, and which classes it is about."""

from __future__ import annotations

from collections.abc import Mapping

from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.correspondence.descent import new_classes
from cladist.model.diff.values import OperationKind

_KINDS: Mapping[type, OperationKind] = {
    kinds.AddClass: OperationKind.ADDED,
    kinds.RenameClass: OperationKind.RENAMED,
    kinds.EditClass: OperationKind.EDITED,
    kinds.RedefineClass: OperationKind.REDEFINED,
    kinds.MoveClass: OperationKind.MOVED,
    kinds.AddParent: OperationKind.MOVED,
    kinds.RemoveParent: OperationKind.MOVED,
    kinds.ReorderClasses: OperationKind.REORDERED,
    kinds.SetSelectable: OperationKind.SELECTABLE,
    kinds.MergeClasses: OperationKind.MERGED,
    kinds.SplitClass: OperationKind.SPLIT,
    kinds.RegroupClasses: OperationKind.REGROUPED,
    kinds.RetireClass: OperationKind.RETIRED,
    kinds.RestoreClass: OperationKind.RESTORED,
    kinds.SetExclusiveGroup: OperationKind.EXCLUSIVITY,
    kinds.RemoveExclusiveGroup: OperationKind.EXCLUSIVITY,
    kinds.SetLabelStructure: OperationKind.STRUCTURE,
    kinds.EditTaxonomy: OperationKind.TAXONOMY,
}


def kind_of(change: Change) -> OperationKind:
    """What people call the change."""
    return _KINDS[type(change)]


def ends_of(change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The classes that a change starts from and those that it leads to."""
    match change:
        case kinds.ReorderClasses(order=order):
            return order, order
        case kinds.SetExclusiveGroup(group=group):
            return (), group.members
        case kinds.RemoveExclusiveGroup() | kinds.SetLabelStructure() | kinds.EditTaxonomy():
            return (), ()
        case _:
            return _descent(change)


def _descent(change: Change) -> tuple[tuple[str, ...], tuple[str, ...]]:
    new = tuple(each.id for each in new_classes(change))
    match change:
        case kinds.AddClass():
            return (), new
        case kinds.MergeClasses(sources=sources, into=into):
            return sources, new or (into,)
        case kinds.SplitClass(id=source, into=into):
            return (source,), (*new, *into)
        case kinds.RegroupClasses(pairs=pairs):
            sources = tuple(dict.fromkeys(pair.source for pair in pairs))
            return sources, tuple(dict.fromkeys(pair.target for pair in pairs))
        case kinds.RetireClass(id=source, successors=successors):
            return (source,), successors
        case _:
            source = getattr(change, "id", "")
            return (source,), (source,)
