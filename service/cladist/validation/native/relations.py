"""The rules of ``shapes/relations.ttl``, natively."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.rdf.words import BROADER, DEPRECATED, IN_SCHEME, MATCHES, TYPE
from cladist.validation.native.facts import Facts
from cladist.validation.native.rule import STATUS, Foci, Found, itself, named, native, near, some
from cladist.validation.native.statements import CONCEPT, MISSING, RELATED, is_text


def _valueless(facts: Facts, foci: Foci) -> Iterator[Found]:
    related = facts.forward[RELATED]
    for item in some(foci, {*related, *facts.back[RELATED].values()}):
        if item not in facts.active:
            continue
        parents = set(facts.of(BROADER, item))
        for other in {*facts.of(RELATED, item), *facts.holders(RELATED, item)}:
            beside = other > item and not parents.isdisjoint(facts.of(BROADER, other))
            if beside and other in facts.active:
                said = f"is related to <{other}>, which stands beside it anyway"
                yield item, item, None, said


def _reflexive(facts: Facts, foci: Foci) -> Iterator[Found]:
    for link in (RELATED, *MATCHES):
        given = facts.forward[link]
        for item in some(foci, given):
            if item in given[item]:
                yield item, item, None, "is related or mapped to itself"


def _dangling(facts: Facts, foci: Foci) -> Iterator[Found]:
    related = facts.forward[RELATED]
    for item in some(foci, related):
        if item in facts.active:
            for other in related[item]:
                if not is_text(other) and not facts.is_a(other, CONCEPT):
                    said = f"is related to {named([other])}, which is no known class"
                    yield item, item, None, said


def _retired(facts: Facts, foci: Foci) -> Iterator[Found]:
    related = facts.forward[RELATED]
    for item in some(foci, related):
        if item in facts.active:
            for other in related[item]:
                if other in facts.retired and facts.is_a(other, CONCEPT):
                    yield item, item, None, f"is related to {named([other])}, which is retired"


def _matched(facts: Facts, foci: Foci) -> Iterator[tuple[str, str]]:
    """Classes and what they are mapped to."""
    for link in MATCHES:
        given = facts.forward[link]
        for item in some(foci, given):
            yield from ((item, other) for other in given[item] if not is_text(other))


def _inside(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item, other in _matched(facts, foci):
        if item != other and item in facts.classes and other in facts.classes:
            said = f"is mapped to {named([other])}, a class of the same taxonomy"
            yield item, item, None, said


def _retired_target(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item, other in _matched(facts, foci):
        if other in facts.retired and facts.taxonomy not in facts.of(IN_SCHEME, other):
            yield item, item, None, f"is mapped to {named([other])}, which is retired"


def _missing_target(facts: Facts, foci: Foci) -> Iterator[Found]:
    if not facts.holders(TYPE, MISSING):
        return
    for item, other in _matched(facts, foci):
        if facts.is_a(other, MISSING):
            yield item, item, None, f"is mapped to {named([other])}, which does not exist"


def _any_mapped(facts: Facts) -> bool:
    return any(item in facts.classes for link in MATCHES for item in facts.forward[link])


def _none(facts: Facts, foci: Foci) -> Iterator[Found]:
    if not _any_mapped(facts):
        return
    given = [facts.forward[each] for each in MATCHES]
    for item in some(foci, facts.active):
        if not any(item in each for each in given):
            yield item, item, None, "is mapped to nothing elsewhere"


_LINKED = (RELATED, *STATUS)

RULES = (
    native("clad-rel-valueless", _valueless, (BROADER, *_LINKED), near(RELATED)),
    native("clad-rel-reflexive", _reflexive, (RELATED, *MATCHES), itself),
    native("clad-rel-dangling", _dangling, _LINKED, near(RELATED)),
    native("clad-rel-retired", _retired, _LINKED, near(RELATED)),
    native("clad-map-inside", _inside, (*MATCHES, TYPE, IN_SCHEME), near(*MATCHES)),
    native(
        "clad-map-retired-target",
        _retired_target,
        (*MATCHES, DEPRECATED, IN_SCHEME),
        near(*MATCHES),
    ),
    native("clad-map-missing-target", _missing_target, (*MATCHES, TYPE), near(*MATCHES)),
    native("clad-map-none", _none, (*MATCHES, *STATUS), itself, _any_mapped),
)
