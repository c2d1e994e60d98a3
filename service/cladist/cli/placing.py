"""Verbs that edit the hierarchy: parents and order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from cladist.cli.options import CLASS, editing
from cladist.model.change.kinds import AddParent, MoveClass, RemoveParent, ReorderClasses

if TYPE_CHECKING:
    from cladist.catalog.opened import OpenDraft
    from cladist.model.change.kinds import Change

PARENT = click.argument("parent", metavar="PARENT")


@editing
@CLASS
@click.option("--under", metavar="CLASS", multiple=True, help="A new parent; may be repeated.")
@click.option("--top", is_flag=True, help="Make it a top class.")
def move(draft: OpenDraft, *, named: str, under: tuple[str, ...], top: bool) -> Sequence[Change]:
    """Give a class new parents in place of the old ones.

    Its descendants come with it.
    """
    if top is bool(under):
        raise click.UsageError("Say where: --under CLASS, or --top.")
    return [MoveClass(id=named, parents=under)]


@editing
@CLASS
@PARENT
def add_parent(draft: OpenDraft, *, named: str, parent: str) -> Sequence[Change]:
    """Give a class one more parent."""
    return [AddParent(id=named, parent=parent)]


@editing
@CLASS
@PARENT
def remove_parent(draft: OpenDraft, *, named: str, parent: str) -> Sequence[Change]:
    """Take one parent from a class."""
    return [RemoveParent(id=named, parent=parent)]


@editing
@click.argument("named", metavar="CLASS...", nargs=-1, required=True)
def order(draft: OpenDraft, *, named: tuple[str, ...]) -> Sequence[Change]:
    """Put classes in order.

    They get the ranks 0, 1, 2, ... as they stand. In an ordinal taxonomy the ranks are the scale.
    """
    return [ReorderClasses(order=named)]
