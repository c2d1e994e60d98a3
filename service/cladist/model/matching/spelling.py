"""Which known words a strange word may be a misspelling of."""

from __future__ import annotations

from collections.abc import Collection, Iterator

_SHORTEST = 4  # a letter more or less in a shorter word makes another word too often


def corrections(strange: Collection[str], known: Collection[str]) -> dict[str, list[str]]:
    """For each strange word the known ones that are one slip away.

    A slip is a letter more, less or other, or two neighbours swapped (Damerau 1964).
    """
    shortened: dict[str, list[str]] = {}
    for word in sorted(known):
        if len(word) >= _SHORTEST:
            for each in _shortened(word):
                shortened.setdefault(each, []).append(word)
    found: dict[str, list[str]] = {}
    for word in sorted(strange):
        if len(word) >= _SHORTEST:
            near = {each for short in _shortened(word) for each in shortened.get(short, ())}
            found[word] = sorted(each for each in near if one_slip(word, each))
    return found


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
