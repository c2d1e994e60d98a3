"""PNG (ISO/IEC 15948) with one number a pixel: read and written again with all its other chunks."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any, NamedTuple

from cladist.model.errors import LimitExceeded, UnreadableInput

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, PALETTE = 0, 3
_MOST = 2**28
"""Pixels of one image."""


class Png(NamedTuple):
    """An image: its size, the bits of a pixel, how they mean a colour, and its chunks in order."""

    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool
    chunks: tuple[tuple[bytes, bytes], ...]
    data: bytes
    """The whole file."""

    @property
    def palette(self) -> bytes:
        """Three bytes for each colour; empty where there is no palette."""
        return next((content for name, content in self.chunks if name == b"PLTE"), b"")


def parsed(data: bytes, name: str) -> Png:
    """The image in a file; raises UnreadableInput, and LimitExceeded for a huge one."""
    chunks = tuple(_chunks(data, name))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise UnreadableInput(f"{name} is no PNG image.")
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", chunks[0][1])
    if width * height > _MOST:
        raise LimitExceeded(f"pixels of {name}", _MOST)
    return Png(width, height, depth, colour, bool(interlace), chunks, data)


def _chunks(data: bytes, name: str) -> list[tuple[bytes, bytes]]:
    if not data.startswith(SIGNATURE):
        raise UnreadableInput(f"{name} is no PNG image.")
    found, place = [], len(SIGNATURE)
    while place < len(data):
        head = data[place : place + 8]
        size = int.from_bytes(head[:4], "big")
        content = data[place + 8 : place + 8 + size]
        mark = data[place + 8 + size : place + 12 + size]
        if len(head) < 8 or len(content) < size or len(mark) < 4:
            raise UnreadableInput(f"{name} is cut off (byte {place}).")
        if int.from_bytes(mark, "big") != zlib.crc32(content, zlib.crc32(head[4:])):
            raise UnreadableInput(f"{name} is damaged (byte {place}).")
        found.append((head[4:], content))
        place += 12 + size
        if head[4:] == b"IEND":
            return found
    raise UnreadableInput(f"{name} is cut off (byte {len(data)}).")


def pixels(image: Png, name: str) -> Any:
    """The numbers of an image, rows of columns, 8 or 16 bits each (a numpy array)."""
    if image.colour not in (GREY, PALETTE):
        raise UnreadableInput(
            f"{name} has colours in place of numbers: save it with a palette, or as grey values."
        )
    plain = None if image.interlaced or image.depth < 8 else _unfiltered(image, name)
    return _decoded(image, name) if plain is None else plain


def _unfiltered(image: Png, name: str) -> Any:
    """The numbers where no row is filtered; none where one is."""
    import numpy

    size = image.depth // 8
    packed = b"".join(content for kind, content in image.chunks if kind == b"IDAT")
    wanted = image.height * (1 + image.width * size)
    decoder = zlib.decompressobj()
    try:
        raw = decoder.decompress(packed, wanted)
    except zlib.error:
        raise UnreadableInput(f"{name} is damaged: its pixels cannot be unpacked.") from None
    if len(raw) != wanted:
        raise UnreadableInput(f"{name} is cut off: pixels are missing.")
    rows = numpy.frombuffer(raw, dtype=numpy.uint8).reshape(image.height, -1)
    if rows[:, 0].any():
        return None
    if size == 1:
        return rows[:, 1:]
    return numpy.ascontiguousarray(rows[:, 1:]).view(">u2").astype(numpy.uint16)


def _decoded(image: Png, name: str) -> Any:
    """The numbers by way of a library, which undoes filters and interlacing."""
    import numpy
    from PIL import Image

    try:
        with Image.open(io.BytesIO(image.data)) as picture:
            picture.load()
            found = numpy.asarray(picture)
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableInput(f"{name} is damaged: {error}") from None
    if image.colour == GREY and image.depth < 8:
        if found.dtype == bool:
            return found.astype(numpy.uint8)
        return found // (255 // (2**image.depth - 1))  # the library stretches them to 8 bits
    return found.astype(numpy.uint16 if image.depth == 16 else numpy.uint8)


def encoded(image: Png, numbers: Any, level: int, palette: bytes) -> bytes:
    """The file with other numbers, all other chunks as they were.

    Numbers of 8 bits are written with 8, those of 16 with 16; never interlaced.
    """
    import numpy

    depth = 8 * numbers.dtype.itemsize
    rows = numpy.zeros((image.height, 1 + image.width * numbers.dtype.itemsize), dtype=numpy.uint8)
    if depth == 8:
        rows[:, 1:] = numbers
    else:
        rows[:, 1:] = numbers.astype(">u2").view(numpy.uint8).reshape(image.height, -1)
    header = struct.pack(">IIBBBBB", image.width, image.height, depth, image.colour, 0, 0, 0)
    body = zlib.compress(rows.data, level)
    parts = [SIGNATURE]
    written = False
    for name, content in image.chunks:
        if name == b"IHDR":
            parts.append(_chunk(name, header))
        elif name == b"PLTE":
            parts.append(_chunk(name, palette))
        elif name != b"IDAT":
            parts.append(_chunk(name, content))
        elif not written:
            parts.append(_chunk(name, body))
            written = True
    return b"".join(parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    mark = zlib.crc32(content, zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", mark)
