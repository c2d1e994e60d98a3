"""Verbs that make other classes of classes: merging, splitting, regrouping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from cladist.cli.options import CHILDREN, CLASS, LANGUAGE, editing, language_of
from cladist.model.change.kinds import (
    MergeClasses,
    Pair,
    Part,
    Placement,
    RegroupClasses,
    SplitClass,
)
from cladist.model.change.references import find
from cladist.model.errors import InvalidValue
from cladist.model.taxonomy import Class, Text

if TYPE_CHECKING:
    from cladist.catalog.opened import OpenDraft
    from cladist.model.change.kinds import Change

Placed = tuple[tuple[str, str], ...]
PARTS = {f"{one}-{other}": (one, other) for one in Part for other in Part}
"""How much of the source goes into how much of the target."""


@editing
@click.argument("sources", metavar="CLASS...", nargs=-1, required=True)
@click.option("--into", metavar="CLASS", default="", help="The class that they become.")
@click.option("--new", metavar="LABEL", default="", help="The label of a new class instead.")
@click.option("--under", metavar="CLASS", multiple=True, help="A parent of the new class.")
@click.option("--drop-labels", is_flag=True, help="Do not keep their labels as alternatives.")
@CHILDREN
@LANGUAGE
def merge(
    draft: OpenDraft,
    *,
    sources: tuple[str, ...],
    into: str,
    new: str,
    under: tuple[str, ...],
    drop_labels: bool,
    placed: Placed,
    language: str | None,
) -> Sequence[Change]:
    """Make one class of several.

    The sources are retired with the target as their successor; their children come under it, and
    their labels become its alternative labels.
    """
    if bool(into) is bool(new):
        raise click.UsageError("Say what they become: --into CLASS, or --new LABEL.")
    if under and not new:
        raise click.UsageError("--under belongs to --new.")
    return [
        MergeClasses(
            sources=sources,
            into=into,
            new=_new(draft, new, language, under) if new else None,
            children=_placements(placed),
            keep_labels=not drop_labels,
        )
    ]


@editing
@CLASS
@click.option("--into", metavar="LABEL", multiple=True, help="A new part; may be repeated.")
@click.option("--existing", metavar="CLASS", multiple=True, help="A part that exists already.")
@click.option("--keep-as-parent", is_flag=True, help="Keep the class, unselectable, above them.")
@click.option("--rule", metavar="TEXT", default="", help="How items are told apart.")
@CHILDREN
@LANGUAGE
def split(
    draft: OpenDraft,
    *,
    named: str,
    into: tuple[str, ...],
    existing: tuple[str, ...],
    keep_as_parent: bool,
    rule: str,
    placed: Placed,
    language: str | None,
) -> Sequence[Change]:
    """Make several classes of one.

    The class is retired with the parts as its successors, since its id never carries a narrower
    meaning. Each of its children needs a part: --child puppy "small dog".
    """
    return [
        SplitClass(
            id=named,
            new=tuple(_new(draft, label, language) for label in into),
            into=existing,
            children=_placements(placed),
            keep_as_parent=keep_as_parent,
            rule=rule,
        )
    ]


@editing
@click.option(
    "--pair",
    "pairs",
    nargs=3,
    multiple=True,
    required=True,
    metavar="SOURCE TARGET HOW",
    help="HOW is whole-whole, whole-part, part-whole or part-part; may be repeated.",
)
@click.option("--new", metavar="LABEL", multiple=True, help="A target that is new; repeatable.")
@click.option("--under", metavar="CLASS", multiple=True, help="A parent of the new targets.")
@CHILDREN
@LANGUAGE
def regroup(
    draft: OpenDraft,
    *,
    pairs: tuple[tuple[str, str, str], ...],
    new: tuple[str, ...],
    under: tuple[str, ...],
    placed: Placed,
    language: str | None,
) -> Sequence[Change]:
    """Make several classes of several others.

    A pair says how much of the source goes into how much of the target: “lynx "wild cat"
    whole-part” puts all of lynx into a part of wild cat. Sources that are no target are retired.
    """
    # A new target gets its id when the change is recorded; pairs name it by its label until then.
    return [
        RegroupClasses(
            pairs=tuple(_pair(draft, *each, new) for each in pairs),
            new=tuple(_new(draft, label, language, under) for label in new),
            children=_placements(placed),
        )
    ]


def _pair(draft: OpenDraft, source: str, target: str, how: str, new: tuple[str, ...]) -> Pair:
    if how not in PARTS:
        raise InvalidValue("pair", f"“{how}” is not one of {', '.join(PARTS)}.")
    one, other = PARTS[how]
    return Pair(
        source=find(draft.taxonomy, source),
        target=target if target in new else find(draft.taxonomy, target),
        source_part=one,
        target_part=other,
    )


def _new(draft: OpenDraft, label: str, language: str | None, under: tuple[str, ...] = ()) -> Class:
    return Class(preferred=(Text(label, language_of(draft, language)),), parents=under)


def _placements(placed: Placed) -> tuple[Placement, ...]:
    return tuple(Placement(*each) for each in placed)
