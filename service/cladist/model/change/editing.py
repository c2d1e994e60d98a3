"""Planning the changes of a single class: adding, naming, describing, placing, ordering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cladist.model import hierarchy
from cladist.model.change import checks
from cladist.model.change.effect import Effect, classes_effect
from cladist.model.change.kinds import (
    AddClass,
    AddParent,
    EditClass,
    MoveClass,
    RedefineClass,
    RemoveParent,
    RenameClass,
    ReorderClasses,
    SetSelectable,
)
from cladist.model.errors import CycleFound, InvalidChange
from cladist.model.taxonomy import Class, State, name

_EDITABLE = (
    "preferred",
    "alternative",
    "hidden",
    "scope_notes",
    "examples",
    "counter_examples",
    "boundary_notes",
    "boundary_with",
    "notations",
    "related",
    "colour",
    "hotkey",
    "rank",
    "matches",
    "extra",
)


def add_class(state: State, change: AddClass) -> Effect:
    """A class enters the taxonomy under an id and a code that nothing ever had."""
    new = checks.new_class(state, change.new)
    return Effect(classes=classes_effect(state, {new.id: new}))


def rename_class(state: State, change: RenameClass) -> Effect:
    """The label becomes preferred; the one it replaces becomes an alternative label."""
    item = checks.active(state, change.id)
    label = checks.label(change.label)
    old = [each for each in item.preferred if each.language == label.language]
    if old == [label]:
        raise InvalidChange(f"“{label.value}” is the label already.", item.id)
    kept = [each for each in item.preferred if each.language != label.language]
    alternative = [each for each in item.alternative if each != label]
    if change.keep_old:
        alternative += [each for each in old if each != label]
    renamed = replace(
        item,
        preferred=checks.as_set([*kept, label]),
        alternative=checks.as_set(alternative),
        hidden=tuple(each for each in item.hidden if each != label),
    )
    return Effect(classes=classes_effect(state, {item.id: renamed}))


def edit_class(state: State, change: EditClass) -> Effect:
    """The fields given take their new values."""
    item = checks.known(state, change.id)
    fields: dict[str, Any] = {
        field: getattr(change, field) for field in _EDITABLE if getattr(change, field) is not None
    }
    if fields.get("rank") == -1:
        fields["rank"] = None
    edited = checks.clean(state, replace(item, **fields), fields)
    return Effect(classes=classes_effect(state, {item.id: edited}))


def redefine_class(state: State, change: RedefineClass) -> Effect:
    """The definitions take new values; what that means for data is the author's word."""
    item = checks.known(state, change.id)
    given = replace(item, definitions=change.definitions)
    redefined = checks.clean(state, given, ("definitions",))
    return Effect(classes=classes_effect(state, {item.id: redefined}))


def move_class(state: State, change: MoveClass) -> Effect:
    """The class leaves its parents for others."""
    item = checks.known(state, change.id)
    return _placed(state, item, change.parents)


def add_parent(state: State, change: AddParent) -> Effect:
    """The class comes under one more parent."""
    item = checks.active(state, change.id)
    if change.parent in item.parents:
        raise InvalidChange(
            f"“{name(state, item.id)}” is under “{name(state, change.parent)}” already.", item.id
        )
    return _placed(state, item, (*item.parents, change.parent))


def remove_parent(state: State, change: RemoveParent) -> Effect:
    """The class leaves one parent."""
    item = checks.known(state, change.id)
    if change.parent not in item.parents:
        raise InvalidChange(
            f"“{name(state, item.id)}” is not under “{name(state, change.parent)}”.", item.id
        )
    return _placed(state, item, tuple(each for each in item.parents if each != change.parent))


def reorder_classes(state: State, change: ReorderClasses) -> Effect:
    """The classes named are ranked in the order given."""
    if len(set(change.order)) != len(change.order):
        raise InvalidChange("The order names a class twice.", *change.order)
    ranked = {
        class_id: replace(checks.active(state, class_id), rank=rank)
        for rank, class_id in enumerate(change.order)
    }
    return Effect(classes=classes_effect(state, ranked))


def set_selectable(state: State, change: SetSelectable) -> Effect:
    """The class follows its own word, or again the taxonomy's rule."""
    item = checks.known(state, change.id)
    return Effect(
        classes=classes_effect(state, {item.id: replace(item, selectable=change.selectable)})
    )


def _placed(state: State, item: Class, parents: tuple[str, ...]) -> Effect:
    parents = checks.as_set(parents)
    if item.active:
        checks.parents(state, item, parents)
    refuse_cycle(state, item.id, parents)
    return Effect(classes=classes_effect(state, {item.id: replace(item, parents=parents)}))


def refuse_cycle(
    state: State,
    class_id: str,
    parents: tuple[str, ...],
    classes: Mapping[str, Class] | None = None,
) -> None:
    """Raise :class:`CycleFound` when a class is to come under itself or one of its descendants.

    ``classes`` are those of the state after the change, where other classes change with it.
    """
    after = state.classes if classes is None else classes

    def upwards(each: str) -> tuple[str, ...]:
        found = after.get(each)
        return () if found is None else found.parents

    for parent in parents:
        way = hierarchy.path_between(parent, class_id, upwards)
        if way is not None:
            cycle = (class_id, *way[:-1])
            raise CycleFound(cycle, tuple(name(state, each) for each in cycle))
