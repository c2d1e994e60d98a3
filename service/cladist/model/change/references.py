"""How people name classes in a change, and what a change leaves to be given: ids and codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar, cast

from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.errors import AmbiguousReference, UnknownClass
from cladist.model.taxonomy import UNGIVEN, Class, Group, LabelStructure, Relation, Slot, State

CODE_DIGITS = 16
"""No code has more digits."""

Mint = Callable[[], str]
"""A fresh opaque token for an id; randomness comes from outside."""

_FIELDS: Mapping[type, tuple[str, ...]] = {
    Class: ("parents", "related", "boundary_with"),
    Group: ("members", "under"),
    Slot: ("owner", "value"),
    Relation: ("source", "target"),
    LabelStructure: ("slots", "relations"),
    kinds.Placement: ("child", "parent"),
    kinds.Pair: ("source", "target"),
    kinds.AddClass: ("new",),
    kinds.RenameClass: ("id",),
    kinds.EditClass: ("id", "boundary_with", "related"),
    kinds.RedefineClass: ("id",),
    kinds.MoveClass: ("id", "parents"),
    kinds.AddParent: ("id", "parent"),
    kinds.RemoveParent: ("id", "parent"),
    kinds.ReorderClasses: ("order",),
    kinds.SetSelectable: ("id",),
    kinds.MergeClasses: ("sources", "into", "new", "children", "pairs"),
    kinds.SplitClass: ("id", "new", "into", "children", "pairs"),
    kinds.RegroupClasses: ("pairs", "new", "children"),
    kinds.RetireClass: ("id", "successors", "children"),
    kinds.RestoreClass: ("id",),
    kinds.SetExclusiveGroup: ("group",),
    kinds.SetLabelStructure: ("structure",),
}
"""The fields of each value that name classes or hold values that do."""


def complete(state: State, change: Change, mint: Mint) -> Change:
    """The change as it is recorded: every class by its id, every new one with an id and a code.

    A class is named by its id, ``#code``, or the preferred label that it alone has. Raises
    :class:`UnknownClass` and :class:`AmbiguousReference`.
    """
    given = _given(state, change, mint)
    fresh = {
        name: item.id
        for item in _new(given)
        for name in (item.id, *(t.value for t in item.preferred))
    }

    def resolve(reference: str) -> str:
        if reference in fresh and reference not in state.classes:
            with suppress(UnknownClass):  # a class that exists comes before a new one of its name
                return find(state, reference)
            return fresh[reference]
        return find(state, reference)

    return cast(Change, _mapped(given, resolve))


def find(state: State, reference: str) -> str:
    """The id of the class that a person means: an id, ``#code``, a preferred label."""
    if reference in state.classes:
        return reference
    digits = reference.removeprefix("#")
    if reference.startswith("#") and digits.isdecimal() and len(digits) <= CODE_DIGITS:
        holder = state.holder(int(digits))
        if holder is not None:
            return holder
    candidates = list(_labelled(state, reference, str)) or list(
        _labelled(state, reference, str.casefold)
    )
    if not candidates:
        raise UnknownClass(reference)
    if len(candidates) > 1:
        raise AmbiguousReference(reference, sorted(candidates))
    return candidates[0]


def _labelled(state: State, label: str, fold: Callable[[str], str]) -> Iterator[str]:
    wanted = fold(label)
    for item in state.classes.values():
        if item.active and any(fold(text.value) == wanted for text in item.preferred):
            yield item.id


def _given(state: State, change: Change, mint: Mint) -> Change:
    code = state.next_code()
    news = []
    for item in _new(change):
        class_id = item.id or state.header.mint + mint()
        news.append(replace(item, id=class_id, code=code if item.code == UNGIVEN else item.code))
        code = max(code, news[-1].code + 1)
    if isinstance(change, kinds.AddClass):
        return replace(change, new=news[0])
    if isinstance(change, kinds.MergeClasses):
        return replace(change, new=news[0] if news else None)
    if isinstance(change, kinds.SplitClass | kinds.RegroupClasses):
        return replace(change, new=tuple(news))
    if isinstance(change, kinds.SetExclusiveGroup):
        return replace(change, group=_identified(state, change.group, mint))
    if isinstance(change, kinds.SetLabelStructure):
        structure = change.structure
        slots = tuple(_identified(state, each, mint) for each in structure.slots)
        relations = tuple(_identified(state, each, mint) for each in structure.relations)
        return replace(change, structure=replace(structure, slots=slots, relations=relations))
    return change


Part = TypeVar("Part", Group, Slot, Relation)


def _identified(state: State, part: Part, mint: Mint) -> Part:
    return part if part.id else replace(part, id=state.header.mint + mint())


def _new(change: Change) -> tuple[Class, ...]:
    if isinstance(change, kinds.AddClass):
        return (change.new,)
    if isinstance(change, kinds.MergeClasses):
        return () if change.new is None else (change.new,)
    if isinstance(change, kinds.SplitClass | kinds.RegroupClasses):
        return change.new
    return ()


def _mapped(value: Any, resolve: Callable[[str], str]) -> Any:
    if value is None or value == "":
        return value
    if isinstance(value, str):
        return resolve(value)
    if isinstance(value, tuple):
        return tuple(_mapped(each, resolve) for each in value)
    fields = {
        field: _mapped(getattr(value, field), resolve) for field in _FIELDS.get(type(value), ())
    }
    return replace(value, **fields) if fields else value
