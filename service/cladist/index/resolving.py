"""Which class a person means: by id, code, notation or label."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from cladist.index.folding import fold
from cladist.index.searching import code_of, tables
from cladist.index.tables import PREFERRED, label_of, row_of
from cladist.index.version_index import VersionIndex
from cladist.model.errors import AmbiguousReference, UnknownClass


def resolve(index: VersionIndex, reference: str) -> str:
    """The id of the class that a reference names.

    A reference is the class's IRI, its code as ``#7`` or ``7``, a notation, or a preferred label
    in any language, as it is written or, failing that, without regard to case and accents. A code
    goes before a notation that looks the same. Where several classes answer and one alone is in
    use, it is meant. Raises :class:`UnknownClass` and :class:`AmbiguousReference`.
    """
    text = unicodedata.normalize("NFC", reference).strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    if text in index:
        return text
    code = code_of(text.removeprefix("#"))
    if code is not None and (coded := index.with_code(code)):
        return _only(index, reference, coded)
    if noted := index.notations.get(text):
        return _only(index, reference, noted)
    return _labelled(index, reference, text)


def _labelled(index: VersionIndex, reference: str, text: str) -> str:
    same: dict[str, None] = {}
    alike: dict[str, None] = {}
    folded = fold(text)
    for table in tables(index, PREFERRED, None) if folded else ():
        for posting in table.exact(folded):
            entry = index.rows[row_of(posting)]
            if entry is None:
                continue
            alike[entry.id] = None
            if label_of(entry, posting).value == text:
                same[entry.id] = None
    found = same or alike
    if not found:
        raise UnknownClass(reference)
    return _only(index, reference, found)


def _only(index: VersionIndex, reference: str, found: Iterable[str]) -> str:
    candidates = tuple(sorted(found))
    active = [each for each in candidates if each not in index.retired]
    if len(candidates) == 1 or len(active) == 1:
        return (active or candidates)[0]
    raise AmbiguousReference(reference, tuple(active) or candidates)
