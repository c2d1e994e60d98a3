"""Verbs on usages: who uses which version, who is hit by a draft, who agreed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cladist.cli.desk import DRAFT, LATEST, Desk, Target
from cladist.cli.options import AUTHOR, SLUG, TARGET, verb
from cladist.cli.printing import Answer, Block, Table

if TYPE_CHECKING:
    from cladist.catalog.usages import Impact
    from cladist.ledger import Usage

NAME = click.argument("name")
"""By what a usage is known."""

_BAR = 12


@verb
@TARGET
@NAME
@click.option(
    "--kind",
    type=click.Choice(("dataset", "model", "labeling-project")),
    default="dataset",
    show_default=True,
    help="What it is.",
)
@click.option(
    "--counts",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How often classes occur: a JSON object, or a table CLASS,COUNT.",
)
@click.option("--ask", is_flag=True, help="Nothing that hits it is published before it agrees.")
@click.option("--contact", metavar="TEXT", default="", help="Whom to talk to.")
@click.option("--url", metavar="URL", default="", help="Where it is.")
@click.option("--note", metavar="TEXT", default="", help="Anything else.")
@AUTHOR
def use(
    desk: Desk,
    *,
    target: Target,
    name: str,
    counts: Path | None,
    ask: bool,
    author: str | None,
    **said: str,
) -> Answer:
    """Say that a dataset, model or labeling project uses a version.

    What was said under the same name before is replaced.
    """
    from cladist.catalog.usage_forms import usage_json
    from cladist.catalog.usages import Registration
    from cladist.cli.training import counts_of

    known = None if counts is None else counts_of(counts, None).by_class
    selector = target.selector or LATEST
    registration = Registration(name=name, selector=selector, counts=known, asks=ask, **said)
    with desk.catalog() as catalog:
        found, _ = catalog.usages.register(target.slug, registration, desk.author(author))
    return Answer(
        lambda: usage_json(found), lambda: [f"{found.name} uses {found.slug} {found.version}."]
    )


@verb
@SLUG
def usages(desk: Desk, *, slug: str) -> Answer:
    """List who uses which version."""
    from cladist.catalog.usage_forms import usage_json

    with desk.catalog() as catalog:
        found = catalog.usages.every(slug)
    rows = [
        (each.name, each.kind, each.version, _labels(each), "asks" if each.asks else "")
        for each in found
    ]
    table = Table(("name", "what", "version", "labels", ""), rows)
    return Answer(
        lambda: {"usages": [usage_json(each) for each in found]},
        lambda: [table] if rows else [f"Nobody said that they use {slug}."],
    )


@verb
@SLUG
@NAME
@AUTHOR
def unuse(desk: Desk, *, slug: str, name: str, author: str | None) -> Answer:
    """Forget that something uses a taxonomy."""
    with desk.catalog() as catalog:
        catalog.usages.remove(slug, name, desk.author(author))
    return Answer(lambda: {"removed": name}, lambda: [f"{name} is gone."])


@verb
@SLUG
@NAME
@AUTHOR
def acknowledge(desk: Desk, *, slug: str, name: str, author: str | None) -> Answer:
    """Agree to what the draft does to a usage.

    It holds as long as what hits the usage stays the same.
    """
    from cladist.catalog.usage_forms import impact_json

    with desk.catalog() as catalog:
        found = catalog.usages.acknowledge(slug, name, desk.author(author))
    return Answer(
        lambda: impact_json(found),
        lambda: [f"{name} agrees to what the draft of {slug} does to it.", *_hits([found])],
    )


@verb
@TARGET
def impact(desk: Desk, *, target: Target) -> Answer:
    """Show who is hit by the draft or a version, and by how much.

    Every usage is followed from the version that it has.
    """
    from cladist.catalog.usage_forms import impact_json

    selector = target.selector or DRAFT
    with desk.catalog() as catalog:
        found = catalog.usages.impact(target.slug, selector)
    data = {"taxonomy": target.slug, "to": selector}
    return Answer(
        lambda: {**data, "usages": [impact_json(each) for each in found]},
        lambda: _told(f"{target.slug} {selector}", found),
    )


def _told(name: str, found: tuple[Impact, ...]) -> Iterator[Block]:
    hit = [each for each in found if each.hits]
    yield f"{name} hits {len(hit)} of {len(found)} usages."
    rows = [
        (
            each.usage.name,
            each.usage.version,
            *(_number(n) for n in (each.labels, each.hit, each.open)),
            _drawn(each),
            "must agree" if each.missing else "",
        )
        for each in found
    ]
    if rows:
        yield ""
        yield Table(("name", "version", "labels", "hit", "to decide", "", ""), rows)
    yield from _hits(hit)


def _hits(found: list[Impact] | tuple[Impact, ...]) -> Iterator[Block]:
    rows = []
    for each in found:
        for hit in each.hits:
            names = (_names(hit.sources), hit.kind.value, _names(hit.targets))
            rows.append((each.usage.name, *names, _number(hit.labels), _number(hit.open)))
    if rows:
        yield ""
        yield Table(("name", "from", "", "to", "labels", "to decide"), rows)


def _names(classes: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(label for _, label in classes) or "nothing"


def _number(value: int | None) -> str:
    return "unknown" if value is None else str(value)


def _drawn(found: Impact) -> str:
    """The share that is hit; nothing where it is not known."""
    if not found.labels or found.hit is None:
        return ""
    return "█" * max(bool(found.hit), round(_BAR * found.hit / found.labels))


def _labels(usage: Usage) -> str:
    return str(sum(json.loads(usage.counts).values())) if usage.counts else "unknown"
