"""Verbs that edit single classes: adding, naming, describing, defining, retiring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from cladist.cli.options import CHILDREN, CLASS, LANGUAGE, editing, language_of
from cladist.model.change.kinds import (
    AddClass,
    EditClass,
    Placement,
    RedefineClass,
    RenameClass,
    RestoreClass,
    RetireClass,
    SetSelectable,
    Shift,
)
from cladist.model.change.references import find
from cladist.model.taxonomy import UNGIVEN, Class, Notation, Text, Texts

if TYPE_CHECKING:
    from cladist.catalog.opened import OpenDraft
    from cladist.model.change.kinds import Change

Changes = Sequence["Change"]


class Additions(TypedDict):
    """The options of ``add`` that say more of one class."""

    code: int | None
    definition: str
    alternative: tuple[str, ...]
    example: tuple[str, ...]
    colour: str
    hotkey: str


@editing
@click.argument("labels", metavar="LABEL...", nargs=-1, required=True)
@click.option("--under", metavar="CLASS", multiple=True, help="A parent; may be repeated.")
@click.option("--code", type=click.IntRange(0), help="Its code; else the next one.")
@click.option("--definition", metavar="TEXT", default="", help="What it means.")
@click.option("--alternative", metavar="TEXT", multiple=True, help="Another label; repeatable.")
@click.option("--example", metavar="TEXT", multiple=True, help="An example; repeatable.")
@click.option("--colour", metavar="#RRGGBB", default="", help="For labeling tools.")
@click.option("--hotkey", metavar="KEY", default="", help="For labeling tools.")
@LANGUAGE
def add(
    draft: OpenDraft,
    *,
    labels: tuple[str, ...],
    under: tuple[str, ...],
    language: str | None,
    **more: Unpack[Additions],
) -> Changes:
    """Add classes.

    Each LABEL becomes a class with a new id and the next code. Options that say more of a class
    need a single LABEL.
    """
    spoken = language_of(draft, language)
    if len(labels) > 1 and any(each not in (None, "", ()) for each in more.values()):
        raise click.UsageError("Options that say more of a class need a single LABEL.")
    code = more["code"]
    return [
        AddClass(
            new=Class(
                preferred=(Text(label, spoken),),
                parents=under,
                code=UNGIVEN if code is None else code,
                definitions=_texts((more["definition"],), spoken),
                alternative=_texts(more["alternative"], spoken),
                examples=_texts(more["example"], spoken),
                colour=more["colour"],
                hotkey=more["hotkey"],
            )
        )
        for label in labels
    ]


@editing
@CLASS
@click.argument("label")
@click.option("--drop-old", is_flag=True, help="Do not keep the old label as an alternative.")
@LANGUAGE
def rename(
    draft: OpenDraft, *, named: str, label: str, drop_old: bool, language: str | None
) -> Changes:
    """Give a class a new preferred label.

    The old one stays as an alternative label. With --language the label in another language is set.
    """
    text = Text(label, language_of(draft, language))
    return [RenameClass(id=named, label=text, keep_old=not drop_old)]


TEXTS = {
    "alternative": "alternative",
    "hidden": "hidden",
    "scope_note": "scope_notes",
    "example": "examples",
    "counter_example": "counter_examples",
    "boundary_note": "boundary_notes",
}
"""The options of ``describe`` that add a text, and the fields that they add to."""

CLEARABLE = (
    *(each.replace("_", "-") for each in TEXTS),
    *("boundary-with", "related", "notation", "colour", "hotkey", "rank"),
)


class Description(TypedDict):
    """The options of ``describe`` but for its texts."""

    boundary_with: tuple[str, ...]
    related: tuple[str, ...]
    notation: tuple[tuple[str, str], ...]
    colour: str | None
    hotkey: str | None
    rank: int | None
    alternative: tuple[str, ...]
    hidden: tuple[str, ...]
    scope_note: tuple[str, ...]
    example: tuple[str, ...]
    counter_example: tuple[str, ...]
    boundary_note: tuple[str, ...]


@editing
@CLASS
@click.option("--alternative", metavar="TEXT", multiple=True, help="Add an alternative label.")
@click.option("--hidden", metavar="TEXT", multiple=True, help="Add a label for searching only.")
@click.option("--scope-note", metavar="TEXT", multiple=True, help="Add a scope note.")
@click.option("--example", metavar="TEXT", multiple=True, help="Add an example.")
@click.option("--counter-example", metavar="TEXT", multiple=True, help="Add a counter-example.")
@click.option("--boundary-note", metavar="TEXT", multiple=True, help="Add a boundary note.")
@click.option("--boundary-with", metavar="CLASS", multiple=True, help="The class it borders on.")
@click.option("--related", metavar="CLASS", multiple=True, help="Add a related class.")
@click.option("--notation", metavar="CODE SYSTEM", nargs=2, multiple=True, help="Add a notation.")
@click.option("--colour", metavar="#RRGGBB", help="Set the colour.")
@click.option("--hotkey", metavar="KEY", help="Set the hotkey.")
@click.option("--rank", type=click.IntRange(0), help="Set the rank.")
@click.option("--clear", multiple=True, type=click.Choice(CLEARABLE), help="Empty a field first.")
@LANGUAGE
def describe(
    draft: OpenDraft,
    *,
    named: str,
    clear: tuple[str, ...],
    language: str | None,
    **said: Unpack[Description],
) -> Changes:
    """Edit notes, other labels, colour and hotkey.

    Texts and links are added to those that are there; --clear empties a field first, in the
    language of the texts. All options may be repeated but for colour, hotkey and rank.
    """
    item = draft.taxonomy.classes[find(draft.taxonomy, named)]
    spoken = language_of(draft, language)
    values: dict[str, Any] = {**said}
    cleared = {each.replace("-", "_") for each in clear}
    fields: dict[str, Any] = {}
    for option, field in TEXTS.items():
        kept = [
            each
            for each in getattr(item, field)
            if option not in cleared or each.language != spoken
        ]
        if values[option] or option in cleared:
            fields[field] = (*kept, *_texts(values[option], spoken))
    return [EditClass(id=item.id, **fields, **_links(item, said, cleared), **_marks(said, cleared))]


def _links(item: Class, said: Description, cleared: set[str]) -> dict[str, Any]:
    new: dict[str, tuple[Any, ...]] = {
        "boundary_with": said["boundary_with"],
        "related": said["related"],
        "notations": tuple(Notation(*each) for each in said["notation"]),
    }
    emptied = {"notations" if each == "notation" else each for each in cleared}
    return {
        field: (*(() if field in emptied else getattr(item, field)), *values)
        for field, values in new.items()
        if values or field in emptied
    }


def _marks(said: Description, cleared: set[str]) -> dict[str, Any]:
    given = {"colour": said["colour"], "hotkey": said["hotkey"], "rank": said["rank"]}
    empty = {"colour": "", "hotkey": "", "rank": -1}
    found = {field: value for field, value in empty.items() if field in cleared}
    return {**found, **{field: value for field, value in given.items() if value is not None}}


@editing
@CLASS
@click.argument("definition")
@click.option(
    "--shift",
    type=click.Choice([each.value for each in Shift]),
    help="What this does to the meaning; needed where there is a definition.",
)
@LANGUAGE
def define(
    draft: OpenDraft, *, named: str, definition: str, shift: str | None, language: str | None
) -> Changes:
    """Give a class a new definition.

    The number of the next version depends on --shift: data labeled under the old definition stay
    right if it was only clarified.
    """
    item = draft.taxonomy.classes[find(draft.taxonomy, named)]
    spoken = language_of(draft, language)
    if item.definitions and shift is None:
        raise click.UsageError("Say what this does to the meaning: --shift clarified, ...")
    kept = [each for each in item.definitions if each.language != spoken]
    return [
        RedefineClass(
            id=item.id,
            definitions=(*kept, *_texts((definition,), spoken)),
            shift=Shift(shift or Shift.CLARIFIED),
        )
    ]


@editing
@CLASS
@click.argument("may", metavar="yes|no|rule", type=click.Choice(["yes", "no", "rule"]))
def selectable(draft: OpenDraft, *, named: str, may: str) -> Changes:
    """Say whether annotators may pick a class.

    “rule” leaves it to the taxonomy's rule: leaves only, or any class.
    """
    return [SetSelectable(id=named, selectable={"yes": True, "no": False, "rule": None}[may])]


@editing
@click.argument("named", metavar="CLASS...", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", default="", help="Why it goes out of use.")
@click.option("--successor", metavar="CLASS", multiple=True, help="What stands in; repeatable.")
@CHILDREN
@click.option("--lift-children", is_flag=True, help="Children come under the parents instead.")
def retire(
    draft: OpenDraft,
    *,
    named: tuple[str, ...],
    reason: str,
    successor: tuple[str, ...],
    placed: tuple[tuple[str, str], ...],
    lift_children: bool,
) -> Changes:
    """Take classes out of use, kept for ever.

    A class that has children needs a word on where each goes.
    """
    children = tuple(Placement(*each) for each in placed)
    return [
        RetireClass(
            id=each,
            reason=reason,
            successors=successor,
            children=children,
            lift_children=lift_children,
        )
        for each in named
    ]


@editing
@CLASS
def restore(draft: OpenDraft, *, named: str) -> Changes:
    """Bring a retired class back into use.

    It comes back where it was. Name it by its id or #code.
    """
    return [RestoreClass(id=named)]


def _texts(values: Sequence[str], language: str) -> Texts:
    return tuple(Text(each, language) for each in values if each)
