"""What a version says that annotations are checked by, gathered for quick look-ups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cladist.datasets.annotations.finding import Fault
from cladist.index.naming import By, Names, names_of
from cladist.index.version_index import VersionIndex
from cladist.model.taxonomy import LabelStructure, Taxonomy

_MOST_NAMES = 200_000
"""Spellings that are remembered; more are looked up anew."""


class Naming(StrEnum):
    """What annotations name classes by."""

    AUTO = "auto"
    """An id, a code, a notation or a label, whichever knows it first; a number is a code."""
    ID = "id"
    CODE = "code"
    NOTATION = "notation"
    LABEL = "label"
    INDEX = "index"
    """A place in the class index, from 0."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a name, whichever annotation has it."""

    fault: Fault
    message: str
    classes: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says: the class, and what is wrong with naming it; no class when unknown.

    ``groups`` are exclusive groups by number, each with the member that the class is at or under.
    """

    id: str = ""
    flaw: Flaw | None = None
    groups: tuple[tuple[int, str], ...] = ()


class Ground:
    """One version, and by what annotations name its classes. May be used again and again."""

    def __init__(
        self, taxonomy: Taxonomy, index: VersionIndex, naming: Naming = Naming.AUTO
    ) -> None:
        self.taxonomy, self.index, self.naming = taxonomy, index, naming
        self._names: dict[object, Named] = {}
        self._classes: dict[str, Named] = {}

    @property
    def structure(self) -> LabelStructure:
        """The label structure."""
        return self.taxonomy.header.structure

    def named(self, name: object) -> Named:
        """What a name says: a text, or a whole number."""
        if type(name) is not str and type(name) is not int:  # True would be found as 1
            return Named(flaw=Flaw(Fault.MALFORMED, "A class is named by a text or whole number."))
        found = self._names.get(name)
        if found is None:
            found = self._look_up(name)
            if len(self._names) >= _MOST_NAMES:
                self._names.clear()
            self._names[name] = found
        return found

    def meant(self, name: object) -> tuple[str, ...]:
        """The classes that a name may mean."""
        if type(name) is not str and type(name) is not int:
            return ()
        if self.naming is Naming.INDEX:
            return self._at(name)
        text = f"#{name}" if type(name) is int else str(name)
        by = None if self.naming is Naming.AUTO else By(self.naming.value)
        if by not in (None, By.CODE):
            text = str(name)
        return self._meanings.meant(text, by).classes

    def _at(self, name: object) -> tuple[str, ...]:
        selection = self.index.selection
        text = str(name)
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            return ()
        return (selection[int(text)],) if int(text) < len(selection) else ()

    def label(self, class_id: str) -> str:
        """What people call a class."""
        found = self.index.find(class_id)
        return class_id if found is None else self.index.label(found)

    def quoted(self, ids: Sequence[str], most: int = 4) -> str:
        """Labels for a sentence: ``“cat”, “dog” and 3 others``."""
        shown = ", ".join(f"“{self.label(each)}”" for each in ids[:most])
        return shown if len(ids) <= most else f"{shown} and {len(ids) - most} others"

    def at_or_under(self, class_id: str, above: str) -> bool:
        """Whether a class is another one, or below it."""
        return class_id == above or above in self.index.ancestors(class_id)

    def _look_up(self, name: str | int) -> Named:
        classes = self.meant(name)
        if len(classes) == 1:
            return self.of_class(classes[0])
        if classes:
            codes = ", ".join(f"#{self.index.entry(each).code}" for each in classes[:9])
            told = f"“{name}” names several classes ({codes}): name it by code or id."
            return Named(flaw=Flaw(Fault.AMBIGUOUS_CLASS, told, classes))
        where = "place in the class index" if self.naming is Naming.INDEX else "class"
        told = f"“{_short(name)}” is no {where} of this version: correct it, or add the class."
        return Named(flaw=Flaw(Fault.UNKNOWN_CLASS, told))

    def of_class(self, class_id: str) -> Named:
        """What naming this class says."""
        found = self._classes.get(class_id)
        if found is None:
            groups: dict[int, set[str]] = {}
            for each in (class_id, *self.index.ancestors(class_id)):
                for number in self._members.get(each, ()):
                    groups.setdefault(number, set()).add(each)
            # under two members of one group: the taxonomy is wrong, not who labels
            plain = tuple((number, held.pop()) for number, held in groups.items() if len(held) == 1)
            found = Named(class_id, self._flaw(class_id), plain)
            self._classes[class_id] = found
        return found

    def _flaw(self, class_id: str) -> Flaw | None:
        entry = self.index.entry(class_id)
        label = self.label(class_id)
        if not entry.active:
            return self._retired(class_id, label)
        if entry.selectable:
            return None
        below = [
            each for each in self.index.descendants(class_id) if self.index.entry(each).selectable
        ]
        told = f"“{label}” is not for labeling"
        told += f": choose {self.quoted(below)}." if below else "; nothing below it is."
        return Flaw(Fault.UNSELECTABLE_CLASS, told, (class_id,), tuple(below))

    def _retired(self, class_id: str, label: str) -> Flaw:
        retirement = self.taxonomy.classes[class_id].retirement
        instead = () if retirement is None else retirement.successors
        told = f"“{label}” is retired"
        if len(instead) == 1:
            told += f": use {self.quoted(instead)}, which stands in for it."
        elif instead:
            told += f": choose among {self.quoted(instead)}, which stand in for it."
        else:
            told += ", and nothing stands in for it: choose another class."
        return Flaw(Fault.RETIRED_CLASS, told, (class_id,), instead)

    @cached_property
    def _meanings(self) -> Names:
        return names_of(self.index)

    @cached_property
    def _members(self) -> Mapping[str, Sequence[int]]:
        """By class the numbers of the exclusive groups that it is a member of."""
        found: dict[str, list[int]] = {}
        for number, group in enumerate(self.taxonomy.groups.values()):
            for each in group.members:
                found.setdefault(each, []).append(number)
        return found

    @cached_property
    def selectable_above(self) -> Callable[[str], tuple[str, ...]]:
        """For a class those above it that are for labeling, remembered."""
        known: dict[str, tuple[str, ...]] = {}

        def above(class_id: str) -> tuple[str, ...]:
            if class_id not in known:
                known[class_id] = tuple(
                    each
                    for each in self.index.ancestors(class_id)
                    if self.index.entry(each).selectable
                )
            return known[class_id]

        return above


def _short(name: object) -> str:
    text = str(name)
    return text if len(text) <= 80 else f"{text[:79]}…"
