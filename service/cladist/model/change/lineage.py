"""Planning the changes by which classes descend from classes: merge, split, regroup, retire."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from cladist.model.change import checks
from cladist.model.change.editing import refuse_cycle
from cladist.model.change.effect import Effect, classes_effect, groups_effect
from cladist.model.change.kinds import (
    MergeClasses,
    Pair,
    Placement,
    RegroupClasses,
    RestoreClass,
    RetireClass,
    SplitClass,
)
from cladist.model.errors import InvalidChange
from cladist.model.identifiers import check_text
from cladist.model.taxonomy import Class, Group, Retirement, State, Text, active_children, name

Successors = Mapping[str, tuple[str, ...]]
"""For each class that goes out of use the classes that stand in for it."""


def merge_classes(state: State, change: MergeClasses) -> Effect:
    """The sources are retired, their children and labels go to the target."""
    if bool(change.into) == (change.new is not None):
        raise InvalidChange("A merge needs one target: a class that exists or a new one.")
    news = _new_classes(state, () if change.new is None else (change.new,))
    target = news[0] if news else checks.active(state, change.into)
    sources = [checks.active(state, each) for each in checks.as_set(change.sources)]
    if target.id in change.sources:
        raise InvalidChange("A class cannot be merged into itself.", target.id)
    if not sources or (change.new is not None and len(sources) < 2):
        raise InvalidChange("A merge takes two classes or more.", *change.sources)
    _refuse_strange(change.pairs, change.sources, (target.id,))
    if change.keep_labels:
        target = _with_labels_of(target, sources)
    successors = {source.id: (target.id,) for source in sources}
    return _descend(state, successors, (target,), change.children)


def split_class(state: State, change: SplitClass) -> Effect:
    """The source gives way to its parts, or stays above them, unselectable."""
    source = checks.active(state, change.id)
    news = [
        each if each.parents or change.keep_as_parent else replace(each, parents=source.parents)
        for each in _new_classes(state, change.new)
    ]
    olds = [checks.active(state, each) for each in checks.as_set(change.into)]
    parts = [*news, *olds]
    if len(parts) < 2:
        raise InvalidChange("A split makes two classes or more.", source.id)
    if any(part.id == source.id for part in parts):
        raise InvalidChange("A class cannot be a part of itself.", source.id)
    _refuse_strange(change.pairs, (source.id,), [part.id for part in parts])
    if change.keep_as_parent:
        return _split_below(state, source, parts, change.children)
    successors = {source.id: checks.as_set(part.id for part in parts)}
    return _descend(state, successors, parts, change.children)


def regroup_classes(state: State, change: RegroupClasses) -> Effect:
    """Sources that are no target are retired in favour of their targets."""
    news = _new_classes(state, change.new)
    known = {each.id for each in news}
    targets: dict[str, set[str]] = {}
    for pair in change.pairs:
        checks.active(state, pair.source)
        if pair.target not in known:
            checks.active(state, pair.target)
        targets.setdefault(pair.source, set()).add(pair.target)
    reached = set().union(*targets.values())
    if len(targets) < 2 or len(reached) < 2:
        raise InvalidChange("A regrouping relates two classes or more to two or more others.")
    if unused := known - reached:
        raise InvalidChange("A new class of the regrouping is in no pair.", *sorted(unused))
    successors = {
        source: checks.as_set(found) for source, found in targets.items() if source not in reached
    }
    return _descend(state, successors, news, change.children)


def retire_class(state: State, change: RetireClass) -> Effect:
    """The class goes out of use with a reason; its children must know where to go.

    A class that is retired already gets the new reason and successors.
    """
    item = checks.known(state, change.id)
    for successor in change.successors:  # a retired one makes a chain, which validation reports
        checks.known(state, successor)
        if successor == item.id:
            raise InvalidChange("A class cannot be its own successor.", item.id)
    changed = _placed_children(state, {item.id: ()}, {}, change.children, change.lift_children)
    reason = check_text(change.reason, "reason").strip() if change.reason.strip() else ""
    retirement = Retirement(reason, checks.as_set(change.successors))
    changed[item.id] = replace(item, retirement=retirement)
    _refuse_unsound(state, changed)
    return Effect(
        classes=classes_effect(state, changed),
        groups=groups_effect(state, _seats(state, {item.id: ()})),
    )


def restore_class(state: State, change: RestoreClass) -> Effect:
    """The class is in use again; it needs a label and active parents."""
    item = checks.known(state, change.id)
    if item.active:
        raise InvalidChange(f"“{name(state, item.id)}” is in use already.", item.id)
    if not item.preferred:
        raise InvalidChange("The class has no preferred label; give it one first.", item.id)
    checks.parents(state, item, item.parents)
    refuse_cycle(state, item.id, item.parents)
    return Effect(classes=classes_effect(state, {item.id: replace(item, retirement=None)}))


def _descend(
    state: State, successors: Successors, targets: Iterable[Class], children: tuple[Placement, ...]
) -> Effect:
    """Retire the sources, place their children, hand over their seats in exclusive groups."""
    changed = {target.id: _without_retired(state, target, successors) for target in targets}
    for child, placed in _placed_children(state, successors, changed, children).items():
        changed[child] = placed
    for source, heirs in successors.items():
        reason = "merged" if len(heirs) == 1 else "split"
        changed[source] = replace(state.classes[source], retirement=Retirement(reason, heirs))
    _refuse_unsound(state, changed)
    return Effect(
        classes=classes_effect(state, changed),
        groups=groups_effect(state, _seats(state, successors)),
    )


def _split_below(
    state: State, source: Class, parts: Iterable[Class], children: tuple[Placement, ...]
) -> Effect:
    changed = {
        part.id: replace(part, parents=checks.as_set((*part.parents, source.id))) for part in parts
    }
    for placement in children:
        child = changed.get(placement.child) or checks.active(state, placement.child)
        if source.id not in child.parents:
            raise InvalidChange(
                f"“{name(state, child.id)}” is not under “{name(state, source.id)}”.", child.id
            )
        changed[child.id] = _moved(child, {source.id: (placement.parent,)})
    changed[source.id] = replace(source, selectable=False)
    _refuse_unsound(state, changed)
    return Effect(classes=classes_effect(state, changed))


def _refuse_strange(
    pairs: Iterable[Pair], sources: Collection[str], targets: Collection[str]
) -> None:
    for pair in pairs:
        if pair.source not in sources or pair.target not in targets:
            raise InvalidChange(
                "A pair names a class that the change does not relate.", pair.source, pair.target
            )


def _new_classes(state: State, news: tuple[Class, ...]) -> list[Class]:
    found = [checks.new_class(state, each) for each in news]
    if retired := [each.id for each in found if not each.active]:
        raise InvalidChange("A new class cannot be retired from the start.", *retired)
    if len({each.id for each in found} | {each.code for each in found}) != 2 * len(found):
        raise InvalidChange("Two new classes share an id or a code.", *(each.id for each in found))
    return found


def _with_labels_of(target: Class, sources: Iterable[Class]) -> Class:
    taken: set[Text] = {*target.preferred, *target.hidden}
    labels = {text for each in sources for text in (*each.preferred, *each.alternative)}
    return replace(target, alternative=checks.as_set({*target.alternative, *labels} - taken))


def _without_retired(state: State, target: Class, successors: Successors) -> Class:
    """A target below a source comes under the parents of that source."""
    parents = list(target.parents)
    while lost := [each for each in parents if each in successors]:
        parents = [each for each in parents if each not in successors]
        parents += [up for each in lost for up in state.classes[each].parents if up != target.id]
    return replace(target, parents=checks.as_set(parents))


def _placed_children(
    state: State,
    successors: Successors,
    changed: Mapping[str, Class],
    placements: tuple[Placement, ...],
    lift: bool = False,
) -> dict[str, Class]:
    """The active children of the sources under the parents that they get."""
    wanted: dict[str, set[str]] = {}
    for each in placements:
        wanted.setdefault(each.child, set()).add(each.parent)
    moved: dict[str, Class] = {}
    for source, heirs in successors.items():
        for child in active_children(state, source):
            if child in successors or child in changed:
                continue
            fallback = state.classes[source].parents if lift else heirs[:1] * (len(heirs) == 1)
            new = tuple(sorted(wanted.get(child, ()))) or fallback
            if not new and not lift:
                raise InvalidChange(
                    f"Say where “{name(state, child)}” goes, a child of “{name(state, source)}”: "
                    "place it under another class.",
                    child,
                )
            _check_places(state, changed, new)
            moved[child] = _moved(moved.get(child, state.classes[child]), {source: new})
    return moved


def _check_places(state: State, changed: Mapping[str, Class], parents: tuple[str, ...]) -> None:
    for parent in parents:
        if parent not in changed:
            checks.active(state, parent)


def _moved(item: Class, instead: Successors) -> Class:
    parents = [new for each in item.parents for new in instead.get(each, (each,)) if new != item.id]
    return replace(item, parents=checks.as_set(parents))


def _seats(state: State, successors: Successors) -> dict[str, Group | None]:
    """The groups whose members or covered class give way, with their heirs instead.

    A group of which fewer than two members are left excludes nothing and goes.
    """
    changed: dict[str, Group | None] = {}
    for group in state.groups.values():
        if not any(each in successors for each in (*group.members, group.under)):
            continue
        members = {heir for each in group.members for heir in successors.get(each, (each,))}
        if len(members) < 2:
            changed[group.id] = None
            continue
        above = successors.get(group.under, (group.under,))
        under = above[0] if len(above) == 1 else ""
        changed[group.id] = replace(
            group,
            members=checks.as_set(members),
            under=under,
            exhaustive=group.exhaustive and bool(under),
        )
    return changed


def _refuse_unsound(state: State, changed: Mapping[str, Class]) -> None:
    """Every class in use that changes must be in a sound place afterwards."""
    after = {**state.classes, **changed}
    for item in changed.values():
        if not item.active:
            continue
        for parent in item.parents:
            above = after.get(parent)
            if above is None or not above.active:
                label = item.label(state.header.default_language)
                raise InvalidChange(
                    f"“{label}” would be under “{name(state, parent)}”, which is not in use.",
                    item.id,
                )
        if len(item.parents) > 1 and not state.header.polyhierarchy:
            checks.parents(state, item, item.parents)
        refuse_cycle(state, item.id, item.parents, after)
