"""The effect of a change: old and new value of everything that it touches.

An effect is its own receipt: swapped, it undoes exactly what it did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from cladist.model.errors import Conflict
from cladist.model.taxonomy import Class, Group, Header, State, Statement, Taxonomy

T = TypeVar("T")
Statements = tuple[Statement, ...]


class EffectMismatch(Conflict):
    """An effect meets a state that is not the one it was planned for."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} is not in the state that this effect was planned for.")
        self.key = key


@dataclass(frozen=True, slots=True)
class Swap(Generic[T]):
    """One thing before and after; ``None`` where it does not exist."""

    key: str
    before: T | None
    after: T | None

    def inverse(self) -> Swap[T]:
        """The swap that undoes this one."""
        return Swap(self.key, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change does: swaps of classes, groups, the header and other subjects."""

    classes: tuple[Swap[Class], ...] = ()
    groups: tuple[Swap[Group], ...] = ()
    header: Swap[Header] | None = None
    others: tuple[Swap[Statements], ...] = ()

    def inverse(self) -> Effect:
        """The effect that undoes this one exactly."""
        return Effect(
            tuple(each.inverse() for each in self.classes),
            tuple(each.inverse() for each in self.groups),
            None if self.header is None else self.header.inverse(),
            tuple(each.inverse() for each in self.others),
        )

    def __bool__(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.classes or self.groups or self.header or self.others)


def classes_effect(state: State, changed: Mapping[str, Class]) -> tuple[Swap[Class], ...]:
    """The swaps that bring these classes into the state, those that differ only."""
    return tuple(_swaps(state.classes, changed))


def groups_effect(state: State, changed: Mapping[str, Group | None]) -> tuple[Swap[Group], ...]:
    """The swaps that bring these groups into the state; ``None`` removes one."""
    return tuple(_swaps(state.groups, changed))


def header_effect(state: State, header: Header) -> Swap[Header] | None:
    """The swap of the header, if it differs."""
    return None if header == state.header else Swap(header.iri, state.header, header)


def others_effect(
    state: State, changed: Mapping[str, Statements | None]
) -> tuple[Swap[Statements], ...]:
    """The swaps that bring these other subjects into the state; ``None`` removes one."""
    return tuple(_swaps(state.others, changed))


def _swaps(old: Mapping[str, T], changed: Mapping[str, T | None]) -> Iterator[Swap[T]]:
    for key in sorted(changed):
        before, after = old.get(key), changed[key]
        if before != after:
            yield Swap(key, before, after)


def apply_effect(taxonomy: Taxonomy, effect: Effect) -> Taxonomy:
    """The taxonomy after the effect; raises :class:`EffectMismatch` on any other state."""
    header = taxonomy.header
    if effect.header is not None:
        if effect.header.before != header or effect.header.after is None:
            raise EffectMismatch(effect.header.key)
        header = effect.header.after
    return Taxonomy(
        header,
        swapped(taxonomy.classes, effect.classes),
        swapped(taxonomy.groups, effect.groups),
        swapped(taxonomy.others, effect.others),
    )


def swapped(old: Mapping[str, T], swaps: tuple[Swap[T], ...]) -> Mapping[str, T]:
    """The mapping after the swaps; the same object when there are none."""
    if not swaps:
        return old
    new = dict(old)
    swap_in(new, swaps)
    return new


def swap_in(target: dict[str, T], swaps: tuple[Swap[T], ...]) -> None:
    """Carry the swaps out on a dictionary of the caller's own."""
    for swap in swaps:
        if target.get(swap.key) != swap.before:
            raise EffectMismatch(swap.key)
        if swap.after is None:
            del target[swap.key]
        else:
            target[swap.key] = swap.after
