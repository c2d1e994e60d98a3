"""The parent, or supercategory, that a label table names for a label after a migration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cladist.datasets.records import Row


def parent_now(row: Row, old: str, became: Mapping[str, Sequence[str]]) -> str:
    """What to name as the parent of a row whose first origin named ``old``.

    A parent that is a label of the table follows it. One that named a class above in the taxonomy
    becomes the class above now. Any other stays: it is no business of the taxonomy's. A row is
    never its own parent.
    """
    names = became.get(old, ())
    if len(names) == 1 and names[0] != row.name:
        return names[0]
    if old not in became and old in row.parents_now:
        return old
    if old in became or old in row.parents_were:
        return row.parent if row.parent != row.name else ""
    return old
