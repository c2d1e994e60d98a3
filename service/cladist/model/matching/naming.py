"""Signs in what classes are called: the same label, a label that moved, one that is spelt alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log

from cladist.model.folding import fold
from cladist.model.matching.proposals import Evidence
from cladist.model.matching.sides import Entry, Key, Side, key, speak_alike
from cladist.model.matching.signs import Sign, crowds, joined
from cladist.model.matching.spelling import corrections
from cladist.model.matching.weights import LABEL, OVERLAP

EXACT = (LABEL, 0.85, 0.6)
ALIKE = (0.85, 0.78, 0.5)
MISSPELT = (0.7, 0.6, 0.3)
"""By how many of the two labels are not the preferred ones: none, one, both."""

_OVERLAP_FROM = 0.6
_LONG = 3


class Names:
    """The labels of some classes of a taxonomy, by each of the ways in which they are compared."""

    def __init__(self, side: Side, class_ids: Iterable[str]) -> None:
        self.side, self.class_ids = side, sorted(class_ids)
        self.exact: dict[str, list[Entry]] = {}
        self.alike: dict[Key, list[Entry]] = {}
        for each in side.entries(self.class_ids):
            self.exact.setdefault(fold(each.text.value), []).append(each)
            self.alike.setdefault(key(each.text.value), []).append(each)
        self.alike.pop((), None)

    def corrected(self, other: Names) -> dict[Key, list[Entry]]:
        """The labels with one word that the other taxonomy lacks, put right by the other labels.

        A word that the other taxonomy has anywhere is no misspelling.
        """
        known = other.side.words
        strange = {word for each in self.alike for word in each if word not in known}
        right = corrections(strange, {word for each in other.alike for word in each})
        found: dict[Key, list[Entry]] = {}
        for each, entries in self.alike.items():
            wrong = [word for word in each if word in strange]
            if len(wrong) == 1:
                for word in right.get(wrong[0], ()):
                    mended = tuple(sorted([*(w for w in each if w != wrong[0]), word]))
                    found.setdefault(mended, []).extend(entries)
        return found


def by_labels(old: Names, new: Names) -> Iterator[Sign]:
    """Labels that are the same, the same but for spelling rules, or one misspelt."""
    for _, one, other in joined(old.exact, new.exact):
        yield from _sign(one, other, EXACT)
    for ours, theirs in crowds(old.exact, new.exact):
        yield from _crowded(old.side, ours, new.side, theirs)
    for _, one, other in joined(old.alike, new.alike):
        yield from _sign(one, other, ALIKE)
    for _, one, other in joined(old.alike, new.corrected(old)):
        yield from _sign(one, other, MISSPELT)
    for _, one, other in joined(old.corrected(new), new.alike):
        yield from _sign(one, other, MISSPELT)


def _crowded(
    old: Side, ours: Sequence[Entry], new: Side, theirs: Sequence[Entry]
) -> Iterator[Sign]:
    """Too many classes of one label: compared under parents of one label, and two others each.

    The others keep any from seeming to be without a counterpart.
    """
    for _, one, other in joined(_by_place(old, ours), _by_place(new, theirs)):
        yield from _sign(one, other, EXACT)
    for at in range(max(len(ours), len(theirs))):
        for other in (theirs[at % len(theirs)], theirs[(at + 1) % len(theirs)]):
            yield from _sign(ours[at % len(ours)], other, EXACT)


def _by_place(side: Side, entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for each in entries:
        for parent in side.parents(each.holder):
            found.setdefault(fold(side.label(parent)), []).append(each)
    return found


def _sign(one: Entry, other: Entry, strengths: tuple[float, float, float]) -> Iterator[Sign]:
    if not speak_alike(one.text.language, other.text.language):
        return
    strength = strengths[(not one.preferred) + (not other.preferred)]
    first, second = one.text.value, other.text.value
    if one.preferred and other.preferred:
        exact = strengths is EXACT
        evidence = Evidence.LABEL if exact else Evidence.SIMILAR
        detail = f"Both are called “{first}”." if exact else f"“{first}” is like “{second}”."
    else:
        evidence = Evidence.MOVED_LABEL
        detail = _moved(one, other)
    yield Sign(one.holder, other.holder, evidence, strength, detail)


def _moved(one: Entry, other: Entry) -> str:
    if one.preferred:
        return f"Its label “{one.text.value}” is another label of the new class."
    if other.preferred:
        return f"Another label of it, “{one.text.value}”, is the label of the new class."
    return f"Both have “{other.text.value}” among their other labels."


def by_overlap(old: Names, new: Names) -> Iterator[Sign]:
    """Long preferred labels that share most of their words, rare words counting more."""
    weights = _rarity(old.side, new.side)
    ours, theirs = _long(old), _long(new)
    seen: set[tuple[str, str]] = set()
    for _, one, other in joined(_by_word(ours), _by_word(theirs)):
        pair = (one, other)
        if pair in seen:
            continue
        seen.add(pair)
        first, second = set(ours[one]), set(theirs[other])
        shared = _sum(weights, first & second) / (_sum(weights, first | second) or 1)
        if shared >= _OVERLAP_FROM:
            detail = f"“{old.side.label(one)}” and “{new.side.label(other)}” share most words."
            yield Sign(one, other, Evidence.SIMILAR, OVERLAP * shared, detail)


def _rarity(old: Side, new: Side) -> dict[str, float]:
    every = len(old.active) + len(new.active)
    return {
        word: log(1 + every / (old.words[word] + new.words[word]))
        for word in old.words.keys() | new.words.keys()
    }


def _sum(weights: dict[str, float], words: set[str]) -> float:
    return sum(weights[each] for each in sorted(words))


def _long(names: Names) -> dict[str, Key]:
    labels = ((each, key(names.side.label(each))) for each in names.class_ids)
    return {each: words for each, words in labels if len(words) >= _LONG}


def _by_word(labels: dict[str, Key]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for holder, words in labels.items():
        for word in dict.fromkeys(words):
            found.setdefault(word, []).append(holder)
    return found
