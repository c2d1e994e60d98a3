"""How texts are compared in search, and from which of their words on they are found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from cladist.model.folding import fold as fold

_INNER = re.compile(r"(?<=[\W_])[^\W_]")
_INNER_WORDS = 12  # words of one label that can be found by their beginning, the first aside


def inner_words(folded: str) -> Iterator[str]:
    """The rest of a folded text from each of its words on, the first left out."""
    if folded.isalnum():
        return
    for found in islice(_INNER.finditer(folded), _INNER_WORDS):
        yield folded[found.start() :]
