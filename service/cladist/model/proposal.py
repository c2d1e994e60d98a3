"""From a state made elsewhere to the changes that would lead there, matched by class id.

The changes are proposed, not recorded: a person or an explicit flag confirms them. Replayed on the
old state they give the new one exactly; what only a person can know (was it a merge?) is not
guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cladist.model import hierarchy
from cladist.model.change.kinds import (
    AddClass,
    Change,
    EditClass,
    EditTaxonomy,
    MoveClass,
    RedefineClass,
    RemoveExclusiveGroup,
    RenameClass,
    Resource,
    RestoreClass,
    RetireClass,
    SetExclusiveGroup,
    SetLabelStructure,
    SetSelectable,
    Shift,
)
from cladist.model.change.planning import Working
from cladist.model.errors import CycleFound
from cladist.model.taxonomy import Class, Header, Taxonomy, Text

GONE = "absent from the imported version"
"""Reason of retirement for a class that the new state does not mention."""

_EDITED = (
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
    "matches",
    "extra",
)


def propose(old: Taxonomy, new: Taxonomy, *, shift: Shift = Shift.SHIFTED) -> tuple[Change, ...]:
    """The changes from ``old`` to ``new``; ``shift`` is said of every changed definition.

    Codes stay with their classes whatever the new state says; new classes get the next ones.
    """
    working = Working(old)
    proposed: list[Change] = []

    def record(change: Change) -> None:
        working.do(change)
        proposed.append(change)

    for group_id in sorted(set(old.groups) - set(new.groups)):
        record(RemoveExclusiveGroup(id=group_id))
    for change in _header(old.header, new.header, _resources(old, new)):
        record(change)
    for item in _new_classes(old, new):
        bare = replace(item, related=(), boundary_with=())
        record(AddClass(new=replace(bare, code=_code(working, item))))
    for class_id in sorted(set(old.classes) & set(new.classes)):
        if new.classes[class_id].active and not old.classes[class_id].active:
            record(RestoreClass(id=class_id))
    _move(working, new, proposed)
    for class_id in sorted(new.classes):
        for change in _described(working.classes[class_id], new.classes[class_id], shift):
            record(change)
    for change in _retired(working, new):
        record(change)
    for group_id in sorted(new.groups):
        if new.groups[group_id] != working.groups.get(group_id):
            record(SetExclusiveGroup(group=new.groups[group_id]))
    return tuple(proposed)


def _code(working: Working, item: Class) -> int:
    taken = item.code < 0 or working.holder(item.code) is not None
    return working.next_code() if taken else item.code


def _new_classes(old: Taxonomy, new: Taxonomy) -> Iterator[Class]:
    fresh = {each: new.classes[each].parents for each in new.classes if each not in old.classes}
    for class_id in hierarchy.topological_order(fresh):
        item = new.classes[class_id]
        yield replace(
            item, parents=tuple(each for each in item.parents if _usable(each, old, fresh))
        )


def _usable(parent: str, old: Taxonomy, fresh: Mapping[str, object]) -> bool:
    return parent in fresh or (parent in old.classes and old.classes[parent].active)


def _move(working: Working, new: Taxonomy, proposed: list[Change]) -> None:
    """Bring every class under its new parents, detaching one where moves wait on each other."""
    waiting = [
        each
        for each in sorted(new.classes)
        if set(new.classes[each].parents) != set(working.classes[each].parents)
    ]
    detached: set[str] = set()
    while waiting:
        blocked = []
        for class_id in waiting:
            change = MoveClass(id=class_id, parents=new.classes[class_id].parents)
            try:
                working.do(change)
            except CycleFound:
                blocked.append(class_id)
            else:
                proposed.append(change)
        if len(blocked) == len(waiting):
            _detach(working, new, blocked, detached, proposed)
        waiting = blocked


def _detach(
    working: Working, new: Taxonomy, blocked: list[str], detached: set[str], proposed: list[Change]
) -> None:
    free = [each for each in blocked if each not in detached]
    if not free:
        parents = {each: item.parents for each, item in new.classes.items()}
        raise CycleFound(hierarchy.cycles(parents)[0])
    change = MoveClass(id=free[0])
    working.do(change)
    detached.add(free[0])
    proposed.append(change)


def _described(old: Class, new: Class, shift: Shift) -> Iterator[Change]:
    """The changes of one class's own fields, its place and retirement aside."""
    current = old
    for label in _renamed(old, new) if old.active else ():
        change = RenameClass(id=old.id, label=label, keep_old=_kept(old, new, label.language))
        current = replace(current, preferred=_with(current.preferred, label))
        yield change
    if new.definitions != old.definitions:
        clarified = Shift.CLARIFIED if not old.definitions else shift
        yield RedefineClass(id=old.id, definitions=new.definitions, shift=clarified)
    if new.selectable != old.selectable:
        yield SetSelectable(id=old.id, selectable=new.selectable)
    yield from _edited(current, new, renamed=current is not old)


def _renamed(old: Class, new: Class) -> Iterator[Text]:
    """The preferred labels that take the place of one in the same language."""
    for language in sorted({each.language for each in old.preferred}):
        before = [each for each in old.preferred if each.language == language]
        after = [each for each in new.preferred if each.language == language]
        if len(before) == len(after) == 1 and before != after:
            yield after[0]


def _kept(old: Class, new: Class, language: str) -> bool:
    return all(each in new.alternative for each in old.preferred if each.language == language)


def _with(preferred: tuple[Text, ...], label: Text) -> tuple[Text, ...]:
    others = (each for each in preferred if each.language != label.language)
    return tuple(sorted((*others, label)))


def _edited(old: Class, new: Class, *, renamed: bool = False) -> Iterator[Change]:
    """One edit of the fields that differ; after a renaming the other labels are set whole."""
    fields = {
        field: getattr(new, field)
        for field in _EDITED
        if getattr(new, field) != getattr(old, field)
        or (renamed and field in ("alternative", "hidden"))
    }
    if new.rank != old.rank:
        fields["rank"] = -1 if new.rank is None else new.rank
    if fields:
        yield EditClass(id=old.id, **fields)


def _retired(working: Working, new: Taxonomy) -> Iterable[Change]:
    """Retirements, children first, so that no class goes while one in use is under it."""
    going = []
    for class_id, item in working.classes.items():
        target = new.classes.get(class_id)
        if (item.active and target is None) or (
            target is not None
            and target.retirement is not None
            and target.retirement != item.retirement
        ):
            going.append(class_id)
    order = hierarchy.topological_order({each: working.classes[each].parents for each in going})
    for class_id in reversed(order):
        target = new.classes.get(class_id)
        retirement = target.retirement if target is not None else None
        if retirement is None:
            yield RetireClass(id=class_id, reason=GONE, lift_children=True)
        else:
            yield RetireClass(
                id=class_id, reason=retirement.reason, successors=retirement.successors
            )


def _header(old: Header, new: Header, resources: tuple[Resource, ...]) -> Iterator[Change]:
    fields = {
        field: getattr(new, field)
        for field in (
            "titles",
            "descriptions",
            "license",
            "source",
            "namespace",
            "default_language",
            "selectable_rule",
            "polyhierarchy",
            "extra",
        )
        if getattr(new, field) != getattr(old, field)
    }
    if fields or resources:
        yield EditTaxonomy(**fields, resources=resources or None)
    if new.structure != old.structure:
        yield SetLabelStructure(structure=new.structure)


def _resources(old: Taxonomy, new: Taxonomy) -> tuple[Resource, ...]:
    return tuple(
        Resource(subject, new.others.get(subject, ()))
        for subject in sorted(set(old.others) | set(new.others))
        if old.others.get(subject, ()) != new.others.get(subject, ())
    )
