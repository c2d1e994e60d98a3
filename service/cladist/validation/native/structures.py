"""The rules of ``shapes/structures.ttl``, natively."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from cladist.model.taxonomy import Structure
from cladist.rdf.namespaces import CLAD, XSD
from cladist.rdf.words import (
    FROM,
    HAS_RELATION,
    HAS_SLOT,
    MAX_COUNT,
    MIN_COUNT,
    PREFERRED,
    RANK,
    ROLE,
    SELECTABLE_RULE,
    SLOT_OF,
    STRUCTURE,
    STRUCTURES,
    TAGGING,
    TO,
    TYPE,
    UNIT,
    VALUE_CLASS,
)
from cladist.validation.native.clarity import malformed, shared, whole_number
from cladist.validation.native.facts import Facts
from cladist.validation.native.rule import PICKED, Foci, Found, first, itself, native, whole
from cladist.validation.native.statements import (
    BOUNDS,
    CONCEPT,
    datatype,
    is_text,
    lexical,
)

_KINDS = frozenset(each[1:-1] for each in STRUCTURES.values())
_SCHEMES = frozenset(f'"{each}"' for each in ("IO", "IOB1", "BIO", "BIOES", "BILOU"))
_NUMBER = re.compile(r"[-+]?[0-9]*[.]?[0-9]+")
_COUNT = re.compile(r"[0-9]{1,9}")
_TAG = re.compile(r'"(?:O"|[BILOUES]-)')


def _is(facts: Facts, kind: Structure) -> bool:
    return STRUCTURES[kind][1:-1] in facts.of(STRUCTURE, facts.taxonomy)


def _one_taxonomy(facts: Facts, foci: Foci) -> Iterator[Found]:
    if len(facts.taxonomies) != 1:
        said = "is said of no resource, or of several: the content does not describe one taxonomy"
        yield f"{CLAD}Taxonomy", f"{CLAD}Taxonomy", None, said


def _label_structure(facts: Facts, foci: Foci) -> Iterator[Found]:
    given, own = facts.of(STRUCTURE, facts.taxonomy), facts.taxonomy
    said = "has no label structure, several, or one that is unknown"
    if len(given) != 1:
        yield own, own, None, said
    for each in given:
        if is_text(each):
            yield own, own, each, said
        elif each not in _KINDS:
            yield own, each if each in facts.known else own, None, said


def _picked(facts: Facts) -> Iterator[str]:
    return (each for each in facts.active if facts.selectable(each))


def _no_rank(facts: Facts, foci: Foci) -> Iterator[Found]:
    if _is(facts, Structure.ORDINAL):
        ranked = facts.forward[RANK]
        for item in _picked(facts):
            if item not in ranked:
                yield item, item, None, "has no rank in an ordinal taxonomy"


def _is_rank(value: str) -> bool:
    return datatype(value) == f"{XSD}integer" and bool(_COUNT.fullmatch(lexical(value)))


def _rank_clash(facts: Facts, foci: Foci) -> Iterator[Found]:
    if not _is(facts, Structure.ORDINAL):
        return
    for value, holders in shared(facts, None, RANK):
        classes = [each for each in holders & facts.active if facts.selectable(each)]
        if len(classes) > 1 and _is_rank(value):
            item, others = first(classes)
            yield value, item, None, f"has the rank {lexical(value)} of {others} too"


def _rank_gap(facts: Facts, foci: Foci) -> Iterator[Found]:
    if not _is(facts, Structure.ORDINAL):
        return
    values = {each for item in _picked(facts) for each in facts.of(RANK, item) if _is_rank(each)}
    ranks = [int(lexical(each)) for each in values]
    if ranks and (min(ranks) != 0 or max(ranks) + 1 != len(ranks)):
        span = f"from {min(ranks)} to {max(ranks)}"
        said = f"has {len(ranks)} different ranks {span}, so there is a gap"
        yield facts.taxonomy, facts.taxonomy, None, said


def _tagging_scheme(facts: Facts, foci: Foci) -> Iterator[Found]:
    if _is(facts, Structure.SEQUENCE):
        given = facts.of(TAGGING, facts.taxonomy)
        if len(given) != 1 or given[0] not in _SCHEMES:
            said = "is a sequence taxonomy without one known tagging scheme"
            yield facts.taxonomy, facts.taxonomy, None, said


def _unit(facts: Facts, foci: Foci) -> Iterator[Found]:
    if _is(facts, Structure.REGRESSION):
        units = [each for each in facts.of(UNIT, facts.taxonomy) if not is_text(each)]
        if len(units) != 1:
            said = "is a regression target without one unit"
            yield facts.taxonomy, facts.taxonomy, None, said


def _number(value: str) -> Decimal | None:
    """The number that an ``xsd:decimal`` or ``xsd:integer`` token says."""
    typed = is_text(value) and datatype(value) in (f"{XSD}decimal", f"{XSD}integer")
    return Decimal(lexical(value)) if typed and _NUMBER.fullmatch(lexical(value)) else None


def _range(facts: Facts, foci: Foci) -> Iterator[Found]:
    if not _is(facts, Structure.REGRESSION):
        return
    low, high = (
        [
            number
            for each in facts.of(bound, facts.taxonomy)
            if (number := _number(each)) is not None
        ]
        for bound in BOUNDS[:2]
    )
    if len(low) != 1 or len(high) != 1 or low[0] >= high[0]:
        said = "is a regression target without one minimum below one maximum"
        yield facts.taxonomy, facts.taxonomy, None, said


def _step(facts: Facts, foci: Foci) -> Iterator[Found]:
    given = facts.of(BOUNDS[2], facts.taxonomy)
    if not given or not _is(facts, Structure.REGRESSION):
        return
    if len(given) != 1 or (_number(given[0]) or 0) <= 0:
        said = "has a step that is no number above zero, or several"
        yield facts.taxonomy, facts.taxonomy, None, said


def _regression_classes(facts: Facts, foci: Foci) -> Iterator[Found]:
    if _is(facts, Structure.REGRESSION):
        for item in _picked(facts):
            yield item, item, None, "can be picked in a regression target"


def _no_slot(facts: Facts, foci: Foci) -> Iterator[Found]:
    slots = facts.of(HAS_SLOT, facts.taxonomy)
    if _is(facts, Structure.STRUCTURED) and all(is_text(each) for each in slots):
        yield facts.taxonomy, facts.taxonomy, None, "is a structured taxonomy without a slot"


def _role(facts: Facts, part: str) -> bool:
    """Whether a slot or relation has one role."""
    given = facts.of(ROLE, part)
    return sum(is_text(each) and lexical(each) != "" for each in given) == 1


def _end(facts: Facts, part: str, predicate: str) -> bool:
    """Whether a slot or relation leads to one class in use."""
    given = facts.of(predicate, part)
    return sum(facts.is_a(each, CONCEPT) and each not in facts.retired for each in given) == 1


def _counts(facts: Facts, slot: str) -> bool:
    """Whether a slot has a least number, and no greatest one below it."""
    low, high = facts.of(MIN_COUNT, slot), facts.of(MAX_COUNT, slot)
    if len(low) != 1 or len(high) > 1:
        return False
    numbers = [lexical(each) for each in (*low, *high)]
    return all(_COUNT.fullmatch(each) for each in numbers) and int(numbers[0]) <= int(numbers[-1])


def _is_slot(facts: Facts, slot: str) -> bool:
    ends = _end(facts, slot, SLOT_OF) and _end(facts, slot, VALUE_CLASS)
    return _role(facts, slot) and ends and _counts(facts, slot)


def _is_relation(facts: Facts, relation: str) -> bool:
    ends = _end(facts, relation, FROM) and _end(facts, relation, TO)
    return _role(facts, relation) and ends


def _complete(
    predicate: str, sound: Callable[[Facts, str], bool], said: str
) -> Callable[[Facts, Foci], Iterator[Found]]:
    """A rule that every slot (or relation) of the taxonomy says all that it must."""

    def find(facts: Facts, foci: Foci) -> Iterator[Found]:
        for part in facts.of(predicate, facts.taxonomy):
            if is_text(part) or not sound(facts, part):
                subject = part if part in facts.known else facts.taxonomy
                yield facts.taxonomy, subject, None, said

    return find


def _tag_clash(facts: Facts, foci: Foci) -> Iterator[Found]:
    if _is(facts, Structure.SEQUENCE):
        for item in _picked(facts):
            if any(_TAG.match(each) for each in facts.of(PREFERRED, item)):
                yield item, item, None, "has a label that reads like a tag"


_RANKED = (RANK, STRUCTURE, SELECTABLE_RULE, *PICKED)
_PARTS = (ROLE, *PICKED)

RULES = (
    native("clad-struct-one-taxonomy", _one_taxonomy, (TYPE,), whole),
    native("clad-struct-label-structure", _label_structure, (STRUCTURE,), whole),
    native("clad-struct-no-rank", _no_rank, _RANKED, whole),
    native(
        "clad-struct-rank",
        malformed(
            RANK,
            lambda value: not whole_number(value),
            "has a rank that is no whole number from 0 upwards, or several ranks",
        ),
        (RANK,),
        itself,
    ),
    native("clad-struct-rank-clash", _rank_clash, _RANKED, whole),
    native("clad-struct-rank-gap", _rank_gap, _RANKED, whole),
    native("clad-struct-tagging-scheme", _tagging_scheme, (STRUCTURE, TAGGING), whole),
    native("clad-struct-unit", _unit, (STRUCTURE, UNIT), whole),
    native("clad-struct-range", _range, (STRUCTURE, *BOUNDS), whole),
    native("clad-struct-step", _step, (STRUCTURE, *BOUNDS), whole),
    native(
        "clad-struct-regression-classes",
        _regression_classes,
        (STRUCTURE, SELECTABLE_RULE, *PICKED),
        whole,
    ),
    native("clad-struct-no-slot", _no_slot, (STRUCTURE, HAS_SLOT), whole),
    native(
        "clad-struct-slot",
        _complete(HAS_SLOT, _is_slot, "is, or has, a slot that is not complete"),
        (HAS_SLOT, SLOT_OF, VALUE_CLASS, MIN_COUNT, MAX_COUNT, *_PARTS),
        whole,
    ),
    native(
        "clad-struct-relation",
        _complete(HAS_RELATION, _is_relation, "is, or has, a relation that is not complete"),
        (HAS_RELATION, FROM, TO, *_PARTS),
        whole,
    ),
    native(
        "clad-struct-tag-clash",
        _tag_clash,
        (PREFERRED, STRUCTURE, SELECTABLE_RULE, *PICKED),
        whole,
    ),
)
