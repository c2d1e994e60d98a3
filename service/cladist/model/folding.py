"""How texts are compared: without case, accents and stray spaces."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """The text as it is compared: full case folding, NFKD, no combining marks, single spaces.

    Unicode 3.13 (D145) calls this a compatibility caseless match, here without marks.
    """
    if text.isascii():
        lower = text.lower()
        return lower if lower.isalnum() else " ".join(lower.split())
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    return " ".join(unicodedata.normalize("NFKD", plain.casefold()).split())
