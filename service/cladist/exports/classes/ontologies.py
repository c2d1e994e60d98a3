"""Class lists with a hierarchy of their own: FiftyOne, Labelbox, Encord."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from cladist.exports.classes.class_list import ClassList, Item, Warned
from cladist.exports.classes.tool import Choices
from cladist.exports.classes.writing import as_json, without_blanks
from cladist.model.taxonomy import Structure

_SEVERAL = (Structure.MULTI_LABEL, Structure.STRUCTURED)


def _tree(classes: ClassList) -> dict[str, Sequence[Item]]:
    """What is below each node, the tops below an empty id; each node under its first parent."""
    found: dict[str, list[Item]] = {"": [classes.nodes[each] for each in classes.tops]}
    seen = set(classes.tops)
    queue = list(classes.tops)
    for node in queue:
        new = [each for each in classes.children(node) if each.id not in seen]
        seen.update(each.id for each in new)
        found[node] = new
        queue.extend(each.id for each in new)
    return dict(found)


def fiftyone(classes: ClassList, choices: Choices) -> bytes:
    """A FiftyOne ``Taxonomy``: nodes by name, each name once."""
    names = _unique(classes)
    tree = _tree(classes)

    def node(item: Item) -> dict[str, Any]:
        picked = {} if classes.selectable(item) else {"can_select": False}
        return without_blanks({"name": names[item.id], "description": item.definition}) | picked

    tops = _nest(tree, node, "values")
    root = {"name": f"{classes.title} (all)", "can_select": False, "values": tops}
    return as_json(
        {
            "name": classes.slug,
            "type": "taxonomy",
            "description": f"{classes.title} {classes.version}",
            "root": root,
        }
    )


def _unique(classes: ClassList) -> dict[str, str]:
    """A name for each node; a class above that is called like another one gets its code."""
    names = {each.id: each.name for each in classes.items}
    taken = set(names.values())
    for each in classes.nodes.values():
        if each.id not in names:
            name = each.label
            while name in taken:
                name = f"{name} ({each.code})"
            names[each.id] = name
            taken.add(name)
    return names


def _nest(tree: dict[str, Sequence[Item]], node: Any, member: str) -> list[dict[str, Any]]:
    """The tree as nested objects, without going down by calls: taxonomies may be deep."""
    tops = [(each.id, node(each)) for each in tree[""]]
    pending = list(tops)
    for node_id, made in pending:
        below = [(each.id, node(each)) for each in tree.get(node_id, ())]
        if below:
            made[member] = [each for _, each in below]
            pending.extend(below)
    return [made for _, made in tops]


def labelbox(classes: ClassList, choices: Choices) -> bytes:
    """A Labelbox ontology: one question with the classes as options; ``value`` is the class id.

    With a hierarchy the options of a level hold the question of the next one.
    """
    kind = "checklist" if classes.structure in _SEVERAL else "radio"
    question = _question(classes, _tree(classes), kind)
    return as_json({"tools": [], "classifications": [question]})


def _question(classes: ClassList, tree: dict[str, Sequence[Item]], kind: str) -> dict[str, Any]:
    def asked(title: str, items: Sequence[Item]) -> dict[str, Any]:
        return {
            "type": kind,
            "instructions": title,
            "name": title,
            "required": False,
            "scope": "global",
            "options": [option(each) for each in items],
            "schemaNodeId": None,
            "featureSchemaId": None,
        }

    def option(item: Item) -> dict[str, Any]:
        name = item.name if classes.selectable(item) else item.label
        said = {"label": name, "value": item.id, "schemaNodeId": None, "featureSchemaId": None}
        return {**said, "options": []}

    root = asked(classes.title, tree[""])
    pending = list(zip(tree[""], root["options"], strict=True))
    for item, made in pending:
        below = tree.get(item.id, ())
        if below:
            question = asked(made["label"], below)
            made["options"] = [question]
            pending.extend(zip(below, question["options"], strict=True))
    return root


def encord(classes: ClassList, choices: Choices) -> bytes:
    """An Encord ontology structure: an object a class.

    ``featureNodeHash`` is made of the class id, so it stays as long as the class does.
    """
    objects = [
        {
            "id": str(each.index + 1),
            "name": each.name,
            "color": each.colour,
            "shape": "bounding_box",
            "featureNodeHash": _hash(each.id),
            "required": False,
            "archived": False,
        }
        for each in classes.items
    ]
    return as_json({"objects": objects, "classifications": [], "skeleton_templates": []})


def _hash(class_id: str) -> str:
    return hashlib.sha256(class_id.encode()).hexdigest()[:8]


def encord_warns(classes: ClassList, choices: Choices) -> Iterator[Warned]:
    """Short digests may meet."""
    hashes = [_hash(each.id) for each in classes.items]
    if len(set(hashes)) < len(hashes):
        yield Warned("hashes-meet", "Two classes have one featureNodeHash: export fewer classes.")
