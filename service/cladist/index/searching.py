"""Search by label, code, notation or id: sure hits first, guesses at typing errors apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

import msgspec

from cladist.index.entries import Entry
from cladist.index.folding import fold
from cladist.index.tables import (
    ALTERNATIVE,
    KINDS,
    PREFERRED,
    WORDS,
    Kind,
    Posting,
    Table,
    label_of,
    row_of,
)
from cladist.index.version_index import VersionIndex

LIMIT = 20
_FEW = 3  # with fewer hits than this a typing error is likely
_LONGEST = 200  # folded characters of a search text that count
_CANDIDATES = 30_000  # keys of one table that a text is compared with


class How(StrEnum):
    """How a class was found, the surest first."""

    PREFERRED = "preferred"
    IDENTIFIER = "identifier"
    ALTERNATIVE = "alternative"
    PREFERRED_PREFIX = "preferred-prefix"
    ALTERNATIVE_PREFIX = "alternative-prefix"
    WORD_PREFIX = "word-prefix"
    SIMILAR = "similar"


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A class that was found, by which label (or code, notation, id) and how."""

    entry: Entry
    how: How
    label: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found, each class once, and classes with similar labels."""

    hits: tuple[Hit, ...]
    suggestions: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to search: in one language or all (``None``), retired classes too or not."""

    language: str | None = None
    include_retired: bool = False


EVERYWHERE = Scope()


def search(
    index: VersionIndex, text: str, scope: Scope = EVERYWHERE, *, limit: int = LIMIT
) -> SearchResult:
    """Classes that answer to a text, without regard to case and accents.

    First those whose whole preferred label it is, then by code, notation or id, then by another
    label, then what begins with it: preferred labels, others, words inside labels.
    """
    folded = fold(text)[:_LONGEST].rstrip()
    hits: dict[str, Hit] = {}
    for hit in _hits(index, text.strip(), folded, scope):
        if len(hits) >= limit:
            break
        if hit.entry.active or scope.include_retired:
            hits.setdefault(hit.entry.id, hit)
    few = folded and len(hits) < min(_FEW, limit)
    suggestions = _similar(index, folded, scope, limit) if few else ()
    return SearchResult(
        tuple(hits.values()), tuple(each for each in suggestions if each.entry.id not in hits)
    )


def completions(
    index: VersionIndex, beginning: str, scope: Scope = EVERYWHERE, *, limit: int = LIMIT
) -> tuple[Hit, ...]:
    """Classes with a preferred label that begins so, by label: what to offer while one types."""
    hits: list[Hit] = []
    folded = fold(beginning)[:_LONGEST]
    if folded:
        for hit in _prefixed(index, PREFERRED, How.PREFERRED_PREFIX, folded, scope):
            if len(hits) >= limit:
                break
            if hit.entry.active or scope.include_retired:
                hits.append(hit)
    return tuple(hits)


def _hits(index: VersionIndex, text: str, folded: str, scope: Scope) -> Iterator[Hit]:
    """All hits, surest first, worked out as far as they are asked for."""
    if folded:
        yield from _exact(index, PREFERRED, How.PREFERRED, folded, scope)
    yield from _identified(index, text)
    if not folded:
        return
    yield from _exact(index, ALTERNATIVE, How.ALTERNATIVE, folded, scope)
    yield from _prefixed(index, PREFERRED, How.PREFERRED_PREFIX, folded, scope)
    yield from _prefixed(index, ALTERNATIVE, How.ALTERNATIVE_PREFIX, folded, scope)
    yield from _prefixed(index, WORDS, How.WORD_PREFIX, folded, scope)


def tables(index: VersionIndex, kind: Kind, language: str | None) -> list[Table]:
    """The tables of one kind, of one language or of all."""
    if language is not None:
        table = index.tables.get((language, kind))
        return [] if table is None else [table]
    return [table for where, table in index.tables.items() if where[1] == kind]


def _exact(index: VersionIndex, kind: Kind, how: How, folded: str, scope: Scope) -> Iterator[Hit]:
    found = (table.exact(folded) for table in tables(index, kind, scope.language))
    return _as_hits(index, chain.from_iterable(found), how)


def _prefixed(
    index: VersionIndex, kind: Kind, how: How, folded: str, scope: Scope
) -> Iterator[Hit]:
    found = (table.prefixed(folded) for table in tables(index, kind, scope.language))
    return _as_hits(index, chain.from_iterable(found), how)


def _as_hits(index: VersionIndex, postings: Iterable[Posting], how: How) -> Iterator[Hit]:
    for posting in postings:
        entry = index.rows[row_of(posting)]
        if entry is not None:
            label = label_of(entry, posting)
            yield Hit(entry, how, label.value, label.language)


def _identified(index: VersionIndex, text: str) -> Iterator[Hit]:
    for class_id in identified(index, text):
        yield Hit(index.entry(class_id), How.IDENTIFIER, text)


def identified(index: VersionIndex, text: str) -> tuple[str, ...]:
    """Ids of the classes that have this id, code (with or without ``#``) or notation."""
    if text in index:
        return (text,)
    code = code_of(text.removeprefix("#"))
    coded = () if code is None else index.with_code(code)
    noted = index.notations.get(text, ())
    return tuple(dict.fromkeys((*coded, *noted)))


def code_of(text: str) -> int | None:
    """The code that a text of decimal digits says."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 16 else None


def _similar(index: VersionIndex, folded: str, scope: Scope, limit: int) -> tuple[Hit, ...]:
    """Classes with a label, or the end of one, a few slips of the keyboard away; nearest first."""
    slips = min(3, (len(folded) + 1) // 3)
    found: list[tuple[int, Kind, str, Hit]] = []
    for kind in KINDS if slips else ():
        for table in tables(index, kind, scope.language):
            for distance, key, posting in _near(table, folded, slips, 2 * limit):
                hits = _as_hits(index, (posting,), How.SIMILAR)
                found += [(distance, kind, key, hit) for hit in hits]
    found.sort(key=lambda each: (*each[:3], each[3].entry.code))
    nearest: dict[str, Hit] = {}
    for *_, hit in found:
        if hit.entry.active or scope.include_retired:
            nearest.setdefault(hit.entry.id, hit)
    return tuple(nearest.values())[:limit]


def _near(table: Table, folded: str, slips: int, limit: int) -> Iterator[tuple[int, str, Posting]]:
    """Keys of a table within so many slips (optimal string alignment), each with its distance."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    for start, keys in _candidates(table, folded):
        for key, distance, place in process.extract(
            folded, keys, scorer=OSA.distance, score_cutoff=slips, limit=limit
        ):
            yield int(distance), key, table.postings[start + place]


def _candidates(table: Table, folded: str) -> Iterator[tuple[int, list[str]]]:
    """The keys to compare with, and the place of the first of them.

    Of a large table only those that begin with the first letter of the text, or with the second
    in case the first is the slip.
    """
    if len(table.keys) <= _CANDIDATES:
        yield 0, table.keys
        return
    for letter in sorted(set(folded[:2])):
        start, end = table.span(letter)
        yield start, table.keys[start : min(end, start + _CANDIDATES)]
