"""The rules of ``shapes/retirement.ttl``, natively."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cladist.rdf.words import DEPRECATED, IN_SCHEME, REASON, REPLACED_BY, TYPE
from cladist.validation.native.facts import Facts
from cladist.validation.native.hierarchy import circles, through
from cladist.validation.native.rule import (
    STATUS,
    Edited,
    Foci,
    Found,
    itself,
    named,
    native,
    near,
    some,
    unknown,
)
from cladist.validation.native.statements import CONCEPT, is_text


def _cycle(facts: Facts, foci: Foci) -> Iterator[Found]:
    for members in circles(facts, REPLACED_BY, foci):
        if foci is not None and members[0] not in foci:
            continue  # the foci lead to this one
        said = f"is its own successor, by way of {named(members)}"
        yield members[0], members[0], None, said


def _replaced(facts: Facts, foci: Foci) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Concepts with their successors, whatever these are."""
    successors, concepts = facts.forward[REPLACED_BY], facts.instances(CONCEPT)
    for item in some(foci, successors):
        if item in concepts:
            yield item, successors[item]


def _unknown_successor(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item, successors in _replaced(facts, foci):
        lost = [each for each in successors if not facts.is_a(each, CONCEPT)]
        for told in unknown(lost):
            yield item, item, None, f"has a successor that is no known class: {told}"


def _retired_successor(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item, successors in _replaced(facts, foci):
        for each in successors:
            if each in facts.retired:
                yield item, item, None, f"has the successor {named([each])}, which is retired too"


def _active_with_successor(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item, successors in _replaced(facts, foci):
        for each in successors:
            if item not in facts.retired and not is_text(each):
                yield item, item, None, f"is in use and has the successor {named([each])}"


def _no_reason(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item in some(foci, facts.retired):
        if item in facts.classes and item not in facts.forward[REASON]:
            yield item, item, None, "is retired without a reason"


def _no_successor(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item in some(foci, facts.retired):
        if item in facts.classes and item not in facts.forward[REPLACED_BY]:
            yield item, item, None, "is retired and nothing stands in for it"


def _chain_end(facts: Facts, foci: Foci) -> Iterator[Found]:
    successors, concepts = facts.forward[REPLACED_BY], facts.instances(CONCEPT)
    for item in some(foci, successors):
        if item not in facts.classes or item in facts.active:
            continue
        known = any(not is_text(each) and each in concepts for each in successors[item])
        if known and not _leads_on(facts, item):
            said = "has successors, and none of them leads to a class in use"
            yield item, item, None, said


def _leads_on(facts: Facts, item: str) -> bool:
    """Whether successors, theirs and so on come to a concept in use."""
    seen, todo = {item}, [item]
    while todo:
        for each in facts.of(REPLACED_BY, todo.pop()):
            if facts.is_a(each, CONCEPT) and each not in facts.retired:
                return True
            if each not in seen:
                seen.add(each)
                todo.append(each)
    return False


def _before(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    """The subjects and everything for which they stand in, directly or not."""
    found = set(edited)
    todo = list(edited)
    while todo:
        fresh = [each for each in facts.holders(REPLACED_BY, todo.pop()) if each not in found]
        found.update(fresh)
        todo.extend(fresh)
    return found


def _foreign_successor(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item, successors in _replaced(facts, foci):
        if item not in facts.classes:
            continue
        for each in successors:
            if each not in facts.classes and facts.is_a(each, CONCEPT):
                said = f"has the successor {named([each])}, which belongs to another taxonomy"
                yield item, item, None, said


_BOOLEANS = frozenset(
    f'"{each}"^^<http://www.w3.org/2001/XMLSchema#boolean>' for each in ("true", "false")
)


def _not_boolean(facts: Facts, foci: Foci) -> Iterator[Found]:
    concepts = facts.instances(CONCEPT)
    for item in some(foci, facts.forward[DEPRECATED]):
        if item in concepts and not _BOOLEANS.issuperset(facts.of(DEPRECATED, item)):
            yield item, item, None, "is said to be retired in a way that no tool reads"


def _reason_in_use(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item in some(foci, facts.forward[REASON]):
        if item in facts.active:
            yield item, item, None, "is in use and has a reason for its retirement"


_LINKED = (REPLACED_BY, TYPE, DEPRECATED)

RULES = (
    native("clad-ret-cycle", _cycle, (REPLACED_BY,), through(REPLACED_BY)),
    native(
        "clad-ret-unknown-successor", _unknown_successor, (REPLACED_BY, TYPE), near(REPLACED_BY)
    ),
    native("clad-ret-retired-successor", _retired_successor, _LINKED, near(REPLACED_BY)),
    native("clad-ret-active-with-successor", _active_with_successor, _LINKED, itself),
    native("clad-ret-no-reason", _no_reason, (REASON, *STATUS), itself),
    native("clad-ret-no-successor", _no_successor, (REPLACED_BY, *STATUS), itself),
    native("clad-ret-chain-end", _chain_end, (REPLACED_BY, *STATUS), _before),
    native(
        "clad-ret-foreign-successor",
        _foreign_successor,
        (REPLACED_BY, TYPE, IN_SCHEME),
        near(REPLACED_BY),
    ),
    native("clad-ret-not-boolean", _not_boolean, (DEPRECATED, TYPE), itself),
    native("clad-ret-reason-in-use", _reason_in_use, (REASON, *STATUS), itself),
)
