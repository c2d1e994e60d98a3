"""Cards: what changed of each class, group and of the taxonomy, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from difflib import SequenceMatcher
from typing import Any

from cladist.model.change.effect import Swap
from cladist.model.diff.values import Card, CardState, FieldChange, Mark, Stretch, Subject
from cladist.model.taxonomy import (
    Class,
    Group,
    Header,
    LabelStructure,
    Match,
    Notation,
    Relation,
    Retirement,
    RuleSetting,
    Slot,
    Statement,
    Text,
)

_CLASS_IDS = frozenset({"parents", "related", "boundary_with", "members", "under", "successors"})
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_WORD = {True: "yes", False: "no"}
_LONGEST = 20_000  # characters of a text of which words are marked


def class_card(swap: Swap[Class], language: str) -> Card:
    """The card of a class that differs; labels in the language where there are any."""
    before, after = swap.before, swap.after
    return Card(
        id=swap.key,
        subject=Subject.CLASS,
        state=_state(before, after),
        before="" if before is None else before.label(language),
        after="" if after is None else after.label(language),
        fields=tuple(_fields(_flat(before), _flat(after))),
    )


def _state(before: Class | None, after: Class | None) -> CardState:
    if before is None:
        return CardState.ADDED
    if after is None:
        return CardState.REMOVED
    if before.active == after.active:
        return CardState.CHANGED
    return CardState.RETIRED if before.active else CardState.RESTORED


def group_card(swap: Swap[Group], language: str) -> Card:
    """The card of an exclusive group that differs."""
    return _card(swap, Subject.GROUP, _label(swap.before, language), _label(swap.after, language))


def header_card(swap: Swap[Header]) -> Card:
    """The card of what is said of the taxonomy as a whole."""
    slugs = ("" if each is None else each.slug for each in (swap.before, swap.after))
    return _card(swap, Subject.TAXONOMY, *slugs)


def other_card(swap: Swap[tuple[Statement, ...]]) -> Card:
    """The card of a subject that is neither class nor group, kept as it came."""
    before, after = swap.before or (), swap.after or ()
    change = _values("statements", before, after)
    return Card(
        id=swap.key,
        subject=Subject.OTHER,
        state=_plain_state(swap),
        before=swap.key if before else "",
        after=swap.key if after else "",
        fields=tuple(change),
    )


def _card(swap: Swap[Any], subject: Subject, before: str, after: str) -> Card:
    return Card(
        id=swap.key,
        subject=subject,
        state=_plain_state(swap),
        before=before,
        after=after,
        fields=tuple(_fields(_flat(swap.before), _flat(swap.after))),
    )


def _plain_state(swap: Swap[Any]) -> CardState:
    if swap.before is None:
        return CardState.ADDED
    return CardState.REMOVED if swap.after is None else CardState.CHANGED


def _label(group: Group | None, language: str) -> str:
    if group is None:
        return ""
    named = sorted(group.labels, key=lambda each: each.language != language)
    return named[0].value if named else group.id


Flat = dict[str, tuple[Any, ...]]


def _flat(value: Any) -> Flat:
    """The fields of a value as tuples, those that are empty left out."""
    if value is None:
        return {}
    found: Flat = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if isinstance(held, Retirement):
            found["retired"] = ("yes",)
            found["reason"] = (held.reason,) if held.reason else ()
            found["successors"] = held.successors
        elif isinstance(held, LabelStructure):
            found.update({f"structure {name}": each for name, each in _flat(held).items()})
        elif held not in (None, "", ()) and field.name != "id":
            found[field.name] = held if isinstance(held, tuple) else (held,)
    return {name: each for name, each in found.items() if each}


def _fields(before: Flat, after: Flat) -> Iterator[FieldChange]:
    for field in dict.fromkeys((*before, *after)):
        yield from _values(field, before.get(field, ()), after.get(field, ()))


def _values(field: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[FieldChange]:
    old, new = set(before), set(after)
    lost = [each for each in before if each not in new]
    gained = [each for each in after if each not in old]
    languages = {each.language if isinstance(each, Text) else "" for each in (*lost, *gained)}
    for language in sorted(languages):
        gone, come = _in(lost, language), _in(gained, language)
        one = len(gone) == len(come) == 1 and isinstance((*lost, *gained)[0], Text)
        yield FieldChange(
            field=field.replace("_", " "),
            language=language,
            removed=gone,
            added=come,
            names_classes=field in _CLASS_IDS,
            words=marked(gone[0], come[0]) if one else (),
        )


def _in(values: Iterable[Any], language: str) -> tuple[str, ...]:
    return tuple(
        _shown(each)
        for each in values
        if (each.language if isinstance(each, Text) else "") == language
    )


def _shown(value: Any) -> str:
    """A value as people read it."""
    match value:
        case Text(value=text):
            return text
        case Notation(value=text, system=system):
            return f"{text} ({system})" if system else text
        case Match(predicate=predicate, target=target):
            return f"{predicate} {target}"
        case Statement(predicate=predicate, object=held):
            return f"{predicate} {held}"
        case Slot(role=role, owner=owner, value=held, minimum=low, maximum=high):
            return f"{role}: {owner} → {held} ({low} to {'any' if high is None else high})"
        case Relation(role=role, source=source, target=target):
            return f"{role}: {source} → {target}"
        case RuleSetting(rule=rule, enforcement=enforcement, reason=reason):
            return f"{rule}: {enforcement}" + (f" ({reason})" if reason else "")
        case _:
            return _WORD.get(value, str(value)) if isinstance(value, bool) else str(value)


def marked(before: str, after: str) -> tuple[Stretch, ...]:
    """Which words of a text stayed, went and came; joined without the others each side is whole."""
    if len(before) + len(after) > _LONGEST:
        return (Stretch(Mark.REMOVED, before), Stretch(Mark.ADDED, after))
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Stretch(Mark.SAME, "".join(old[a:b])))
            continue
        if b > a:
            found.append(Stretch(Mark.REMOVED, "".join(old[a:b])))
        if d > c:
            found.append(Stretch(Mark.ADDED, "".join(new[c:d])))
    return tuple(found)
