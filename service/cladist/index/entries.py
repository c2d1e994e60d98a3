"""What the index keeps of one class: as much as lists, trees and search show."""

from __future__ import annotations

import msgspec

from cladist.model.taxonomy import Class, Texts


class Label(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """A label and its language tag, empty when it has none."""

    value: str
    language: str


class Notation(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """A code in somebody else's code system; ``system`` is its datatype IRI."""

    value: str
    system: str


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """One class as lists show it; its notes and the rest stand in the version's content.

    ``parents`` may name classes that the taxonomy does not hold (dirty data). ``selectable`` is
    the answer, after the taxonomy's rule was asked. Structs, not dataclasses: a hundred thousand
    are read from bytes in a twentieth of a second.
    """

    id: str
    code: int
    preferred: tuple[Label, ...]
    alternative: tuple[Label, ...]
    hidden: tuple[Label, ...]
    notations: tuple[Notation, ...]
    parents: tuple[str, ...]
    active: bool
    selectable: bool
    rank: int | None
    colour: str
    hotkey: str

    @property
    def labels(self) -> dict[str, str]:
        """The preferred label in each language."""
        found: dict[str, str] = {}
        for each in self.preferred:
            found.setdefault(each.language, each.value)
        return found


def entry_of(item: Class, selectable: bool) -> Entry:
    """The entry of a class."""
    return Entry(
        id=item.id,
        code=item.code,
        preferred=_labels(item.preferred),
        alternative=_labels(item.alternative),
        hidden=_labels(item.hidden),
        notations=tuple([Notation(each.value, each.system) for each in item.notations]),
        parents=item.parents,
        active=item.active,
        selectable=selectable,
        rank=item.rank,
        colour=item.colour,
        hotkey=item.hotkey,
    )


def _labels(texts: Texts) -> tuple[Label, ...]:
    return tuple([Label(each.value, each.language) for each in texts]) if texts else ()
