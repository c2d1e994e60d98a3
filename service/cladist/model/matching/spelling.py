"""Which known words a strange word may be a misspelling of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

_LENGTHS = range(4, 41)  # in a shorter word one letter makes another word too often


def corrections(strange: Collection[str], known: Collection[str]) -> dict[str, list[str]]:
    """For each strange word the known ones that are one slip away, sorted.

    A slip is a letter more, less or other, or two neighbours swapped (Damerau 1964).
    """
    found: dict[str, list[str]] = {}
    if len(strange) <= len(known):
        pairs = ((one, other) for other, one in _near(known, strange))
    else:
        pairs = ((one, other) for one, other in _near(strange, known))
    for word, right in sorted(pairs):
        found.setdefault(word, []).append(right)
    return found


def _near(many: Collection[str], few: Collection[str]) -> Iterator[tuple[str, str]]:
    """The pairs of one of many and one of few words that are one slip apart."""
    shortened: dict[str, list[str]] = {}
    for word in few:
        if len(word) in _LENGTHS:
            for each in _shortened(word):
                shortened.setdefault(each, []).append(word)
    for word in many:
        if len(word) in _LENGTHS:
            near = {each for short in _shortened(word) for each in shortened.get(short, ())}
            yield from ((word, each) for each in near if one_slip(word, each))


def _shortened(word: str) -> Iterator[str]:
    yield word
    yield from {word[:at] + word[at + 1 :] for at in range(len(word))}


def one_slip(first: str, second: str) -> bool:
    """Whether two words are one slip apart."""
    if abs(len(first) - len(second)) > 1 or first == second:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b),
        min(len(first), len(second)),
    )
    one, other = first[start:], second[start:]
    if len(one) != len(other):
        return one[1:] == other or one == other[1:]
    return one[1:] == other[1:] or (one[:2] == other[1::-1] and one[2:] == other[2:])
