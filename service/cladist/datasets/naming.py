"""From what a dataset writes to a class of the source, and to what it writes for a target class."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cladist.datasets.records import Ref
from cladist.datasets.vocabulary import Vocabulary
from cladist.index.entries import Entry, Label
from cladist.index.naming import By, NamedBy
from cladist.model.errors import AmbiguousReference, InvalidValue

PATH = "\x1f"
"""Between the names of a path from a root to a class, where a dataset writes all of them."""

_PREFERRED = (NamedBy.PREFERRED, NamedBy.PREFERRED_FOLDED)


class Bound(msgspec.Struct, frozen=True):
    """A class of the source and what a dataset writes for it."""

    class_id: str
    text: str
    how: NamedBy
    path: tuple[NamedBy, ...] = ()
    """Of a path: how each of its names names a class."""


def bound(source: Vocabulary, names: Sequence[Ref], by: By | None) -> Bound | None:
    """The class that the first name that says anything means; none when none does.

    Raises AmbiguousReference where a name means several classes.
    """
    for name in names:
        found = _bound(source, f"#{name}" if isinstance(name, int) else name, by)
        if found is not None:
            return found
    return None


def _bound(source: Vocabulary, text: str, by: By | None) -> Bound | None:
    parts = text.split(PATH)
    meant = source.meant(parts[-1], by)
    classes = meant.classes if len(parts) == 1 else source.path_meant(parts, by)
    if meant.how is None or not classes:
        return None
    if len(classes) > 1:
        raise AmbiguousReference(
            " / ".join(parts), [f"#{source.entry(each).code}" for each in classes]
        )
    if len(parts) == 1:
        return Bound(classes[0], text, meant.how)
    path = tuple(each for part in parts if (each := source.meant(part, by).how) is not None)
    return Bound(classes[0], text, meant.how, path)


def written(source: Vocabulary, target: Vocabulary, like: Bound, class_id: str) -> str:
    """What a dataset that names a class as ``like`` says writes for a class of the target.

    A name that is still right stays. Raises InvalidValue where the target has no such name.
    """
    if not like.path:
        return _written(source, target, like, class_id)
    parts = like.text.split(PATH)
    above = target.path(class_id)
    if len(parts) < len(source.path(like.class_id)):
        above = above[-len(parts) :]  # names at the top were left out, and stay so
    hows = (*(like.path[0],) * (len(above) - len(like.path)), *like.path)[-len(above) :]
    names = []
    for each, how in zip(above, hows, strict=True):
        entry = source.find(each)
        text = "" if entry is None else _name(source, entry, how)
        own = Bound(each if entry is not None else "", text, how)
        names.append(_written(source, target, own, each))
    names[-1] = _written(source, target, Bound(like.class_id, parts[-1], like.how), class_id)
    return PATH.join(names)


def _name(vocabulary: Vocabulary, entry: Entry, how: NamedBy) -> str:
    """What a class is called in a given way."""
    match how:
        case NamedBy.ID:
            return entry.id
        case NamedBy.CODE:
            return str(entry.code)
        case NamedBy.NOTATION:
            return entry.notations[0].value if entry.notations else ""
        case _:
            return vocabulary.label(entry.id)


def _written(source: Vocabulary, target: Vocabulary, like: Bound, class_id: str) -> str:
    entry = target.entry(class_id)
    match like.how:
        case NamedBy.ID:
            return class_id
        case NamedBy.CODE:
            return f"#{entry.code}" if like.text.startswith("#") else str(entry.code)
        case NamedBy.NOTATION:
            return _notation(source, target, like, entry)
    before = source.find(like.class_id)
    if before is None:
        return target.label(class_id)
    if like.how not in _PREFERRED and before.id == class_id:
        same = source.label(class_id) == target.label(class_id)
        return like.text if same else target.label(class_id)
    return _label(source, target, like, entry, before)


def _label(source: Vocabulary, target: Vocabulary, like: Bound, entry: Entry, before: Entry) -> str:
    """The preferred label in the language of the text; the text where it still is that label."""
    languages = [each.language for each in before.preferred if each.value == like.text]
    loosely = [each.language for each in before.preferred if not languages]
    for language in (*languages, *loosely):
        now = entry.labels.get(language)
        was = Label(now or "", language)
        if now is None:
            continue
        if before.id == entry.id and was in before.preferred:
            return like.text
        if languages or language == source.language:
            return now
    return target.label(entry.id)


def _notation(source: Vocabulary, target: Vocabulary, like: Bound, entry: Entry) -> str:
    before = source.find(like.class_id)
    known = () if before is None else before.notations
    systems = [each.system for each in known if each.value == like.text]
    for each in entry.notations:
        if not systems or each.system in systems:
            return each.value
    raise InvalidValue(
        "labels",
        f"“{like.text}” is a notation, and “{target.label(entry.id)}” has none in its code "
        "system: give it one, or name the classes otherwise.",
    )
