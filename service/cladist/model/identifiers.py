"""Which IRIs, slugs, language tags, colours and texts a taxonomy may hold."""

from __future__ import annotations

import re
import unicodedata

from cladist.model.errors import InvalidValue

IRI_LENGTH = 2048
TEXT_LENGTH = 65_536
LABEL_LENGTH = 1_000

# RFC 3987 leaves these out of every IRI; N-Triples' IRIREF production says the same.
_IRI = re.compile(
    r'(?:https?|urn):(?:[^\x00-\x20<>"{}|\\^`%\x7f-\x9f\ud800-\udfff]|%[0-9a-f]{2})+', re.IGNORECASE
)
_ANY_IRI = r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`\x7f-\x9f\ud800-\udfff]*'
_PREDICATE = re.compile(_ANY_IRI)
# One term of canonical N-Triples: an IRI, or a literal with a language tag, a datatype or neither.
_TOKEN = re.compile(
    rf"<{_ANY_IRI}>"
    r'|"(?:[^"\\\x00-\x1f\x7f\ud800-\udfff]|\\[btnfr"\\]|\\u00[01][0-9A-F]|\\u007F)*"'
    rf"(?:@[a-z]+(?:-[a-z0-9]+)*|\^\^<{_ANY_IRI}>)?"
)
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
# The shape of BCP 47 (RFC 5646, section 2.1): subtags of at most eight letters or digits.
_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*|x(?:-[a-z0-9]{1,8})+|i-[a-z0-9]{1,8}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
# Control characters but tab, line feed and carriage return; surrogates; noncharacters.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr((plane << 16) | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)


def check_iri(value: str, field: str = "id") -> str:
    """The IRI itself, NFC; refused unless it is an absolute http, https or urn IRI (RFC 3987)."""
    if len(value) > IRI_LENGTH:
        raise InvalidValue(field, f"an IRI has at most {IRI_LENGTH} characters.")
    if not _IRI.fullmatch(value) or _FORBIDDEN.search(value):
        raise InvalidValue(field, f"{value!r} is not an absolute http, https or urn IRI.")
    return unicodedata.normalize("NFC", value)


def check_slug(value: str) -> str:
    """The short name itself: lower-case letters, digits and inner hyphens, 64 at most."""
    if not _SLUG.fullmatch(value):
        raise InvalidValue(
            "slug", f"{value!r} is not a short name; use lower-case letters, digits and hyphens."
        )
    return value


def as_slug(name: str, otherwise: str, limit: int = 64) -> str:
    """A short name made of any text; ``otherwise`` where nothing of it can stay."""
    kept = "".join(each if each.isascii() and each.isalnum() else "-" for each in name.lower())
    words = [each for each in kept.split("-") if each]
    return "-".join(words)[:limit].strip("-") or otherwise


def check_language(value: str, field: str = "language") -> str:
    """The language tag in lower case, shaped as BCP 47 asks; empty means “no language”."""
    tag = value.lower()
    if tag and not _LANGUAGE.fullmatch(tag):
        raise InvalidValue(field, f"{value!r} is not a language tag such as “en” or “zh-hant”.")
    return tag


def check_text(value: str, field: str, limit: int = TEXT_LENGTH) -> str:
    """The text in Unicode NFC, free of control characters, surrogates and noncharacters."""
    found = _FORBIDDEN.search(value)
    if found:
        raise InvalidValue(field, f"holds the character U+{ord(found.group()):04X}; remove it.")
    if len(value) > limit:
        raise InvalidValue(field, f"is longer than {limit} characters.")
    if not value.strip():
        raise InvalidValue(field, "is empty.")
    return unicodedata.normalize("NFC", value)


def check_statement(predicate: str, token: str) -> None:
    """Refuse a kept statement unless it is an IRI and one term of canonical N-Triples, in NFC."""
    if not _PREDICATE.fullmatch(predicate):
        raise InvalidValue("extra", f"{predicate!r} is not an absolute IRI.")
    if not _TOKEN.fullmatch(token) or not unicodedata.is_normalized("NFC", token):
        raise InvalidValue("extra", f"{token[:80]!r} is not a term of canonical N-Triples.")


def check_colour(value: str) -> str:
    """The colour as ``#RRGGBB`` in upper case."""
    if not _COLOUR.fullmatch(value):
        raise InvalidValue("colour", f"{value!r} is not a colour such as #1A2B3C.")
    return value.upper()
