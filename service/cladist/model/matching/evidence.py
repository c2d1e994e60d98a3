"""Signs in what classes carry besides labels: notations, mappings, local names, definitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from cladist.model.matching.proposals import Evidence
from cladist.model.matching.sides import Key, Side, speak_alike, words
from cladist.model.matching.signs import Sign, joined
from cladist.model.matching.weights import DEFINITION, LOCAL_NAME, MAPPING, NOTATION

_EXACT_MATCH = "exactMatch"
_LAST = re.compile(r"[/#:]")
_TELLING = 3  # a definition of fewer words is no definition
_MOST = 0.5

Keyed = dict[str, list[str]]


def by_notation(old: Side, ours: Iterable[str], new: Side, theirs: Iterable[str]) -> Iterator[Sign]:
    """Equal codes of one code system; a code whose system is not told fits any."""
    left, right = _notations(old, ours), _notations(new, theirs)
    for value, (one, system), (other, their_system) in joined(left, right):
        if not system or not their_system or system == their_system:
            detail = f"Both have the notation “{value}”."
            yield Sign(one, other, Evidence.NOTATION, NOTATION, detail)


def _notations(side: Side, class_ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for class_id in class_ids:
        for each in side.taxonomy.classes[class_id].notations:
            found.setdefault(each.value, []).append((class_id, each.system))
    return found


def by_mapping(old: Side, ours: Iterable[str], new: Side, theirs: Iterable[str]) -> Iterator[Sign]:
    """Exact matches (SKOS 10.6.1) of one to the other, or of both to the same class elsewhere."""
    left = _keyed(ours, lambda each: (each, *_matches(old, each)))
    right = _keyed(theirs, lambda each: (each, *_matches(new, each)))
    for target, one, other in joined(left, right):
        told = "Both are mapped as exact matches to"
        if target in (one, other):
            told = "One is mapped as an exact match to the other,"
        yield Sign(one, other, Evidence.MAPPING, MAPPING, f"{told} {target}.")


def _matches(side: Side, class_id: str) -> Iterator[str]:
    for each in side.taxonomy.classes[class_id].matches:
        if each.predicate.endswith(_EXACT_MATCH):
            yield each.target


def by_definition(
    old: Side, ours: Iterable[str], new: Side, theirs: Iterable[str]
) -> Iterator[Sign]:
    """Definitions of the same words in the same order."""
    left, right = _definitions(old, ours), _definitions(new, theirs)
    for _, (one, language), (other, their_language) in joined(left, right):
        if speak_alike(language, their_language):
            yield Sign(
                one, other, Evidence.DEFINITION, DEFINITION, "Both have the same definition."
            )


def _definitions(side: Side, class_ids: Iterable[str]) -> dict[Key, list[tuple[str, str]]]:
    found: dict[Key, list[tuple[str, str]]] = {}
    for class_id in class_ids:
        for text in side.taxonomy.classes[class_id].definitions:
            told = tuple(words(text.value))
            if len(told) >= _TELLING:
                found.setdefault(told, []).append((class_id, text.language))
    return found


def by_local_name(
    ours: Collection[str], theirs: Collection[str], agree: Callable[[str, str], bool]
) -> Iterator[Sign]:
    """Ids that end alike, where the vocabulary moved as a whole to another namespace.

    That is so when most of the old classes find their local name again, and most of these pairs
    ``agree`` in label: numbers that were given anew meet by chance alone.
    """
    left, right = _keyed(ours, _local), _keyed(theirs, _local)
    alike = [
        (name, ones[0], right[name][0])
        for name, ones in left.items()
        if len(ones) == len(right.get(name, ())) == 1
    ]
    agreeing = sum(agree(one, other) for _, one, other in alike)
    if len(alike) < _MOST * len(ours) or agreeing <= _MOST * len(alike):
        return
    for name, one, other in alike:
        detail = f"Both ids end with “{name}”, as most do that stand in both."
        yield Sign(one, other, Evidence.LOCAL_NAME, LOCAL_NAME * agreeing / len(alike), detail)


def _local(class_id: str) -> tuple[str, ...]:
    name = _LAST.split(class_id)[-1]
    return (name,) if name else ()


def _keyed(class_ids: Iterable[str], keys: Callable[[str], Iterable[str]]) -> Keyed:
    found: Keyed = {}
    for class_id in class_ids:
        for each in dict.fromkeys(keys(class_id)):
            found.setdefault(each, []).append(class_id)
    return found
