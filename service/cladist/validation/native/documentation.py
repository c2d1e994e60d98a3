"""The rules of ``shapes/documentation.ttl``, natively."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from cladist.model.taxonomy import Structure
from cladist.rdf.words import BROADER, DESCRIPTION, LICENSE, MEMBER, STRUCTURE, STRUCTURES
from cladist.validation.native.clarity import shared
from cladist.validation.native.exclusivity import groups, in_force
from cladist.validation.native.facts import Facts
from cladist.validation.native.rule import (
    STATUS,
    Edited,
    Foci,
    Found,
    first,
    itself,
    named,
    native,
    near,
    some,
    values,
    whole,
)
from cladist.validation.native.statements import (
    BOUNDARY_NOTE,
    BOUNDARY_WITH,
    CONCEPT,
    COUNTER_EXAMPLE,
    DEFINITION,
    DOCUMENTATION,
    EXAMPLE,
    is_text,
    language,
)

_SINGLE = frozenset(STRUCTURES[each][1:-1] for each in (Structure.SINGLE_LABEL, Structure.ORDINAL))


def _undocumented(facts: Facts, foci: Foci) -> Iterator[Found]:
    kinds = [facts.forward[each] for each in DOCUMENTATION]
    for item in facts.active.difference(facts.forward[DEFINITION]) if foci is None else foci:
        if item in facts.active and not any(item in each for each in kinds):
            yield item, item, None, "has no definition, no note and no example"


def _several_definitions(facts: Facts, foci: Foci) -> Iterator[Found]:
    given = facts.forward[DEFINITION]
    for item in some(foci, facts.repeated[DEFINITION]):
        if item in given and item in facts.active:
            tags = Counter(language(each) for each in given[item] if is_text(each))
            for tag, count in tags.items():
                if count > 1:
                    said = f"has several definitions with the language tag “{tag}”"
                    yield item, item, None, said


def _same_definition(facts: Facts, foci: Foci) -> Iterator[Found]:
    for value, holders in shared(facts, foci, DEFINITION):
        classes = holders & facts.active
        if len(classes) > 1 and is_text(value):
            item, others = first(classes)
            yield value, item, None, f"has the same definition as {others}"


def _example_both(facts: Facts, foci: Foci) -> Iterator[Found]:
    counter = facts.forward[COUNTER_EXAMPLE]
    for item in some(foci, counter):
        for text in facts.of(EXAMPLE, item):
            if text in counter[item] and is_text(text):
                yield item, item, text, "has one text as an example and as a counter-example"


def _header(predicate: str, said: str) -> Callable[[Facts, Foci], Iterator[Found]]:
    """A rule that the taxonomy says something about itself."""

    def find(facts: Facts, foci: Foci) -> Iterator[Found]:
        if not facts.of(predicate, facts.taxonomy):
            yield facts.taxonomy, facts.taxonomy, None, said

    return find


def _boundary_alone(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item in some(foci, facts.forward[BOUNDARY_NOTE]):
        if item in facts.active and item not in facts.forward[BOUNDARY_WITH]:
            yield item, item, None, "has a boundary note that names no class"


def _boundary_unknown(facts: Facts, foci: Foci) -> Iterator[Found]:
    given = facts.forward[BOUNDARY_WITH]
    for item in some(foci, given):
        if item not in facts.active:
            continue
        for other in given[item]:
            known = facts.is_a(other, CONCEPT) and other not in facts.retired and other != item
            if not known and not is_text(other):
                said = f"has a boundary note on {named([other])}, which is no other class in use"
                yield item, item, None, said


def _shared_example(facts: Facts, foci: Foci) -> Iterator[Found]:
    single = not _SINGLE.isdisjoint(facts.of(STRUCTURE, facts.taxonomy))
    for value, holders in shared(facts, foci, EXAMPLE):
        classes = holders & facts.active
        if len(classes) < 2 or not is_text(value):
            continue
        for clashing in [classes] if single else _apart(facts, classes):
            item, others = first(clashing)
            said = f"has an example of {others} too, and the classes exclude each other"
            yield value, item, None, said


def _apart(facts: Facts, classes: set[str]) -> Iterator[list[str]]:
    """Those of the classes that are at or under members of one group, where both are several."""
    for group in groups(facts):
        members = in_force(facts, group)
        found = {each: members & {each, *facts.above(each)} for each in classes}
        hit = [each for each, above in found.items() if above]
        if len(hit) > 1 and len(set().union(*found.values())) > 1:
            yield hit


def _examples(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    return None if facts.back[EXAMPLE].many else ()


RULES = (
    native("clad-doc-undocumented", _undocumented, (*DOCUMENTATION, *STATUS), itself),
    native("clad-doc-several-definitions", _several_definitions, (DEFINITION, *STATUS), itself),
    native("clad-doc-same-definition", _same_definition, (DEFINITION, *STATUS), values(DEFINITION)),
    native("clad-doc-example-both", _example_both, (EXAMPLE, COUNTER_EXAMPLE), itself),
    native(
        "clad-doc-no-description", _header(DESCRIPTION, "has no description"), (DESCRIPTION,), whole
    ),
    native("clad-doc-no-license", _header(LICENSE, "names no licence"), (LICENSE,), whole),
    native(
        "clad-doc-boundary-alone", _boundary_alone, (BOUNDARY_NOTE, BOUNDARY_WITH, *STATUS), itself
    ),
    native(
        "clad-doc-boundary-unknown",
        _boundary_unknown,
        (BOUNDARY_WITH, *STATUS),
        near(BOUNDARY_WITH),
    ),
    native(
        "clad-doc-shared-example",
        _shared_example,
        (EXAMPLE, STRUCTURE, MEMBER, BROADER, *STATUS),
        _examples,
    ),
)
