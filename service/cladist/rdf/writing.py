"""From the model to canonical content: every statement that a taxonomy makes, as N-Quads lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from operator import eq

from cladist.model.change.effect import Effect
from cladist.model.taxonomy import (
    Class,
    Group,
    Header,
    Relation,
    RuleSetting,
    Slot,
    Statement,
    Taxonomy,
    Text,
)
from cladist.rdf import words
from cladist.rdf.bulk import uncollected
from cladist.rdf.content import Delta, split
from cladist.rdf.namespaces import XSD
from cladist.rdf.terms import boolean, integer, iri, is_web_iri, text, typed

Pairs = Iterator[tuple[str, str]]
"""Predicate and object tokens of one subject."""

_TEXTS = tuple(words.TEXT_FIELDS.items())
_IRIS = tuple(words.IRI_FIELDS.items())
_MATCHES = {name: predicate for predicate, name in words.MATCHES.items()}


@uncollected()
def content(taxonomy: Taxonomy) -> list[bytes]:
    """All statements of a taxonomy: sorted unique canonical N-Quads lines."""
    lines = list(header_lines(taxonomy.header))
    for key in sorted(taxonomy.classes):  # so that little is left to sort at the end
        lines += sorted(class_lines(taxonomy.classes[key], taxonomy.header.iri))
    for group in taxonomy.groups.values():
        lines += group_lines(group, taxonomy.header.iri)
    for subject, statements in taxonomy.others.items():
        lines += other_lines(subject, statements)
    encoded = split("".join(lines).encode())
    encoded.sort()
    repeats = any(map(eq, encoded, islice(encoded, 1, None)))
    return list(dict.fromkeys(encoded)) if repeats else encoded


def content_delta(effect: Effect, taxonomy: str) -> Delta:
    """What an effect removes from and adds to the content of the taxonomy with this IRI."""
    before = set(_effect_lines(effect.inverse(), taxonomy))
    after = set(_effect_lines(effect, taxonomy))
    return Delta(_encoded(before - after), _encoded(after - before))


def _encoded(lines: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(sorted(line.encode() for line in lines))


def _effect_lines(effect: Effect, taxonomy: str) -> Iterator[str]:
    if effect.header is not None and effect.header.after is not None:
        yield from header_lines(effect.header.after)
    for item in effect.classes:
        if item.after is not None:
            yield from class_lines(item.after, taxonomy)
    for group in effect.groups:
        if group.after is not None:
            yield from group_lines(group.after, taxonomy)
    for other in effect.others:
        if other.after is not None:
            yield from other_lines(other.key, other.after)


def class_lines(item: Class, taxonomy: str) -> list[str]:
    """The statements of one class, its mappings in the graph that is theirs."""
    lines = _lines(item.id, _class_pairs(item, taxonomy))
    if item.matches:
        subject, graph = iri(item.id), iri(words.mappings_graph(taxonomy))
        for match in item.matches:
            target = iri(match.target)
            lines.append(f"{subject} {_MATCHES[match.predicate]} {target} {graph} .\n")
    return lines


def group_lines(group: Group, taxonomy: str) -> list[str]:
    """The statements of one exclusive group."""
    return _lines(group.id, _group_pairs(group, taxonomy))


def other_lines(subject: str, statements: Iterable[Statement]) -> list[str]:
    """The statements kept about any other subject."""
    return _lines(subject, ((iri(each.predicate), each.object) for each in statements))


def header_lines(header: Header) -> Iterator[str]:
    """The statements about the taxonomy itself; slots, relations and rule settings included."""
    yield from _lines(header.iri, _header_pairs(header))
    for slot in header.structure.slots:
        yield from _lines(slot.id, _slot_pairs(slot))
    for relation in header.structure.relations:
        yield from _lines(relation.id, _relation_pairs(relation))
    for setting in header.rules:
        yield from _lines(words.setting_id(header.iri, setting.rule), _setting_pairs(setting))


def _lines(subject: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    start = iri(subject)
    return [f"{start} {predicate} {token} .\n" for predicate, token in pairs]


def _class_pairs(item: Class, taxonomy: str) -> Pairs:
    yield words.TYPE, words.CONCEPT
    yield words.IN_SCHEME, iri(taxonomy)
    if item.code >= 0:
        yield words.CODE, integer(item.code)
    for predicate, field in _TEXTS:
        for each in getattr(item, field):
            yield predicate, text(each.value, each.language)
    for predicate, field in _IRIS:
        for target in getattr(item, field):
            yield predicate, iri(target)
    for notation in item.notations:
        value, system = notation.value, notation.system
        yield words.NOTATION, typed(value, system) if system else text(value)
    yield from _marks(item)
    yield from _retirement(item)
    yield from _kept(item.extra)


def _marks(item: Class) -> Pairs:
    if item.selectable is not None:
        yield words.SELECTABLE, boolean(item.selectable)
    if item.rank is not None:
        yield words.RANK, integer(item.rank)
    if item.colour:
        yield words.COLOUR, text(item.colour)
    if item.hotkey:
        yield words.HOTKEY, text(item.hotkey)


def _retirement(item: Class) -> Pairs:
    if item.retirement is not None:
        yield words.DEPRECATED, words.TRUE
        for successor in item.retirement.successors:
            yield words.REPLACED_BY, iri(successor)
        if item.retirement.reason:
            yield words.REASON, text(item.retirement.reason)


def _group_pairs(group: Group, taxonomy: str) -> Pairs:
    yield words.TYPE, words.GROUP
    yield words.TYPE, words.COLLECTION
    yield words.IN_SCHEME, iri(taxonomy)
    for label in group.labels:
        yield words.PREFERRED, text(label.value, label.language)
    for member in group.members:
        yield words.MEMBER, iri(member)
    if group.exhaustive:
        yield words.EXHAUSTIVE, words.TRUE
    if group.under:
        yield words.UNDER, iri(group.under)
    yield from _kept(group.extra)


def _header_pairs(header: Header) -> Pairs:
    for kind in (words.SCHEME, words.TAXONOMY, words.RESOURCE):
        yield words.TYPE, kind
    yield words.SLUG, text(header.slug)
    yield words.LANGUAGE, text(header.default_language)
    yield from _texts(words.TITLE, header.titles)
    yield from _texts(words.DESCRIPTION, header.descriptions)
    for predicate, value in ((words.LICENSE, header.license), (words.SOURCE, header.source)):
        if value:
            yield predicate, iri_or_text(value)
    if header.namespace:
        yield words.NAMESPACE, typed(header.namespace, f"{XSD}anyURI")
    yield words.SELECTABLE_RULE, text(header.selectable_rule)
    if not header.polyhierarchy:
        yield words.POLYHIERARCHY, words.FALSE
    for setting in header.rules:
        yield words.HAS_SETTING, iri(words.setting_id(header.iri, setting.rule))
    yield from _structure_pairs(header)
    yield from _kept(header.extra)


def _structure_pairs(header: Header) -> Pairs:
    structure = header.structure
    yield words.STRUCTURE, words.STRUCTURES[structure.kind]
    if structure.tagging_scheme:
        yield words.TAGGING, text(structure.tagging_scheme)
    if structure.unit:
        yield words.UNIT, iri(structure.unit)
    for predicate, field in words.BOUNDS.items():
        value = getattr(structure, field)
        if value:
            yield predicate, typed(value, f"{XSD}decimal")
    for slot in structure.slots:
        yield words.HAS_SLOT, iri(slot.id)
    for relation in structure.relations:
        yield words.HAS_RELATION, iri(relation.id)


def _slot_pairs(slot: Slot) -> Pairs:
    yield words.TYPE, words.SLOT
    yield words.ROLE, text(slot.role)
    yield words.SLOT_OF, iri(slot.owner)
    yield words.VALUE_CLASS, iri(slot.value)
    yield words.MIN_COUNT, integer(slot.minimum)
    if slot.maximum is not None:
        yield words.MAX_COUNT, integer(slot.maximum)


def _relation_pairs(relation: Relation) -> Pairs:
    yield words.TYPE, words.RELATION
    yield words.ROLE, text(relation.role)
    yield words.FROM, iri(relation.source)
    yield words.TO, iri(relation.target)


def _setting_pairs(setting: RuleSetting) -> Pairs:
    yield words.TYPE, words.SETTING
    yield words.RULE, text(setting.rule)
    yield words.ENFORCEMENT, text(setting.enforcement)
    if setting.reason:
        yield words.SETTING_REASON, text(setting.reason)


def _texts(predicate: str, given: Iterable[Text]) -> Pairs:
    return ((predicate, text(each.value, each.language)) for each in given)


def _kept(statements: Iterable[Statement]) -> Pairs:
    return ((iri(each.predicate), each.object) for each in statements)


def iri_or_text(value: str) -> str:
    """A licence or source as an IRI where it is one, else as a string."""
    return iri(value) if is_web_iri(value) else text(value)
