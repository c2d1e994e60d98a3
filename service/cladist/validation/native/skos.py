"""The rules of ``shapes/skos.ttl``, natively."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cladist.rdf.words import BROADER, MATCHES, PREFERRED, TYPE
from cladist.validation.native.facts import Facts
from cladist.validation.native.rule import Foci, Found, around, itself, named, native, near, some
from cladist.validation.native.statements import (
    ALTERNATIVE,
    COLLECTION,
    CONCEPT,
    EXACT,
    GROUP,
    HIDDEN,
    ORDERED,
    RELATED,
    SCHEME,
    SUBCLASS,
    is_text,
    language,
)

_UNEXACT = tuple(
    each for each, name in MATCHES.items() if name in ("broadMatch", "narrowMatch", "relatedMatch")
)


def _s9(facts: Facts, foci: Foci) -> Iterator[Found]:
    concepts = facts.instances(CONCEPT)
    for item in some(foci, facts.instances(SCHEME)):
        if item in concepts:
            yield item, item, None, "is a concept scheme and a class at once"


def _s13(facts: Facts, foci: Foci) -> Iterator[Found]:
    message = "has its preferred label a second time, as an alternative or hidden label"
    preferred = facts.forward[PREFERRED]
    for kind in (ALTERNATIVE, HIDDEN):
        others = facts.forward[kind]
        suspects = others.keys() & preferred.keys() if foci is None else some(foci, others)
        for item in suspects:
            for text in others[item]:
                if text in preferred.get(item, ()):
                    yield item, item, text, message


def _s13_hidden(facts: Facts, foci: Foci) -> Iterator[Found]:
    message = "has one text both as an alternative and as a hidden label"
    hidden = facts.forward[HIDDEN]
    for item in some(foci, hidden):
        for text in hidden[item]:
            if text in facts.of(ALTERNATIVE, item):
                yield item, item, text, message


def _s14(facts: Facts, foci: Foci) -> Iterator[Found]:
    preferred = facts.forward[PREFERRED]
    for item in some(foci, facts.repeated[PREFERRED]):
        labels = preferred.get(item, ())
        if len(labels) > 1:
            tags = Counter(language(each) for each in labels)
            for tag, count in tags.items():
                if count > 1:
                    said = f"has several preferred labels with the language tag “{tag}”"
                    yield item, item, None, said


def _s27(facts: Facts, foci: Foci) -> Iterator[Found]:
    related = facts.forward[RELATED]
    ends = {*related, *facts.back[RELATED].values()}
    for item in some(foci, ends):
        others = {*facts.of(RELATED, item), *facts.holders(RELATED, item)}
        for other in others & facts.above(item):
            yield item, item, None, f"is related to {named([other])} and stands under it"


def _s37(facts: Facts, foci: Foci) -> Iterator[Found]:
    for kind in (COLLECTION, ORDERED, GROUP):
        for item in some(foci, facts.instances(kind)):
            if facts.is_a(item, CONCEPT) or facts.is_a(item, SCHEME):
                yield item, item, None, "is a collection, and a class or a concept scheme too"


def _s46(facts: Facts, foci: Foci) -> Iterator[Found]:
    exact = facts.forward[EXACT]
    for item in some(foci, exact):
        for other in exact[item]:
            if not is_text(other) and any(
                other in facts.of(link, item) or item in facts.of(link, other) for link in _UNEXACT
            ):
                said = f"is an exact match of {named([other])}, and a broader, narrower or"
                yield item, item, None, f"{said} related match of it too"


_TYPES = (TYPE, SUBCLASS)

RULES = (
    native("clad-skos-s9", _s9, _TYPES, itself),
    native("clad-skos-s13", _s13, (PREFERRED, ALTERNATIVE, HIDDEN), itself),
    native("clad-skos-s13-hidden", _s13_hidden, (ALTERNATIVE, HIDDEN), itself),
    native("clad-skos-s14", _s14, (PREFERRED,), itself),
    native("clad-skos-s27", _s27, (RELATED, BROADER), around),
    native("clad-skos-s37", _s37, _TYPES, itself),
    native("clad-skos-s46", _s46, (EXACT, *_UNEXACT), near(EXACT, *_UNEXACT)),
)
