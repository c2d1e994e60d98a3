"""Verbs on versions: validating, publishing, listing them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING

import click

from cladist.cli.answers import FOUND, reported
from cladist.cli.desk import DRAFT, Desk, Target
from cladist.cli.options import AUTHOR, SLUG, TARGET, verb
from cladist.cli.printing import Answer, Block, Table, working
from cladist.cli.shapes import plain, report_json, version_json

if TYPE_CHECKING:
    from cladist.catalog.values import Version


_BAR = 20
"""Characters of the longest bar."""


@verb
@TARGET
@click.option(
    "--limit",
    type=click.IntRange(0, 1_000),
    default=FOUND,
    show_default=True,
    help="How many findings of a rule to show as text; all are counted.",
)
@click.option("--history", is_flag=True, help="Show how much was found in each version instead.")
def validate(desk: Desk, *, target: Target, limit: int, history: bool) -> Answer:
    """Check the draft or a version.

    Without a version the draft is checked. The status is 5 where publishing would be refused.
    """
    if history:
        return _history(desk, target.slug)
    selector = target.selector or DRAFT
    with desk.catalog() as catalog, working(f"Validating {target.slug}"):
        report = catalog.validate(target.slug, selector)
    return reported(f"{target.slug} {selector}", report, limit)


def _history(desk: Desk, slug: str) -> Answer:
    with desk.catalog() as catalog:
        found = catalog.findings(slug)
    most = max((each.total or 0 for each in found), default=0) or 1
    rows = [
        (
            each.number,
            "not kept" if each.total is None else f"{each.total:,}",
            "█" * round(_BAR * (each.total or 0) / most),
            ", ".join(f"{rule} {count:,}" for rule, count in _weightiest(each.counts or {})),
        )
        for each in found
    ]
    heads = ("version", "found", "", "most by")
    return Answer(
        lambda: {"versions": [{**plain(each), "total": each.total} for each in found]},
        lambda: [Table(heads, rows)] if rows else [f"{slug} has no version yet."],
    )


def _weightiest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:3]


@verb
def rules(desk: Desk) -> Answer:
    """List the rules that are checked."""
    from cladist.validation import rules as known

    found = known()
    rows = [(each.id, each.severity.value, each.title) for each in found]
    return Answer(
        lambda: {"rules": [plain(each) for each in found]},
        lambda: [Table(("rule", "severity", "what it asks"), rows)],
    )


@verb
@SLUG
@click.option("--number", metavar="N.N.N", default="", help="A higher number than is called for.")
@click.option("--notes", metavar="TEXT", default="", help="Release notes in place of drafted ones.")
@click.option("--notes-file", type=click.File("r", "utf-8"), help="Release notes from a file.")
@click.option(
    "--without-acknowledgement",
    "unasked",
    metavar="WHY",
    default="",
    help="Publish although usages that want to be asked have not agreed; kept in the notes.",
)
@AUTHOR
def publish(
    desk: Desk,
    *,
    slug: str,
    number: str,
    notes: str,
    notes_file: IO[str] | None,
    unasked: str,
    author: str | None,
) -> Answer:
    """Freeze the draft as the next version.

    The number follows from the changes; --number may raise it. A draft that breaks an enforced rule
    is refused.
    """
    if notes and notes_file:
        raise click.UsageError("Say --notes or --notes-file, not both.")
    said = notes_file.read() if notes_file else notes
    with desk.catalog() as catalog, working(f"Publishing {slug}"):
        revision = catalog.draft(slug).revision
        done = catalog.publish(
            slug, revision, desk.author(author), number=number, notes=said, unasked=unasked
        )
    return _published(done)


def _published(version: Version) -> Answer:
    def text() -> Iterator[Block]:
        yield f"{version.slug} {version.number} is published."
        yield version.notes.rstrip()

    return Answer(
        lambda: {
            **version_json(version),
            "reasons": [
                {"bump": each.bump.name.lower(), "text": each.text} for each in version.reasons
            ],
            "report": None if version.report is None else report_json(version.report),
        },
        text,
    )


@verb
@SLUG
def versions(desk: Desk, *, slug: str) -> Answer:
    """List the published versions.

    The oldest comes first.
    """
    with desk.catalog() as catalog:
        found = catalog.versions(slug)
        draft = catalog.draft(slug)
    rows = [(each.number, each.at[:19], each.who, each.sha[:12]) for each in found]
    return Answer(
        lambda: {"slug": slug, "versions": [version_json(each) for each in found]},
        lambda: (
            [Table(("version", "at", "who", "digest"), rows)]
            if rows
            else [f"{slug} has no version yet; the draft would be {draft.proposed}."]
        ),
    )
