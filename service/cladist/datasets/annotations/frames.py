"""Slots and relations of structured labels: roles, how often each is filled, and by what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cladist.datasets.annotations.finding import Fault, Finding
from cladist.datasets.annotations.ground import Ground, Named
from cladist.datasets.annotations.labels import flawed
from cladist.model.taxonomy import Slot

_DEEPEST = 32


def frame(
    ground: Ground, class_id: str, given: Any, place: str, depth: int = 0
) -> Iterator[Finding]:
    """What is wrong with what fills the roles of one label: an object of role to fillers."""
    if not isinstance(given, Mapping) or depth > _DEEPEST:
        told = "It should be an object of roles, at most 32 of them within each other."
        yield Finding(Fault.MALFORMED, place, told)
        return
    slots = {each.role: each for each in _slots(ground, class_id)}
    label = ground.label(class_id)
    for role in given:
        if role not in slots:
            told = f"“{label}” has no role “{str(role)[:80]}”: it has {_roles(slots)}."
            yield Finding(Fault.UNKNOWN_ROLE, f"{place}/{_escaped(str(role))}", told, (class_id,))
    for role, slot in slots.items():
        where = f"{place}/{_escaped(role)}"
        fillers = given.get(role, [])
        fillers = fillers if isinstance(fillers, list) else [fillers]
        yield from _count(label, slot, len(fillers), where)
        for number, filler in enumerate(fillers):
            yield from _filler(ground, slot, filler, f"{where}/{number}", depth)


def relations(ground: Ground, given: Any) -> Iterator[Finding]:
    """What is wrong with relations: objects of ``role``, ``source`` and ``target``."""
    if not isinstance(given, list):
        yield Finding(Fault.MALFORMED, "/relations", "It should be a list of relations.")
        return
    for number, each in enumerate(given):
        yield from _relation(ground, each, f"/relations/{number}")


def _relation(ground: Ground, given: Any, place: str) -> Iterator[Finding]:
    if not isinstance(given, Mapping) or set(given) != {"role", "source", "target"}:
        told = "A relation has a role, a source and a target."
        yield Finding(Fault.MALFORMED, place, told)
        return
    allowed = [each for each in ground.structure.relations if each.role == given["role"]]
    ends = {end: ground.named(given[end]) for end in ("source", "target")}
    for end, named in ends.items():
        yield from flawed(named, f"{place}/{end}")
    if not allowed:
        known = sorted({each.role for each in ground.structure.relations})
        told = f"There is no relation “{str(given['role'])[:80]}”: there is {_listed(known)}."
        yield Finding(Fault.UNKNOWN_RELATION, f"{place}/role", told)
    elif all(each.id for each in ends.values()):
        source, target = ends["source"].id, ends["target"].id
        fits = any(
            ground.at_or_under(source, each.source) and ground.at_or_under(target, each.target)
            for each in allowed
        )
        if not fits:
            told = f"“{given['role']}” does not lead from {ground.quoted((source,))} to "
            told += f"{ground.quoted((target,))}: it leads from " + " or from ".join(
                f"{ground.quoted((each.source,))} to {ground.quoted((each.target,))}"
                for each in allowed[:3]
            )
            yield Finding(Fault.WRONG_ENDS, place, f"{told}.", (source, target))


def _slots(ground: Ground, class_id: str) -> list[Slot]:
    """The slots of a class: its own and those of the classes above; of one role the nearest."""
    found: dict[str, Slot] = {}
    for owner in (class_id, *ground.index.ancestors(class_id)):
        for slot in ground.structure.slots:
            if slot.owner == owner:
                found.setdefault(slot.role, slot)
    return [*found.values()]


def _count(label: str, slot: Slot, number: int, place: str) -> Iterator[Finding]:
    if number < slot.minimum:
        told = f"“{label}” needs {slot.minimum} of “{slot.role}” and has {number}."
        yield Finding(Fault.TOO_FEW, place, told)
    if slot.maximum is not None and number > slot.maximum:
        told = f"“{label}” takes at most {slot.maximum} of “{slot.role}” and has {number}."
        yield Finding(Fault.TOO_MANY, place, told)


def _filler(ground: Ground, slot: Slot, given: Any, place: str, depth: int) -> Iterator[Finding]:
    """A filler is a name, or an object of a ``label`` and its own ``slots``."""
    nested = isinstance(given, Mapping)
    if nested and not {"label"} <= set(given) <= {"label", "slots"}:
        yield Finding(Fault.MALFORMED, place, "A filler has a label, and slots if need be.")
        return
    named: Named = ground.named(given["label"] if nested else given)
    yield from flawed(named, f"{place}/label" if nested else place)
    if not named.id:
        return
    if not ground.at_or_under(named.id, slot.value):
        told = f"“{ground.label(named.id)}” cannot be “{slot.role}”: that is at or under "
        told += f"“{ground.label(slot.value)}”."
        yield Finding(Fault.WRONG_FILLER, place, told, (named.id,), (slot.value,))
    if nested:
        yield from frame(ground, named.id, given.get("slots", {}), f"{place}/slots", depth + 1)


def _roles(slots: Mapping[str, Slot]) -> str:
    return _listed(sorted(slots))


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{each}”" for each in names[:8]) or "none"


def _escaped(name: str) -> str:
    """A step of a JSON pointer."""
    return name[:80].replace("~", "~0").replace("/", "~1")
