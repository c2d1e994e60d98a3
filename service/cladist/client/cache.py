"""Answers kept on disk, for many processes at once and for times without the service (RFC 9111).

Each answer is a file of its own: a line of JSON that says what it is an answer to, then the body.
Files are written beside and renamed, so nobody reads half of one; one that is damaged is as good as
none. Only what the service calls immutable is given without asking; all else is asked about anew.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from cladist.client.operation import Reply

BOUND = 256 * 2**20
"""Bytes that the answers of one folder may take."""
_SUFFIX, _PART = ".answer", ".part"
_ABANDONED = 3_600
"""Seconds after which a file that nobody finished is removed."""
_HEADERS = ("cache-control", "content-type", "etag")
_AGE = re.compile(r"\bmax-age=(\d{1,10})")


class CacheUnusable(UserWarning):
    """Answers cannot be kept, such as on a full disk; all else goes on."""


class StaleAnswer(UserWarning):
    """The service is away; what it answered before is given in place of an answer."""


class _Head(msgspec.Struct, frozen=True):
    """What stands before the body."""

    url: str
    date: float
    """Seconds since 1970 when the service last said so."""
    headers: dict[str, str]
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was kept, and when the service last gave or confirmed it."""

    reply: Reply
    date: float

    @property
    def tag(self) -> str:
        """The entity tag to ask about it with; empty where there is none."""
        return self.reply.headers.get("etag", "")

    def final(self, now: float) -> bool:
        """Whether it may be given without asking (RFC 8246)."""
        control = self.reply.headers.get("cache-control", "")
        age = _AGE.search(control)
        return "immutable" in control and age is not None and now < self.date + int(age[1])


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of answers, the least recently used of which go when they are too many."""

    folder: Path
    bound: int = BOUND

    def get(self, url: str) -> Kept | None:
        """The answer that was kept for a URL."""
        path = self._path(url)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        kept = _decoded(data, url)
        if kept is not None:
            _touch(path)
        return kept

    def put(self, url: str, reply: Reply) -> None:
        """Keep an answer, unless it would push most others out."""
        headers = {name: reply.headers[name] for name in _HEADERS if name in reply.headers}
        digest = hashlib.sha256(reply.body).hexdigest()
        head = msgspec.json.encode(_Head(url, time.time(), headers, digest))
        data = b"\n".join((head, reply.body))
        if len(data) * 4 > self.bound:
            return
        try:
            self._write(self._path(url), data)
            self._trim()
        except OSError as error:
            said = f"{self.folder} cannot be written, answers are not kept: {error.strerror}"
            warnings.warn(said, CacheUnusable, stacklevel=2)

    def _path(self, url: str) -> Path:
        return self.folder / (hashlib.sha256(url.encode()).hexdigest() + _SUFFIX)

    def _write(self, path: Path, data: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(suffix=_PART, dir=self.folder)
        try:
            with open(number, "wb") as file:
                file.write(data)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _trim(self) -> None:
        """Remove what was used longest ago until the rest fits, and what nobody finished."""
        found = sorted(self._files())
        excess = sum(size for _, size, _ in found) - self.bound
        for used, size, path in found:
            unfinished = path.suffix == _PART
            if excess > 0 if not unfinished else time.time() - used > _ABANDONED:
                path.unlink(missing_ok=True)
                excess -= size

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        for each in os.scandir(self.folder):
            if each.name.endswith((_SUFFIX, _PART)):
                try:
                    status = each.stat()
                except FileNotFoundError:  # another process removed it
                    continue
                yield status.st_mtime, status.st_size, Path(each.path)


def _decoded(data: bytes, url: str) -> Kept | None:
    head, _, body = data.partition(b"\n")
    try:
        known = msgspec.json.decode(head, type=_Head)
    except msgspec.DecodeError:
        return None
    if known.url != url or known.sha256 != hashlib.sha256(body).hexdigest():
        return None
    return Kept(Reply(200, known.headers, body), known.date)


def _touch(path: Path) -> None:
    try:
        os.utime(path)
    except OSError:
        return  # a folder that others filled for reading only does as well


def user_folder() -> Path | None:
    """Where this user's programs keep such files; none for a user without a home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(given):
        return Path(given) / "cladist"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "cladist"
