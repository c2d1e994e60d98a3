"""The class index: dense positions 0..n-1 of the classes that a training head predicts."""

from __future__ import annotations

from collections.abc import Sequence

from cladist.model.taxonomy import Class, State, Structure, is_selectable


def class_index(state: State) -> tuple[str, ...]:
    """Ids of the selectable active classes; a class's position is its index.

    Ordered by code, so that new classes are appended; ordinal taxonomies by rank, since there the
    order carries the meaning. A regression target has no classes.
    """
    kind = state.header.structure.kind
    if kind is Structure.REGRESSION:
        return ()
    chosen = [each for each in state.classes.values() if is_selectable(state, each)]
    chosen.sort(key=_by_rank if kind is Structure.ORDINAL else _by_code)
    return tuple(each.id for each in chosen)


def permutation(old: Sequence[str], new: Sequence[str]) -> tuple[int | None, ...]:
    """For each position of the old index the position in the new one, ``None`` where gone."""
    positions = {class_id: position for position, class_id in enumerate(new)}
    return tuple(positions.get(class_id) for class_id in old)


def _by_code(item: Class) -> tuple[int, str]:
    return item.code, item.id


def _by_rank(item: Class) -> tuple[int, int, str]:
    return (item.rank if item.rank is not None else 1 << 30), item.code, item.id
