"""Labeling configurations of Label Studio: XML in which every label carries its class id.

``alias`` is the class id: results hold it in place of the text that people see, so a new name
breaks nothing. ``category`` is the code, which Label Studio's exports take for COCO ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cladist.exports.classes.class_list import ClassList, Item, Warned
from cladist.exports.classes.tool import Choices
from cladist.model.errors import InvalidValue
from cladist.model.taxonomy import Structure


class Control(NamedTuple):
    """A control tag, the tag of its labels, and the object tag that it is on."""

    tag: str
    label: str
    object: str


CONTROLS: Mapping[str, Control] = {
    "choices": Control("Choices", "Choice", "Image"),
    "text-choices": Control("Choices", "Choice", "Text"),
    "taxonomy": Control("Taxonomy", "Choice", "Image"),
    "text-taxonomy": Control("Taxonomy", "Choice", "Text"),
    "rectangle": Control("RectangleLabels", "Label", "Image"),
    "polygon": Control("PolygonLabels", "Label", "Image"),
    "brush": Control("BrushLabels", "Label", "Image"),
    "keypoint": Control("KeyPointLabels", "Label", "Image"),
    "ellipse": Control("EllipseLabels", "Label", "Image"),
    "text": Control("Labels", "Label", "Text"),
    "audio": Control("Labels", "Label", "Audio"),
}
"""The kinds of labeling by name."""

_USUAL: Mapping[Structure, str] = {Structure.SEQUENCE: "text", Structure.STRUCTURED: "text"}


def control_of(classes: ClassList, choices: Choices) -> Control:
    """The kind of labeling: the one chosen, else what fits the label structure."""
    name = choices.control or _USUAL.get(classes.structure, "choices")
    if name not in CONTROLS:
        raise InvalidValue("control", f"is one of {', '.join(CONTROLS)}.")
    return CONTROLS[name]


def config(classes: ClassList, choices: Choices) -> bytes:
    """The configuration of a project."""
    kind = control_of(classes, choices)
    view = Element("View")
    field = choices.data or kind.object.lower()
    SubElement(view, kind.object, name="data", value=f"${field}")
    said = {"name": "label", "toName": "data", **_manner(classes, kind)}
    control = SubElement(view, kind.tag, said)
    if kind.tag == "Taxonomy":
        for top in classes.tops:
            _choice(control, classes, classes.nodes[top])
    else:
        for item in classes.items:
            SubElement(control, kind.label, _label(item, kind))
    indent(view, "  ")
    text = tostring(view, encoding="unicode")
    return f"<!-- {_comment(classes)} -->\n{text}\n".encode()


def _comment(classes: ClassList) -> str:
    return f"{classes.name} {classes.digest}".replace("--", "- -")


def _manner(classes: ClassList, kind: Control) -> dict[str, str]:
    """How many labels may be picked, and at which level."""
    several = classes.structure in (Structure.MULTI_LABEL, Structure.STRUCTURED)
    if kind.tag == "Choices":
        return {"choice": "multiple" if several else "single", "showInline": "true"}
    if kind.tag == "Taxonomy":
        leaves = all(not classes.below.get(each.id) for each in classes.items)
        return {"leafsOnly": str(leaves).lower(), **({} if several else {"maxUsages": "1"})}
    return {}


def _label(item: Item, kind: Control) -> dict[str, str]:
    hint = " ".join(item.definition.split())
    said = {"value": item.name, "alias": item.id}
    if kind.label == "Label":
        said |= {"category": str(item.code), "background": item.colour}
    return {**said, **_some(hotkey=item.hotkey, hint=hint)}


def _some(**given: str) -> dict[str, str]:
    return {name: value for name, value in given.items() if value}


def _choice(above: Element, classes: ClassList, node: Item) -> None:
    """A node of the tree with those below it."""
    pending: list[tuple[Element, Item]] = [(above, node)]
    while pending:
        parent, here = pending.pop(0)
        name = here.name if classes.selectable(here) else here.label
        said = {**_label(here, CONTROLS["taxonomy"]), "value": name}
        made = SubElement(parent, "Choice", said)
        pending.extend((made, each) for each in classes.children(here.id))


def warns(classes: ClassList, choices: Choices) -> Iterator[Warned]:
    """What to look out for."""
    kind = control_of(classes, choices)
    if kind.tag == "Taxonomy":
        yield Warned(
            "not-held",
            "Label Studio checks neither that only leaves are picked nor that paths exist: check"
            " what comes back.",
        )
    elif classes.hierarchical:
        yield Warned("no-hierarchy", "A list of labels says nothing of which is above which.")
    for code, text, wanted in _CAVEATS:
        if wanted(classes):
            yield Warned(code, text)


_CAVEATS: tuple[tuple[str, str, Callable[[ClassList], bool]], ...] = (
    (
        "no-exclusivity",
        "Label Studio does not hold exclusive groups of labels: check what comes back.",
        lambda classes: bool(classes.groups),
    ),
    (
        "hotkeys-shared",
        "Several classes have one hotkey; Label Studio gives it to one of them.",
        lambda classes: _shared([each.hotkey for each in classes.items if each.hotkey]),
    ),
)


def _shared(values: list[str]) -> bool:
    return len(set(values)) < len(values)
