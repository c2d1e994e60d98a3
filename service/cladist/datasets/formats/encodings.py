"""Texts of a dataset in the encoding that it is in; what cannot be read or written is refused."""

from __future__ import annotations

import codecs

from cladist.model.errors import InvalidValue, UnreadableInput

_ASCII = "".join(map(chr, range(128)))


def encoding_of(name: str) -> str:
    """The encoding of that name, UTF-8 without one.

    Raises InvalidValue where it is unknown, or where letters of ASCII are not one byte each: then
    no bytes can be told to be a delimiter.
    """
    try:
        found = codecs.lookup(name or "utf-8").name
        plain = _ASCII.encode(found) == _ASCII.encode("ascii")
    except (LookupError, UnicodeError):
        raise InvalidValue(
            "encoding", f"“{name}” is unknown; latin-1 is one, for example."
        ) from None
    if found == "utf-8-sig":  # the mark at the start is looked for anyway
        return "utf-8"
    if not plain:
        raise InvalidValue("encoding", f"files in {name} cannot be followed: save it as UTF-8.")
    return found


def read(data: bytes, encoding: str, line: int) -> str:
    """What bytes say; raises UnreadableInput."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableInput(f"This line is not in {encoding}.", line) from None


def write(text: str, encoding: str) -> bytes:
    """A text as bytes; raises InvalidValue."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        raise InvalidValue(
            "encoding", f"“{text}” cannot be written in {encoding}: save the dataset as UTF-8."
        ) from None
