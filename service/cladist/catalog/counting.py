"""Counts by what people call classes, turned into counts by class id."""

from __future__ import annotations

from collections.abc import Mapping

from cladist.index.naming import names_of
from cladist.index.version_index import VersionIndex
from cladist.model.errors import AmbiguousReference, InvalidValue, UnknownClass

_MOST = 2**53


def by_class(index: VersionIndex, counts: Mapping[str, int], state: str) -> dict[str, int]:
    """The counts by id; names are ids, codes, notations, or labels, older ones too.

    ``state`` is what people call the version. Raises UnknownClass, AmbiguousReference, and
    InvalidValue for what is no whole number from 0 on.
    """
    names = names_of(index)
    found: dict[str, int] = {}
    for name, count in counts.items():
        if type(count) is not int or not 0 <= count <= _MOST:
            raise InvalidValue("counts", f"that of “{name}” is no whole number.")
        meant = names.meant(name).classes
        if not meant:
            raise UnknownClass(name, state)
        if len(meant) > 1:
            raise AmbiguousReference(name, [f"#{index.entry(each).code}" for each in meant])
        found[meant[0]] = found.get(meant[0], 0) + count
    return found
