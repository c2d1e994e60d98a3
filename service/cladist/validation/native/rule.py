"""What a native rule is: a function over facts, and how far an edit reaches for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cladist.rdf.words import BROADER, DEPRECATED, IN_SCHEME, MEMBER, SELECTABLE, TYPE
from cladist.validation.native.facts import Facts
from cladist.validation.native.statements import RELATED, is_text

Foci = Collection[str] | None
"""Where to look; ``None`` is everywhere."""

Found = tuple[str, str, str | None, str]
"""A focus, the IRI at fault, the literal at fault if it is one, and the message's template."""

Edited = Collection[str]
"""The subjects of which statements change that a rule reads."""

Scope = Callable[[Facts, Edited, Collection[str]], Foci]
"""Where a rule may find something else once the subjects change, as far as the facts before or
after the change say; also given are the other ends of links that come or go. Both the facts
before and those after are asked."""

STATUS = (TYPE, IN_SCHEME, DEPRECATED)
"""What makes a class of the taxonomy one that is in use."""

PICKED = (*STATUS, SELECTABLE, BROADER)
"""What makes a class one that an annotator may pick."""


@dataclass(frozen=True, slots=True)
class Native:
    """A rule as a function: ``find`` gives what is wrong at some foci, ``reads`` names all
    predicates that it depends on, ``scope`` where an edit reaches. ``basis`` is what all foci
    depend on: when it changes, so may every finding."""

    id: str
    find: Callable[[Facts, Foci], Iterator[Found]]
    reads: frozenset[str]
    scope: Scope
    basis: Callable[[Facts], Any] = lambda facts: None


def native(
    id: str,
    find: Callable[[Facts, Foci], Iterator[Found]],
    reads: Iterable[str],
    scope: Scope,
    basis: Callable[[Facts], Any] = lambda facts: None,
) -> Native:
    """A rule; ``reads`` in any order."""
    return Native(id, find, frozenset(reads), scope, basis)


def some(foci: Foci, whole: Iterable[str]) -> Iterable[str]:
    """The foci that are among all possible ones."""
    if foci is None:
        return whole
    held = whole if isinstance(whole, (set, dict, frozenset)) else set(whole)
    return [each for each in foci if each in held]


def first(classes: Iterable[str]) -> tuple[str, str]:
    """The class that a finding about several is told at, and how the message names all."""
    ordered = sorted(classes)
    return ordered[0], named(ordered)


def named(classes: Iterable[str]) -> str:
    """Ids as messages hold them."""
    return ", ".join(f"<{each}>" for each in sorted(classes))


def unknown(values: Collection[str]) -> Iterator[str]:
    """Values that should be classes, as messages name them: the ids together, texts apart."""
    ids = [each for each in values if not is_text(each)]
    if ids:
        yield named(ids)
    if len(ids) < len(values):
        yield "a text"


# Scopes


def itself(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    """The subjects alone."""
    return set(edited)


def whole(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    """Everywhere: for rules that look at little or are seldom reached."""
    return None


def near(*links: str) -> Scope:
    """The subjects and whatever one of the links leads to from them, or leads to them from."""

    def scope(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
        key = (links, frozenset(edited))
        if key not in facts.memo:
            found = set(edited)
            for link in links:
                forward, back = facts.forward[link], facts.back[link]
                for subject in edited:
                    found.update(back.get(subject))
                    if subject in forward:
                        found.update(each for each in forward[subject] if not is_text(each))
            facts.memo[key] = found
        nearby: set[str] = facts.memo[key]
        return nearby

    return scope


def below(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    """The subjects, the members of groups among them, and all that is under these."""
    seeds = set(edited)
    for subject in edited:
        seeds.update(facts.of(MEMBER, subject))
    return facts.below(frozenset(seeds))


def around(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    """What is under the subjects, and what is related to any of that or to the subjects."""
    return _related(facts, below(facts, edited, ends) or (), ends)


_related, _family = near(RELATED), near(BROADER)


def values(*predicates: str) -> Scope:
    """The values that the subjects have of some predicates: rules that look from a value."""

    def scope(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
        return {value for each in edited for link in predicates for value in facts.of(link, each)}

    return scope


def values_near(predicate: str) -> Scope:
    """The values of the subjects and of what stands beside them."""

    def scope(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
        nearby = _family(facts, edited, ends) or ()
        return {value for each in nearby for value in facts.of(predicate, each)}

    return scope
