"""Labels of one item that do not go together any more once they are mapped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from cladist.datasets.records import Placed
from cladist.datasets.vocabulary import Vocabulary

EXCLUSIVE, IMPLIED = "exclusive labels together", "a class and one above it together"


class Together:
    """Which classes of a version may not, or need not, stand on one item."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._groups = [frozenset(each.members) for each in vocabulary.groups]
        self._known: dict[tuple[str, str], str] = {}

    def wrong(self, one: str, other: str) -> str:
        """What is wrong with two classes on one item; empty if nothing is."""
        key = (one, other) if one < other else (other, one)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._wrong(*key)
        return found

    def _wrong(self, one: str, other: str) -> str:
        above_one = {one, *self._vocabulary.ancestors(one)}
        above_other = {other, *self._vocabulary.ancestors(other)}
        if other in above_one or one in above_other:
            return IMPLIED
        for members in self._groups:
            mine, theirs = above_one & members, above_other & members
            if mine and theirs and mine != theirs:
                return EXCLUSIVE
        return ""


Judge = Callable[[str, str], str]


def new_faults(placed: Sequence[Placed], before: Judge, after: Judge) -> Iterator[str]:
    """What is wrong between the labels of an item now and was not before, each kind once."""
    mapped = [each for each in placed if each.verdict.target is not None and each.refs]
    told: set[str] = set()
    for one, other in combinations(mapped, 2):
        targets = one.verdict.target or "", other.verdict.target or ""
        if targets[0] == targets[1]:
            continue
        fault = after(*targets)
        known = before(one.verdict.source, other.verdict.source)
        if fault not in ("", known) and fault not in told:
            told.add(fault)
            yield fault


def merged(placed: Sequence[Placed]) -> list[bool]:
    """For each label whether an earlier one of the item says the same now."""
    seen: set[str] = set()
    found = []
    for each in placed:
        target = each.verdict.target
        again = target is not None and bool(each.refs) and target in seen
        found.append(again)
        if target is not None:
            seen.add(target)
    return found


def rivals(placed: Sequence[Placed]) -> tuple[str, ...]:
    """The different classes that an item has now."""
    targets = (each.verdict.target for each in placed if each.refs)
    return tuple(dict.fromkeys(each for each in targets if each is not None))
