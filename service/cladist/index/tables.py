"""Sorted folded keys and what they stand for: exact and prefix look-up by bisection."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cladist.index.entries import Entry, Label
from cladist.index.folding import fold, inner_words

_SHIFT = 16
_LAST = chr(0x10FFFF)  # a noncharacter, sorted after whatever a key goes on with
_MOST = (1 << _SHIFT) - 1  # labels of one class that search knows

Posting = int
"""Row of a class and which of its labels, in one number."""


Kind = int
"""What the keys of a table are; plain numbers, since enumerations are slow to hash."""

PREFERRED: Kind = 0
ALTERNATIVE: Kind = 1
WORDS: Kind = 2
"""Labels of either kind, from an inner word on."""

KINDS = (PREFERRED, ALTERNATIVE, WORDS)

Where = tuple[str, Kind]
"""Language and kind of a table."""

Key = tuple[str, Posting]

PostingOrder = Callable[[Posting], tuple[int, str, int]]


@dataclass(frozen=True, slots=True)
class Table:
    """Keys in ascending order, each with its posting at the same place."""

    keys: list[str]
    postings: array[int]

    def exact(self, key: str) -> Iterator[Posting]:
        """The postings of one key."""
        start = bisect_left(self.keys, key)
        return iter(self.postings[start : bisect_right(self.keys, key, start)])

    def prefixed(self, prefix: str) -> Iterator[Posting]:
        """The postings of all keys that begin so, in the order of the keys."""
        start, end = self.span(prefix)
        postings = self.postings
        return (postings[place] for place in range(start, end))

    def span(self, prefix: str) -> tuple[int, int]:
        """Places of the first key that begins so and of the first one after them."""
        start = bisect_left(self.keys, prefix)
        return start, bisect_left(self.keys, prefix + _LAST, start)

    def patched(self, leaving: Iterable[Key], coming: Iterable[Key], order: PostingOrder) -> Table:
        """The table without some keys and with others; ``order`` is that within one key."""
        keys, postings = self.keys.copy(), self.postings[:]
        for key, posting in leaving:
            place = postings.index(posting, bisect_left(keys, key))
            del keys[place], postings[place]
        for key, posting in coming:
            start, end = bisect_left(keys, key), bisect_right(keys, key)
            place = bisect_left(postings, order(posting), start, end, key=order)
            keys.insert(place, key)
            postings.insert(place, posting)
        return Table(keys, postings)


Tables = Mapping[Where, Table]


def row_of(posting: Posting) -> int:
    """The row of the class that a posting points at."""
    return posting >> _SHIFT


def label_of(entry: Entry, posting: Posting) -> Label:
    """The label of the class that a posting points at."""
    return (*entry.preferred, *entry.alternative, *entry.hidden)[posting & _MOST]


def keys_of(row: int, entry: Entry) -> list[tuple[Where, Key]]:
    """All keys of one class, each with the table where it belongs."""
    labels, preferred = entry.preferred, len(entry.preferred)
    if entry.alternative or entry.hidden:
        labels = (*labels, *entry.alternative, *entry.hidden)[: _MOST + 1]
    found: list[tuple[Where, Key]] = []
    posting = row << _SHIFT
    for number, label in enumerate(labels):
        folded, language = fold(label.value), label.language
        if folded:
            kind = PREFERRED if number < preferred else ALTERNATIVE
            found.append(((language, kind), (folded, posting + number)))
            for rest in inner_words(folded):
                found.append(((language, WORDS), (rest, posting + number)))
    return found


def build_tables(rows: Sequence[Entry | None]) -> dict[Where, Table]:
    """The tables of all classes."""
    found: dict[Where, tuple[list[str], list[Posting]]] = {}
    for row, entry in enumerate(rows):
        if entry is None:
            continue
        for where, (key, posting) in keys_of(row, entry):
            table = found.get(where)
            if table is None:
                table = found[where] = ([], [])
            table[0].append(key)
            table[1].append(posting)
    return {where: _sorted(*found[where]) for where in sorted(found)}


def _sorted(keys: list[str], postings: list[Posting]) -> Table:
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return Table([keys[i] for i in order], array("Q", [postings[i] for i in order]))


def patch_tables(
    tables: Tables,
    leaving: Iterable[tuple[Where, Key]],
    coming: Iterable[tuple[Where, Key]],
    rows: Sequence[Entry | None],
) -> Tables:
    """The tables without some keys and with others; those that do not change are shared.

    ``rows`` are those afterwards: among equal keys classes stand by code.
    """
    edits: dict[Where, tuple[list[Key], list[Key]]] = {}
    for where, key in leaving:
        edits.setdefault(where, ([], []))[0].append(key)
    for where, key in coming:
        edits.setdefault(where, ([], []))[1].append(key)
    if not edits:
        return tables

    def order(posting: Posting) -> tuple[int, str, int]:
        entry = rows[row_of(posting)]
        return (0, "", 0) if entry is None else (entry.code, entry.id, posting & _MOST)

    result = dict(tables)
    for where, edit in edits.items():
        result[where] = result.get(where, Table([], array("Q"))).patched(*edit, order)
    return {where: result[where] for where in sorted(result) if result[where].keys}
