"""Datasets in archives: unpacked to a folder with care, and packed again as they were.

zip, tar, and tar or single files under gzip or Zstandard. Nothing is written outside of the folder,
links and devices are refused, and so is what grows beyond its limits.
"""

from __future__ import annotations

import gzip
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from cladist.model.errors import LimitExceeded, UnreadableInput

_BLOCK = 2**20
_FREE = 64 * 2**20
"""Bytes that an archive may unpack to whatever its size."""

_TARS = (".tar", ".tar.gz", ".tgz", ".tar.zst")
_SINGLE = {".gz": "gzip", ".zst": "zstd"}
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far an archive may grow: bytes in all, files, and bytes for each byte of its own."""

    size: int = 2**40
    files: int = 5_000_000
    ratio: int = 1_000


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive as packing needs it; ``method`` and ``level`` are of zip alone."""

    name: str
    date: tuple[int, int, int, int, int, int] = _EPOCH
    mode: int = 0
    method: int = zipfile.ZIP_DEFLATED
    mtime: int = 0


def is_archive(path: Path) -> bool:
    """Whether the name is that of an archive or of a compressed file."""
    name = path.name.lower()
    return path.is_file() and name.endswith((".zip", *_TARS, *_SINGLE))


def unpacked(path: Path, folder: Path, bounds: Bounds) -> tuple[Path, list[Member]]:
    """Unpack into an empty folder: the root of the dataset in it, and all members in order.

    The root is the only file, or the only folder at the top, else the folder itself. Raises
    UnreadableInput and LimitExceeded with the name of the member.
    """
    name = path.name.lower()
    meter = _Meter(path, bounds)
    try:
        if name.endswith(".zip"):
            members = list(_from_zip(path, folder, meter))
        elif name.endswith(_TARS):
            members = list(_from_tar(path, folder, meter))
        else:
            members = list(_from_single(path, folder, meter))
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, OSError, RuntimeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise UnreadableInput(f"{path.name} is damaged: {error}") from None
    return _root(folder), members


class _Meter:
    """Counts what is unpacked and refuses too much of it."""

    def __init__(self, path: Path, bounds: Bounds) -> None:
        self._path, self._bounds = path, bounds
        self._size = path.stat().st_size
        self._done = self._files = 0
        self._seen: set[str] = set()

    def place(self, folder: Path, name: str) -> Path:
        """Where a member goes; refuses names that lead elsewhere or come twice."""
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise UnreadableInput(f"{self._path.name} has a file that leads elsewhere: {name}")
        known = "/".join(parts).casefold()
        if known in self._seen:
            raise UnreadableInput(f"{self._path.name} has {name} twice, case apart.")
        self._seen.add(known)
        self._files += 1
        if self._files > self._bounds.files:
            raise LimitExceeded(f"files in {self._path.name}", self._bounds.files)
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def copy(self, source: IO[bytes], target: Path, name: str) -> None:
        """The content of a member."""
        with target.open("xb") as file:
            while block := source.read(_BLOCK):
                self._done += len(block)
                allowed = max(_FREE, self._size * self._bounds.ratio)
                if self._done > min(allowed, self._bounds.size):
                    raise LimitExceeded(
                        f"bytes that {self._path.name} unpacks to (at {name})",
                        min(allowed, self._bounds.size),
                    )
                file.write(block)


def _from_zip(path: Path, folder: Path, meter: _Meter) -> Iterator[Member]:
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            mode = info.external_attr >> 16
            if info.is_dir():
                continue
            if mode and (mode & 0o170000) not in (0, 0o100000):
                raise UnreadableInput(f"{path.name} has a link or a device: {info.filename}")
            if info.flag_bits & 1:
                raise UnreadableInput(f"{path.name} is encrypted: unpack it yourself.")
            target = meter.place(folder, info.filename)
            with archive.open(info) as source:
                meter.copy(source, target, info.filename)
            yield Member(info.filename, info.date_time, info.external_attr, info.compress_type)


def _from_tar(path: Path, folder: Path, meter: _Meter) -> Iterator[Member]:
    with _stream(path) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            if info.isdir():
                continue
            if not info.isreg():
                raise UnreadableInput(f"{path.name} has a link or a device: {info.name}")
            target = meter.place(folder, info.name)
            source = archive.extractfile(info)
            assert source is not None, "a plain file has content"
            meter.copy(source, target, info.name)
            yield Member(info.name, mode=info.mode, mtime=int(info.mtime))


@contextmanager
def _stream(path: Path) -> Iterator[IO[bytes]]:
    """The content of a file, unpacked if its name says that it is compressed."""
    name = path.name.lower()
    with path.open("rb") as file:
        if name.endswith((".gz", ".tgz")):
            with gzip.open(file) as stream:
                yield stream  # type: ignore[misc]
        elif name.endswith(".zst"):
            import zstandard

            with zstandard.ZstdDecompressor().stream_reader(file) as reader:
                yield reader
        else:
            yield file


def _from_single(path: Path, folder: Path, meter: _Meter) -> Iterator[Member]:
    name = path.name.rpartition(".")[0]
    with _stream(path) as stream:
        meter.copy(stream, meter.place(folder, name), name)
    yield Member(name)


def _root(folder: Path) -> Path:
    found = sorted(folder.iterdir())
    files = [each for each in found if each.name != "__MACOSX"]
    return files[0] if len(files) == 1 else folder


def packed(folder: Path, path: Path, like: str, members: list[Member]) -> None:
    """Pack a folder: known members first, in their order and manner, then new ones by name.

    ``like`` is the name of the archive, by which its kind is known.
    """
    name = like.lower()
    known = {each.name: each for each in members}
    there = sorted(
        each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()
    )
    order = [each for each in known if each in set(there)]
    every = [known.get(each, Member(each)) for each in dict.fromkeys((*order, *there))]
    if name.endswith(".zip"):
        _to_zip(folder, path, every)
    elif name.endswith(_TARS):
        _to_tar(folder, path, name, every)
    else:
        _to_single(folder, path, name, every)


def _to_zip(folder: Path, path: Path, members: list[Member]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for each in members:
            info = zipfile.ZipInfo(each.name, each.date)
            info.external_attr, info.compress_type = each.mode or 0o644 << 16, each.method
            with archive.open(info, "w", force_zip64=False) as target:
                _copy(folder / each.name, target)


def _to_tar(folder: Path, path: Path, name: str, members: list[Member]) -> None:
    with _writer(path, name) as stream, tarfile.open(fileobj=stream, mode="w|") as archive:
        for each in members:
            info = tarfile.TarInfo(each.name)
            info.size = (folder / each.name).stat().st_size
            info.mode, info.mtime = each.mode or 0o644, each.mtime
            with (folder / each.name).open("rb") as source:
                archive.addfile(info, source)


def _to_single(folder: Path, path: Path, name: str, members: list[Member]) -> None:
    if len(members) != 1:
        raise UnreadableInput(f"{path.name} holds one file, and there are {len(members)} now.")
    with _writer(path, name) as stream:
        _copy(folder / members[0].name, stream)


@contextmanager
def _writer(path: Path, name: str) -> Iterator[IO[bytes]]:
    with path.open("wb") as file:
        if name.endswith((".gz", ".tgz")):
            with gzip.GzipFile("", "wb", 6, file, mtime=0) as stream:
                yield stream  # type: ignore[misc]
        elif name.endswith(".zst"):
            import zstandard

            with zstandard.ZstdCompressor().stream_writer(file, closefd=False) as writer:
                yield writer
        else:
            yield file


def _copy(source: Path, target: IO[bytes]) -> None:
    with source.open("rb") as file:
        shutil.copyfileobj(file, target, _BLOCK)
