"""What one change, or a list of them, does to the correspondence of classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from cladist.model.change import kinds
from cladist.model.change.kinds import Change, Pair, Part, Shift
from cladist.model.correspondence.relation import (
    NOWHERE,
    ONE,
    Correspondence,
    Extent,
    Link,
    Trace,
    identity,
)
from cladist.model.correspondence.ties import Standing, Tie, tie_of
from cladist.model.taxonomy import Class, State

MANUAL = "ManualMappingCuration"
"""Justification (``semapv``) of a pair that a person recorded or confirmed."""


@dataclass(frozen=True, slots=True)
class Made:
    """A change under the id by which it is recorded, and how sure whoever made it was."""

    id: str
    change: Change
    confidence: Fraction = ONE
    basis: str = MANUAL


def extent_of(state: State) -> Extent:
    """The classes of a state, and which of them are retired."""
    retired = frozenset(each.id for each in state.classes.values() if not each.active)
    return Extent(frozenset(state.classes), retired)


Tied = Iterator[tuple[str, str, Tie, Standing]]
"""Source, target, tie and standing of each pair that a change makes."""


def correspondence_of(source: Extent, changes: Iterable[Made]) -> Correspondence:
    """The correspondence from a state to the one that the changes make of it."""
    trace = Trace(identity(source))
    added: set[str] = set()
    retired = set(source.retired)
    for made in changes:
        change = made.change
        new = {each.id for each in new_classes(change)}
        links: dict[str, dict[str, Link]] = {}
        for start, end, tie, standing in tied(change):
            links.setdefault(start, {})[end] = _link(made, tie, standing)
        trace.follow(links, new)
        added |= new
        retired |= set(_leaving(change))
        if isinstance(change, kinds.RestoreClass):
            retired.discard(change.id)
    classes = frozenset(source.classes | added) if added else source.classes
    return trace.correspondence(Extent(classes, frozenset(retired)))


def _link(made: Made, tie: Tie, standing: Standing) -> Link:
    return Link(
        frozenset({(tie, standing)}), frozenset({made.id}), made.confidence, frozenset({made.basis})
    )


def tied(change: Change) -> Tied:
    """The pairs that a change makes; none when it leaves every class what it was."""
    found = _TIED.get(type(change))
    return found(change) if found is not None else iter(())


def _merged(change: kinds.MergeClasses) -> Tied:
    target = change.into if change.new is None else change.new.id
    said = {pair.source: _said(pair, Part.WHOLE, Part.PART) for pair in change.pairs}
    for source in change.sources:
        yield from _gone(source, ((target, said.get(source, Tie.BROAD)),))


def _split(change: kinds.SplitClass) -> Tied:
    said = {pair.target: _said(pair, Part.PART, Part.WHOLE) for pair in change.pairs}
    ends = [
        (part, said.get(part, Tie.NARROW)) for part in (*(n.id for n in change.new), *change.into)
    ]
    if not change.keep_as_parent:
        yield from _gone(change.id, ends)
        return
    yield change.id, change.id, Tie.ABOVE, Standing.PLAIN
    for part, tie in ends:
        yield change.id, part, tie, Standing.PLAIN


def _regrouped(change: kinds.RegroupClasses) -> Tied:
    pairs = completed(change.pairs)
    targets = {pair.target for pair in pairs}
    ends: dict[str, list[tuple[str, Tie]]] = {}
    for pair in pairs:
        ends.setdefault(pair.source, []).append((pair.target, _said(pair, Part.PART, Part.PART)))
    for source, found in ends.items():
        if source not in targets:
            yield from _gone(source, found)
        else:
            yield from _going(source, found)


def _retired(change: kinds.RetireClass) -> Tied:
    if not change.successors:
        yield change.id, change.id, Tie.EXACT, Standing.PLAIN
        return
    tie = Tie.BROAD if len(change.successors) == 1 else Tie.RELATED
    yield from _gone(change.id, [(each, tie) for each in change.successors])


def _restored(change: kinds.RestoreClass) -> Tied:
    yield change.id, change.id, Tie.EXACT, Standing.BACK


_SHIFTED = {Shift.NARROWED: Tie.NARROW, Shift.BROADENED: Tie.BROAD, Shift.SHIFTED: Tie.RELATED}


def _redefined(change: kinds.RedefineClass) -> Tied:
    if change.shift in _SHIFTED:
        yield from _going(change.id, [(change.id, _SHIFTED[change.shift])])


def _gone(source: str, ends: Iterable[tuple[str, Tie]]) -> Tied:
    """A class that goes out of use: where its items go, and its own record."""
    yield from _going(source, tuple(ends))
    yield source, source, Tie.EXACT, Standing.RECORD


def _going(source: str, ends: Sequence[tuple[str, Tie]]) -> Tied:
    """Where the items of a class go; nowhere as well when one target takes only a part of it."""
    for target, tie in ends:
        yield source, target, tie, Standing.PLAIN
    if len(ends) == 1 and ends[0][1] in (Tie.NARROW, Tie.RELATED):
        yield source, NOWHERE, Tie.RELATED, Standing.PLAIN


_TIED: Mapping[type, Callable[[Any], Tied]] = {
    kinds.MergeClasses: _merged,
    kinds.SplitClass: _split,
    kinds.RegroupClasses: _regrouped,
    kinds.RetireClass: _retired,
    kinds.RestoreClass: _restored,
    kinds.RedefineClass: _redefined,
}


def completed(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs with both sides said: a class in one pair alone is in it as a whole."""
    sources = Counter(pair.source for pair in pairs)
    targets = Counter(pair.target for pair in pairs)

    def part(said: Part | None, count: int) -> Part:
        return said or (Part.PART if count > 1 else Part.WHOLE)

    return tuple(
        replace(
            pair,
            source_part=part(pair.source_part, sources[pair.source]),
            target_part=part(pair.target_part, targets[pair.target]),
        )
        for pair in pairs
    )


def _said(pair: Pair, source_part: Part, target_part: Part) -> Tie:
    """The tie of a pair; the parts are those that it has when it says none."""
    return tie_of(pair.source_part or source_part, pair.target_part or target_part)


def new_classes(change: Change) -> tuple[Class, ...]:
    """The classes that a change adds."""
    if isinstance(change, kinds.AddClass):
        return (change.new,)
    if isinstance(change, kinds.MergeClasses):
        return () if change.new is None else (change.new,)
    if isinstance(change, kinds.SplitClass | kinds.RegroupClasses):
        return change.new
    return ()


def _leaving(change: Change) -> Iterable[str]:
    """The classes that are retired after a change."""
    if isinstance(change, kinds.AddClass) and not change.new.active:
        return (change.new.id,)
    if isinstance(change, kinds.RetireClass):
        return (change.id,)
    return (start for start, end, _, standing in tied(change) if standing is Standing.RECORD)
