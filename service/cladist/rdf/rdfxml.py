"""What RDF/XML needs around pyoxigraph's parser (XML 1.0; RDF 1.1 XML Syntax)."""

from __future__ import annotations

import re
from xml.parsers import expat

from cladist.model.errors import UnreadableInput

_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
# In a well-formed document without a DOCTYPE these three stand for themselves and do not overlap.
_MARKUP = re.compile(rb"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?(?!xml\s).*?\?>", re.DOTALL)
_ROOT = re.compile(rb"<[^!?][^>]*>")
_NAMESPACE = re.compile(rb"""\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_VALUE = re.compile(r"error while parsing (?:IRI|language tag) '(.*?)'", re.DOTALL)
_TEXT_EVENT = "Unexpected text event"


def prepared(data: bytes) -> bytes:
    """The document with the line ends that XML prescribes (XML 1.0, section 2.11).

    Raises UnreadableInput when it has a document type declaration: entities can grow without
    bound and can name files.
    """
    found = _DOCTYPE.search(data)
    if found:
        line, column = position(data, found.start())
        raise UnreadableInput(
            "RDF/XML with a document type declaration (DOCTYPE) is not accepted; write the"
            " entities out.",
            line,
            column,
        )
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def without_markup(data: bytes, message: str) -> bytes | None:
    """The document with CDATA as plain text and no comments, if that is what the parser misses.

    pyoxigraph takes the text of a literal in one piece only. None when ``message`` is about
    something else or the document is not well formed.
    """
    if not message.startswith(_TEXT_EVENT) or _flaw(data) is not None:
        return None
    return _MARKUP.sub(_as_text, data)


def _as_text(found: re.Match[bytes]) -> bytes:
    text = found[1] or b""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def place(data: bytes, message: str) -> tuple[int, int] | None:
    """Line and column of what the parser complains of, which it does not tell itself."""
    flaw = _flaw(data)
    if flaw is not None:
        return flaw.lineno, flaw.offset + 1
    named = _VALUE.search(message)
    start = data.lower().find(f'"{named[1]}"'.lower().encode()) if named else -1
    return position(data, start + 1) if start >= 0 else None


def _flaw(data: bytes) -> expat.ExpatError | None:
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        return error
    return None


def position(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of the byte at ``offset``; columns count characters."""
    start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[start:offset].decode("utf-8", "replace"))
    return data.count(b"\n", 0, offset) + 1, column + 1


def prefixes(data: bytes) -> dict[str, str]:
    """The namespaces that the root element declares."""
    root = _ROOT.search(data)
    return {
        prefix.decode(): (double or single).decode()
        for prefix, double, single in (_NAMESPACE.findall(root[0]) if root else ())
    }
