"""From a state made elsewhere to the changes that would lead there, matched by class id.

The changes are proposed, not recorded: a person or an explicit flag confirms them. Replayed on the
old state they give the new one exactly; what only a person can know (was it a merge?) is not
guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cladist.model import hierarchy
from cladist.model.change.checks import CODE_LIMIT
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
from cladist.model.taxonomy import Class, Header, Taxonomy

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
    draft = _Proposal(old, new, shift)
    steps = (
        draft.frame,
        draft.arrive,
        draft.come_back,
        draft.structure,
        draft.move,
        draft.describe,
        draft.retire,
        draft.group,
    )
    for step in steps:
        step()
    return tuple(draft.proposed)


class _Proposal:
    """The changes found so far, and the old state as they have made it."""

    def __init__(self, old: Taxonomy, new: Taxonomy, shift: Shift) -> None:
        self.old, self.new, self.shift = old, new, shift
        self.working = Working(old)
        self.proposed: list[Change] = []

    def record(self, change: Change) -> None:
        if self.working.do(change):  # what would change nothing is no proposal
            self.proposed.append(change)

    def frame(self) -> None:
        """Groups that are gone, and the header."""
        for group_id in sorted(set(self.old.groups) - set(self.new.groups)):
            self.record(RemoveExclusiveGroup(id=group_id))
        resources = _resources(self.old, self.new)
        for change in _header(self.old.header, self.new.header, resources):
            self.record(change)

    def structure(self) -> None:
        """The label structure, which may speak of new classes."""
        if self.new.header.structure != self.old.header.structure:
            self.record(SetLabelStructure(structure=self.new.header.structure))

    def arrive(self) -> None:
        """New classes, parents first; the codes that they bring are theirs before any is given."""
        fresh = tuple(_new_classes(self.old, self.new))
        brought = {item.code for item in fresh if self._free(item.code)}
        following = max({self.working.next_code() - 1, *brought}) + 1
        for item in fresh:
            code = item.code
            if code not in brought or self.working.holder(code) is not None:
                code, following = following, following + 1
            self.record(AddClass(new=replace(item, code=code, related=(), boundary_with=())))

    def _free(self, code: int) -> bool:
        return 0 <= code < CODE_LIMIT and self.working.holder(code) is None

    def come_back(self) -> None:
        """Classes that came back into use, each in its new place, parents first."""
        back = {
            each: item.parents
            for each, item in self.new.classes.items()
            if item.active and each in self.old.classes and not self.old.classes[each].active
        }
        for class_id in hierarchy.topological_order(back):
            self._moved(class_id)
            self.record(RestoreClass(id=class_id))

    def describe(self) -> None:
        """What classes say of themselves."""
        for class_id, after in sorted(self.new.classes.items()):
            for change in _renamed(self.working.classes[class_id], after):
                self.record(change)
            for change in _described(self.working.classes[class_id], after, self.shift):
                self.record(change)

    def retire(self) -> None:
        """Classes that go out of use."""
        for change in _retired(self.working, self.new):
            self.record(change)

    def group(self) -> None:
        """Groups that are new or hold other members."""
        for group_id, group in sorted(self.new.groups.items()):
            if group != self.working.groups.get(group_id):
                self.record(SetExclusiveGroup(group=group))

    def move(self) -> None:
        """Every class under its new parents, one detached where moves wait on each other."""
        waiting = [
            each
            for each in sorted(self.new.classes)
            if set(self.new.classes[each].parents) != set(self.working.classes[each].parents)
        ]
        detached: set[str] = set()
        while waiting:
            blocked = [each for each in waiting if not self._moved(each)]
            if len(blocked) == len(waiting):
                self._detach(blocked, detached)
            waiting = blocked

    def _moved(self, class_id: str) -> bool:
        try:
            self.record(MoveClass(id=class_id, parents=self.new.classes[class_id].parents))
        except CycleFound:
            return False
        return True

    def _detach(self, blocked: list[str], detached: set[str]) -> None:
        free = [each for each in blocked if each not in detached]
        if not free:
            parents = {each: item.parents for each, item in self.new.classes.items()}
            raise CycleFound(hierarchy.cycles(parents)[0])
        self.record(MoveClass(id=free[0]))
        detached.add(free[0])


def _new_classes(old: Taxonomy, new: Taxonomy) -> Iterator[Class]:
    fresh = {each: new.classes[each].parents for each in new.classes if each not in old.classes}
    for class_id in hierarchy.topological_order(fresh):
        item = new.classes[class_id]
        yield replace(
            item, parents=tuple(each for each in item.parents if _usable(each, old, fresh))
        )


def _usable(parent: str, old: Taxonomy, fresh: Mapping[str, object]) -> bool:
    return parent in fresh or (parent in old.classes and old.classes[parent].active)


def _renamed(old: Class, new: Class) -> Iterator[Change]:
    """Preferred labels in use that another takes the place of in the same language."""
    for language in sorted({each.language for each in old.preferred}) if old.active else ():
        before = [each for each in old.preferred if each.language == language]
        after = [each for each in new.preferred if each.language == language]
        if len(before) == len(after) == 1 and before != after:
            kept = before[0] in new.alternative
            yield RenameClass(id=old.id, label=after[0], keep_old=kept)


def _described(old: Class, new: Class, shift: Shift) -> Iterator[Change]:
    """The changes of one class's own fields, its names, place and retirement aside."""
    if new.definitions != old.definitions:
        clarified = Shift.CLARIFIED if not old.definitions else shift
        yield RedefineClass(id=old.id, definitions=new.definitions, shift=clarified)
    if new.selectable != old.selectable:
        yield SetSelectable(id=old.id, selectable=new.selectable)
    fields = {
        field: getattr(new, field)
        for field in _EDITED
        if getattr(new, field) != getattr(old, field)
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
            "rules",
            "extra",
        )
        if getattr(new, field) != getattr(old, field)
    }
    if fields or resources:
        yield EditTaxonomy(**fields, resources=resources or None)


def _resources(old: Taxonomy, new: Taxonomy) -> tuple[Resource, ...]:
    return tuple(
        Resource(subject, new.others.get(subject, ()))
        for subject in sorted(set(old.others) | set(new.others))
        if subject not in old.classes
        and subject not in old.groups
        and old.others.get(subject, ()) != new.others.get(subject, ())
    )
