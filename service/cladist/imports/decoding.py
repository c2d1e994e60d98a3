"""From the bytes of a file to its text."""

from __future__ import annotations

from cladist.model.errors import UnreadableInput

BLANK = " \t\r\n\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What is trimmed: spaces and line ends, but no control character, since those are refused."""

_BOM = b"\xef\xbb\xbf"


def decoded(data: bytes) -> str:
    """The text of UTF-8 bytes, a byte order mark taken off; anything else is unreadable."""
    body = data.removeprefix(_BOM)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        start = body.rfind(b"\n", 0, error.start) + 1
        column = len(body[start : error.start].decode("utf-8")) + 1
        raise UnreadableInput("The file is not UTF-8 text.", line, column) from None
    place = text.find("\0")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        column = place - text.rfind("\n", 0, place)
        raise UnreadableInput("The file holds a NUL character.", line, column)
    return text
