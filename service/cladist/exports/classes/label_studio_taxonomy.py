"""The tree that Label Studio's Taxonomy tag fetches from its ``apiUrl``, whole or level by level.

Items have ``value``, ``alias`` (the class id), ``isLeaf`` and, in the whole tree, ``children``. In
level-by-level mode the tag asks for what is below a path of aliases or values, from a top class
downwards; ``isLeaf`` says whether there is anything to ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cladist.exports.classes.class_list import ClassList, Item
from cladist.exports.classes.tool import Choices
from cladist.exports.classes.writing import as_json
from cladist.model.errors import LimitExceeded, UnknownClass

MOST = 100_000
"""The most items of a whole tree; a class with several parents counts under each of them."""


def whole(classes: ClassList, choices: Choices) -> bytes:
    """The whole tree; raises LimitExceeded for one that is too large."""
    return as_json({"items": _nested(classes)})


def level(classes: ClassList, path: Sequence[str]) -> bytes:
    """What is right below the end of a path, or the top classes; UnknownClass for a strange one."""
    if not path:
        below = [classes.nodes[each] for each in classes.tops]
    else:
        below = list(classes.children(_end(classes, path).id))
    return as_json({"items": [_said(classes, each) for each in below]})


def _end(classes: ClassList, path: Sequence[str]) -> Item:
    """The class at the end of a path."""
    here: Item | None = None
    for step in path:
        nodes = classes.tops if here is None else classes.below.get(here.id, ())
        known = (classes.nodes[each] for each in nodes)
        here = next((each for each in known if step in (each.id, _shown(classes, each))), None)
        if here is None:
            raise UnknownClass(" / ".join(path), classes.name)
    assert here is not None, "a path has a step at least"
    return here


def _shown(classes: ClassList, node: Item) -> str:
    return node.name if classes.selectable(node) else node.label


def _said(classes: ClassList, node: Item) -> dict[str, Any]:
    said: dict[str, Any] = {"value": _shown(classes, node), "alias": node.id}
    for name, text in (("hint", node.definition), ("hotkey", node.hotkey)):
        if text:
            said[name] = text
    if node.own_colour:
        said["color"] = node.colour
    return {**said, "isLeaf": not classes.below.get(node.id)}


def _nested(classes: ClassList) -> list[dict[str, Any]]:
    tops = [(_said(classes, classes.nodes[each]), each) for each in classes.tops]
    pending, count = list(tops), len(tops)
    for said, node in pending:
        children = [(_said(classes, each), each.id) for each in classes.children(node)]
        if children:
            said["children"] = [each for each, _ in children]
        count += len(children)
        if count > MOST:
            raise LimitExceeded("items of the tree", MOST)
        pending.extend(children)
    return [said for said, _ in tops]
