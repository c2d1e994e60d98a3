"""Class lists of image tools: CVAT, COCO, YOLO, Datumaro, Supervisely, palettes of masks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cladist.exports.classes.class_list import ClassList, Item, Warned
from cladist.exports.classes.tool import Choices
from cladist.exports.classes.writing import as_json, as_yaml, without_blanks
from cladist.model.taxonomy import Structure


def cvat(classes: ClassList, choices: Choices) -> bytes:
    """The list of labels that CVAT's “Raw” tab, its command line and its API take."""
    labels = [
        {"name": each.name, "color": each.colour.lower(), "type": "any", "attributes": []}
        for each in classes.items
    ]
    return as_json(labels)


def coco(classes: ClassList, choices: Choices) -> bytes:
    """A COCO file without images: ``id`` is the code, ``iri`` the class id."""
    categories = [
        without_blanks(
            {
                "id": each.code,
                "name": each.name,
                "supercategory": classes.above(each),
                "color": list(each.rgb),
                "iri": each.id,
            }
        )
        for each in classes.items
    ]
    info = {"description": classes.title, "version": classes.version, "url": classes.header.iri}
    return as_json(
        {"info": info, "licenses": [], "images": [], "annotations": [], "categories": categories}
    )


def yolo(classes: ClassList, choices: Choices) -> bytes:
    """A ``data.yaml`` of Ultralytics YOLO: names by index; our table stands beside under a key of
    its own."""
    table = [{"index": each.index, "code": each.code, "id": each.id} for each in classes.items]
    about = {"taxonomy": classes.slug, "version": classes.version, "digest": classes.digest}
    return as_yaml(
        {
            "path": ".",
            "train": "images/train",
            "val": "images/val",
            "nc": len(classes.items),
            "names": {each.index: each.name for each in classes.items},
            "cladist": {**about, "classes": table},
        },
        f"{classes.name}\nThe index is the label: it holds for this version alone.",
    )


def yolo_warns(classes: ClassList, choices: Choices) -> Iterator[Warned]:
    """What Ultralytics takes otherwise than it is meant."""
    if classes.items[0].name.startswith("n0"):
        yield Warned(
            "synset-name",
            f"The first name, “{classes.items[0].name}”, begins with “n0”: Ultralytics takes such"
            " lists for WordNet ids and shows other names.",
        )
    yield Warned(
        "index-moves",
        "Indices belong to this version: data of another version must be migrated, not reread.",
    )


def datumaro(classes: ClassList, choices: Choices) -> bytes:
    """Datumaro's categories in a dataset without items; ``label_groups`` says what excludes what.

    ``parent`` is the nearest class above that is in the list.
    """
    labels = [
        {"name": each.name, "parent": _parent(classes, each), "attributes": []}
        for each in classes.items
    ]
    colours = [
        dict(zip(("label_id", "r", "g", "b"), (each.index, *each.rgb), strict=True))
        for each in classes.items
    ]
    label = {"labels": labels, "label_groups": list(_groups(classes)), "attributes": []}
    return as_json(
        {
            "dm_format_version": "1.0",
            "media_type": 2,
            "infos": {},
            "categories": {"label": label, "mask": {"colormap": colours}},
            "items": [],
        }
    )


def _parent(classes: ClassList, item: Item) -> str:
    found = classes.nearest(item)
    return "" if found is None else found.name


def _groups(classes: ClassList) -> Iterator[dict[str, Any]]:
    """Groups of labels of which one at most applies; members that are no labels are left out."""
    if classes.structure in (Structure.SINGLE_LABEL, Structure.ORDINAL):
        yield _group(classes.slug, classes.names)
        return
    for group in classes.groups:
        members = [classes.by_id[each].name for each in group.members if each in classes.by_id]
        if len(members) > 1:
            title = min((text.value for text in group.labels), default=" | ".join(members))
            yield _group(title, members)


def _group(name: str, labels: list[str]) -> dict[str, Any]:
    return {"name": name, "group_type": "exclusive", "labels": labels}


def datumaro_warns(classes: ClassList, choices: Choices) -> Iterator[Warned]:
    """What its groups leave out."""
    if classes.structure in (Structure.SINGLE_LABEL, Structure.ORDINAL):
        return
    partial = [each for each in classes.groups if not set(each.members) <= classes.chosen]
    if partial:
        yield Warned(
            "groups-partial",
            f"{len(partial)} exclusive groups have members that are not in the list; of these"
            " Datumaro knows nothing.",
        )


def supervisely(classes: ClassList, choices: Choices) -> bytes:
    """A Supervisely ``meta.json``: a class for each, whose title is its key."""
    made = [
        {
            "title": each.name,
            "description": each.definition,
            "shape": "any",
            "color": each.colour,
            "geometry_config": {},
            "hotkey": each.hotkey,
            "id": each.code,
        }
        for each in classes.items
    ]
    settings = {"multiView": {"enabled": False, "tagName": None, "tagId": None, "isSynced": False}}
    return as_json({"classes": made, "tags": [], "projectSettings": settings})


def palette(classes: ClassList, choices: Choices) -> bytes:
    """Colours of masks: by class index and by code, each red, green, blue from 0 to 255."""
    return as_json(
        {
            "taxonomy": classes.slug,
            "version": classes.version,
            "by_index": [list(each.rgb) for each in classes.items],
            "by_code": {str(each.code): list(each.rgb) for each in classes.items},
            "names": classes.names,
        }
    )
