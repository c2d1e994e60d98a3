"""Labeling configurations of Label Studio: which labels their controls have, and other ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import (
    Element,
    ParseError,
    TreeBuilder,
    XMLParser,
    fromstring,
    indent,
    tostring,
)

from cladist.model.errors import UnreadableInput

_CHILD = ("Label", "Choice")
_NOTE = re.compile(r"<!-- (\S+) (\d+\.\d+\.\d+|draft) [0-9a-f]{64} -->\n?")


@dataclass(frozen=True, slots=True)
class Control:
    """A tag whose labels people pick: its name, and the tag itself."""

    name: str
    element: Element

    @property
    def tag(self) -> str:
        """Such as ``RectangleLabels``, ``Choices`` or ``Taxonomy``."""
        return self.element.tag

    @property
    def labels(self) -> tuple[Element, ...]:
        """The labels at every depth, those above first."""
        return tuple(each for each in self.element.iter() if each.tag in _CHILD)

    @property
    def keys(self) -> tuple[str, ...]:
        """What results hold of each label."""
        return tuple(key(each) for each in self.labels)

    @property
    def aliased(self) -> bool:
        """Whether every label has an alias, which results hold in place of its text."""
        return all(each.get("alias") for each in self.labels)


def key(label: Element) -> str:
    """What results hold of a label: its alias, else its text."""
    return label.get("alias") or label.get("value") or ""


def controls(config: str) -> tuple[Control, ...]:
    """The controls with labels of their own; raises UnreadableInput."""
    return tuple(_controls(_root(config)))


def told(config: str) -> tuple[str, str] | None:
    """The taxonomy and version that the configuration was written from, where it says so."""
    found = _NOTE.search(config)
    return None if found is None else (found[1], found[2])


def with_labels(config: str, labels: Mapping[str, Sequence[Element]], note: str) -> str:
    """The configuration with other labels in the named controls, all else as it was."""
    root = _root(config)
    for control in _controls(root):
        if control.name in labels:
            for child in [each for each in control.element if each.tag in _CHILD]:
                control.element.remove(child)
            control.element.extend(labels[control.name])
    head = _NOTE.sub("", config[: _start(config, root.tag)])
    indent(root, "  ")
    return f"{note}{head}{tostring(root, encoding='unicode')}".strip()


def note_of(config: str) -> str:
    """The comment that says which version the configuration was written from; may be empty."""
    found = _NOTE.search(config)
    return "" if found is None else found[0]


def joined(new: Sequence[Element], old: Iterable[Element]) -> list[Element]:
    """New labels and those old ones that results may still hold, in one list."""
    known = {key(each) for top in new for each in top.iter()}
    return [*new, *(each for each in old if key(each) not in known)]


def _controls(root: Element) -> Iterator[Control]:
    for each in root.iter():
        name = each.get("name")
        if name and any(child.tag in _CHILD for child in each):
            yield Control(name, each)


def _root(config: str) -> Element:
    try:
        return fromstring(config, XMLParser(target=TreeBuilder(insert_comments=True)))
    except ParseError as error:
        raise UnreadableInput(f"The labeling configuration is no XML: {error}.") from None


def _start(config: str, tag: str) -> int:
    found = re.search(rf"<{re.escape(tag)}[\s/>]", config)
    return 0 if found is None else found.start()
