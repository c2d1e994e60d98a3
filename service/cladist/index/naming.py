"""What people and files may call the classes of one version: from a text to the class meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from cladist.index.entries import Entry
from cladist.index.folding import fold
from cladist.index.version_index import VersionIndex


class NamedBy(StrEnum):
    """By what a text names a class, the surest first."""

    ID = "id"
    CODE = "code"
    NOTATION = "notation"
    PREFERRED = "preferred"
    ALTERNATIVE = "alternative"
    HIDDEN = "hidden"
    PREFERRED_FOLDED = "preferred-folded"
    """The preferred label without regard to case and accents."""
    ALTERNATIVE_FOLDED = "alternative-folded"
    HIDDEN_FOLDED = "hidden-folded"


class By(StrEnum):
    """What texts are taken for, where the caller knows."""

    ID = "id"
    CODE = "code"
    NOTATION = "notation"
    LABEL = "label"


_LABELS = (NamedBy.PREFERRED, NamedBy.ALTERNATIVE, NamedBy.HIDDEN)
_FOLDED = (
    (NamedBy.PREFERRED_FOLDED, NamedBy.PREFERRED),
    (NamedBy.ALTERNATIVE_FOLDED, NamedBy.ALTERNATIVE),
    (NamedBy.HIDDEN_FOLDED, NamedBy.HIDDEN),
)
_EXACT = (NamedBy.ID, NamedBy.CODE, NamedBy.NOTATION, *_LABELS)
_TAKEN: Mapping[By | None, tuple[NamedBy, ...]] = {
    None: _EXACT,
    By.ID: (NamedBy.ID,),
    By.CODE: (NamedBy.CODE,),
    By.NOTATION: (NamedBy.NOTATION,),
    By.LABEL: _LABELS,
}

Ids = tuple[str, ...]
Tier = Mapping[str, Ids]
"""For each text the ids of the classes that it names."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The classes that a text may mean, by code, and what of theirs it is; none when unknown."""

    classes: Ids = ()
    how: NamedBy | None = None


_UNKNOWN = Meant()


class Known(Protocol):
    """The classes of one version, whatever holds them."""

    @property
    def rows(self) -> Iterable[Entry | None]:
        """The classes, retired ones too."""

    @property
    def retired(self) -> frozenset[str]:
        """Ids of the classes out of use."""

    def entry(self, class_id: str) -> Entry:
        """The class with this id."""


class Names:
    """All names of the classes of one version. Of the tiers the first that knows a text decides.

    Where several classes of one tier have the name, those in use come before retired ones.
    """

    def __init__(self, index: Known) -> None:
        self._index = index
        self._tiers = _exact(index)
        self._folded: Mapping[NamedBy, Tier] | None = None

    def meant(self, text: str, by: By | None = None) -> Meant:
        """The classes that a text names; without ``by`` as an id, a code, a notation or a label.

        ``#7`` is the code 7. So is ``7``, unless it is a notation or a label of another class as
        well: then nobody can tell, and it means either.
        """
        plain = text.strip()
        if not plain.isascii():
            plain = unicodedata.normalize("NFC", plain)
        for how in _TAKEN[by]:
            found = self._tiers[how].get(plain)
            if found is not None:
                if how is NamedBy.CODE and by is None:
                    found = tuple(dict.fromkeys((*found, *self._otherwise(plain))))
                return Meant(found, how)
        return self._loosely(plain) if by in (None, By.LABEL) else _UNKNOWN

    def _otherwise(self, number: str) -> Ids:
        """What a number that is a code means as a notation or a label."""
        found = (self._tiers[how].get(number) for how in (NamedBy.NOTATION, *_LABELS))
        return next(filter(None, found), ())

    def _loosely(self, text: str) -> Meant:
        """The classes with such a label, without regard to case and accents."""
        if self._folded is None:
            self._folded = _folded(self._tiers, self._index)
        folded = fold(text)
        for how, _ in _FOLDED:
            found = self._folded[how].get(folded)
            if folded and found is not None:  # of a label of marks alone nothing is left
                return Meant(found, how)
        return _UNKNOWN


def names_of(index: VersionIndex) -> Names:
    """The names of an index, gathered once."""
    return index.remembered(("names",), lambda: Names(index))


class _Gathered:
    """Names of one tier, each with the ids of all classes that have it."""

    def __init__(self) -> None:
        self._ids: dict[str, Ids] = {}
        self._shared: dict[str, list[str]] = {}

    def add(self, name: str, ids: Ids) -> None:
        """Some more classes with a name."""
        known = self._ids.setdefault(name, ids)
        if known is not ids:
            self._shared.setdefault(name, [*known]).extend(ids)

    def tier(self, index: Known) -> Tier:
        """The names, retired classes left out where a class in use has the same one."""
        for name, shared in self._shared.items():
            ids = sorted(set(shared), key=lambda each: (index.entry(each).code, each))
            used = [each for each in ids if each not in index.retired]
            self._ids[name] = tuple(used or ids)
        return self._ids


def _exact(index: Known) -> Mapping[NamedBy, Tier]:
    found = {how: _Gathered() for how in _EXACT}
    add = {how: gathered.add for how, gathered in found.items()}
    for entry in index.rows:
        if entry is not None:
            own = (entry.id,)  # one value for all names of the class
            add[NamedBy.ID](entry.id, own)
            add[NamedBy.CODE](str(entry.code), own)
            add[NamedBy.CODE](f"#{entry.code}", own)
            for notation in entry.notations:
                add[NamedBy.NOTATION](notation.value, own)
            for label in entry.preferred:
                add[NamedBy.PREFERRED](label.value, own)
            for label in entry.alternative:
                add[NamedBy.ALTERNATIVE](label.value, own)
            for label in entry.hidden:
                add[NamedBy.HIDDEN](label.value, own)
    return {how: gathered.tier(index) for how, gathered in found.items()}


def _folded(exact: Mapping[NamedBy, Tier], index: Known) -> Mapping[NamedBy, Tier]:
    found: dict[NamedBy, Tier] = {}
    for how, plain in _FOLDED:
        gathered = _Gathered()
        for name, ids in exact[plain].items():
            gathered.add(fold(name), ids)
        found[how] = gathered.tier(index)
    return found
