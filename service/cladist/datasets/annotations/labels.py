"""Labels and paths of an annotation: each alone, and all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cladist.datasets.annotations.finding import Fault, Finding
from cladist.datasets.annotations.ground import Ground, Named
from cladist.model.taxonomy import Structure

ONE = frozenset((Structure.SINGLE_LABEL, Structure.ORDINAL))
"""Structures of which an item has exactly one class."""

_MALFORMED = "It should be a list of names."


def flawed(named: Named, place: str) -> Iterator[Finding]:
    """What is wrong with a name where it stands."""
    flaw = named.flaw
    if flaw is not None:
        yield Finding(flaw.fault, place, flaw.message, flaw.classes, flaw.instead)


def labels(ground: Ground, given: Any, *, complete: bool) -> Iterator[Finding]:
    """What is wrong with the labels of an item: one name, or a list of them.

    With ``complete`` the classes above a label must be labels too, where they are for labeling.
    """
    if isinstance(given, str | int):
        given = [given]
    if not isinstance(given, list):
        yield Finding(Fault.MALFORMED, "/labels", _MALFORMED)
        return
    found = []
    for place, name in enumerate(given):
        named = ground.named(name)
        if named.flaw is not None:
            yield from flawed(named, f"/labels/{place}")
        found.append((f"/labels/{place}", named))
    yield from together(ground, found, "/labels", complete=complete)


def paths(ground: Ground, given: Any, *, complete: bool) -> Iterator[Finding]:
    """What is wrong with paths of names from an upper class down to the label that is meant."""
    if not isinstance(given, list) or not all(isinstance(each, list) and each for each in given):
        yield Finding(Fault.MALFORMED, "/paths", "It should be a list of lists of names.")
        return
    found = []
    for place, path in enumerate(given):
        faults = [*_path(ground, path, f"/paths/{place}")]
        yield from faults
        if not faults:
            found.append((f"/paths/{place}", ground.of_class(_reached(ground, path)[0])))
    if len(found) == len(given):
        yield from together(ground, found, "/paths", complete=complete)


def together(
    ground: Ground, found: Sequence[tuple[str, Named]], place: str, *, complete: bool = False
) -> Iterator[Finding]:
    """What is wrong with the labels of one item beside each other."""
    known: dict[str, tuple[str, Named]] = {}
    for where, named in found:
        if named.id in known:
            told = f"“{ground.label(named.id)}” stands here twice: once is enough."
            yield Finding(Fault.REPEATED_LABEL, where, told, (named.id,))
        elif named.id:
            known[named.id] = (where, named)
    if ground.structure.kind in ONE:
        yield from _exactly_one(ground, [*known], place, any_given=bool(found))
    else:
        yield from _exclusive(ground, known)
    if complete:
        yield from _incomplete(ground, known)


def _exactly_one(
    ground: Ground, ids: Sequence[str], place: str, *, any_given: bool
) -> Iterator[Finding]:
    if not any_given:
        yield Finding(Fault.NO_LABEL, place, "An item has exactly one class here: choose it.")
    elif len(ids) > 1:
        told = f"An item has exactly one class here: keep one of {ground.quoted(ids)}."
        yield Finding(Fault.SEVERAL_LABELS, place, told, tuple(ids))


def _exclusive(ground: Ground, known: dict[str, tuple[str, Named]]) -> Iterator[Finding]:
    held: dict[int, tuple[str, str]] = {}
    for where, named in known.values():
        for number, member in named.groups:
            before = held.setdefault(number, (member, named.id))
            if before[0] != member:
                pair = (before[1], named.id)
                told = f"“{ground.label(pair[0])}” and “{ground.label(pair[1])}” exclude each other"
                if (before[0], member) != pair:
                    told += f", as {ground.quoted((before[0], member))} do"
                yield Finding(Fault.EXCLUSIVE_LABELS, where, f"{told}: keep one.", pair)


def _incomplete(ground: Ground, known: dict[str, tuple[str, Named]]) -> Iterator[Finding]:
    for where, named in known.values():
        lacking = [each for each in ground.selectable_above(named.id) if each not in known]
        if lacking:
            label = ground.label(named.id)
            told = f"“{label}” is a kind of {ground.quoted(lacking)}: label the item so as well."
            classes = (named.id, *lacking)
            yield Finding(Fault.MISSING_ANCESTOR, where, told, classes, tuple(lacking))


def _path(ground: Ground, path: Sequence[Any], place: str) -> Iterator[Finding]:
    above: tuple[str, ...] = ()
    for step, name in enumerate(path):
        meant = ground.meant(name)
        if not meant:
            yield from flawed(ground.named(name), f"{place}/{step}")
            return
        below = _below(ground, above, meant) if step else meant
        if not below:
            yield _broken(ground, above, meant, f"{place}/{step}")
            return
        above = below
    last = f"{place}/{len(path) - 1}"
    if len(above) > 1:
        told = f"The path names {len(above)} classes: begin it further up, or name a code."
        yield Finding(Fault.AMBIGUOUS_CLASS, last, told, above)
    else:
        yield from flawed(ground.of_class(above[0]), last)


def _reached(ground: Ground, path: Sequence[Any]) -> tuple[str, ...]:
    above = ground.meant(path[0])
    for name in path[1:]:
        above = _below(ground, above, ground.meant(name))
    return above


def _below(ground: Ground, above: Sequence[str], meant: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in meant if set(above) & {*ground.index.entry(each).parents})


def _broken(ground: Ground, above: Sequence[str], meant: Sequence[str], where: str) -> Finding:
    label = ground.label(meant[0])
    told = f"“{label}” is not directly under {ground.quoted(above)}"
    parents = [up for each in meant for up in ground.index.parents(each)]
    told += f": it is under {ground.quoted(parents)}." if parents else ": it is a top class."
    return Finding(Fault.BROKEN_PATH, where, told, (*above, *meant), tuple(parents))
