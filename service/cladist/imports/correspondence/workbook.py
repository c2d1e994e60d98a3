"""The parts of an XLSX workbook (ECMA-376), unpacked within bounds and parsed without entities."""

from __future__ import annotations

import io
import posixpath
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cladist.imports.sketch import shown
from cladist.model.errors import BodyTooLarge, LimitExceeded, UnreadableInput

MEMBERS = 1_000
"""Parts of a workbook at most."""

UNPACKED = 128 << 20
"""Bytes of all parts at most, unpacked."""

RATIO = 200
"""How many times its size a part may unpack to, if that is over a megabyte."""

_SMALL = 1 << 20
_PIECE = 1 << 20  # large, since some releases of expat read an unfinished token anew each time
_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "The workbook is locked with a password; take that off."
_ENCRYPTED = 0x1  # the flag of an encrypted member (APPNOTE 4.4.4)
_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, ValueError, OSError, RuntimeError)
"""What a damaged archive makes the standard library raise; NotImplementedError is among them."""

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]


class Target(NamedTuple):
    """A part that another one refers to: the last word of the reference's type, and its name."""

    kind: str
    part: str


class Workbook:
    """An archive of parts; each is unpacked and parsed when it is asked for.

    Raises :class:`UnreadableInput` for what is no XLSX workbook, :class:`BodyTooLarge` and
    :class:`LimitExceeded` for one over the bounds, before anything is unpacked.
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(_OLE):
            old = "This is a workbook of the old kind (.xls); save it as .xlsx."
            raise UnreadableInput(_LOCKED if _PACKAGE in data else old)
        if data.count(_ENTRY) > MEMBERS:  # before a directory of millions is taken into memory
            raise LimitExceeded("the parts of a workbook", MEMBERS)
        try:
            self._archive = ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise UnreadableInput("This is not an XLSX workbook.") from None
        members = self._archive.infolist()
        _check(members)
        self._parts = {each.filename.lower(): each for each in members}

    def targets(self, part: str = "") -> dict[str, Target]:
        """What a part, or the workbook as a whole, refers to, by the id of the reference.

        References to the outside are left out; nothing is ever fetched.
        """
        folder, name = posixpath.split(part)
        found: dict[str, Target] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                place = posixpath.join("/", folder, attributes.get("Target", ""))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = Target(kind, posixpath.normpath(place)[1:])

        self.parse(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found

    def parse(self, part: str, start: Start) -> None:
        """Parse a part for the sake of its tags and attributes alone."""
        for _ in self.parsing(part, start, lambda tag: None, lambda text: None):
            pass

    def parsing(
        self, part: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]
    ) -> Iterator[None]:
        """Parse a part piece by piece, pausing after each; names come without namespaces.

        Raises :class:`UnreadableInput` for broken XML, and for a document type, which no workbook
        has: so no entity grows or names a file.
        """
        from xml.parsers import expat

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attributes: start(
            _local(name), {_local(key): value for key, value in attributes.items()}
        )
        parser.EndElementHandler = lambda name: end(_local(name))
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            for piece in self._pieces(part):
                parser.Parse(piece, False)
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise UnreadableInput(f"The workbook is damaged ({error}); save it anew.") from None

    def _pieces(self, part: str) -> Iterator[bytes]:
        """The bytes of a part; never more than the directory says, whatever is packed there."""
        info = self._parts.get(part.lower())
        if info is None:
            raise UnreadableInput(f"This is not an XLSX workbook: it lacks “{shown(part)}”.")
        try:
            with self._archive.open(info) as member:
                while piece := member.read(_PIECE):
                    yield piece
        except _BROKEN:
            raise UnreadableInput("The workbook is damaged; save it anew.") from None


def _check(members: list[ZipInfo]) -> None:
    """Refuse an archive by its directory: nothing is unpacked yet."""
    if sum(each.file_size for each in members) > UNPACKED:
        raise BodyTooLarge("the bytes of an unpacked workbook", UNPACKED)
    for each in members:
        if each.file_size > max(_SMALL, RATIO * each.compress_size):
            raise BodyTooLarge("how many times its size a part of a workbook unpacks to", RATIO)
        if each.flag_bits & _ENCRYPTED:
            raise UnreadableInput(_LOCKED)
        if each.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UnreadableInput("The workbook is packed in an unusual way; save it anew.")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_: object) -> None:
    raise UnreadableInput("The workbook declares a document type, which none needs.")
