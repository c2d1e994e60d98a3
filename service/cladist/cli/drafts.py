"""Verbs on the draft as a whole: its changes, undoing them, applying a file of them, the log."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

import click

from cladist.cli.answers import change_table, standing
from cladist.cli.desk import DRAFT, Desk, Target, faults
from cladist.cli.options import AUTHOR, SLUG, TARGET, editing, verb
from cladist.cli.printing import Answer, Block, Table
from cladist.cli.shapes import change_json, draft_json, plain
from cladist.model.errors import UnknownChange, UnreadableInput

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.opened import OpenDraft
    from cladist.catalog.values import Draft
    from cladist.model.change.kinds import Change

LAST = "last"


@verb
@SLUG
def status(desk: Desk, *, slug: str) -> Answer:
    """Show the draft's changes and the next number.

    Each change stands with its weight: the heaviest decides the number of the next version.
    """
    with desk.catalog() as catalog:
        return _status(catalog.draft(slug))


def _status(draft: Draft) -> Answer:
    def text() -> Iterator[Block]:
        if draft.changes:
            yield change_table(draft.changes)
        yield standing(draft)

    return Answer(
        lambda: {**draft_json(draft), "changes": [change_json(each) for each in draft.changes]},
        text,
    )


@verb
@SLUG
@click.argument("change")
@AUTHOR
def undo(desk: Desk, *, slug: str, change: str, author: str | None) -> Answer:
    """Take one change out of the draft.

    CHANGE is the id that “cladist status” shows, or “last”. The changes after it stay; where one of
    them builds on it, nothing is undone.
    """
    with desk.catalog() as catalog:
        draft = catalog.draft(slug)
        if change == LAST:
            if not draft.changes:
                raise UnknownChange(LAST)
            change = draft.changes[-1].record.id
        return _status(catalog.undo(slug, change, draft.revision, desk.author(author)))


@verb
@SLUG
@click.option("--yes", is_flag=True, help="Do not ask first.")
@AUTHOR
def discard(desk: Desk, *, slug: str, yes: bool, author: str | None) -> Answer:
    """Take all changes out of the draft."""
    with desk.catalog() as catalog:
        draft = catalog.draft(slug)
        if draft.changes and not yes:
            count = len(draft.changes)
            click.confirm(f"Discard all {count} changes of {slug}?", abort=True, err=True)
        return _status(catalog.discard(slug, draft.revision, desk.author(author)))


@editing
@click.argument("file", type=click.File("rb"))
def apply(draft: OpenDraft, *, file: IO[bytes]) -> Sequence[Change]:
    """Put the changes of a JSON file on the draft.

    FILE holds a JSON array of changes as “cladist status --json” shows them under “change”, or an
    object with such an array as “changes”; “-” is standard input. All of them are made, or none.
    """
    from cladist.wire import changes_from

    data = file.read()
    try:
        found = json.loads(data)
        if isinstance(found, dict) and set(found) == {"changes"}:
            data = json.dumps(found["changes"]).encode()
        return changes_from(data)
    except json.JSONDecodeError as error:
        raise UnreadableInput(f"No JSON: {error.msg}", error.lineno, error.colno) from None
    except UnicodeDecodeError:
        raise UnreadableInput("The file is not in UTF-8.") from None
    except ValueError as error:  # what pydantic raises is one
        raise UnreadableInput("; ".join(faults(error))) from None


@verb
@TARGET
@click.option("--events", is_flag=True, help="List every act instead: imports, undos, versions.")
def log(desk: Desk, *, target: Target, events: bool) -> Answer:
    """List the changes of versions and the draft.

    The oldest comes first. Without a version all versions and the draft are listed.
    """
    with desk.catalog() as catalog:
        return _events(catalog, target.slug) if events else _log(catalog, target)


def _log(catalog: Catalog, target: Target) -> Answer:
    found = list(_entries(catalog, target))
    headings = ("version", "at", "who", "weight", "what", "why")
    rows = [
        (each["version"], each["at"][:19], each["who"], each["bump"], each["text"], each["why"])
        for each in found
    ]
    shown = [[str(each or "") for each in row] for row in rows]
    return Answer(
        lambda: {"slug": target.slug, "changes": found},
        lambda: [Table(headings, shown)] if shown else ["No changes."],
    )


def _entries(catalog: Catalog, target: Target) -> Iterator[dict[str, Any]]:
    numbers = [each.number for each in catalog.versions(target.slug)]
    if target.selector not in ("", DRAFT):
        numbers = [catalog.version(target.slug, target.selector).number]
    for number in numbers if target.selector != DRAFT else ():
        for entry in json.loads(catalog.changes_of(target.slug, number)):
            yield {"version": number, **entry}
    if target.selector in ("", DRAFT):
        for recorded in catalog.draft(target.slug).changes:
            found = change_json(recorded)
            names = ("id", "who", "at", "why", "evidence", "bump", "text", "change")
            yield {"version": DRAFT, **{name: found[name] for name in names}}


def _events(catalog: Catalog, slug: str) -> Answer:
    catalog.draft(slug)
    found = catalog.events(slug=slug)
    rows = [(str(each.seq), each.at[:19], each.who, each.type) for each in found]
    return Answer(
        lambda: {
            "slug": slug,
            "events": [{**plain(each), "body": json.loads(each.body)} for each in found],
        },
        lambda: [Table(("no.", "at", "who", "what"), rows)],
    )
