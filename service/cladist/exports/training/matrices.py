"""The training card's matrices as NumPy arrays in one ``.npz`` file, without pickled objects.

| array | shape, type | what it holds |
| --- | --- | --- |
| ``ids``, ``labels`` | nodes, text | class ids and labels; the class index comes first |
| ``codes`` | nodes, int64 | codes |
| ``size`` | scalar, int64 | how many of the nodes are in the class index |
| ``ancestors`` | nodes × nodes, bool | row's class is at or under the column's |
| ``parents`` | nodes × nodes, bool | column's class is a parent of the row's |
| ``exclusive`` | size × size, bool | row and column cannot both apply |
| ``permutation_VERSION`` | outputs then, int64 | the place now, -1 where gone |
| ``weights`` | outputs, float64 | class weights, NaN where nobody saw the class |
| ``transitions`` | tags × tags, bool | column may follow row; sequences alone |
| ``begins``, ``ends`` | tags, bool | tags that may stand first and last |
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cladist.model import tagging
from cladist.model.errors import LimitExceeded

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 5_000
"""The most classes of a square matrix; it grows with their square."""


def archive(card: dict[str, Any]) -> bytes:
    """The arrays of a card; raises LimitExceeded where there are too many classes for matrices."""
    import numpy as np

    nodes = card.get("nodes", [])
    if len(nodes) > MOST:
        raise LimitExceeded("classes of a matrix", MOST)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **dict(_arrays(card, nodes)))
    return out.getvalue()


def _arrays(card: dict[str, Any], nodes: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    import numpy as np

    size = len(card["index"])
    yield "size", np.int64(size)
    yield "ids", np.array([each["id"] for each in nodes], dtype=np.str_)
    yield "labels", np.array([each["label"] for each in nodes], dtype=np.str_)
    yield "codes", np.array([each["code"] for each in nodes], dtype=np.int64)
    parents = _parents(card.get("parents", []))
    yield "parents", parents
    yield "ancestors", _closed(parents)
    yield "exclusive", _exclusive(card.get("exclusive", []), size)
    for version, moved in card["permutations"].items():
        places = [-1 if each is None else each for each in moved["positions"]]
        yield f"permutation_{version}", np.array(places, dtype=np.int64)
    if card["class_weights"] is not None:
        yield "weights", np.array(card["class_weights"]["weights"], dtype=np.float64)
    if "tags" in card:
        yield from _tags(card["scheme"], card["tags"])


def _parents(above: list[list[int]]) -> NDArray[Any]:
    import numpy as np

    found = np.zeros((len(above), len(above)), dtype=np.bool_)
    for place, parents in enumerate(above):
        found[place, parents] = True
    return found


def _closed(parents: NDArray[Any]) -> NDArray[Any]:
    """At or under: the reflexive and transitive closure, a level of the hierarchy a round."""
    import numpy as np

    found = np.eye(len(parents), dtype=np.bool_)
    level = parents
    while (level & ~found).any():
        found |= level
        level = (level.astype(np.float32) @ parents.astype(np.float32)) > 0
    return found


def _exclusive(groups: list[list[list[int]]], size: int) -> NDArray[Any]:
    """Outputs under different members of a group; one under both excludes nothing of itself."""
    import numpy as np

    found = np.zeros((size, size), dtype=np.bool_)
    for group in groups:
        member = np.zeros((len(group), size), dtype=np.float32)
        for row, places in enumerate(group):
            member[row, places] = 1
        together = member.T @ member
        counts = member.sum(axis=0)
        found |= np.outer(counts, counts) > together
    found &= ~np.eye(size, dtype=np.bool_)
    return found


def _tags(scheme: str, tags: list[str]) -> Iterator[tuple[str, Any]]:
    import numpy as np

    follows = [[tagging.may_follow(scheme, one, other) for other in tags] for one in tags]
    yield "tags", np.array(tags, dtype=np.str_)
    yield "transitions", np.array(follows, dtype=np.bool_)
    outside = tagging.OUTSIDE
    yield "begins", np.array([tagging.may_follow(scheme, outside, each) for each in tags])
    yield "ends", np.array([tagging.may_follow(scheme, each, outside) for each in tags])
