"""Tagging schemes of sequences: the tags of some entity types, and which tag may follow which.

IO, IOB1 (Ramshaw and Marcus, 1995), BIO (also called IOB2), BIOES and BILOU. A tag is a prefix, a
hyphen and the entity type; ``O`` is outside of all entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

OUTSIDE = "O"
USUAL = "BIO"

PREFIXES: Mapping[str, str] = {
    "IO": "I",
    "IOB1": "IB",
    "BIO": "BI",
    "IOB2": "BI",
    "BIOES": "BIES",
    "BILOU": "BILU",
}
"""The prefixes of each scheme, in the order in which tags are listed."""

_OPEN: Mapping[str, str] = {"BIOES": "BI", "BILOU": "BI"}
"""Prefixes after which the entity must go on."""
_START: Mapping[str, str] = {
    "IO": "I",
    "IOB1": "I",
    "BIO": "B",
    "IOB2": "B",
    "BIOES": "BS",
    "BILOU": "BU",
}
"""Prefixes with which an entity may start where none is open."""


def tags(scheme: str, types: Iterable[str]) -> tuple[str, ...]:
    """All tags: ``O``, then those of each type; their places are what a token classifier predicts.

    IO has bare types in some data; here they have the prefix ``I`` like everywhere else.
    """
    return (OUTSIDE, *(f"{each}-{name}" for name in types for each in PREFIXES[scheme]))


def parted(tag: str) -> tuple[str, str]:
    """Prefix and type of a tag, both empty outside of entities."""
    prefix, _, kind = tag.partition("-")
    return (prefix, kind) if kind else ("", "")


def may_follow(scheme: str, before: str, after: str) -> bool:
    """Whether a tag may stand after another; ``O`` stands for the start and the end as well."""
    first, kind = parted(before)
    then, following = parted(after)
    same = kind == following
    if first and first in _OPEN.get(scheme, ""):
        return same and then in _inside(scheme)
    if not then or then in _START[scheme]:
        return True
    if scheme == "IOB1":  # B only where the entity before has the same type
        return bool(first) and same
    return scheme in ("BIO", "IOB2") and bool(first) and same


def _inside(scheme: str) -> str:
    return "IE" if scheme == "BIOES" else "IL"
