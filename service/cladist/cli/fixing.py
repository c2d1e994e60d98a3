"""The verb on fixes of what validation finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cladist.cli.answers import Names, edited, effect_lines
from cladist.cli.desk import DRAFT, Desk
from cladist.cli.options import AUTHOR, DRY_RUN, SLUG, verb
from cladist.cli.printing import Answer, Block, cell, working
from cladist.cli.shapes import change_json, result_json

if TYPE_CHECKING:
    from cladist.catalog.fixes import Offered, Remedy
    from cladist.model.taxonomy import Taxonomy

_LINES = 6
"""Lines of an effect that are shown of one fix."""


@verb
@SLUG
@click.argument("rule", required=False, default="")
@click.option("--of", "named", metavar="CLASS", default="", help="Findings about this class alone.")
@click.option(
    "--choose",
    type=click.IntRange(1, 100),
    help="Take the fix with this number of each finding of RULE.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000),
    default=20,
    show_default=True,
    help="How many findings to look at.",
)
@AUTHOR
@DRY_RUN
def fix(
    desk: Desk,
    *,
    slug: str,
    rule: str,
    named: str,
    choose: int | None,
    limit: int,
    author: str | None,
    dry_run: bool,
) -> Answer:
    """Show what could be done about findings, and do it.

    RULE is a name that “cladist rules” lists. Each fix is tried on the draft, and shown with its
    effect. Nothing is done without --choose; then the fixes of all findings of RULE become changes
    of the draft, which “cladist undo” takes back one by one.
    """
    with desk.catalog() as catalog, working(f"Looking for fixes in {slug}"):
        draft: Any = catalog.open(slug, DRAFT)
        subject = _subject(draft.taxonomy, named) if named else ""
        if choose is None:
            offered = catalog.fixes.offered(slug, rule=rule, subject=subject, limit=limit)
            return Answer(lambda: _json(offered), lambda: _told(offered, draft.taxonomy))
        if not rule:
            raise click.UsageError("Name the RULE whose findings to mend.")
        by = desk.author(author)
        done = catalog.fixes.take(
            slug, rule, choose, draft.revision, by, subject=subject, dry_run=dry_run
        )
    return edited(done, draft.taxonomy)


def _subject(taxonomy: Taxonomy, named: str) -> str:
    from cladist.model.change.references import find

    return find(taxonomy, named)


def _told(offered: Offered, taxonomy: Taxonomy) -> Iterator[Block]:
    for finding in offered.findings:
        yield f"{cell(finding.result.message)}  [{finding.result.rule}]"
        for number, remedy in enumerate(finding.remedies, 1):
            yield from _remedy(number, remedy, taxonomy)
        yield ""
    if not offered.findings:
        yield "No finding that was looked at has a fix."
    if offered.without and offered.findings:
        yield f"{offered.without:,} more have a fix that the draft does not take."
    if offered.more:
        yield f"{offered.more:,} more were not looked at (--limit)."


def _remedy(number: int, remedy: Remedy, taxonomy: Taxonomy) -> Iterator[str]:
    ended = f"ends {remedy.ends:,} finding{'' if remedy.ends == 1 else 's'}"
    begun = f", begins {remedy.begins:,}" if remedy.begins else ""
    weight = max(each.reason.bump for each in remedy.recorded).name.lower()
    yield f"  {number}. {cell(remedy.title)} ({weight}; {ended}{begun})"
    names = Names(taxonomy, remedy.recorded)
    lines = [line for each in remedy.recorded for line in effect_lines(each.effect, names)]
    yield from (f"     {line.strip()}" for line in lines[:_LINES])
    if len(lines) > _LINES:
        yield f"     … and {len(lines) - _LINES} more"


def _json(offered: Offered) -> dict[str, Any]:
    return {
        "findings": [
            {
                "result": result_json(finding.result),
                "fixes": [
                    {
                        "title": remedy.title,
                        "ends": remedy.ends,
                        "begins": remedy.begins,
                        "changes": [change_json(each) for each in remedy.recorded],
                    }
                    for remedy in finding.remedies
                ],
            }
            for finding in offered.findings
        ],
        "without": offered.without,
        "more": offered.more,
    }
