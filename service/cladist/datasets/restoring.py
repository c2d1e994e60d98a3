"""Taking a migration back: the input byte for byte, from the output and its delta."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from cladist.datasets.delta import messages, read_numbers
from cladist.datasets.files import files_of, refuse_overlap
from cladist.datasets.hashing import digest
from cladist.datasets.packing import Archive, archive_of
from cladist.model.errors import ChangedSince, OutputExists, UnreadableInput

_BLOCK = 4 * 2**20


def restore(output: Path, delta: Path, to: Path) -> None:
    """Write to ``to`` what was migrated to ``output``; raises ChangedSince, UnreadableInput."""
    refuse_overlap(output, to)
    to.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{to.name}.", suffix=".part", dir=to.parent))
    try:
        packed = archive_of(delta)
        if packed is None:
            _Restoring(output, work / "data").run(messages(delta))
        else:
            _unpacked(packed, output, delta, work)
        if to.exists():
            raise OutputExists(str(to))
        os.rename(work / "data", to)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _unpacked(archive: Archive, output: Path, delta: Path, work: Path) -> None:
    """Restore an archive: as it was kept, or packed again from what it holds."""
    if archive.kept(delta, work / "data"):
        return
    (work / "unpacked").mkdir()
    root = archive.unpack(output, work / "unpacked")
    _Restoring(root, work / "inside").run(messages(delta))
    archive.pack(work / "unpacked", root, work / "inside", work / "data")


class _Restoring:
    """Follows the messages of a delta, one file after another."""

    def __init__(self, output: Path, place: Path) -> None:
        self._output, self._place = output, place
        self._left = dict(files_of(output))

    def run(self, told: Iterator[list[Any]]) -> None:
        """Restore every file."""
        if self._output.is_dir():
            self._place.mkdir()
        for message in told:
            self._file(message, told)
        for path in tuple(self._left):
            self._copy(path, path)

    def _file(self, message: list[Any], told: Iterator[list[Any]]) -> None:
        """One file that a message is about."""
        match message:
            case ["file", now, before]:
                self._edited(now, before, told)
            case ["replaced", now, before]:
                self._take(now)
                self._whole(before, told)
            case ["removed", before]:
                self._whole(before, told)
            case ["added", now]:
                self._take(now)
            case ["moved", now, before]:
                self._copy(now, before)

    def _take(self, path: str) -> Path:
        """A file of the output that is accounted for."""
        if path not in self._left:
            raise UnreadableInput(f"{path or self._output.name} is not there any more.")
        del self._left[path]
        return self._output / path if path else self._output

    def _to(self, path: str) -> Path:
        target = self._place / path if path else self._place
        if not target.resolve().is_relative_to(self._place.resolve()):
            raise UnreadableInput(f"The delta names a file outside of the dataset: {path}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _copy(self, now: str, before: str) -> None:
        shutil.copy2(self._take(now), self._to(before))

    def _whole(self, before: str, told: Iterator[list[Any]]) -> None:
        target = self._to(before)
        with target.open("wb") as file:
            for message in told:
                if message[0] == "done":
                    break
                file.write(message[1])
        self._check(target, message[1])

    def _edited(self, now: str, before: str, told: Iterator[list[Any]]) -> None:
        source, target = self._take(now), self._to(before)
        seen = hashlib.sha256()
        with source.open("rb") as file, target.open("wb") as restored:
            for message in told:
                if message[0] == "done":
                    break
                for new in _blocks(file, message, now):
                    seen.update(new)
                    restored.write(_old(new, message) if message[0] == "piece" else new)
            if file.read(1) or seen.hexdigest() != message[2]:
                raise ChangedSince(now or source.name)
        shutil.copymode(source, target)
        self._check(target, message[1])

    def _check(self, target: Path, wanted: str) -> None:
        if digest(target) != wanted:
            raise UnreadableInput(f"{target.name} does not come out as it was: the delta is wrong.")


def _blocks(file: IO[bytes], message: list[Any], name: str) -> Iterator[bytes]:
    """The new bytes that a message is about: a piece at once, others in blocks."""
    if message[0] == "piece":
        yield _read(file, message[1], name)
    elif message[0] == "same":
        for start in range(0, message[1], _BLOCK):
            yield _read(file, min(_BLOCK, message[1] - start), name)


def _read(file: IO[bytes], size: int, name: str) -> bytes:
    found = file.read(size)
    if len(found) != size:
        raise ChangedSince(name)
    return found


def _old(new: bytes, message: list[Any]) -> bytes:
    """A piece as it was."""
    starts, lengths, old_lengths = (read_numbers(each) for each in message[2:5])
    old: bytes = message[5]
    parts: list[bytes] = []
    end = place = 0
    for start, length, old_length in zip(starts, lengths, old_lengths, strict=True):
        parts += new[end:start], old[place : place + old_length]
        end, place = start + length, place + old_length
    parts.append(new[end:])
    return b"".join(parts)
