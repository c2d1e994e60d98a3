"""From content back to the model, losing nothing: what has no field is kept as it came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any

from cladist.model.taxonomy import (
    Class,
    Group,
    Header,
    Match,
    Notation,
    Retirement,
    SelectableRule,
    Statement,
    Taxonomy,
    Text,
)
from cladist.rdf import words
from cladist.rdf.bulk import uncollected
from cladist.rdf.content import Lines, block
from cladist.rdf.namespaces import XSD
from cladist.rdf.structure_reading import Kept, read_rules, read_structure
from cladist.rdf.terms import is_iri, is_web_iri, literal, split, unescaped

Pairs = list[tuple[str, str]]
"""Predicate and object tokens of one subject, in the order of its lines."""

Subjects = dict[str, Pairs]
"""For each subject token what is said of it."""

_INTEGER = f'"^^<{XSD}integer>'


@uncollected()
def read(lines: Iterable[bytes], taxonomy: str) -> Taxonomy:
    """The taxonomy with this IRI from its content."""
    return read_subjects(subjects(lines), taxonomy)


def read_header(lines: Lines, taxonomy: str) -> Header:
    """The header alone: only the lines about the taxonomy and what it links to are looked at."""
    own = block(lines, taxonomy)
    linked = [
        line
        for _, predicate, token, _ in (split(each.decode()) for each in own)
        if predicate in (words.HAS_SLOT, words.HAS_RELATION, words.HAS_SETTING) and is_iri(token)
        for line in block(lines, token[1:-1])
    ]
    return read([*own, *linked], taxonomy).header


def subjects(lines: Iterable[bytes]) -> Subjects:
    """The statements by subject; which graph they stood in is not kept."""
    found: Subjects = {}
    known: dict[str, str] = {}  # one string for each predicate: quick to hash and to compare
    last, pairs = "", found.setdefault("", [])
    for line in b"".join(lines).decode().split("\n")[:-1]:
        subject, predicate, token = line.split(" ", 2)
        if subject != last:
            last, pairs = subject, found.setdefault(subject, [])
        token = token[:-2]
        if token[-1] == ">" and " " in token:  # a typed literal, or a graph
            token = split(line)[2]
        pairs.append((known.setdefault(predicate, predicate), token))
    del found[""]
    return found


def read_subjects(found: Subjects, taxonomy: str) -> Taxonomy:
    """The taxonomy from statements by subject, which are used up."""
    scheme = f"<{taxonomy}>"
    header, used = _read_header(taxonomy, found.pop(scheme, []), found)
    for token in used:
        found.pop(token, None)
    member = (words.IN_SCHEME, scheme)
    concept, group = (words.TYPE, words.CONCEPT), (words.TYPE, words.GROUP)
    classes: dict[str, Class] = {}
    groups: dict[str, Group] = {}
    others: dict[str, tuple[Statement, ...]] = {}
    for subject, pairs in found.items():
        key = subject[1:-1]
        if member in pairs and concept in pairs:
            classes[key] = read_class(key, pairs, scheme)
        elif member in pairs and group in pairs:
            groups[key] = _read_group(key, pairs, scheme)
        else:
            others[key] = _statements(pairs)
    return Taxonomy(header, classes, groups, others)


def read_class(class_id: str, pairs: Pairs, scheme: str) -> Class:
    """One class from what is said of it."""
    sets: dict[str, list[Any]] = {}
    single: dict[str, str] = {}
    successors: list[str] = []
    extra: Pairs = []
    deprecated = (words.DEPRECATED, words.TRUE) in pairs
    implied = _implied(scheme, deprecated)
    for pair in pairs:
        predicate, token = pair
        reader = _READERS.get(predicate)
        if reader is not None and (value := reader[1](token)) is not None:
            sets.setdefault(reader[0], []).append(value)
        elif predicate in _SINGLE and predicate not in single and _SINGLE[predicate](token):
            single[predicate] = token
        elif deprecated and predicate == words.REPLACED_BY and is_iri(token):
            successors.append(token[1:-1])
        elif pair not in implied:
            extra.append(pair)
    if not deprecated and words.REASON in single:
        extra.append((words.REASON, single.pop(words.REASON)))
    fields: dict[str, Any] = {field: _sorted(values) for field, values in sets.items()}
    return Class(
        id=class_id,
        retirement=_retirement(single, successors) if deprecated else None,
        extra=_statements(extra) if extra else (),
        **_singles(single),
        **fields,
    )


def _implied(scheme: str, deprecated: bool) -> tuple[tuple[str, str], ...]:
    implied = ((words.TYPE, words.CONCEPT), (words.IN_SCHEME, scheme))
    return (*implied, (words.DEPRECATED, words.TRUE)) if deprecated else implied


def _sorted(values: list[Any]) -> tuple[Any, ...]:
    if len(values) > 1:
        values.sort(key=_TEXT_ORDER if isinstance(values[0], Text) else None)
    return tuple(values)


_TEXT_ORDER = attrgetter("value", "language")
"""The order of texts; asking the texts themselves is several times slower."""


def _retirement(single: dict[str, str], successors: list[str]) -> Retirement:
    reason = literal(single[words.REASON]).value if words.REASON in single else ""
    return Retirement(reason, tuple(sorted(successors)))


def _singles(single: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for predicate, token in single.items():
        if predicate in _SINGLE_FIELDS:
            field, reader = _SINGLE_FIELDS[predicate]
            found[field] = reader(token)
    return found


def _integer(token: str) -> int:
    return int(literal(token).value)


def _is_natural(token: str) -> bool:
    """A whole number from 0 on in its canonical form; other spellings are kept as they came."""
    value = token[1 : -len(_INTEGER)]
    return (
        token.endswith(_INTEGER)
        and value.isascii()
        and value.isdecimal()
        and len(value) <= 16
        and str(int(value)) == value
    )


def _is_plain(token: str) -> bool:
    return token[0] == token[-1] == '"' and len(token) > 2


def _text(token: str) -> Text | None:
    """A string or language-tagged string; ``None`` for anything else."""
    if token[0] != '"' or token[-1] == ">":
        return None
    end = token.rindex('"')
    return Text(unescaped(token[1:end]), token[end + 2 :])


def _id(token: str) -> str | None:
    return token[1:-1] if token[0] == "<" else None


def _notation(token: str) -> Notation | None:
    if is_iri(token):
        return None
    value, language, datatype = literal(token)
    return None if language else Notation(value, datatype)


def _match(name: str) -> Callable[[str], Match | None]:
    return lambda token: Match(name, token[1:-1]) if is_iri(token) else None


_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    **{predicate: (field, _text) for predicate, field in words.TEXT_FIELDS.items()},
    **{predicate: (field, _id) for predicate, field in words.IRI_FIELDS.items()},
    **{predicate: ("matches", _match(name)) for predicate, name in words.MATCHES.items()},
    words.NOTATION: ("notations", _notation),
}

_SINGLE_FIELDS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    words.CODE: ("code", _integer),
    words.RANK: ("rank", _integer),
    words.SELECTABLE: ("selectable", words.TRUE.__eq__),
    words.COLOUR: ("colour", lambda token: literal(token).value),
    words.HOTKEY: ("hotkey", lambda token: literal(token).value),
}

_SINGLE: Mapping[str, Callable[[str], bool]] = {
    words.CODE: _is_natural,
    words.RANK: _is_natural,
    words.SELECTABLE: lambda token: token in (words.TRUE, words.FALSE),
    words.COLOUR: _is_plain,
    words.HOTKEY: _is_plain,
    words.REASON: _is_plain,
}


def _statements(pairs: Pairs) -> tuple[Statement, ...]:
    return tuple(sorted(Statement(predicate[1:-1], token) for predicate, token in pairs))


def _read_group(group_id: str, pairs: Pairs, scheme: str) -> Group:
    kept = Kept(pairs)
    kept.drop(words.TYPE, words.GROUP)
    kept.drop(words.TYPE, words.COLLECTION)
    kept.drop(words.IN_SCHEME, scheme)
    exhaustive = kept.one(words.EXHAUSTIVE, (words.TRUE, words.FALSE).__contains__)
    return Group(
        id=group_id,
        labels=_sorted(kept.all(words.PREFERRED, _text)),
        members=_sorted(kept.all(words.MEMBER, _id)),
        exhaustive=exhaustive == words.TRUE,
        under=kept.one(words.UNDER, is_iri)[1:-1],
        extra=_statements(kept.pairs),
    )


def _read_header(iri: str, pairs: Pairs, found: Subjects) -> tuple[Header, list[str]]:
    kept = Kept(pairs)
    for kind in (words.SCHEME, words.TAXONOMY, words.RESOURCE):
        kept.drop(words.TYPE, kind)
    structure, used = read_structure(kept, found)
    rules, rule_subjects = read_rules(iri, kept, found)
    rule = kept.one(words.SELECTABLE_RULE, ('"leaves"', '"any"').__contains__)
    single_parent = kept.one(words.POLYHIERARCHY, (words.TRUE, words.FALSE).__contains__)
    header = Header(
        iri=iri,
        slug=_value(kept.one(words.SLUG, _is_plain)),
        namespace=_value(kept.one(words.NAMESPACE, lambda token: token[0] == '"')),
        titles=_sorted(kept.all(words.TITLE, _text)),
        descriptions=_sorted(kept.all(words.DESCRIPTION, _text)),
        license=_value(kept.one(words.LICENSE, _is_reference)),
        source=_value(kept.one(words.SOURCE, _is_reference)),
        default_language=_value(kept.one(words.LANGUAGE, _is_plain)) or "en",
        structure=structure,
        selectable_rule=SelectableRule(_value(rule) or SelectableRule.LEAVES),
        polyhierarchy=single_parent != words.FALSE,
        rules=rules,
        extra=_statements(kept.pairs),
    )
    return header, used + rule_subjects


def _is_reference(token: str) -> bool:
    """An http IRI or a plain string that is none: the two forms that writing gives."""
    if is_iri(token):
        return is_web_iri(token[1:-1])
    return _is_plain(token) and not is_web_iri(literal(token).value)


def _value(token: str) -> str:
    if not token:
        return ""
    return token[1:-1] if is_iri(token) else literal(token).value
