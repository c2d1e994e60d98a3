"""SHA-256 of what is read and written, worked out beside the work itself."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from threading import Thread

_SMALL = 4 * 2**20
"""Bytes up to which it is not worth a thread."""

_WAITING = 8


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_SMALL):  # in large ones, so that a thread seldom waits for others
            found.update(block)
    return found.hexdigest()


class FileDigest:
    """The digest of a file that nobody changes meanwhile; of a large one in a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool: ThreadPoolExecutor | None = None
        self._found: Future[str] | None = None
        if path.stat().st_size > _SMALL:
            self._pool = ThreadPoolExecutor(1)
            self._found = self._pool.submit(digest, path)

    def result(self) -> str:
        """The digest, as soon as it is known."""
        if self._found is None or self._pool is None:
            return digest(self._path)
        found = self._found.result()
        self._pool.shutdown()
        return found


class StreamDigest:
    """The digest of bytes that come one after the other; of many of them in a thread."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._size = 0
        self._queue: Queue[bytes | None] = Queue(_WAITING)
        self._thread: Thread | None = None

    def update(self, data: bytes) -> None:
        """Some more bytes."""
        self._size += len(data)
        if self._thread is not None:
            self._queue.put(data)
            return
        self._hash.update(data)
        if self._size > _SMALL:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while (data := self._queue.get()) is not None:
            self._hash.update(data)

    def result(self) -> str:
        """The digest of all of them."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None
        return self._hash.hexdigest()
