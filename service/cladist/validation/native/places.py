"""The rules of ``shapes/hierarchy.ttl`` about the place of a class among the others, natively."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cladist.model.taxonomy import Structure
from cladist.rdf.words import (
    BROADER,
    FALSE,
    HAS_TOP,
    IN_SCHEME,
    SELECTABLE,
    SELECTABLE_RULE,
    STRUCTURE,
    STRUCTURES,
    TOP_OF,
    TYPE,
)
from cladist.validation.native.facts import Facts
from cladist.validation.native.hierarchy import tops
from cladist.validation.native.rule import (
    PICKED,
    STATUS,
    Edited,
    Foci,
    Found,
    below,
    itself,
    named,
    native,
    near,
    some,
    whole,
)
from cladist.validation.native.statements import CONCEPT, RELATED, TEXT_PARENT, is_text

_WEB = ("http://", "https://")
_REGRESSION = STRUCTURES[Structure.REGRESSION][1:-1]


_beside = near(BROADER, RELATED)


def _tiered(facts: Facts) -> bool:
    """Whether some class in use has a parent."""
    return any(item in facts.active for item in facts.forward[BROADER])


def _orphan(facts: Facts, foci: Foci) -> Iterator[Found]:
    if not _tiered(facts):
        return
    parents, texts = facts.forward[BROADER], facts.forward[TEXT_PARENT]
    related = facts.forward[RELATED]
    for item in some(foci, facts.active):
        if item in parents or item in texts or item in related:
            continue
        if not facts.children(item) and not facts.holders(RELATED, item):
            said = "stands alone: no parent, no child, no related class"
            yield item, item, None, said


def _neighbours(facts: Facts, item: str) -> Iterator[str]:
    for link in (BROADER, RELATED):
        yield from facts.of(link, item)
        yield from facts.holders(link, item)


def _cluster(facts: Facts, start: str, stop: Collection[str]) -> set[str] | None:
    """The component of a class; none when a class of ``stop`` is in it."""
    if start in stop or _climbs(facts, start, stop):
        return None
    found, todo = {start}, [start]
    while todo:
        for each in _neighbours(facts, todo.pop()):
            if each in found or is_text(each) or not facts.is_a(each, CONCEPT):
                continue
            if each in stop:
                return None
            found.add(each)
            todo.append(each)
    return found


def _climbs(facts: Facts, start: str, stop: Collection[str]) -> bool:
    """Whether parents that are concepts lead to a class of ``stop``: mostly the shortest way."""
    concepts = facts.instances(CONCEPT)
    found, todo = {start}, [start]
    while todo:
        for each in facts.of(BROADER, todo.pop()):
            if each in stop and each in concepts:
                return True
            if each in concepts and each not in found:
                found.add(each)
                todo.append(each)
    return False


def _tops(facts: Facts) -> set[str]:
    return {item for item, scheme in tops(facts) if scheme == facts.taxonomy}


def _clusters(facts: Facts, foci: Foci) -> Iterator[Found]:
    stop = _tops(facts)
    if not stop:
        return
    linked = (item for link in (BROADER, RELATED) for item in facts.forward[link])
    todo = set(linked) if foci is None else set(foci)
    if foci is None:
        todo -= _led(facts, stop)
    concepts = facts.instances(CONCEPT)
    while todo:
        start = todo.pop()
        found = _cluster(facts, start, stop) if start in concepts else None
        if found is not None and len(found) > 1:
            todo -= found
            item = min(found)
            said = f"hangs together with {len(found) - 1} other classes, and no top class"
            yield item, item, None, f"{said} is among them"


def _led(facts: Facts, stop: Collection[str]) -> set[str]:
    """The concepts that hang together with any of these."""
    concepts = facts.instances(CONCEPT)
    found = {each for each in stop if each in concepts}
    todo = list(found)
    while todo:
        for each in _neighbours(facts, todo.pop()):
            if each not in found and each in concepts:
                found.add(each)
                todo.append(each)
    return found


def _joined(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    """The subjects, the other ends, and what hangs together with them apart from top classes."""
    stop = _tops(facts)
    if not stop:
        return None
    found = {*ends, *(_beside(facts, edited, ends) or ())}
    for each in list(found):
        found |= _cluster(facts, each, stop) or set()
    return found


def _redundant(facts: Facts, foci: Foci) -> Iterator[Found]:
    parents, scheme = facts.forward[BROADER], facts.taxonomy
    for item in some(foci, parents):
        if len(parents[item]) < 2 or item not in facts.active:
            continue
        ours = [each for each in parents[item] if scheme in facts.of(IN_SCHEME, each)]
        above = {each: facts.above(each) for each in ours}
        for upper in ours:
            if any(
                upper in above[lower] and lower not in above[upper]
                for lower in ours
                if lower != upper
            ):
                said = f"has the parent {named([upper])} a second time, by way of another parent"
                yield item, item, None, said


def _single_child(facts: Facts, foci: Foci) -> Iterator[Found]:
    back = facts.back[BROADER]
    parents = some(foci, facts.active)
    if foci is None:
        concepts = facts.instances(CONCEPT)
        several = [
            item
            for item, children in back.many.items()
            if not (children.isdisjoint(facts.retired) and children.issubset(concepts))
        ]
        parents = [each for each in (*back.one, *several) if each in facts.active]
    for item in parents:
        children = list(facts.active_children(item))
        if len(children) == 1:
            yield item, item, None, f"has one child only, <{children[0]}>: two names for one class"


def _childless(facts: Facts, foci: Foci) -> Iterator[Found]:
    if _REGRESSION in facts.of(STRUCTURE, facts.taxonomy):
        return
    given = facts.forward[SELECTABLE]
    for item in some(foci, given):
        unpicked = item in facts.active and FALSE in given[item]
        if unpicked and next(facts.active_children(item), None) is None:
            yield item, item, None, "cannot be picked and has no class in use under it"


def _nothing_selectable(facts: Facts, foci: Foci) -> Iterator[Found]:
    if not facts.active or _REGRESSION in facts.of(STRUCTURE, facts.taxonomy):
        return
    if not any(facts.selectable(each) for each in facts.active):
        yield facts.taxonomy, facts.taxonomy, None, "has no class that an annotator may pick"


def _iri(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item in [each for each in some(foci, facts.active) if not each.startswith(_WEB)]:
        if not item[:8].lower().startswith(_WEB):
            yield item, item, None, "has an id that is no web address"


_TREE = (BROADER, *STATUS)

RULES = (
    native("clad-hier-orphan", _orphan, (RELATED, *_TREE), near(BROADER, RELATED), _tiered),
    native("clad-hier-clusters", _clusters, (BROADER, RELATED, TYPE, HAS_TOP, TOP_OF), _joined),
    native("clad-hier-redundant", _redundant, _TREE, below),
    native("clad-hier-single-child", _single_child, _TREE, near(BROADER)),
    native("clad-hier-childless", _childless, (SELECTABLE, STRUCTURE, *_TREE), near(BROADER)),
    native(
        "clad-hier-nothing-selectable",
        _nothing_selectable,
        (STRUCTURE, SELECTABLE_RULE, *PICKED),
        whole,
    ),
    native("clad-hier-iri", _iri, STATUS, itself),
)
