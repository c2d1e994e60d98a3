"""A dataset that lies in an archive: unpacked for a migration, packed again, and taken back."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from cladist.datasets.archives import Bounds, Member, is_archive, packed, unpacked
from cladist.datasets.delta import DeltaWriter, messages
from cladist.datasets.hashing import digest
from cladist.datasets.lock import NAME
from cladist.model.errors import ChangedSince, UnreadableInput

_BLOCK = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An archive, the folder to which it was unpacked, and the root of the dataset in it."""

    archive: Path
    folder: Path
    root: Path
    members: list[Member]

    @classmethod
    def of(cls, source: Path, folder: Path) -> Unpacked | None:
        """The archive unpacked; none when the dataset is no archive."""
        if not is_archive(source):
            return None
        root, members = unpacked(source, folder, Bounds())
        return cls(source, folder, root, members)

    def tell(self, delta: DeltaWriter) -> None:
        """Say in the delta how to pack the same archive, or keep it if that is not to be had."""
        again = self.folder.with_name("again")
        packed(self.folder, again, self.archive.name, self.members)
        same = digest(again) == digest(self.archive)
        again.unlink()
        members = [
            [each.name, each.date, each.mode, each.method, each.mtime] for each in self.members
        ]
        root = self.root.relative_to(self.folder).as_posix()
        delta.write("archive", self.archive.name, digest(self.archive), root, members, same)
        if not same:
            with self.archive.open("rb") as file:
                while block := file.read(_BLOCK):
                    delta.write("kept", block)

    def pack(self, data: Path) -> None:
        """Pack what was written in place of the root; ``data`` becomes the archive."""
        _exchange(self.root, data)
        packed(self.folder, data, self.archive.name, self.members)


def _exchange(root: Path, data: Path) -> None:
    """Put a file or a folder where another one was."""
    if data.is_file():
        root.unlink()
        os.rename(data, root)
        return
    for each in list(root.iterdir()):
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()
    for each in data.iterdir():
        os.rename(each, root / each.name)
    data.rmdir()


@dataclass(frozen=True, slots=True)
class Archive:
    """What a delta says of the archive in which a dataset lay."""

    name: str
    digest: str
    root: str
    members: list[Member]
    repacks: bool

    def kept(self, delta: Path, to: Path) -> bool:
        """Write the archive itself, if the delta has it."""
        if self.repacks:
            return False
        with to.open("wb") as file:
            for message in messages(delta):
                if message[0] == "kept":
                    file.write(message[1])
        self._check(to)
        return True

    def unpack(self, output: Path, folder: Path) -> Path:
        """Unpack the migrated archive: the root of the dataset in it."""
        unpacked(output, folder, Bounds())
        root = folder if self.root == "." else folder / self.root
        if not root.exists():
            raise ChangedSince(output.name)
        (root / NAME).unlink(missing_ok=True)
        return root

    def pack(self, folder: Path, root: Path, inside: Path, to: Path) -> None:
        """Pack the restored dataset as it was."""
        _exchange(root, inside)
        packed(folder, to, self.name, self.members)
        self._check(to)

    def _check(self, to: Path) -> None:
        if digest(to) != self.digest:
            raise UnreadableInput(f"{self.name} does not come out as it was: the delta is wrong.")


def archive_of(delta: Path) -> Archive | None:
    """What the delta says of an archive; none when the dataset lay in none."""
    told = messages(delta)
    next(told)
    message = next(told)
    if message[0] != "archive":
        return None
    _, name, sha, root, members, repacks = message
    every = [Member(each[0], (*each[1],), each[2], each[3], each[4]) for each in members]
    return Archive(name, sha, root, every, repacks)
