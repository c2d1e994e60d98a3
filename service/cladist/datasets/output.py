"""Files of the output: written to a temporary place, with the delta that takes them back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Protocol

from cladist.datasets.delta import DeltaWriter, numbers
from cladist.datasets.hashing import FileDigest, StreamDigest, digest
from cladist.datasets.records import Chunk, Edit, Joined, Piece, Ready, Table

_BLOCK = 4 * 2**20


class Output:
    """The files of an output under ``place``, and messages of the delta about those that differ.

    ``root`` is the input. Both are files, or both folders; paths are relative, ``""`` for a file.
    """

    def __init__(self, root: Path, place: Path, delta: DeltaWriter) -> None:
        self._root, self._place, self._delta = root, place, delta
        self._mentioned: set[str] = set()
        self._written: set[str] = set()
        self.digests: dict[str, str] = {}
        """Of files that were rewritten, by path."""

    def rewrite(self, path: str, pieces: Iterable[Piece]) -> None:
        """Write a file anew from pieces."""
        target, source = self._begin(path, path), self._source(path)
        self._delta.write("file", path, path)
        before = FileDigest(source)
        try:
            now = _Rewriting(target, self._delta).run(pieces)
        finally:
            was = before.result()
        shutil.copymode(source, target)
        self._delta.write("done", was, now)
        self.digests[path] = now

    def replace(self, path: str, new: bytes) -> None:
        """Write a file anew of which nothing is kept."""
        with self.writing(path) as target:
            target.write_bytes(new)

    def add(self, path: str, new: bytes) -> None:
        """A file that the input does not have."""
        target = self._begin(path, path)
        target.write_bytes(new)
        self._delta.write("added", path)

    @contextmanager
    def writing(self, path: str) -> Iterator[Path]:
        """A path to which somebody writes the file anew."""
        target = self._begin(path, path)
        yield target
        source = self._source(path)
        self._delta.write("replaced", path, path)
        self._keep(source)
        self._done(target, source)

    def move(self, path: str, to: str) -> None:
        """A file under another path."""
        target = self._begin(path, to)
        if path != to:
            self._delta.write("moved", to, path)
        shutil.copy2(self._source(path), target)

    def remove(self, path: str) -> None:
        """A file that the output does not have."""
        self._mentioned.add(path)
        source = self._source(path)
        self._delta.write("removed", path)
        self._keep(source)
        self._delta.write("done", digest(source), "")

    def copy(self, path: str) -> None:
        """A file as it is."""
        self.move(path, path)

    def finish(self, paths: Iterable[str]) -> None:
        """Copy those files of the input that were not mentioned."""
        for path in paths:
            if path not in self._mentioned:
                self.copy(path)

    def _source(self, path: str) -> Path:
        return self._root / path if path else self._root

    def _begin(self, path: str, to: str) -> Path:
        if to in self._written:
            raise FileExistsError(17, "Two files of the dataset would get this name", to)
        self._mentioned.add(path)
        self._written.add(to)
        target = self._place / to if to else self._place
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _keep(self, source: Path) -> None:
        with source.open("rb") as file:
            while block := file.read(_BLOCK):
                self._delta.write("bytes", block)

    def _done(self, target: Path, source: Path) -> None:
        shutil.copymode(source, target)
        self._delta.write("done", digest(source), digest(target))


class _Rewriting:
    """One file written from pieces. What follows a label table waits in a file of its own."""

    def __init__(self, target: Path, delta: DeltaWriter) -> None:
        self._target, self._delta = target, delta

    def run(self, pieces: Iterable[Piece]) -> str:
        """Write all pieces; the digest of the file."""
        rest = iter(pieces)
        seen = StreamDigest()
        try:
            with self._target.open("wb") as file:
                table = _written(rest, _Hashed(file, seen), self._delta)
                if table is not None:
                    self._after(table, rest, file)
        finally:
            found = seen.result()
        return found if table is None else digest(self._target)

    def _after(self, table: Table, rest: Iterator[Piece], file: IO[bytes]) -> None:
        """The table, once all that follows it is written elsewhere."""
        body = self._target.with_name(f"{self._target.name}.rest")
        told = self._target.with_name(f"{self._target.name}.told")
        try:
            with closing(DeltaWriter(told.open("wb"))) as delta:
                _Rewriting(body, delta).run(rest)
            _changed(Chunk(table.data, table.edits()), file, self._delta)
            with body.open("rb") as after:
                _append(after, file)
            self._delta.append(told)
        finally:
            for each in (body, told):
                each.unlink(missing_ok=True)


def _append(source: IO[bytes], file: IO[bytes]) -> None:
    """The whole of a file after another one, by the system if it can."""
    file.flush()
    left = os.fstat(source.fileno()).st_size
    while left:
        sent = os.sendfile(file.fileno(), source.fileno(), None, left)
        left -= sent


def _written(pieces: Iterator[Piece], file: _Sink, delta: DeltaWriter) -> Table | None:
    """Write pieces up to a label table."""
    same = 0
    for piece in pieces:
        if isinstance(piece, Chunk) and not piece.edits:
            file.write(piece.data)
            same += len(piece.data)
            continue
        if same:
            delta.write("same", same)
            same = 0
        if isinstance(piece, Table):
            return piece
        if isinstance(piece, Chunk):
            _changed(piece, file, delta)
        else:
            _ready(piece, file, delta)
    if same:
        delta.write("same", same)
    return None


def _changed(chunk: Chunk, file: _Sink, delta: DeltaWriter) -> None:
    """A chunk with its edits."""
    parts: list[bytes] = []
    starts: list[int] = []
    end = size = 0
    for edit in chunk.edits:
        _check(edit, end, len(chunk.data))
        before = chunk.data[end : edit.start]
        parts += before, edit.new
        starts.append(size + len(before))
        size += len(before) + len(edit.new)
        end = edit.end
    parts.append(chunk.data[end:])
    old = [chunk.data[each.start : each.end] for each in chunk.edits]
    lengths = [len(each.new) for each in chunk.edits]
    _ready(Ready(b"".join(parts), starts, lengths, old), file, delta)


def _check(edit: Edit, end: int, size: int) -> None:
    if not end <= edit.start <= edit.end <= size:
        raise ValueError(f"an edit at {edit.start} to {edit.end} after {end} of {size}")


def _ready(piece: Ready, file: _Sink, delta: DeltaWriter) -> None:
    file.write(piece.data)
    old = piece.old
    joined = old if isinstance(old, Joined) else Joined(b"".join(old), list(map(len, old)))
    delta.write(
        "piece",
        len(piece.data),
        numbers(piece.starts),
        numbers(piece.lengths),
        numbers(joined.lengths),
        joined.data,
    )


class _Hashed:
    """A file whose bytes are hashed as they are written."""

    def __init__(self, file: IO[bytes], seen: StreamDigest) -> None:
        self._file, self._seen = file, seen

    def write(self, data: bytes) -> None:
        """Some more bytes."""
        self._file.write(data)
        self._seen.update(data)


class _Sink(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> object:
        """Some more bytes."""


class Nowhere:
    """An output that is read from and written to nowhere, for a first look."""

    def rewrite(self, path: str, pieces: Iterable[Piece]) -> None:
        """Only the pieces are made."""
        for _ in pieces:
            pass

    def replace(self, path: str, new: bytes) -> None:
        """Nothing."""

    def add(self, path: str, new: bytes) -> None:
        """Nothing."""

    @contextmanager
    def writing(self, path: str) -> Iterator[Path]:
        """A path whose file is thrown away."""
        yield Path(os.devnull)

    def move(self, path: str, to: str) -> None:
        """Nothing."""

    def remove(self, path: str) -> None:
        """Nothing."""

    def copy(self, path: str) -> None:
        """Nothing."""

    def finish(self, paths: Sequence[str]) -> None:
        """Nothing."""
