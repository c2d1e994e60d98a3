"""One statement as a canonical N-Quads line: taken apart, and its literals quoted and unquoted."""

from __future__ import annotations

import re
from typing import NamedTuple

_IRI = rb"<[^<>]*>"
_NODE = rb"(?:" + _IRI + rb"|_:[^ ]+)"
_LITERAL = rb'"[^"\\]*(?:\\.[^"\\]*)*"(?:@[^ ]+|\^\^' + _IRI + rb")?"
_STATEMENT = re.compile(
    rb"(%b) (%b) (%b|%b) (?:(%b) )?\.\n" % (_NODE, _IRI, _NODE, _LITERAL, _NODE), re.DOTALL
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
# Canonical N-Triples (RDF 1.2 N-Triples, section 3): short escapes where there are any, \uXXXX
# for other controls and for the two noncharacters that some tools choke on, nothing else.
_QUOTED = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)},
    **{ord(char): "\\" + letter for letter, char in _SHORT.items()},
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}


class Statement(NamedTuple):
    """The terms of one line as they stand in it; ``graph`` is empty in the default graph."""

    subject: bytes
    predicate: bytes
    object: bytes
    graph: bytes

    def line(self) -> bytes:
        """The canonical line, newline included."""
        terms = self if self.graph else self[:3]
        return b" ".join(terms) + b" .\n"


def statement(line: bytes) -> Statement | None:
    """The terms of a canonical line; None when it holds something else, such as a triple term."""
    found = _STATEMENT.fullmatch(line)
    return Statement(*found.groups(default=b"")) if found else None


def literal(term: bytes) -> tuple[str, bytes]:
    """The lexical form of a literal term, unescaped, and its ``@tag``, ``^^<type>`` or nothing."""
    end = term.rindex(b'"')
    return _ESCAPE.sub(_unescape, term[1:end].decode()), term[end + 1 :]


def quote(lexical: str) -> bytes:
    """The lexical form in quotes, escaped as canonical N-Triples does."""
    return f'"{lexical.translate(_QUOTED)}"'.encode()


def _unescape(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        return chr(int(code, 16))
    return _SHORT.get(found[3], found[3])
