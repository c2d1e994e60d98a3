"""The rules of ``shapes/exclusivity.ttl``, natively."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cladist.rdf.words import BROADER, DEPRECATED, EXHAUSTIVE, IN_SCHEME, MEMBER, TRUE, TYPE, UNDER
from cladist.validation.native.facts import Facts
from cladist.validation.native.hierarchy import circles
from cladist.validation.native.rule import (
    Edited,
    Foci,
    Found,
    below,
    named,
    native,
    near,
    some,
    unknown,
)
from cladist.validation.native.statements import CONCEPT, GROUP, is_text


def groups(facts: Facts) -> list[str]:
    """The exclusive groups of the taxonomy."""
    scheme = facts.taxonomy
    return [each for each in facts.instances(GROUP) if scheme in facts.of(IN_SCHEME, each)]


def in_force(facts: Facts, group: str) -> set[str]:
    """The members of a group that are not retired."""
    members = facts.of(MEMBER, group)
    return {each for each in members if each not in facts.retired and not is_text(each)}


def _under_two(facts: Facts, foci: Foci) -> Iterator[Found]:
    ours = groups(facts)
    if not ours:
        return
    known = _Above(facts)
    suspects = _suspects(facts, foci)
    for group in ours:
        members = in_force(facts, group)
        everyone = set(facts.of(MEMBER, group))
        for item in suspects:
            if item in everyone or item in facts.retired:
                continue
            upper = known.over(item)
            found = upper & members
            if len(found) > 1 and (item in upper or not _told(facts, known, item, members)):
                said = f"is under {named(found)}, which exclude each other in the group <{group}>"
                yield item, item, None, said


class _Above(dict[str, set[str]]):
    """What stands above each class, looked up once."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts

    def __missing__(self, item: str) -> set[str]:
        found = self[item] = self._facts.above(item)
        return found

    def over(self, item: str) -> set[str]:
        """What stands above a class, from what stands above its parents."""
        parents = self._facts.of(BROADER, item)
        return set(parents).union(*(self[each] for each in parents))


def _suspects(facts: Facts, foci: Foci) -> list[str]:
    """The classes that may be the uppermost that are under two members.

    With one parent in use, that parent is so itself, unless there is a cycle.
    """
    parents = facts.forward[BROADER]
    found = {each for members in circles(facts, BROADER, foci) for each in members}
    for each in facts.retired:
        found.update(facts.children(each))
    if foci is None:
        found.update(item for item, above in parents.items() if len(above) > 1)
        return [each for each in found if each in parents]
    return [each for each in foci if each in found or len(parents.get(each, ())) > 1]


def _told(facts: Facts, known: _Above, item: str, members: set[str]) -> bool:
    """Whether a parent in use is at or under two members, so that the class follows from it."""
    for parent in facts.of(BROADER, item):
        if parent in facts.retired:
            continue
        found = known[parent] & members
        if len(found) > 1 or (parent in members and found - {parent}):
            return True
    return False


def _nested(facts: Facts, foci: Foci) -> Iterator[Found]:
    for group in some(foci, groups(facts)):
        members = in_force(facts, group)
        everyone = {each for each in facts.of(MEMBER, group) if not is_text(each)}
        for item in everyone - facts.retired:
            found = (facts.above(item) & members) - {item}
            if found:
                said = f"is under {named(found)}, another member of the exclusive group <{group}>"
                yield group, item, None, said


def _too_few(facts: Facts, foci: Foci) -> Iterator[Found]:
    for group in some(foci, groups(facts)):
        count = sum(facts.is_a(each, CONCEPT) for each in in_force(facts, group))
        if count < 2:
            yield group, group, None, f"is an exclusive group with {count} active members"


def _unknown_member(facts: Facts, foci: Foci) -> Iterator[Found]:
    for group in some(foci, groups(facts)):
        lost = [each for each in facts.of(MEMBER, group) if not facts.is_a(each, CONCEPT)]
        for told in unknown(lost):
            said = f"is an exclusive group with a member that is no known class: {told}"
            yield group, group, None, said


def _retired_member(facts: Facts, foci: Foci) -> Iterator[Found]:
    for group in some(foci, groups(facts)):
        lost = [each for each in facts.of(MEMBER, group) if each in facts.retired]
        if lost:
            said = f"is an exclusive group with retired members: {named(lost)}"
            yield group, group, None, said


def _divided(facts: Facts, foci: Foci) -> Iterator[tuple[str, str]]:
    """Groups, each with a class that it divides."""
    for group in some(foci, groups(facts)):
        yield from ((group, each) for each in facts.of(UNDER, group) if not is_text(each))


def _exhaustive_under(facts: Facts, foci: Foci) -> Iterator[Found]:
    for group in some(foci, groups(facts)):
        if TRUE not in facts.of(EXHAUSTIVE, group):
            continue
        above = [
            each
            for each in facts.of(UNDER, group)
            if facts.is_a(each, CONCEPT) and each not in facts.retired
        ]
        if len(above) != 1:
            said = "is an exhaustive group and does not name one active class that it divides"
            yield group, group, None, said


def _member_not_under(facts: Facts, foci: Foci) -> Iterator[Found]:
    for group, above in _divided(facts, foci):
        lost = [
            each
            for each in in_force(facts, group)
            if facts.is_a(each, CONCEPT) and above not in facts.above(each)
        ]
        if lost:
            said = f"divides <{above}> and has members that are not under it: {named(lost)}"
            yield group, group, None, said


def _exhaustive_gap(facts: Facts, foci: Foci) -> Iterator[Found]:
    for group, above in _divided(facts, foci):
        if TRUE not in facts.of(EXHAUSTIVE, group):
            continue
        members = in_force(facts, group)
        covered = set(facts.of(MEMBER, group))
        for each in members:
            covered |= facts.above(each)
        lost = [
            each
            for each in facts.children(above)
            if each in facts.active and each not in covered and not facts.above(each) & members
        ]
        if lost:
            said = f"is exhaustive under <{above}> and leaves out {named(lost)}"
            yield group, group, None, said


def _reached(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    """The groups of which a member, or a class that they divide, is at or under a subject."""
    found = {each for each in edited if facts.is_a(each, GROUP)}
    for each in facts.below(frozenset(edited)):
        found.update(facts.holders(MEMBER, each), facts.holders(UNDER, each))
        for parent in facts.of(BROADER, each):
            found.update(facts.holders(UNDER, parent))
    return found


_GROUPS = (TYPE, IN_SCHEME, MEMBER)
_PLACES = (*_GROUPS, BROADER, DEPRECATED)

RULES = (
    native("clad-excl-under-two", _under_two, _PLACES, below),
    native("clad-excl-nested", _nested, _PLACES, _reached),
    native("clad-excl-too-few", _too_few, (*_GROUPS, DEPRECATED), near(MEMBER, UNDER)),
    native("clad-excl-unknown-member", _unknown_member, _GROUPS, near(MEMBER, UNDER)),
    native(
        "clad-excl-retired-member", _retired_member, (*_GROUPS, DEPRECATED), near(MEMBER, UNDER)
    ),
    native(
        "clad-excl-exhaustive-under",
        _exhaustive_under,
        (TYPE, IN_SCHEME, DEPRECATED, EXHAUSTIVE, UNDER),
        near(MEMBER, UNDER),
    ),
    native("clad-excl-member-not-under", _member_not_under, (*_PLACES, UNDER), _reached),
    native("clad-excl-exhaustive-gap", _exhaustive_gap, (*_PLACES, UNDER, EXHAUSTIVE), _reached),
)
