"""Version numbers: semantic, computed from what the changes do, never typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from cladist.model.errors import InvalidValue, LoweredVersion

_NUMBER = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})")


class Bump(IntEnum):
    """How far a change moves the version number (Semantic Versioning 2.0.0)."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A version number."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def bumped(self, bump: Bump) -> Number:
        """The next number after a change of this weight."""
        if bump is Bump.MAJOR:
            return Number(self.major + 1, 0, 0)
        if bump is Bump.MINOR:
            return Number(self.major, self.minor + 1, 0)
        return Number(self.major, self.minor, self.patch + 1)


FIRST = Number(1, 0, 0)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one change moves the number as it does; ``text`` is for people."""

    bump: Bump
    text: str


def parse_number(text: str) -> Number:
    """The number written as ``MAJOR.MINOR.PATCH``."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise InvalidValue("version", f"{text!r} is not a version number such as 2.1.0.")
    return Number(*map(int, found.groups()))


def next_number(last: Number | None, reasons: Iterable[Reason]) -> Number:
    """The number that the changes call for; the first version is 1.0.0."""
    if last is None:
        return FIRST
    return last.bumped(max((reason.bump for reason in reasons), default=Bump.PATCH))


def raised(proposed: Number, asked: Number | None) -> Number:
    """The number asked for, refused where it is lower than the one proposed."""
    if asked is not None and asked < proposed:
        raise LoweredVersion(str(proposed), str(asked))
    return asked or proposed


def select(numbers: Iterable[Number], selector: str) -> Number | None:
    """The newest number that a selector names: ``latest``, ``2``, ``2.1`` or ``2.1.0``."""
    ordered = sorted(numbers)
    if selector == "latest":
        return ordered[-1] if ordered else None
    parts = selector.split(".")
    matching = [each for each in ordered if str(each).split(".")[: len(parts)] == parts]
    return matching[-1] if matching else None
