"""What a change means for those who use the classes: major, minor or patch, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from cladist.model import hierarchy
from cladist.model.change import kinds
from cladist.model.change.effect import Effect
from cladist.model.change.kinds import Change, Shift
from cladist.model.change.planning import Working, plan
from cladist.model.taxonomy import (
    Class,
    SelectableRule,
    State,
    Structure,
    Taxonomy,
    Texts,
    is_selectable,
    name,
)
from cladist.model.version import Bump, Reason

_CLOSED = (Structure.SINGLE_LABEL, Structure.ORDINAL)
"""Label structures in which a new class takes room from all the others."""

Judge = Callable[[State, Any, Effect], tuple[Bump, str]]


def reasons(base: Taxonomy, changes: Iterable[Change]) -> tuple[Reason, ...]:
    """For each change, in order, how far it moves the version number and why."""
    working = Working(base)
    found = []
    for change in changes:
        effect = plan(working, change)
        found.append(judge(working, change, effect))
        working.carry_out(effect)
    return tuple(found)


def judge(before: State, change: Change, effect: Effect) -> Reason:
    """How far one change moves the version number, seen from the state before it."""
    bump, text = _JUDGES[type(change)](before, change, effect)
    if bump is not Bump.MAJOR and (lost := _no_longer_leaf(before, effect)):
        return Reason(Bump.MAJOR, f"{text}; “{name(before, lost)}” may not be picked any more")
    return Reason(bump, text)


def _no_longer_leaf(before: State, effect: Effect) -> str:
    """A class that annotators could pick as a leaf and that gets a child; empty if none."""
    if before.header.selectable_rule is not SelectableRule.LEAVES:
        return ""
    for swap in effect.classes:
        if swap.after is None or not swap.after.active:
            continue
        for parent in swap.after.parents:
            item = before.classes.get(parent)
            if item is not None and item.selectable is None and is_selectable(before, item):
                return parent
    return ""


def _added(before: State, change: kinds.AddClass, effect: Effect) -> tuple[Bump, str]:
    label = change.new.label(before.header.default_language)
    if change.new.selectable is not False and before.header.structure.kind in _CLOSED:
        return Bump.MAJOR, f"“{label}” is a new answer among exclusive ones"
    if _closed_above(before, change.new.parents):
        return Bump.MAJOR, f"“{label}” is new under an exhaustive group"
    return Bump.MINOR, f"“{label}” added"


def _closed_above(before: State, parents: tuple[str, ...]) -> bool:
    if not any(group.exhaustive for group in before.groups.values()):
        return False
    above = {*parents}
    for parent in parents:
        above.update(hierarchy.reach(parent, _parents_in(before.classes)))
    return any(group.exhaustive and group.under in above for group in before.groups.values())


def _renamed(before: State, change: kinds.RenameClass, effect: Effect) -> tuple[Bump, str]:
    old = name(before, change.id)
    text = f"“{old}” is “{change.label.value}”"
    had = any(
        each.language == change.label.language for each in before.classes[change.id].preferred
    )
    if change.label.language != before.header.default_language or not had:
        return Bump.PATCH, f"{text} in “{change.label.language}”"
    return (Bump.MINOR, text) if change.keep_old else (Bump.MAJOR, f"{text}, the old label is gone")


def _edited(before: State, change: kinds.EditClass, effect: Effect) -> tuple[Bump, str]:
    label = name(before, change.id)
    item = before.classes[change.id]
    if change.notations is not None and set(item.notations) - set(change.notations):
        return Bump.MAJOR, f"a notation of “{label}” changed"
    ordinal = before.header.structure.kind is Structure.ORDINAL
    if change.rank is not None and change.rank != item.rank and ordinal:
        return Bump.MAJOR, f"the rank of “{label}” changed"
    language = before.header.default_language
    if item.active and change.preferred is not None and item.preferred:
        lost = _in(item.preferred, language) - _in(change.preferred, language)
        if lost:
            return Bump.MAJOR, f"“{label}” lost its label"
    return Bump.PATCH, f"“{label}” described"


def _in(texts: Texts, language: str) -> set[str]:
    return {each.value for each in texts if each.language == language}


def _redefined(before: State, change: kinds.RedefineClass, effect: Effect) -> tuple[Bump, str]:
    text = f"the meaning of “{name(before, change.id)}” was {change.shift}"
    return (Bump.PATCH if change.shift is Shift.CLARIFIED else Bump.MAJOR), text


def _placed(before: State, change: Any, effect: Effect) -> tuple[Bump, str]:
    label = name(before, change.id)
    after = {swap.key: swap.after for swap in effect.classes if swap.after is not None}
    old = set(hierarchy.reach(change.id, _parents_in(before.classes)))
    new = set(hierarchy.reach(change.id, _parents_in(before.classes, after)))
    if not before.classes[change.id].active:
        return Bump.PATCH, f"“{label}” moved while retired"
    if old - new:
        names = ", ".join(f"“{name(before, each)}”" for each in sorted(old - new))
        return Bump.MAJOR, f"“{label}” is no longer under {names}"
    if _closed_above(before, tuple(new - old)):
        return Bump.MAJOR, f"“{label}” comes under an exhaustive group"
    return Bump.MINOR, f"“{label}” placed anew, no ancestor lost"


def _parents_in(
    classes: Mapping[str, Class], changed: Mapping[str, Class] | None = None
) -> hierarchy.Edges:
    def upwards(class_id: str) -> tuple[str, ...]:
        found = (changed or {}).get(class_id) or classes.get(class_id)
        return () if found is None else found.parents

    return upwards


def _reordered(before: State, change: kinds.ReorderClasses, effect: Effect) -> tuple[Bump, str]:
    if before.header.structure.kind is Structure.ORDINAL:
        return Bump.MAJOR, "the order of the classes changed"
    return Bump.PATCH, "the display order changed"


def _selectable(before: State, change: kinds.SetSelectable, effect: Effect) -> tuple[Bump, str]:
    label = name(before, change.id)
    item = before.classes[change.id]
    could, can = is_selectable(before, item), _picks(before, item, change.selectable)
    if could and not can:
        return Bump.MAJOR, f"“{label}” may not be picked of its own any more"
    if can and not could:
        return Bump.MINOR, f"“{label}” may be picked"
    return Bump.PATCH, f"whether “{label}” may be picked was said anew"


def _picks(before: State, item: Class, selectable: bool | None) -> bool:
    return is_selectable(before, replace(item, selectable=selectable))


def _merged(before: State, change: kinds.MergeClasses, effect: Effect) -> tuple[Bump, str]:
    names = ", ".join(f"“{name(before, each)}”" for each in change.sources)
    language = before.header.default_language
    target = change.new.label(language) if change.new else name(before, change.into)
    return Bump.MAJOR, f"{names} merged into “{target}”"


def _split(before: State, change: kinds.SplitClass, effect: Effect) -> tuple[Bump, str]:
    language = before.header.default_language
    parts = [each.label(language) for each in change.new]
    parts += [name(before, each) for each in change.into]
    names = ", ".join(f"“{each}”" for each in parts)
    return Bump.MAJOR, f"“{name(before, change.id)}” split into {names}"


def _regrouped(before: State, change: kinds.RegroupClasses, effect: Effect) -> tuple[Bump, str]:
    names = ", ".join(
        f"“{name(before, each)}”" for each in sorted({p.source for p in change.pairs})
    )
    return Bump.MAJOR, f"{names} regrouped"


def _retired(before: State, change: kinds.RetireClass, effect: Effect) -> tuple[Bump, str]:
    return Bump.MAJOR, f"“{name(before, change.id)}” retired"


def _restored(before: State, change: kinds.RestoreClass, effect: Effect) -> tuple[Bump, str]:
    item, label = before.classes[change.id], name(before, change.id)
    if item.selectable is not False and before.header.structure.kind in _CLOSED:
        return Bump.MAJOR, f"“{label}” is back among exclusive answers"
    if _closed_above(before, item.parents):
        return Bump.MAJOR, f"“{label}” is back under an exhaustive group"
    return Bump.MINOR, f"“{label}” restored"


def _grouped(before: State, change: kinds.SetExclusiveGroup, effect: Effect) -> tuple[Bump, str]:
    old, new = before.groups.get(change.group.id), change.group
    if old is None:
        return Bump.MAJOR, "an exclusive group added"
    covers_more = new.exhaustive and (not old.exhaustive or old.under != new.under)
    if set(new.members) - set(old.members) or covers_more:
        return Bump.MAJOR, "an exclusive group tightened"
    if set(old.members) - set(new.members) or old.exhaustive > new.exhaustive:
        return Bump.MINOR, "an exclusive group loosened"
    return Bump.PATCH, "an exclusive group described"


def _ungrouped(before: State, change: Any, effect: Effect) -> tuple[Bump, str]:
    return Bump.MINOR, "an exclusive group removed"


def _restructured(
    before: State, change: kinds.SetLabelStructure, effect: Effect
) -> tuple[Bump, str]:
    return Bump.MAJOR, f"the label structure is “{change.structure.kind}”"


def _taxonomy(before: State, change: kinds.EditTaxonomy, effect: Effect) -> tuple[Bump, str]:
    rule = change.selectable_rule
    if rule is not None and rule is not before.header.selectable_rule:
        wider = rule is SelectableRule.ANY
        return (Bump.MINOR if wider else Bump.MAJOR), f"annotators may pick {rule} of the classes"
    if change.default_language not in (None, before.header.default_language):
        return Bump.MINOR, f"the default language is “{change.default_language}”"
    return Bump.PATCH, "the taxonomy described"


_JUDGES: Mapping[type, Judge] = {
    kinds.AddClass: _added,
    kinds.RenameClass: _renamed,
    kinds.EditClass: _edited,
    kinds.RedefineClass: _redefined,
    kinds.MoveClass: _placed,
    kinds.AddParent: _placed,
    kinds.RemoveParent: _placed,
    kinds.ReorderClasses: _reordered,
    kinds.SetSelectable: _selectable,
    kinds.MergeClasses: _merged,
    kinds.SplitClass: _split,
    kinds.RegroupClasses: _regrouped,
    kinds.RetireClass: _retired,
    kinds.RestoreClass: _restored,
    kinds.SetExclusiveGroup: _grouped,
    kinds.RemoveExclusiveGroup: _ungrouped,
    kinds.SetLabelStructure: _restructured,
    kinds.EditTaxonomy: _taxonomy,
}
