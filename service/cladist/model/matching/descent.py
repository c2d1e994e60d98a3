"""Merges and splits: where the labels, notations and children of a class without a match went."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.model.matching.links import Link, Pair
from cladist.model.matching.proposals import Evidence
from cladist.model.matching.reading import Reading
from cladist.model.matching.weights import SURE, clear, confidence

_HANDED_ON = frozenset({Evidence.DEFINITION})
"""Evidence that several parts may bear, so that the old class may be gone all the same."""

Choices = dict[str, float]
Candidates = dict[str, set[str]]


def descend(reading: Reading, gone: set[str], floor: float) -> bool:
    """Link classes that are gone to those that they seem to go into; whether any was found.

    Upper classes go first: what children show of the lower ones depends on where those went.
    """
    before = len(reading.links.pairs)
    fresh = reading.new.active - reading.links.sources.keys() - reading.links.closed_targets
    candidates = _candidates(reading, gone)
    for source in sorted(candidates, key=lambda each: (reading.old.levels.get(each, 0), each)):
        choices = _choices(reading, source, candidates[source], floor)
        if choices:
            _join(reading, source, choices, fresh, candidates)
    for target in sorted(fresh - reading.links.sources.keys()):
        _second_part(reading, target, floor)
    return len(reading.links.pairs) > before


def _candidates(reading: Reading, gone: set[str]) -> Candidates:
    found: Candidates = {}
    for source, target in reading.candidates():
        if source in gone and target not in reading.links.closed_targets:
            found.setdefault(source, set()).add(target)
    return found


def _choices(reading: Reading, source: str, targets: set[str], floor: float) -> Choices:
    """The foreign classes that the class may have gone into."""
    found: Choices = {}
    for target in sorted(targets):
        score = confidence(reading.as_descent((source, target)))
        kept = target in reading.links.sources
        if score >= (SURE if kept else floor):  # a doubtful source would spoil what is sure
            found[target] = score
    return found


def _join(
    reading: Reading,
    source: str,
    choices: Choices,
    fresh: set[str],
    candidates: Candidates,
) -> None:
    best = max(choices, key=lambda each: (choices[each], each))
    near = [each for each, score in choices.items() if not clear(choices[best], score)]
    namesakes = tuple(
        (other, target)
        for target in near
        for other in _namesakes(reading, (source, target), candidates)
    )
    if all(each in fresh for each in near):
        for target in near:
            reading.links.add(Link(source=source, target=target, descent=True, rivals=namesakes))
        return
    rivals = tuple((source, each) for each in near if each != best)
    reading.links.add(Link(source=source, target=best, descent=True, rivals=(*rivals, *namesakes)))


def _namesakes(reading: Reading, pair: Pair, candidates: Candidates) -> Iterator[str]:
    """Other classes that are gone and whose label could as well be the one that moved."""
    shared = reading.old.keys(pair[0]) & reading.new.keys(pair[1])
    for other in reading.signs.sources.get(pair[1], ()) if shared else ():
        if other in candidates and other != pair[0] and shared <= reading.old.keys(other):
            yield other


def _second_part(reading: Reading, target: str, floor: float) -> None:
    """A fresh class may be another part of one that was paired by its children or the like."""
    for _, source in sorted(_givers(reading, target, floor), reverse=True):
        links = list(reading.links.of_source(source))
        if links and all(is_loose(reading, link) for link in links):
            reading.links.add(Link(source=source, target=target, descent=True))
            return


def _givers(reading: Reading, target: str, floor: float) -> Iterator[tuple[float, str]]:
    for source in reading.signs.sources.get(target, ()):
        if source not in reading.links.closed_sources:
            score = confidence(reading.as_descent((source, target)))
            if score >= floor:
                yield score, source


def is_loose(reading: Reading, link: Link) -> bool:
    """Whether the pair may be one of several parts: nothing says that the old class lives on."""
    pair: Pair = (link.source, link.target)
    return link.told is None and reading.signs.naming(*pair) <= _HANDED_ON
