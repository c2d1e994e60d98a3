"""How texts are compared in search: without case, accents and stray spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

_INNER = re.compile(r"(?<=[\W_])[^\W_]")
_INNER_WORDS = 12  # words of one label that can be found by their beginning, the first aside


def fold(text: str) -> str:
    """The text as search compares it: full case folding, NFKD, no combining marks, single spaces.

    Unicode 3.13 (D145) calls this a compatibility caseless match, here without marks.
    """
    if text.isascii():
        lower = text.lower()
        return lower if lower.isalnum() else " ".join(lower.split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(unicodedata.normalize("NFKD", plain.casefold()).split())


def inner_words(folded: str) -> Iterator[str]:
    """The rest of a folded text from each of its words on, the first left out."""
    if folded.isalnum():
        return
    for found in islice(_INNER.finditer(folded), _INNER_WORDS):
        yield folded[found.start() :]
