"""What an export is: a file for one tool, what it can say of classes, and what it warns of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Flag, auto

from cladist.exports.classes.class_list import ClassList, Warned
from cladist.exports.classes.projection import Letters
from cladist.model.taxonomy import Structure


class Says(Flag):
    """What of classes a format has a place for."""

    NAMES = auto()
    IDS = auto()
    """The class ids, so that labels in data can never be taken for others."""
    CODES = auto()
    HIERARCHY = auto()
    SEVERAL_PARENTS = auto()
    EXCLUSIVITY = auto()
    """Which labels cannot both apply to one item."""
    ORDER = auto()
    DEFINITIONS = auto()
    COLOURS = auto()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a caller may choose beyond classes and names; each tool reads what it knows.

    ``control`` and ``data`` are of Label Studio: the kind of labeling, and the name of the field of
    a task that holds the data. ``scheme`` is the tagging scheme of tag lists.
    """

    control: str = ""
    data: str = ""
    scheme: str = ""


NO_CHOICES = Choices()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One form: its name, its file, who reads it, and what writes it (UTF-8).

    ``longest`` and ``letters`` bound names where the tool does.
    """

    name: str
    file: str
    media_type: str
    reader: str
    says: Says
    write: Callable[[ClassList, Choices], bytes]
    longest: int | None = None
    letters: Letters = Letters.ANY
    warns: Callable[[ClassList, Choices], Iterator[Warned]] | None = field(default=None)

    def warnings(self, classes: ClassList, choices: Choices) -> Iterator[Warned]:
        """What the file does not say although the taxonomy does, and what to look out for."""
        yield from classes.warnings
        if self.warns is not None:
            yield from self.warns(classes, choices)
        for missing, code, text in _MISSING:
            if missing not in self.says and _HAS[missing](classes):
                yield Warned(code, text.format(reader=self.reader))


_MISSING = (
    (
        Says.IDS,
        "no-ids",
        "The file holds no class ids: labels in data are bound by name or number. Keep it with its"
        " version, or lock the dataset.",
    ),
    (Says.HIERARCHY, "no-hierarchy", "{reader} has no place here for which class is above which."),
    (
        Says.SEVERAL_PARENTS,
        "one-parent",
        "Classes with several parents stand under the first of them alone.",
    ),
    (
        Says.EXCLUSIVITY,
        "no-exclusivity",
        "{reader} has no place here for which classes exclude each other.",
    ),
    (Says.ORDER, "no-order", "The order of the classes has a meaning that {reader} does not know."),
)


def _excludes(classes: ClassList) -> bool:
    return bool(classes.groups) or classes.structure in (Structure.SINGLE_LABEL, Structure.ORDINAL)


_HAS: dict[Says, Callable[[ClassList], bool]] = {
    Says.IDS: lambda classes: True,
    Says.HIERARCHY: lambda classes: classes.hierarchical,
    Says.SEVERAL_PARENTS: lambda classes: classes.lattice > 0,
    Says.EXCLUSIVITY: _excludes,
    Says.ORDER: lambda classes: classes.structure is Structure.ORDINAL,
}
