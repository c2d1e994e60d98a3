"""Which statements may enter: every term of a parsed document is legal, bounded and NFC.

The work is done on the text as a whole, by searches for what would be wrong. Only the lines they
point at are taken apart, to see whether something is wrong indeed and to say where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category, is_normalized, name, normalize

from cladist.model.errors import InvalidValue, UnreadableInput
from cladist.rdf import terms
from cladist.rdf.limits import Limits
from cladist.rdf.statement import Statement, line, statement

# Schemes that run code or read local files when a page links to them. All others are kept:
# vocabularies point to mailto:, tel:, doi:, info:, tag: and the like. Which schemes may name a
# class is a matter of cladist.model.identifiers.
DANGEROUS_SCHEMES = ("javascript", "vbscript", "data", "file", "blob")

# Each pattern with strings of which a text must hold one for the pattern to be worth trying.
_SUSPECT = (
    (
        re.compile(rb"<(?:<\(|(?:%b):)" % "|".join(DANGEROUS_SCHEMES).encode(), re.IGNORECASE),
        (b"<",),
    ),
    # A control character or noncharacter as the N-Quads writer escapes it, after an even number
    # of backslashes.
    (re.compile(rb"(?<!\\)(?:\\\\)*\\[ubf]"), (b"\\",)),
    (re.compile(rb'"@[A-Za-z0-9-]*--'), (b"--ltr ", b"--rtl ")),
)
# In UTF-8: C1 controls; noncharacters in the middle of the BMP; what all others end in.
_UNWANTED = (
    re.compile(rb"\xc2[\x80-\x9f]"),
    re.compile(rb"\xef\xb7[\x90-\xaf]"),
    re.compile(rb"\xbf[\xbe\xbf]"),
)
_FOREIGN_HOST = re.compile(rb"<[Hh][Tt][Tt][Pp][Ss]?://[^/>?# ]*[\x80-\xff]")
_BIDI = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
_IMPORTS = b" <http://www.w3.org/2002/07/owl#imports> <"
_ALIKE = ("LATIN", "CYRILLIC", "GREEK")
_CHUNK = 10_000


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about a document that was accepted.

    ``kind`` is one word for programs, ``count`` how many statements, keys or nodes it is about.
    """

    kind: str
    message: str
    count: int = 1


def screen(text: bytes, lines: list[bytes], limits: Limits) -> list[Notice]:
    """Refuse what no taxonomy may hold; bring ``lines`` (those of ``text``) to NFC in place.

    Raises InvalidValue naming the statement, or UnreadableInput for triple terms.
    """
    for pattern, needed in _SUSPECT:
        if any(part in text for part in needed):
            for found in _hit(pattern, text):
                _check_terms(found)
    bound = min(limits.iri, limits.literal)
    for long in [each for each in lines if len(each) > bound]:
        _check_sizes(long, limits)
    notices = [] if text.isascii() else _screen_foreign(lines)
    imports = text.count(_IMPORTS)
    if imports:
        notices.append(Notice("imports", "owl:imports is kept and not followed.", imports))
    return notices


def _hit(pattern: re.Pattern[bytes], text: bytes) -> Iterator[bytes]:
    """The lines in which the pattern is found, each once."""
    found = pattern.search(text)
    while found:
        start = text.rfind(b"\n", 0, found.start()) + 1
        end = text.index(b"\n", found.start()) + 1
        yield text[start:end]
        found = pattern.search(text, end)


def _screen_foreign(lines: list[bytes]) -> list[Notice]:
    """The checks that concern lines beyond ASCII alone."""
    foreign = [place for place, each in enumerate(lines) if not each.isascii()]
    normalized = hidden = 0
    for start in range(0, len(foreign), _CHUNK):
        places = foreign[start : start + _CHUNK]
        text = b"".join([lines[place] for place in places])
        for pattern in (*_UNWANTED, _FOREIGN_HOST):
            for found in _hit(pattern, text):
                _check_terms(found)
        hidden += sum(1 for _ in _hit(_BIDI, text))
        if not is_normalized("NFC", text.decode()):
            normalized += _normalize(lines, places)
    notices = []
    if normalized:
        notices.append(Notice("normalized", "Statements were brought to Unicode NFC.", normalized))
    if hidden:
        notices.append(Notice("bidi", "Texts hold invisible direction controls.", hidden))
    return notices


def _normalize(lines: list[bytes], places: list[int]) -> int:
    """Bring these lines to NFC and count those that change."""
    changed = 0
    for place in places:
        old = lines[place]
        if not is_normalized("NFC", old.decode()):
            lines[place] = _normal_line(old)
            changed += lines[place] != old
    return changed


def _normal_line(text: bytes) -> bytes:
    if b"\\" not in text:
        return normalize("NFC", text.decode()).encode()
    # Literals are unescaped first: in “\n” and a combining tilde, the “n” is no letter.
    subject, predicate, value, graph = map(_normal, _tokens(text))
    return line((subject, predicate, value, graph))


def _normal(token: str) -> str:
    if not token.startswith('"'):
        return normalize("NFC", token)
    value, language, datatype = terms.literal(token)
    value = normalize("NFC", value)
    return terms.typed(value, datatype) if datatype else terms.text(value, language)


def _tokens(text: bytes) -> Statement:
    tokens = statement(text)
    if tokens is None:
        start = _where(text.decode().split(" ", 2))
        raise UnreadableInput(
            f"{start}: triple terms (RDF 1.2 statements about statements) are not accepted;"
            " write such a statement in plain RDF."
        )
    return tokens


def _check_terms(text: bytes) -> None:
    tokens = _tokens(text)
    for token in tokens:
        if token.startswith("<"):
            _check_iri(token[1:-1], tokens)
        elif token.startswith('"'):
            _check_literal(terms.literal(token), tokens)


def _check_iri(iri: str, tokens: Statement) -> None:
    scheme, _, rest = iri.partition(":")
    if scheme.lower() in DANGEROUS_SCHEMES:
        raise InvalidValue(_where(tokens), f"IRIs with the scheme “{scheme}” are not accepted.")
    host = re.split(r"[/?#]", rest[2:], maxsplit=1)[0] if rest.startswith("//") else ""
    if any(map(_mixes_scripts, host.split("."))):
        raise InvalidValue(_where(tokens), f"The host “{host}” mixes scripts that look alike.")


def _mixes_scripts(label: str) -> bool:
    return len({name(letter, "").partition(" ")[0] for letter in label} & set(_ALIKE)) > 1


def _check_literal(literal: terms.Literal, tokens: Statement) -> None:
    found = next(filter(_is_forbidden, literal.value), None)
    if found is not None:
        raise InvalidValue(_where(tokens), f"holds the character U+{ord(found):04X}; remove it.")
    if "--" in literal.language:
        raise InvalidValue(
            _where(tokens), f"the language tag “{literal.language}” carries a text direction."
        )


def _is_forbidden(letter: str) -> bool:
    code = ord(letter)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return noncharacter or (category(letter) == "Cc" and letter not in "\t\n\r")


def _check_sizes(text: bytes, limits: Limits) -> None:
    tokens = _tokens(text)
    for token in tokens:
        if token.startswith('"'):
            literal = terms.literal(token)
            _check_size(literal.value, limits.literal, "literal", tokens)
            token = literal.datatype
        _check_size(token.strip("<>"), limits.iri, "IRI", tokens)


def _check_size(value: str, allowed: int, kind: str, tokens: Statement) -> None:
    size = len(value.encode())
    if size > allowed:
        raise InvalidValue(_where(tokens), f"{kind} of {size} bytes; at most {allowed} are read.")


def _where(tokens: Sequence[str]) -> str:
    """Subject and predicate, cut to what a message can hold."""
    return " ".join(token if len(token) <= 120 else token[:119] + "…" for token in tokens[:2])
