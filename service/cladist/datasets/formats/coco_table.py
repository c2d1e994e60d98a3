"""The label table of a COCO file after a migration: ``categories``, each as it was but for names.

A category of the same class keeps all its members and their order. One of another class takes over
id, name, supercategory, and of the rest what says how its annotations are built.
"""

from __future__ import annotations

from collections.abc import Sequence

from cladist.datasets.formats import jsontext
from cladist.datasets.records import Edit, Row

_BUILT = ("keypoints", "skeleton", "isthing")
"""Members that classes must agree in if they become one."""

_KEPT = frozenset({"id", "name", "supercategory", "iri", "color", *_BUILT})
"""Members that a category of another class has too."""


def edits(data: bytes, rows: Sequence[Row]) -> Sequence[Edit]:
    """What changes in the elements of ``categories``; raises InvalidValue.

    Rows of which the table has no origin are of other files.
    """
    array = jsontext.tree(b"[" + data + b"]")
    found = {_id(data, each): _moved(each) for each in array.items}
    here = [row for row in rows if any(origin.ref in found for origin in row.origins)]
    became = _became(rows)
    texts = [_written(data, found, row, became) for row in here]
    old = [data[each.start : each.end] for each in found.values()]
    if texts == old:
        return []
    nodes = list(found.values())
    comma = data[nodes[0].end : nodes[1].start] if len(nodes) > 1 else b", "
    return [Edit(nodes[0].start, nodes[-1].end, comma.join(texts))]
