"""The page of changes: every kind with its fields, and how far it moves the version number."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from typing import Any

from cladist.model.change.kinds import Change
from docs_pages.markdown import code, page, prose, table

KINDS: tuple[type[Any], ...] = typing.get_args(Change)
"""Every kind of change, in the order of the source."""

WEIGHTS: dict[str, dict[str, str]] = {
    "add_class": {
        "major": "a class that may be picked comes into a single-label or ordinal taxonomy, or "
        "any class under the class that an exhaustive group divides, or under a leaf that could "
        "be picked until now",
        "minor": "else",
    },
    "rename_class": {
        "major": "the label in the default language changes and the old one is not kept",
        "minor": "the label in the default language changes",
        "patch": "a label in another language, or the first in a language",
    },
    "edit_class": {
        "major": "a notation goes, the rank changes in an ordinal taxonomy, or a class in use "
        "loses its preferred label in the default language",
        "patch": "else",
    },
    "redefine_class": {"major": "narrowed, broadened or shifted", "patch": "clarified"},
    "move_class": {
        "major": "an ancestor goes, the class comes under an exhaustive group, or its new parent "
        "was a leaf that could be picked",
        "minor": "else",
        "patch": "the class is retired",
    },
    "add_parent": {
        "major": "the class comes under an exhaustive group, or its new parent was a leaf that "
        "could be picked",
        "minor": "else",
        "patch": "the class is retired",
    },
    "remove_parent": {
        "major": "an ancestor goes",
        "minor": "each ancestor is still reached another way",
        "patch": "the class is retired",
    },
    "reorder_classes": {"major": "the taxonomy is ordinal", "patch": "else"},
    "set_selectable": {
        "major": "the class may not be picked any more",
        "minor": "the class may be picked from now on",
        "patch": "nothing changes for annotators",
    },
    "merge_classes": {"major": "always"},
    "split_class": {"major": "always"},
    "regroup_classes": {"major": "always"},
    "retire_class": {"major": "always"},
    "restore_class": {
        "major": "a class that may be picked comes back into a single-label or ordinal taxonomy, "
        "or under the class that an exhaustive group divides",
        "minor": "else",
    },
    "set_exclusive_group": {
        "major": "the group is new, gains a member, or becomes exhaustive or so elsewhere",
        "minor": "it only loses members or is exhaustive no more",
        "patch": "only its label or other statements change",
    },
    "remove_exclusive_group": {"minor": "always"},
    "set_label_structure": {"major": "always"},
    "edit_taxonomy": {
        "major": "the selectable rule becomes `leaves`",
        "minor": "the selectable rule becomes `any`, or the default language changes",
        "patch": "else",
    },
}
"""For each kind the weights that it can have, the heaviest first, and when it has them."""

_HEAD = """# Changes

A draft holds changes, in order. Each says what a person means to do. `op` names the kind; JSON
objects like these stand in the ledger, in requests to
`POST /api/v1/taxonomies/{slug}/draft/changes` and in the file that `cladist apply` reads. Fields
that have a default may be left out; a field that nobody knows is refused.

Where a change names a class, its id, its code such as `#17` or the preferred label that it alone
has will do; the ledger stores the id. Groups are named by id. New classes and groups that come
without an id get one, and new classes without a code the next one.

The heaviest change of a draft decides [the number of the next
version](../explanation/version-numbers.md). The first version is 1.0.0 whatever its changes.
"""


def op_of(kind: type[Any]) -> str:
    """The word that names the kind in JSON."""
    return str(next(each.default for each in fields(kind) if each.name == "op"))


def values() -> list[type[Any]]:
    """The values that fields of changes hold, changes themselves left out."""
    found: dict[type[Any], None] = {}
    waiting = list(KINDS)
    for kind in waiting:  # grows while it is read
        for hint in typing.get_type_hints(kind).values():
            fresh = [each for each in _records(hint) if each not in found]
            found.update(dict.fromkeys(fresh))
            waiting += fresh
    return sorted(found, key=lambda each: each.__name__)


def written() -> str:
    """The page in Markdown."""
    parts = [_HEAD, "## Kinds"]
    for kind in KINDS:
        op = op_of(kind)
        weights = table(("weight", "when"), [(code(w), when) for w, when in WEIGHTS[op].items()])
        parts += [f"### {op}", code(kind.__name__), prose(kind), fields_of(kind), weights]
    parts += ["## Values", "What the fields of changes hold, besides texts and numbers."]
    for value in values():
        parts += [f"### {value.__name__}", prose(value), fields_of(value)]
    return page(*parts)


def fields_of(kind: type[Any]) -> str:
    """The fields of a value as a table."""
    hints = typing.get_type_hints(kind)
    rows = [
        (code(each.name), shown(hints[each.name]), _default(each))
        for each in fields(kind)
        if each.name != "op"
    ]
    return table(("field", "value", "default"), rows)


def _default(field: Field[Any]) -> str:
    if field.default_factory is not MISSING:
        return code(type(field.default_factory()).__name__)
    if field.default is MISSING:
        return "must be given"
    words = {(): "`[]`", None: "`null`", True: "`true`", False: "`false`", "": "empty"}
    if isinstance(field.default, bool | tuple | None) or field.default == "":
        return words[field.default]
    return code(field.default)


def shown(hint: Any) -> str:
    """What a field holds, in words of JSON."""
    if typing.get_origin(hint) is tuple:
        return f"list of {shown(typing.get_args(hint)[0])}"
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        some = [shown(each) for each in typing.get_args(hint) if each is not types.NoneType]
        return " or ".join([*some, "`null`"])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return " or ".join(code(each) for each in hint)
    if is_dataclass(hint) and isinstance(hint, type):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return {str: "text", int: "whole number", bool: "`true` or `false`"}[hint]


def _records(hint: Any) -> Iterator[type[Any]]:
    if isinstance(hint, type) and is_dataclass(hint):
        yield hint
    for each in typing.get_args(hint):
        yield from _records(each)
