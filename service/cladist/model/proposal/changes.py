"""From a state made elsewhere to the changes that would lead there, matched by class id.

The changes are proposed, not recorded: a person or an explicit flag confirms them. Replayed on the
old state they give the new one exactly; what only a person can know (was it a merge?) is not
guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cladist.model import hierarchy
from cladist.model.change.checks import CODE_LIMIT
from cladist.model.change.kinds import (
    AddClass,
    Change,
    MoveClass,
    RemoveExclusiveGroup,
    RestoreClass,
    RetireClass,
    SetExclusiveGroup,
    SetLabelStructure,
    Shift,
)
from cladist.model.change.planning import Working
from cladist.model.errors import CladistError, CycleFound
from cladist.model.proposal.descent import Descent, bare, change_of
from cladist.model.proposal.fields import described, header, renamed, resources
from cladist.model.taxonomy import Class, Taxonomy

GONE = "absent from the imported version"
"""Reason of retirement for a class that the new state does not mention."""


def propose(
    old: Taxonomy,
    new: Taxonomy,
    *,
    shift: Shift = Shift.SHIFTED,
    descents: Sequence[Descent] = (),
    keep_groups: bool = False,
) -> tuple[Change, ...]:
    """The changes from ``old`` to ``new``; ``shift`` is said of every changed definition.

    Codes stay with their classes whatever the new state says; new classes get the next ones.
    ``descents`` are the merges, splits and regroupings that were accepted: their sources are
    retired in ``new``. With ``keep_groups`` exclusive groups are left as these changes leave them.
    """
    draft = _Proposal(old, new, shift)
    draft.frame(keep_groups)
    draft.arrive(descents)
    draft.come_back()
    draft.structure()
    draft.move()
    draft.describe()
    draft.descend()
    draft.retire()
    if not keep_groups:
        draft.group()
    return tuple(draft.proposed)


class _Proposal:
    """The changes found so far, and the old state as they have made it."""

    def __init__(self, old: Taxonomy, new: Taxonomy, shift: Shift) -> None:
        self.old, self.new, self.shift = old, new, shift
        self.working = Working(old)
        self.proposed: list[Change] = []
        self.waiting: dict[Descent, None] = {}
        self.descended: set[str] = set()
        """Classes that gave way: their records stay where the descent found them."""

    def record(self, change: Change) -> None:
        if self.working.do(change):  # what would change nothing is no proposal
            self.proposed.append(change)

    def frame(self, keep_groups: bool) -> None:
        """Groups that are gone, and the header."""
        gone = () if keep_groups else sorted(set(self.old.groups) - set(self.new.groups))
        for group_id in gone:
            self.record(RemoveExclusiveGroup(id=group_id))
        others = resources(self.old, self.new)
        for change in header(self.old.header, self.new.header, others):
            self.record(change)

    def structure(self) -> None:
        """The label structure, which may speak of new classes."""
        if self.new.header.structure != self.old.header.structure:
            self.record(SetLabelStructure(structure=self.new.header.structure))

    def arrive(self, descents: Sequence[Descent]) -> None:
        """New classes, parents first, those that take the place of others in one change with them.

        The codes that classes bring are theirs before any is given.
        """
        fresh = {each.id: each for each in _new_classes(self.old, self.new)}
        codes = self._codes(fresh.values())
        self.descended = {each for one in descents for each in one.sources} - fresh.keys()
        self.descended -= {each for one in descents for each in one.targets}
        found = {target: each for each in descents for target in each.targets}
        for class_id, item in fresh.items():
            if class_id in found and not self._came(class_id):
                self._descend(found[class_id], fresh, codes)
            if not self._came(class_id):
                self.record(AddClass(new=self._bare(item, codes)))
        for descent in descents:
            if descent not in self.waiting and not self._gave_way(descent):
                self._descend(descent, {}, codes)

    def _came(self, class_id: str) -> bool:
        return class_id in self.working.classes

    def _gave_way(self, descent: Descent) -> bool:
        going = (each for each in descent.sources if each not in descent.targets)
        return not any(self.working.classes[each].active for each in going)

    def _codes(self, fresh: Iterable[Class]) -> dict[str, int]:
        """The code of each new class: the one it brings if it is the first to, else the next."""
        given: dict[str, int] = {}
        brought = {item.code for item in fresh if self._free(item.code)}
        following = max({self.working.next_code() - 1, *brought}) + 1
        for item in fresh:
            if item.code in brought:
                brought.discard(item.code)
                given[item.id] = item.code
            else:
                given[item.id], following = following, following + 1
        return given

    def _bare(self, item: Class, codes: Mapping[str, int]) -> Class:
        known = self.working.classes
        parents = tuple(each for each in item.parents if each in known and known[each].active)
        return bare(item, codes[item.id], parents)

    def _descend(
        self, descent: Descent, fresh: Mapping[str, Class], codes: Mapping[str, int]
    ) -> None:
        """Carry a descent out; one that must wait for the classes to be in place waits."""
        made = {
            each: self._bare(fresh[each], codes)
            for each in descent.targets
            if each in fresh and each not in self.working.classes
        }
        try:
            self.record(change_of(descent, self.working, self.new.classes, made))
        except CladistError:
            self.waiting[descent] = None

    def descend(self) -> None:
        """The descents that had to wait; what refuses one now refuses the whole."""
        for descent in self.waiting:
            self.record(change_of(descent, self.working, self.new.classes, {}))

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
            for change in renamed(self.working.classes[class_id], after):
                self.record(change)
            for change in described(self.working.classes[class_id], after, self.shift):
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
            for each in sorted(set(self.new.classes) - self.descended)
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
