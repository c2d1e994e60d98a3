"""What a sync changed, written before it is done, so that it can be taken back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from cladist.model.errors import OutputExists, UnreadableInput

Line = TypeVar("Line")

FORM = "cladist-label-studio-journal-1"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Which project went from which version to which, and its configuration on the way."""

    format: str = FORM
    url: str
    project: int
    slug: str
    source: str
    target: str
    before: str
    both: str
    after: str
    controls: tuple[str, ...]


class Done(msgspec.Struct, frozen=True):
    """An annotation, prediction or draft: all its results before and after."""

    kind: str
    id: int
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]


class Journal:
    """A file of JSON Lines: a head, then what was done in its order."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, head: Head) -> Head:
        """Start it, or go on where one of the same sync ended; raises OutputExists."""
        if self.path.exists():
            found = self.head()
            same = (found.project, found.slug, found.source, found.target)
            if same != (head.project, head.slug, head.source, head.target):
                raise OutputExists(str(self.path))
            return found
        self._add(head)
        return head

    def add(self, done: Done) -> None:
        """Note what is about to be done."""
        self._add(done)

    def head(self) -> Head:
        """Its head; raises UnreadableInput."""
        with self.path.open("rb") as file:
            return _read(file.readline(), Head, self.path)

    def done(self) -> Iterator[Done]:
        """What was done, or about to be; a last line that was cut off is none."""
        with self.path.open("rb") as file:
            file.readline()
            for line in file:
                if line.endswith(b"\n"):
                    yield _read(line, Done, self.path)

    def _add(self, value: msgspec.Struct) -> None:
        with self.path.open("ab") as file:
            file.write(msgspec.json.encode(value) + b"\n")
            file.flush()
            os.fsync(file.fileno())


def _read(line: bytes, kind: type[Line], path: Path) -> Line:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.MsgspecError as error:
        raise UnreadableInput(f"{path.name} is no journal of a sync: {error}.") from None
