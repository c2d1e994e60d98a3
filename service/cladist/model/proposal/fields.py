"""What a class or a header says of itself in a new state, as the changes that would say so."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.model.change.kinds import (
    Change,
    EditClass,
    EditTaxonomy,
    RedefineClass,
    RenameClass,
    Resource,
    SetSelectable,
    Shift,
)
from cladist.model.taxonomy import Class, Header, Taxonomy

_EDITED = (
    "preferred",
    "alternative",
    "hidden",
    "scope_notes",
    "examples",
    "counter_examples",
    "boundary_notes",
    "boundary_with",
    "notations",
    "related",
    "colour",
    "hotkey",
    "matches",
    "extra",
)


def renamed(old: Class, new: Class) -> Iterator[Change]:
    """Preferred labels in use that another takes the place of in the same language."""
    for language in sorted({each.language for each in old.preferred}) if old.active else ():
        before = [each for each in old.preferred if each.language == language]
        after = [each for each in new.preferred if each.language == language]
        if len(before) == len(after) == 1 and before != after:
            kept = before[0] in new.alternative
            yield RenameClass(id=old.id, label=after[0], keep_old=kept)


def described(old: Class, new: Class, shift: Shift) -> Iterator[Change]:
    """The changes of one class's own fields, its names, place and retirement aside."""
    if new.definitions != old.definitions:
        clarified = Shift.CLARIFIED if not old.definitions else shift
        yield RedefineClass(id=old.id, definitions=new.definitions, shift=clarified)
    if new.selectable != old.selectable:
        yield SetSelectable(id=old.id, selectable=new.selectable)
    fields = {
        field: getattr(new, field)
        for field in _EDITED
        if getattr(new, field) != getattr(old, field)
    }
    if new.rank != old.rank:
        fields["rank"] = -1 if new.rank is None else new.rank
    if fields:
        yield EditClass(id=old.id, **fields)


def header(old: Header, new: Header, resources: tuple[Resource, ...]) -> Iterator[Change]:
    fields = {
        field: getattr(new, field)
        for field in (
            "titles",
            "descriptions",
            "license",
            "source",
            "namespace",
            "default_language",
            "selectable_rule",
            "polyhierarchy",
            "rules",
            "extra",
        )
        if getattr(new, field) != getattr(old, field)
    }
    if fields or resources:
        yield EditTaxonomy(**fields, resources=resources or None)


def resources(old: Taxonomy, new: Taxonomy) -> tuple[Resource, ...]:
    return tuple(
        Resource(subject, new.others.get(subject, ()))
        for subject in sorted(set(old.others) | set(new.others))
        if subject not in old.classes
        and subject not in old.groups
        and old.others.get(subject, ()) != new.others.get(subject, ())
    )
