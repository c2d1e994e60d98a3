"""The changes: what a person means to do to a taxonomy, one frozen value each.

A change says what is meant; ``planning`` turns it into its effect on a given state. ``op`` names
the kind in stored and exchanged JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cladist.model.change.parts import Pair as Pair
from cladist.model.change.parts import Part as Part
from cladist.model.change.parts import Placement as Placement
from cladist.model.change.parts import Resource as Resource
from cladist.model.change.parts import Shift as Shift
from cladist.model.taxonomy import (
    Class,
    Group,
    LabelStructure,
    Match,
    Notation,
    RuleSetting,
    SelectableRule,
    Statement,
    Text,
    Texts,
    Value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddClass(Value):
    """A new class, under the parents that it names."""

    new: Class
    op: Literal["add_class"] = "add_class"


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameClass(Value):
    """A new preferred label in one language; the old one stays as an alternative label."""

    id: str
    label: Text
    keep_old: bool = True
    op: Literal["rename_class"] = "rename_class"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditClass(Value):
    """New values for fields that carry no meaning of their own; ``None`` leaves a field alone.

    An empty text or tuple removes what was there. ``rank`` -1 removes the rank.
    """

    id: str
    preferred: Texts | None = None
    alternative: Texts | None = None
    hidden: Texts | None = None
    scope_notes: Texts | None = None
    examples: Texts | None = None
    counter_examples: Texts | None = None
    boundary_notes: Texts | None = None
    boundary_with: tuple[str, ...] | None = None
    notations: tuple[Notation, ...] | None = None
    related: tuple[str, ...] | None = None
    colour: str | None = None
    hotkey: str | None = None
    rank: int | None = None
    matches: tuple[Match, ...] | None = None
    extra: tuple[Statement, ...] | None = None
    op: Literal["edit_class"] = "edit_class"


@dataclass(frozen=True, slots=True, kw_only=True)
class RedefineClass(Value):
    """New definitions, with the author's word on what that does to the meaning."""

    id: str
    definitions: Texts
    shift: Shift
    op: Literal["redefine_class"] = "redefine_class"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveClass(Value):
    """New parents in place of all the old ones; no parents makes a top class."""

    id: str
    parents: tuple[str, ...] = ()
    op: Literal["move_class"] = "move_class"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddParent(Value):
    """One more parent."""

    id: str
    parent: str
    op: Literal["add_parent"] = "add_parent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveParent(Value):
    """One parent less."""

    id: str
    parent: str
    op: Literal["remove_parent"] = "remove_parent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorderClasses(Value):
    """The classes named get ranks 0, 1, 2, ... in this order."""

    order: tuple[str, ...]
    op: Literal["reorder_classes"] = "reorder_classes"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSelectable(Value):
    """Whether annotators may pick the class; ``None`` leaves it to the taxonomy's rule."""

    id: str
    selectable: bool | None
    op: Literal["set_selectable"] = "set_selectable"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeClasses(Value):
    """Several classes become one, new (``new``) or existing (``into``).

    The sources are retired with the target as successor. Their active children move under the
    target, unless ``children`` places them elsewhere; with ``keep_labels`` their preferred and
    alternative labels become alternative labels of the target; the target takes their seats in
    exclusive groups. Codes, notations, notes and mappings stay with the retired sources. ``pairs``
    says of a source how much of it and of the target is in the other, where that differs from
    whole and part.
    """

    sources: tuple[str, ...]
    into: str = ""
    new: Class | None = None
    children: tuple[Placement, ...] = ()
    keep_labels: bool = True
    pairs: tuple[Pair, ...] = ()
    op: Literal["merge_classes"] = "merge_classes"


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitClass(Value):
    """One class becomes several, new (``new``) and existing (``into``).

    The old class is retired with the parts as successors; its IRI never carries the narrower
    meaning. ``keep_as_parent`` keeps it instead, unselectable, above its parts. Every active child
    of a retired source is placed under a part by ``children``. New parts that name no parents take
    those of the source. The parts take the source's seat in exclusive groups. ``rule`` says in
    words or data how items are told apart. ``pairs`` says of a part how much of it and of the
    source is in the other, where that differs from part and whole.
    """

    id: str
    new: tuple[Class, ...] = ()
    into: tuple[str, ...] = ()
    children: tuple[Placement, ...] = ()
    keep_as_parent: bool = False
    rule: str = ""
    pairs: tuple[Pair, ...] = ()
    op: Literal["split_class"] = "split_class"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegroupClasses(Value):
    """Several classes become several others, pair by pair.

    Sources that are no target are retired with their targets as successors. A child goes where
    ``children`` says, else to the only target of its parent. Targets take their sources' seats in
    exclusive groups.
    """

    pairs: tuple[Pair, ...]
    new: tuple[Class, ...] = ()
    children: tuple[Placement, ...] = ()
    op: Literal["regroup_classes"] = "regroup_classes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireClass(Value):
    """A class goes out of use, kept for ever, with a reason and successors (0..n).

    Its seats in exclusive groups are given up. It may have no active children unless ``children``
    places each or ``lift_children`` moves them to the parents of the retired class.
    """

    id: str
    reason: str = ""
    successors: tuple[str, ...] = ()
    children: tuple[Placement, ...] = ()
    lift_children: bool = False
    op: Literal["retire_class"] = "retire_class"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreClass(Value):
    """A retired class comes back into use, where it was."""

    id: str
    op: Literal["restore_class"] = "restore_class"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetExclusiveGroup(Value):
    """A new exclusive group, or new contents for the group that has this id."""

    group: Group
    op: Literal["set_exclusive_group"] = "set_exclusive_group"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveExclusiveGroup(Value):
    """The group's members may apply together from now on."""

    id: str
    op: Literal["remove_exclusive_group"] = "remove_exclusive_group"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLabelStructure(Value):
    """What one item may carry changes."""

    structure: LabelStructure
    op: Literal["set_label_structure"] = "set_label_structure"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTaxonomy(Value):
    """New values for what is said of the taxonomy; ``None`` leaves a field alone.

    ``rules`` says how validation rules are taken where that differs from the usual, with a reason.
    ``resources`` replaces all statements of other subjects that travel with the taxonomy.
    """

    titles: Texts | None = None
    descriptions: Texts | None = None
    license: str | None = None
    source: str | None = None
    namespace: str | None = None
    default_language: str | None = None
    selectable_rule: SelectableRule | None = None
    polyhierarchy: bool | None = None
    rules: tuple[RuleSetting, ...] | None = None
    extra: tuple[Statement, ...] | None = None
    resources: tuple[Resource, ...] | None = None
    op: Literal["edit_taxonomy"] = "edit_taxonomy"


Change = (
    AddClass
    | RenameClass
    | EditClass
    | RedefineClass
    | MoveClass
    | AddParent
    | RemoveParent
    | ReorderClasses
    | SetSelectable
    | MergeClasses
    | SplitClass
    | RegroupClasses
    | RetireClass
    | RestoreClass
    | SetExclusiveGroup
    | RemoveExclusiveGroup
    | SetLabelStructure
    | EditTaxonomy
)
