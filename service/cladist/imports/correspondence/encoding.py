"""From the bytes of a table to its text, in the encoding that its owner names."""

from __future__ import annotations

import codecs

from cladist.model.errors import InvalidValue, UnreadableInput

ENCODINGS = frozenset(
    (
        *("ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "mac-roman", "koi8-r", "koi8-u"),
        *("cp437", "cp850", "cp852", "cp866", "cp874", "cp932", "cp949", "cp950"),
        *(f"cp{number}" for number in range(1250, 1259)),
        *(f"iso8859-{number}" for number in range(1, 17) if number != 12),
        *("gb18030", "gb2312", "gbk", "big5", "shift_jis", "euc_jp", "euc_kr"),
    )
)
"""The encodings that may be named, each under any of the aliases that Python knows for it."""

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAME_LENGTH = 32
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def text_of(data: bytes, encoding: str = "") -> str:
    """The text of a table, without its byte order mark.

    An encoding that is not named is UTF-8, or UTF-16 where a byte order mark says so; no other is
    ever guessed. Raises :class:`InvalidValue` for an encoding that is not in :data:`ENCODINGS`, and
    :class:`UnreadableInput` with line and column where the bytes are in another one.
    """
    if data.startswith(_PACKED):
        raise UnreadableInput("This is a workbook, not text; name its format, xlsx.")
    name = _known(encoding) if encoding else _marked(data)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(name, "replace")
        raise UnreadableInput(
            f"Byte 0x{data[error.start]:02X} is not {name.upper()} text. Name the encoding of the "
            "file, such as cp1252, or save it as UTF-8.",
            *_place(before),
        ) from None
    text = text.removeprefix("\ufeff")
    nul = text.find("\0")
    if nul >= 0:
        raise UnreadableInput("The file holds a NUL character.", *_place(text[:nul]))
    return text


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding[:_NAME_LENGTH]).name
    except (LookupError, ValueError):
        name = ""
    if name not in ENCODINGS:
        raise InvalidValue("encoding", "is not one that is read; name one such as cp1252.")
    return name


def _marked(data: bytes) -> str:
    return "utf-16" if data.startswith(_UTF_16) else "utf-8"


def _place(before: str) -> tuple[int, int]:
    """The line and the column that follow a text, counted from 1."""
    plain = before.removeprefix("\ufeff")
    return plain.count("\n") + 1, len(plain) - plain.rfind("\n")
