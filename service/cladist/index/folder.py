"""Indexes kept as files beside the store, so that no start of the service makes them again."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from cladist.index.storing import from_bytes, to_bytes
from cladist.index.version_index import VersionIndex
from cladist.model.errors import UnreadableInput

MOST = 8
"""Files kept; the least recently used ones go first."""


class IndexFolder:
    """A folder of indexes by the digest of their content: a cache, which may be deleted any time.

    A file that is missing, damaged or of another form counts as absent; one that cannot be written
    is not kept. Any number of processes may share the folder.
    """

    def __init__(self, folder: Path, *, most: int = MOST) -> None:
        self._folder, self._most = folder, most

    def load(self, sha: str) -> VersionIndex | None:
        """The index of the content with this digest, if it is kept."""
        import zstandard

        path = self._path(sha)
        try:
            index = from_bytes(zstandard.decompress(path.read_bytes()))
            os.utime(path)
        except (OSError, UnreadableInput, zstandard.ZstdError):
            return None
        return index

    def keep(self, sha: str, index: VersionIndex) -> None:
        """Keep the index of the content with this digest, and let the oldest go."""
        import zstandard

        data = zstandard.compress(to_bytes(index), 3)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(self._path(sha))
            for old in self._by_use()[self._most :]:
                old.unlink(missing_ok=True)

    def _path(self, sha: str) -> Path:
        return self._folder / f"{sha}.index"

    def _by_use(self) -> list[Path]:
        files = self._folder.glob("*.index")
        return sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)
