"""The delta of a migration: what restores the input byte for byte, and what every label was.

The file is a run of Zstandard frames (RFC 8878) that hold MessagePack messages, each after its
length in 4 bytes: an array whose first element names it. The first is ``head``; every file that
differs has ``file``, then pieces, and ``done`` with the SHA-256 of both sides; ``trace`` tells of
changed labels, ``verdicts`` and ``origins`` of what its numbers mean, and ``tail`` closes it.
``docs/reference/delta.md`` specifies them. A delta without ``tail`` was cut off and is refused.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec
import zstandard

from cladist.datasets.records import Numbers, Verdict
from cladist.model.errors import UnreadableInput

FORMAT = "cladist-delta-1"
_LEVEL = 1
_BLOCK = 4 * 2**20


class DeltaWriter:
    """Writes messages. What is to come later in the file may be written before, to another one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._frame = zstandard.ZstdCompressor(level=_LEVEL).stream_writer(file, closefd=False)
        self._encoder = msgspec.msgpack.Encoder()

    def write(self, name: str, *content: Any) -> None:
        """One message."""
        message = self._encoder.encode((name, *content))
        self._frame.write(len(message).to_bytes(4, "big"))
        self._frame.write(message)

    def append(self, path: Path) -> None:
        """All that another writer has written to a file."""
        self._frame.flush(zstandard.FLUSH_FRAME)
        with path.open("rb") as other:
            shutil.copyfileobj(other, self._file, _BLOCK)

    def close(self) -> None:
        """End the frame and close the file."""
        self._frame.flush(zstandard.FLUSH_FRAME)
        self._frame.close()  # type: ignore[no-untyped-call]
        self._file.close()


def messages(path: Path) -> Iterator[list[Any]]:
    """The messages of a delta, in order; raises UnreadableInput where it is broken or cut off."""
    last: list[Any] = []
    try:
        for message in _unpacked(path):
            if not last and message[:2] != ["head", FORMAT]:
                raise UnreadableInput(f"{path.name} is no delta in the form {FORMAT}.")
            last = message
            yield message
    except (msgspec.DecodeError, zstandard.ZstdError) as error:
        raise UnreadableInput(f"{path.name} is damaged: {error}") from None
    if not last or last[0] != "tail":
        raise UnreadableInput(f"{path.name} was cut off: its end is missing.")


def _unpacked(path: Path) -> Iterator[list[Any]]:
    decoder = zstandard.ZstdDecompressor()
    with path.open("rb") as file, decoder.stream_reader(file, read_across_frames=True) as reader:
        while head := _read(reader, 4):
            yield msgspec.msgpack.decode(_read(reader, int.from_bytes(head, "big")), type=list[Any])


def _read(stream: Any, size: int) -> bytes:
    """So many bytes, or none at the end."""
    parts: list[bytes] = []
    while size:
        part = stream.read(size)
        if not part:
            if parts:
                raise msgspec.DecodeError("it ends inside a message")
            return b""
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def numbers(values: Numbers) -> bytes:
    """Whole numbers as 32-bit little-endian ones."""
    import numpy

    return numpy.asarray(values, dtype="<u4").tobytes()


def read_numbers(data: bytes, width: int = 4) -> list[int]:
    """The numbers of such bytes, or of others as wide as is said."""
    import numpy

    found: list[int] = numpy.frombuffer(data, dtype=f"<u{width}").tolist()
    return found


def plain(verdict: Verdict) -> list[Any]:
    """A verdict as a message has it."""
    return [verdict.source, verdict.target, verdict.fate.value, list(verdict.via)]
