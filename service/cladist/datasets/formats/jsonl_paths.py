"""Paths into JSON records: names of members with points between, ``[]`` for all of a list."""

from __future__ import annotations

from dataclasses import dataclass

from cladist.datasets.formats.jsontext import Node
from cladist.model.errors import InvalidValue

Steps = tuple[tuple[str, bool], ...]
"""Names of members, and whether all elements of the list there are meant."""


@dataclass(frozen=True, slots=True)
class Found:
    """Labels that belong together: those of a list, the one of an object, or the names of one."""

    nodes: tuple[Node, ...]
    listed: bool = False
    """They are the elements of one list."""
    scores: bool = False
    """They are the names of the object ``around``."""
    around: Node | None = None
    """The object that has the label."""
    siblings: tuple[Node, ...] = ()
    """The objects of the list in which ``around`` stands, if it does."""
    place: int = 0
    """Its place among them, from 1."""


def parsed(path: str) -> Steps:
    """The steps of a path; raises InvalidValue."""
    found = tuple((each.removesuffix("[]"), each.endswith("[]")) for each in path.split("."))
    if not all(name for name, _ in found):
        raise InvalidValue(
            "label", f"“{path}” is no path such as label, labels[] or spans[].label."
        )
    return found


def found_at(node: Node, steps: Steps) -> list[Found]:
    """The labels to which a path leads, as they belong together."""
    return list(_found(node, steps, (), 0)) if steps else []


def _found(node: Node, steps: Steps, siblings: tuple[Node, ...], place: int) -> list[Found]:
    (name, every), rest = steps[0], steps[1:]
    inner = node.members.get(name)
    if inner is None:
        return []
    if every and rest:
        items = tuple(inner.items)
        return [
            each for spot, item in enumerate(items, 1) for each in _found(item, rest, items, spot)
        ]
    if every:
        return [Found(tuple(inner.items), listed=True, around=node)]
    if rest:
        return _found(inner, rest, siblings, place)
    if inner.members:
        return [Found((), scores=True, around=inner)]
    return [Found((inner,), around=node, siblings=siblings, place=place)]
