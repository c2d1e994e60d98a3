"""Weights of classes from how often they occur, so that rare ones are not drowned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cladist.model.errors import InvalidValue
from cladist.model.taxonomy import Structure


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight for each output, ``None`` where no item has the class; and how they were made."""

    method: str
    counts: tuple[int, ...]
    weights: tuple[float | None, ...]
    unseen: tuple[int, ...]
    """Places of the classes that no item has."""


def weights_of(
    structure: Structure, ids: Sequence[str], counts: Mapping[str, int], items: int | None
) -> Weights:
    """The weights of classes by their counts; ``items`` is how many items there are in all.

    Where an item has one class it is ``items / (classes * count)``, the mean weight of an item
    being 1 (King and Zeng, 2001; “balanced” in scikit-learn); where it may have several,
    ``(items - count) / count`` (``pos_weight`` in PyTorch). Classes that nobody saw are left out of
    both. Raises InvalidValue for counts that cannot be.
    """
    found = tuple(counts.get(each, 0) for each in ids)
    seen = [each for each in found if each]
    if min(found, default=0) < 0 or not seen:
        raise InvalidValue("counts", "are 0 or more, and of one class at least 1.")
    unseen = tuple(place for place, count in enumerate(found) if not count)
    if structure is Structure.MULTI_LABEL:
        if items is None or items < max(seen):
            raise InvalidValue("items", f"say how many items there are: {max(seen)} or more.")
        method = "(items - count) / count"
        made = tuple((items - each) / each if each else None for each in found)
    else:
        method = "items / (classes * count)"
        made = tuple(sum(seen) / (len(seen) * each) if each else None for each in found)
    return Weights(method, found, made, unseen)
