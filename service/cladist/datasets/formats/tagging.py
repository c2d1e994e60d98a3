"""Tagging schemes of sequences: from tags to spans and back, without losing an entity.

IO, IOB1 (Ramshaw and Marcus, 1995), BIO (IOB2), BIOES and BILOU. A tag is a prefix, a hyphen and
the entity type; ``O`` is outside of all entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cladist.model.tagging import OUTSIDE, PREFIXES

SCHEMES = ("IO", "IOB1", "BIO", "BIOES", "BILOU")

_END = {"BIOES": "E", "BILOU": "L"}
_SINGLE = {"BIOES": "S", "BILOU": "U"}


class Span(NamedTuple):
    """An entity: its first token, the one after its last, and its type."""

    start: int
    end: int
    type: str


class BadTag(ValueError):
    """A tag that cannot stand where it does; ``place`` counts from 0."""

    def __init__(self, place: int, reason: str) -> None:
        super().__init__(reason)
        self.place, self.reason = place, reason


def parted(tag: str) -> tuple[str, str]:
    """Prefix and type of a tag; both empty outside of entities."""
    if tag == OUTSIDE:
        return "", ""
    prefix, hyphen, kind = tag.partition("-")
    return (prefix, kind) if hyphen else ("?", tag)


def scheme_of(sentences: Iterable[Sequence[str]]) -> str:
    """The scheme that the tags show: the strictest that has signs of its own.

    ``I`` at the start of an entity is a sign of IOB1 if ``B`` stands only between two entities of
    one type, and a mistake in BIO otherwise.
    """
    prefixes: set[str] = set()
    starts = inner = 0
    for tags in sentences:
        before = OUTSIDE
        for tag in tags:
            prefix, kind = parted(tag)
            prefixes.add(prefix)
            starts += prefix == "I" and parted(before)[1] != kind
            inner += prefix == "B" and parted(before)[1] != kind
            before = tag
    if prefixes & {"L", "U"}:
        return "BILOU"
    if prefixes & {"E", "S"}:
        return "BIOES"
    if starts and not inner:
        return "IOB1" if "B" in prefixes else "IO" if "?" in prefixes else "IOB1"
    return "IO" if prefixes <= {"", "?"} and "?" in prefixes else "BIO"


def spans(tags: Sequence[str], scheme: str) -> list[Span]:
    """The entities of a sentence; raises BadTag."""
    found: list[Span] = []
    start, kind, last = 0, "", ""
    for place, tag in enumerate((*tags, OUTSIDE)):
        prefix, now = parted(tag)
        _check_known(place, tag, prefix, scheme)
        closed = bool(last) and last == _END.get(scheme)
        last = prefix
        begins = closed or _begins(prefix, kind, now, scheme)
        if now and (not kind or begins):
            _check_start(place, tag, prefix, scheme)
        if kind and (not now or begins):
            _check_end(place - 1, tags[place - 1], scheme)
            found.append(Span(start, place, kind))
            kind = ""
        if now and not kind:
            start, kind = place, now
            if prefix == _SINGLE.get(scheme):
                found.append(Span(place, place + 1, now))
                kind = ""
    return found


def _check_known(place: int, tag: str, prefix: str, scheme: str) -> None:
    bare = scheme == "IO" and prefix == "?"
    if prefix and not bare and prefix not in PREFIXES[scheme]:
        raise BadTag(place, f"“{tag}” is no tag of {scheme}.")


def _begins(prefix: str, kind: str, now: str, scheme: str) -> bool:
    """Whether a tag begins another entity than the one before it."""
    return now != kind or prefix == "B" or prefix == _SINGLE.get(scheme)


def _check_start(place: int, tag: str, prefix: str, scheme: str) -> None:
    allowed = {
        "IO": ("I", "?"),
        "IOB1": ("I", "B"),
        "BIO": ("B",),
        "BIOES": ("B", "S"),
        "BILOU": ("B", "U"),
    }[scheme]
    if prefix not in allowed:
        known = " or ".join(f"{each}-" for each in allowed)
        raise BadTag(place, f"“{tag}” begins an entity; in {scheme} that takes {known}.")


def _check_end(place: int, tag: str, scheme: str) -> None:
    end = _END.get(scheme)
    if end is not None and parted(tag)[0] != end:
        raise BadTag(place, f"“{tag}” ends an entity; in {scheme} that takes {end}-.")


def tagged(found: Sequence[Span], size: int, scheme: str, *, bare: bool = False) -> list[str]:
    """The tags of a sentence with these entities; ``bare`` types have no prefix (IO alone)."""
    tags = [OUTSIDE] * size
    before = Span(-1, -1, "")
    for each in found:
        touches = before.end == each.start and before.type == each.type
        for place in range(each.start, each.end):
            prefix = _prefix(place, each, scheme, touches)
            tags[place] = each.type if bare else f"{prefix}-{each.type}"
        before = each
    return tags


def _prefix(place: int, span: Span, scheme: str, touches: bool) -> str:
    first, last = place == span.start, place == span.end - 1
    if scheme == "IO":
        return "I"
    if scheme == "IOB1":
        return "B" if first and touches else "I"
    if first and last and scheme in _SINGLE:
        return _SINGLE[scheme]
    if first:
        return "B"
    return _END.get(scheme, "I") if last else "I"
