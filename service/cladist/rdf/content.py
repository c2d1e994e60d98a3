"""Canonical content as values: sorted lines, their digest, and the deltas between two contents.

A content is a sorted sequence of unique N-Quads lines in canonical form, each a ``bytes`` that
ends in a newline and holds no other line break. A delta says which lines leave and which come.
Nothing here parses a line, so all of it runs at the speed of list and set operations.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from operator import lt

from cladist.model.errors import InvalidChange, InvalidValue

Lines = Sequence[bytes]

_CHUNK = 8192  # lines hashed at a time: the joined bytes stay in the processor's cache
_LEAF = 16  # below this many lines two sets are cheaper than another halving
_FILTERED = 16  # from one line in so many on, filtering all lines beats cutting slices


@dataclass(frozen=True, slots=True)
class Delta:
    """What turns one content into another: sorted, disjoint lines to remove and to add."""

    removed: tuple[bytes, ...] = ()
    added: tuple[bytes, ...] = ()

    @property
    def inverse(self) -> Delta:
        """The delta that leads back."""
        return Delta(self.added, self.removed)

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    def __len__(self) -> int:
        return len(self.removed) + len(self.added)


def digest(lines: Lines) -> str:
    """SHA-256 of the joined lines, as 64 lower-case hexadecimal digits."""
    state = hashlib.sha256()
    for start in range(0, len(lines), _CHUNK):
        state.update(b"".join(lines[start : start + _CHUNK]))
    return state.hexdigest()


def split(text: bytes) -> list[bytes]:
    """The lines of a text, each with its newline."""
    if b"\r" in text:  # bytes.splitlines would break there as well
        parts = text.split(b"\n")
        last = [parts[-1]] if parts[-1] else []
        return [part + b"\n" for part in parts[:-1]] + last
    return text.splitlines(keepends=True)


def join(lines: Lines) -> bytes:
    """The text of a content; InvalidValue when the lines are not one.

    They must be sorted, unique and each ended by its only newline.
    """
    text = b"".join(lines)
    ended = all(map(bytes.endswith, lines, repeat(b"\n"))) and text.count(b"\n") == len(lines)
    if not (ended and all(map(lt, lines, islice(lines, 1, None)))):
        raise InvalidValue("content", "its lines are not sorted, unique and newline-terminated.")
    return text


def difference(old: Lines, new: Lines) -> Delta:
    """The delta from ``old`` to ``new``; the more they share, the cheaper.

    Both are halved at the same line again and again; halves that are equal, which C code sees
    at once, are dropped.
    """
    removed: list[bytes] = []
    added: list[bytes] = []
    ranges = [(0, len(old), 0, len(new))]
    while ranges:
        i, j, k, m = ranges.pop()
        if j - i == m - k and old[i:j] == new[k:m]:
            continue
        if j - i + m - k <= _LEAF:
            here, there = set(old[i:j]), set(new[k:m])
            removed += here - there
            added += there - here
            continue
        if j - i >= m - k:
            middle = (i + j) // 2
            other = bisect_left(new, old[middle], k, m)
        else:
            other = (k + m) // 2
            middle = bisect_left(old, new[other], i, j)
        ranges += [(i, middle, k, other), (middle, j, other, m)]
    return Delta(tuple(sorted(removed)), tuple(sorted(added)))


def patch(lines: Lines, delta: Delta) -> list[bytes]:
    """The content that the delta makes of ``lines``.

    InvalidChange when a line to remove is not there or a line to add is.
    """
    if len(delta) * _FILTERED > len(lines):
        return _filter(lines, delta)
    return _cut(lines, delta)


def _cut(lines: Lines, delta: Delta) -> list[bytes]:
    """Copy the slices between the few lines that change."""
    leaving = [(line, False) for line in delta.removed]
    edits = sorted(leaving + [(line, True) for line in delta.added])
    result: list[bytes] = []
    start = 0
    for line, comes in edits:
        place = bisect_left(lines, line, start)
        if (place < len(lines) and lines[place] == line) == comes:
            raise _misfit(line, comes)
        result += lines[start:place]
        start = place
        if comes:
            result.append(line)
        else:
            start += 1
    result += lines[start:]
    return result


def _filter(lines: Lines, delta: Delta) -> list[bytes]:
    """Filter all lines and merge; sorting two sorted runs takes linear time."""
    leaving, coming = set(delta.removed), set(delta.added)
    missing = leaving.difference(lines)
    if missing:
        raise _misfit(min(missing), comes=False)
    present = coming.intersection(lines)
    if present:
        raise _misfit(min(present), comes=True)
    result = [line for line in lines if line not in leaving] if leaving else list(lines)
    result += delta.added
    result.sort()
    return result


def _misfit(line: bytes, comes: bool) -> InvalidChange:
    statement = line.decode("utf-8", "replace").strip()
    verb, state = ("adds", "is there already") if comes else ("removes", "is not there")
    return InvalidChange(f"The delta {verb} a statement that {state}: {statement}")


def compose(deltas: Iterable[Delta]) -> Delta:
    """The one delta that does what the deltas do one after the other."""
    removed: set[bytes] = set()
    added: set[bytes] = set()
    for delta in deltas:
        _move(delta.removed, added, removed)
        _move(delta.added, removed, added)
    return Delta(tuple(sorted(removed)), tuple(sorted(added)))


def _move(lines: tuple[bytes, ...], undone: set[bytes], done: set[bytes]) -> None:
    for line in lines:
        if line in undone:
            undone.remove(line)
        else:
            done.add(line)


def block(lines: Lines, subject: str) -> Lines:
    """The lines whose subject is this IRI, as one slice."""
    start = f"<{subject}> ".encode()
    end = f"<{subject}>!".encode()  # "!" is the character after the space
    first = bisect_left(lines, start)
    return lines[first : bisect_left(lines, end, first)]
