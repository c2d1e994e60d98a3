"""``sh:pattern`` in time that grows with the text alone (RE2), as SPARQL's REGEX means it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]

_FLAGS = "ims"


@lru_cache(maxsize=1_024)
def compiled(pattern: str, flags: str) -> Any:
    """A pattern with the flags i, m, s or q (XPath Functions 3.1, section 5.6.2) as an automaton.

    Raises ``ValueError`` for what has no automaton, and for another flag.
    """
    unknown = set(flags) - set(_FLAGS) - {"q"}
    if unknown:
        raise ValueError(f"the flag {min(unknown)} is none of i, m, s, q")
    meant = re2.escape(pattern) if "q" in flags else pattern
    chosen = "".join(each for each in _FLAGS if each in flags)
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(f"(?{chosen}){meant}" if chosen else meant, options)
    except re2.error as error:
        raise ValueError(error.args[0].decode(errors="replace")) from None
