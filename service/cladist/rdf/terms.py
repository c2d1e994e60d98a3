"""RDF terms as the tokens of canonical N-Triples (RDF 1.2 N-Triples, section 4)."""

from __future__ import annotations

import re
from typing import NamedTuple

from cladist.rdf.namespaces import XSD

_ESCAPES = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
} | {chr(code): f"\\u{code:04X}" for code in (*range(8), 0x0B, *range(0x0E, 0x20), 0x7F)}
_SPECIAL = re.compile('[\x00-\x1f\x7f"\\\\]')
_ESCAPED = re.compile(r"\\(?:u([0-9A-F]{4})|(.))")
_WEB_IRI = re.compile(r'https?://[^\x00-\x20<>"{}|\\^`\x7f-\x9f]+')
_PLAIN = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


class Literal(NamedTuple):
    """A literal's lexical form, language tag and datatype IRI (both empty for a plain string)."""

    value: str
    language: str
    datatype: str


def iri(value: str) -> str:
    """The token of an IRI."""
    return f"<{value}>"


def is_iri(token: str) -> bool:
    """Whether the token is an IRI."""
    return token[0] == "<"


def is_web_iri(value: str) -> bool:
    """Whether a text is an http or https IRI and nothing else."""
    return _WEB_IRI.fullmatch(value) is not None


def text(value: str, language: str = "") -> str:
    """The token of a string, with its language tag if it has one."""
    if _SPECIAL.search(value):
        value = _SPECIAL.sub(lambda found: _ESCAPES[found.group()], value)
    return f'"{value}"@{language}' if language else f'"{value}"'


def typed(value: str, datatype: str) -> str:
    """The token of a literal with a datatype."""
    return f"{text(value)}^^<{datatype}>"


def integer(value: int) -> str:
    """The token of an ``xsd:integer``."""
    return f'"{value}"^^<{XSD}integer>'


def boolean(value: bool) -> str:
    """The token of an ``xsd:boolean``."""
    return f'"{"true" if value else "false"}"^^<{XSD}boolean>'


def literal(token: str) -> Literal:
    """What a literal's token says."""
    end = token.rfind('"')
    value, mark = unescaped(token[1:end]), token[end + 1 :]
    if mark.startswith("@"):
        return Literal(value, mark[1:], "")
    return Literal(value, "", mark[3:-1])


def unescaped(value: str) -> str:
    """The text that an escaped one stands for."""
    return _ESCAPED.sub(_unescape, value) if "\\" in value else value


def _unescape(found: re.Match[str]) -> str:
    code, letter = found.groups()
    return chr(int(code, 16)) if code else _PLAIN.get(letter, letter)


def split(line: str) -> tuple[str, str, str, str]:
    """Subject, predicate, object and graph of one canonical N-Quads line, graph often empty."""
    subject, predicate, rest = line.split(" ", 2)
    token = rest[: rest.rindex(" .")]
    if token[-1] != ">":
        return subject, predicate, token, ""
    cut = token.rfind(" ", 0 if token[0] == "<" else token.rindex('"'))
    if cut < 0:
        return subject, predicate, token, ""
    return subject, predicate, token[:cut], token[cut + 1 :]
