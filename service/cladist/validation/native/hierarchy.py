"""The rules of ``shapes/hierarchy.ttl`` about parents, natively."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from cladist.rdf.words import (
    BROADER,
    DEPRECATED,
    HAS_TOP,
    IN_SCHEME,
    POLYHIERARCHY,
    TOP_OF,
    TYPE,
)
from cladist.validation.closure import components, is_cycle
from cladist.validation.native.facts import Facts
from cladist.validation.native.rule import (
    STATUS,
    Edited,
    Foci,
    Found,
    Scope,
    itself,
    named,
    native,
    near,
    some,
)
from cladist.validation.native.statements import CONCEPT, TEXT_PARENT

_FALSE = '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'
_ROUNDS = 12

Edges = dict[str, tuple[str, ...]]


def circles(facts: Facts, link: str, foci: Foci) -> list[list[str]]:
    """The cycles of a link, or those that the foci are on or lead to."""
    if foci is not None:
        return _circles(_reached(facts.forward[link], foci))
    if link not in facts.memo:
        facts.memo[link] = _circles(facts.forward[link])
    found: list[list[str]] = facts.memo[link]
    return found


def _circles(edges: Edges) -> list[list[str]]:
    core = _core(edges)
    return [sorted(members) for members in components(core) if is_cycle(members, core)]


def _reached(edges: Edges, foci: Collection[str]) -> Edges:
    """The links of the foci and of everything that they lead to."""
    found: Edges = {}
    todo = [each for each in foci if each in edges]
    while todo:
        item = todo.pop()
        if item not in found:
            found[item] = edges[item]
            todo.extend(each for each in edges[item] if each in edges)
    return found


def _core(edges: Edges) -> Edges:
    """The links that are left when what nothing leads to, and what leads to nowhere, is taken away.

    Mostly nothing: few rounds take the leaves, the next level and so on from a hierarchy as people
    make them; what is deeper unravels from its roots in linear time.
    """
    for _ in range(_ROUNDS):
        inner = set(chain.from_iterable(edges.values()))
        edges = {item: above for item, above in edges.items() if item in inner}
    if edges:
        edges = _unravelled(edges)
    return edges


def _unravelled(edges: Edges) -> Edges:
    back: dict[str, list[str]] = {}
    waiting: dict[str, int] = {}
    for item, above in edges.items():
        bound = [each for each in above if each in edges]
        waiting[item] = len(bound)
        for each in bound:
            back.setdefault(each, []).append(item)
    ready = [item for item, bound in waiting.items() if not bound]
    for item in ready:  # grows while it is read
        for each in back.get(item, ()):
            waiting[each] -= 1
            if not waiting[each]:
                ready.append(each)
    freed = set(ready)
    return {item: above for item, above in edges.items() if item not in freed}


def through(link: str) -> Scope:
    """The scope of a rule about cycles: the subjects, and the cycles that they are on."""

    def scope(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
        found = set(edited)
        for members in circles(facts, link, set(edited)):
            found.update(members)
        return found

    return scope


def _cycle(facts: Facts, foci: Foci) -> Iterator[Found]:
    for members in circles(facts, BROADER, foci):
        if foci is not None and members[0] not in foci:
            continue  # the foci are below this one
        said = f"is above itself, by way of {named(members)}"
        yield members[0], members[0], None, said


def _literal_parent(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item in some(foci, facts.forward[TEXT_PARENT]):
        yield item, item, None, "has a text where a parent should be"


def _wrong(facts: Facts, foci: Foci, parents: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Classes with a parent of these, those among the foci."""
    for parent in parents:
        for item in facts.children(parent):
            if foci is None or item in foci:
                yield item, parent


def _named_parents(facts: Facts, foci: Foci) -> Iterable[str]:
    """All that is named as a parent, by the foci at least."""
    if foci is None:
        return facts.back[BROADER].values()
    return {parent for item in foci for parent in facts.of(BROADER, item)}


def _dangling_parent(facts: Facts, foci: Foci) -> Iterator[Found]:
    concepts = facts.instances(CONCEPT)
    lost = [each for each in _named_parents(facts, foci) if each not in concepts]
    for item, parent in _wrong(facts, foci, lost):
        yield item, item, None, f"has the parent <{parent}>, which is no known class"


def _parent_no_scheme(facts: Facts, foci: Foci) -> Iterator[Found]:
    concepts, placed = facts.instances(CONCEPT), facts.forward[IN_SCHEME]
    lost = [each for each in _named_parents(facts, foci) if each not in placed and each in concepts]
    for item, parent in _wrong(facts, foci, lost):
        yield item, item, None, f"has the parent <{parent}>, which is in no taxonomy"


def _no_scheme(facts: Facts, foci: Foci) -> Iterator[Found]:
    placed = facts.forward[IN_SCHEME]
    for item in [each for each in some(foci, facts.instances(CONCEPT)) if each not in placed]:
        yield item, item, None, "is in no taxonomy"


def tops(facts: Facts) -> Iterator[tuple[str, str]]:
    """What is said to be at the top: a class and its scheme."""
    for item, schemes in facts.forward[TOP_OF].items():
        yield from ((item, scheme) for scheme in schemes)
    for scheme, items in facts.forward[HAS_TOP].items():
        yield from ((item, scheme) for item in items)


def _top_with_parent(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item, scheme in tops(facts):
        for parent in facts.of(BROADER, item):
            if scheme in facts.of(IN_SCHEME, parent) and (foci is None or item in foci):
                said = f"is said to be a top class and has the parent {named([parent])}"
                yield item, item, None, said


def _retired_parent(facts: Facts, foci: Foci) -> Iterator[Found]:
    retired = facts.retired
    if foci is None:
        foci = {child for each in retired for child in facts.children(each)}
    for item in some(foci, facts.forward[BROADER]):
        if item in retired:
            continue
        for parent in facts.of(BROADER, item):
            if parent in retired:
                said = f"has the parent {named([parent])}, which is retired"
                yield item, item, None, said


def _several_parents(facts: Facts, foci: Foci) -> Iterator[Found]:
    if _FALSE not in facts.of(POLYHIERARCHY, facts.taxonomy):
        return
    parents, placed = facts.forward[BROADER], facts.forward[IN_SCHEME]
    for item in some(foci, parents):
        above = parents[item]
        if len(above) > 1 and item not in facts.retired and facts.taxonomy in placed.get(item, ()):
            said = f"has {len(above)} parents in a taxonomy that allows one: {named(above)}"
            yield item, item, None, said


RULES = (
    native("clad-hier-cycle", _cycle, (BROADER,), through(BROADER)),
    native("clad-hier-literal-parent", _literal_parent, (BROADER,), itself),
    native("clad-hier-dangling-parent", _dangling_parent, (BROADER, TYPE), near(BROADER)),
    native(
        "clad-hier-parent-no-scheme", _parent_no_scheme, (BROADER, TYPE, IN_SCHEME), near(BROADER)
    ),
    native("clad-hier-no-scheme", _no_scheme, (TYPE, IN_SCHEME), itself),
    native(
        "clad-hier-top-with-parent",
        _top_with_parent,
        (BROADER, IN_SCHEME, TOP_OF, HAS_TOP),
        near(BROADER, TOP_OF, HAS_TOP),
    ),
    native("clad-hier-retired-parent", _retired_parent, (BROADER, DEPRECATED), near(BROADER)),
    native(
        "clad-hier-several-parents", _several_parents, (BROADER, POLYHIERARCHY, *STATUS), itself
    ),
)
