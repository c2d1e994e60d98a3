"""Verbs on exclusive groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from cladist.cli.answers import Names
from cladist.cli.desk import Desk, Target, read
from cladist.cli.options import LANGUAGE, TARGET, editing, language_of, verb
from cladist.cli.printing import Answer, Block, Table
from cladist.cli.shapes import group_json
from cladist.model.change.kinds import RemoveExclusiveGroup, SetExclusiveGroup
from cladist.model.errors import AmbiguousReference, UnknownGroup
from cladist.model.taxonomy import Group, Taxonomy, Text

if TYPE_CHECKING:
    from cladist.catalog.opened import OpenDraft
    from cladist.model.change.kinds import Change


@editing
@click.option("--name", metavar="TEXT", default="", help="What the group is called.")
@click.option("--member", metavar="CLASS", multiple=True, help="A member; may be repeated.")
@click.option("--exhaustive-under", metavar="CLASS", default="", help="One of them always applies.")
@click.option("--group", metavar="GROUP", default="", help="A group to change, by id or name.")
@LANGUAGE
def exclusive(
    draft: OpenDraft,
    *,
    name: str,
    member: tuple[str, ...],
    exhaustive_under: str,
    group: str,
    language: str | None,
) -> Sequence[Change]:
    """Say that classes exclude each other.

    With --group the group gets new contents: members that are not named are members no more.
    """
    old = find_group(draft.taxonomy, group) if group else Group()
    labels = (Text(name, language_of(draft, language)),) if name else old.labels
    new = Group(
        id=old.id,
        labels=labels,
        members=member or old.members,
        exhaustive=bool(exhaustive_under),
        under=exhaustive_under,
        extra=old.extra,
    )
    return [SetExclusiveGroup(group=new)]


@editing
@click.argument("group")
def unexclude(draft: OpenDraft, *, group: str) -> Sequence[Change]:
    """Remove an exclusive group.

    GROUP is its id or its name. Its members may apply together from then on.
    """
    return [RemoveExclusiveGroup(id=find_group(draft.taxonomy, group).id)]


def find_group(taxonomy: Taxonomy, reference: str) -> Group:
    """The group that has this id, or this name alone."""
    if reference in taxonomy.groups:
        return taxonomy.groups[reference]
    found = [
        each
        for each in taxonomy.groups.values()
        if any(text.value == reference for text in each.labels)
    ]
    if not found:
        raise UnknownGroup(reference)
    if len(found) > 1:
        raise AmbiguousReference(reference, [each.id for each in found])
    return found[0]


@verb
@TARGET
def groups(desk: Desk, *, target: Target) -> Answer:
    """List the exclusive groups."""
    with desk.catalog() as catalog:
        found = read(catalog, target)
        taxonomy = found.state.taxonomy
    chosen = sorted(taxonomy.groups.values(), key=lambda each: each.id)
    names = Names(taxonomy)

    def row(group: Group) -> tuple[str, ...]:
        title = group.labels[0].value if group.labels else ""
        under = names(group.under) if group.exhaustive and group.under else ""
        return title, ", ".join(map(names, group.members)), under, group.id

    def text() -> list[Block]:
        if not chosen:
            return [f"{found.name} has no exclusive group."]
        return [Table(("name", "members", "exhaustive under", "id"), [*map(row, chosen)])]

    return Answer(
        lambda: {
            "slug": found.slug,
            "version": found.version,
            "groups": [group_json(taxonomy, each) for each in chosen],
        },
        text,
    )
