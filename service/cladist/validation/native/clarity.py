"""The rules of ``shapes/clarity.ttl``, natively."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from cladist.rdf.namespaces import XSD
from cladist.rdf.words import (
    BROADER,
    CODE,
    COLOUR,
    HOTKEY,
    IN_SCHEME,
    LANGUAGE,
    PREFERRED,
    SELECTABLE_RULE,
    TYPE,
)
from cladist.validation.native.facts import Facts
from cladist.validation.native.rule import (
    PICKED,
    STATUS,
    Edited,
    Foci,
    Found,
    first,
    itself,
    native,
    some,
    values,
    values_near,
)
from cladist.validation.native.statements import (
    DEFINITION,
    SUBCLASS,
    Inverse,
    is_text,
    language,
    lexical,
)

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_DIGITS = re.compile(r"[0-9]+")
_WHOLE = re.compile(rf'"\+?[0-9]+"\^\^<{XSD}integer>|"-0+"\^\^<{XSD}integer>')


def _no_label(facts: Facts, foci: Foci) -> Iterator[Found]:
    wanted = {lexical(each).lower() for each in facts.of(LANGUAGE, facts.taxonomy)}
    for item in _speechless(facts, wanted) if foci is None else some(foci, facts.active):
        has = {language(each) for each in facts.of(PREFERRED, item) if is_text(each)}
        if not (wanted <= has if wanted else has):
            yield item, item, None, "has no preferred label in the default language"


def _speechless(facts: Facts, wanted: set[str]) -> list[str]:
    """The active classes without a preferred label in all these languages, or without a tagged
    one: few, so that only their labels need be read."""
    return [item for item, tags in facts.speaking() if not tags or not wanted <= tags]


def _no_definition(facts: Facts, foci: Foci) -> Iterator[Found]:
    defined = facts.forward[DEFINITION]
    for item in facts.active.difference(defined) if foci is None else foci:
        if item in facts.active and item not in defined:
            yield item, item, None, "has no definition"


def shared(facts: Facts, foci: Foci, *predicates: str) -> Iterator[tuple[str, set[str]]]:
    """Values with those who have one by any of the predicates, where these are several."""
    if len(predicates) == 1:
        [predicate] = predicates
        many = facts.back[predicate].many
        yield from (
            many.items() if foci is None else ((each, many[each]) for each in foci if each in many)
        )
        return
    asked = foci if foci is not None else _twice([facts.back[each] for each in predicates])
    for value in asked:
        holders = {item for each in predicates for item in facts.holders(each, value)}
        if len(holders) > 1:
            yield value, holders


def _twice(inverses: Iterable[Inverse]) -> set[str]:
    """Values that several may have, by one predicate or by two."""
    found: set[str] = set()
    before: list[Inverse] = []
    for each in inverses:
        found.update(each.many)
        for other in before:
            found |= each.one.keys() & other.one.keys()
        before.append(each)
    return found


def _sibling_labels(facts: Facts, foci: Foci) -> Iterator[Found]:
    for label, holders in shared(facts, foci, PREFERRED):
        places: dict[str, list[str]] = {}
        for item in holders & facts.active:
            parents = facts.of(BROADER, item)
            for place in [f"under <{each}>" for each in parents] or ["at the top"]:
                places.setdefault(place, []).append(item)
        for place, classes in places.items():
            if len(classes) > 1:
                item, others = first(classes)
                said = f"stands {place} beside {others} with the same preferred label"
                yield label, item, None, said


def picked_alike(predicate: str, phrase: str) -> Callable[[Facts, Foci], Iterator[Found]]:
    """A rule that no two selectable classes have one value."""

    def find(facts: Facts, foci: Foci) -> Iterator[Found]:
        for value, holders in shared(facts, foci, predicate):
            classes = [each for each in holders & facts.active if facts.selectable(each)]
            if len(classes) > 1:
                item, others = first(classes)
                yield value, item, None, phrase.format(value=lexical(value), others=others)

    return find


_hotkey_clash = picked_alike(HOTKEY, "has the hotkey of {others} too")


def _colour_clash(facts: Facts, foci: Foci) -> Iterator[Found]:
    alike: dict[str, set[str]] = {}
    for value in facts.back[COLOUR].values():
        if _COLOUR.fullmatch(lexical(value)):
            alike.setdefault(lexical(value).upper(), set()).update(facts.holders(COLOUR, value))
    for colour, holders in alike.items():
        classes = [each for each in holders & facts.active if facts.selectable(each)]
        if len(classes) > 1:
            item, others = first(classes)
            yield colour, item, None, f"has the colour {colour} of {others} too"


def malformed(
    predicate: str, wrong: Callable[[str], bool], said: str
) -> Callable[[Facts, Foci], Iterator[Found]]:
    """A rule that a value is well-formed and the only one."""

    def find(facts: Facts, foci: Foci) -> Iterator[Found]:
        whole = facts.odd[predicate] | facts.repeated[predicate]
        for item in some(foci, whole):
            given = facts.of(predicate, item)
            if len(given) > 1:
                yield item, item, None, said
            for value in given:
                if wrong(value) and is_text(value):
                    yield item, item, value, said
                elif wrong(value):
                    yield item, _subject(facts, item, value), None, said

    return find


def _subject(facts: Facts, item: str, value: str) -> str:
    """The value itself when the taxonomy has it: rules about classes look from the taxonomy."""
    return value if item in facts.taxonomies and value in facts.known else item


def _no_code(facts: Facts, foci: Foci) -> Iterator[Found]:
    coded = facts.forward[CODE]
    for item in facts.classes.difference(coded) if foci is None else foci:
        if item in facts.classes and item not in coded:
            yield item, item, None, "has no code"


def _code_clash(facts: Facts, foci: Foci) -> Iterator[Found]:
    scheme = facts.taxonomy
    for value, holders in shared(facts, foci, CODE):
        code = lexical(value)
        classes = [each for each in holders if scheme in facts.of(IN_SCHEME, each)]
        if len(classes) > 1 and _DIGITS.fullmatch(code):
            item, others = first(classes)
            yield value, item, None, f"has the code {code} of {others} too"


def _bad_colour(value: str) -> bool:
    return not _COLOUR.fullmatch(lexical(value))


def whole_number(value: str) -> bool:
    """Whether a token is an ``xsd:integer`` from 0 upwards."""
    return _WHOLE.fullmatch(value) is not None


def _basis(facts: Facts) -> tuple[str, ...]:
    return facts.of(SELECTABLE_RULE, facts.taxonomy)


def _everywhere(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    return None if facts.forward[COLOUR] else ()


_KINDS = (*STATUS, SUBCLASS)

RULES = (
    native("clad-clar-no-label", _no_label, (PREFERRED, LANGUAGE, *_KINDS), itself),
    native("clad-clar-no-definition", _no_definition, (DEFINITION, *_KINDS), itself),
    native(
        "clad-clar-sibling-labels",
        _sibling_labels,
        (PREFERRED, BROADER, *_KINDS),
        values(PREFERRED),
    ),
    native(
        "clad-clar-hotkey-clash",
        _hotkey_clash,
        (HOTKEY, SELECTABLE_RULE, *PICKED),
        values_near(HOTKEY),
        _basis,
    ),
    native(
        "clad-clar-colour-clash",
        _colour_clash,
        (COLOUR, SELECTABLE_RULE, *PICKED),
        _everywhere,
        _basis,
    ),
    native(
        "clad-clar-colour",
        malformed(COLOUR, _bad_colour, "has a malformed colour, or several"),
        (COLOUR,),
        itself,
    ),
    native("clad-clar-no-code", _no_code, (CODE, IN_SCHEME, TYPE), itself),
    native(
        "clad-clar-code",
        malformed(
            CODE,
            lambda value: not whole_number(value),
            "has a code that is no whole number, or several codes",
        ),
        (CODE,),
        itself,
    ),
    native("clad-clar-code-clash", _code_clash, (CODE, IN_SCHEME), values(CODE)),
)
