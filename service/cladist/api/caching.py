"""Entity tags, conditions and how long an answer may be kept (RFC 9110, section 13; RFC 9111)."""

from __future__ import annotations

import hashlib
import re

from cladist import __version__
from cladist.api.problems import Problem

FOREVER = "public, max-age=31536000, immutable"
"""For what never changes: anything under a full version number."""
SHORTLY = "public, max-age=10"
"""For what a selector such as ``latest`` names now."""
ALWAYS_ASK = "no-cache"
"""For drafts and lists: kept, but asked about each time."""

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def tag(sha: str, *representation: str) -> str:
    """A strong entity tag: the content's digest, and what sets this representation apart.

    The release is part of it, since another one may write the same content otherwise.
    """
    parts = "\n".join((__version__, *representation))
    return f"{sha}-{hashlib.sha256(parts.encode()).hexdigest()[:12]}"


def draft_tag(slug: str, revision: int, base_sha: str) -> str:
    """The entity tag of a draft, which writes must name."""
    return f"{slug}-draft-{revision}-{base_sha[:16]}"


def matches(condition: str, current: str) -> bool:
    """Whether ``If-None-Match`` names this tag: the weak comparison, ``*`` for any."""
    if condition.strip() == "*":
        return True
    return any(found.group(2) == current for found in _TAG.finditer(condition))


def required(condition: str | None) -> tuple[str, ...]:
    """The tags that ``If-Match`` names; a problem when it is missing, weak or malformed."""
    if condition is None:
        raise Problem("precondition-required", "Say in If-Match which state you have read.")
    tags = []
    for element in condition.split(","):
        found = _TAG.fullmatch(element.strip())
        if found is None or found.group(1):
            raise Problem(
                "malformed-condition", "If-Match takes the strong ETag of the draft, in quotes."
            )
        tags.append(found.group(2))
    return tuple(tags)
