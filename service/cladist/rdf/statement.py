"""One line of N-Quads as the parser's writer leaves it, blank nodes and all, taken apart."""

from __future__ import annotations

import re

Statement = tuple[str, str, str, str]
"""Subject, predicate, object and graph tokens; the graph is empty in the default graph."""

_IRI = "<[^<>]*>"
_NODE = f"(?:{_IRI}|_:[^ ]+)"
_LITERAL = rf'"[^"\\]*(?:\\.[^"\\]*)*"(?:@[^ ]+|\^\^{_IRI})?'
_LINE = re.compile(rf"({_NODE}) ({_IRI}) ({_NODE}|{_LITERAL})(?: ({_NODE}))? \.\n")


def statement(line: bytes) -> Statement | None:
    """The tokens of a line; None when it holds a triple term."""
    found = _LINE.fullmatch(line.decode())
    return (found[1], found[2], found[3], found[4] or "") if found else None


def line(statement: Statement) -> bytes:
    """The line of a statement."""
    return f"{' '.join(filter(None, statement))} .\n".encode()
