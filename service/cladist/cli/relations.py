"""Verbs on what relates different taxonomies: storing a table that says it, listing these."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Unpack

import click

from cladist.cli.correspondence_tables import Tabular, table_file, tabular
from cladist.cli.desk import LATEST, Desk, Target
from cladist.cli.options import AUTHOR, DRY_RUN, TargetType, verb
from cladist.cli.printing import Answer, Block, Table, cell, working
from cladist.cli.shapes import plain

if TYPE_CHECKING:
    from cladist.catalog.relations import Place, Related

_END = "SLUG[@VERSION]"


class About(Tabular):
    """The options that say which table it is."""

    title: str
    license: str
    origin: str


@verb
@click.argument("source", metavar=_END, type=TargetType())
@click.argument("target", metavar=_END, type=TargetType())
@tabular
@click.option("--title", metavar="TEXT", default="", help="What the table is called.")
@click.option("--license", metavar="IRI", default="", help="The table's licence.")
@click.option("--origin", metavar="IRI", default="", help="Where the table comes from.")
@AUTHOR
@DRY_RUN
def relate(
    desk: Desk,
    *,
    source: Target,
    target: Target,
    author: str | None,
    dry_run: bool,
    **given: Unpack[About],
) -> Answer:
    """Relate two taxonomies by a table.

    The first names the version that the table's source codes are of, the second that of its target
    codes; both are published, without @ it is the latest version. Codes are notations, else codes,
    ids or labels of classes. Classes that the table leaves out have no counterpart. An earlier
    table for the same versions is kept, but no longer used. “cladist correspondence SLUG FROM TO
    --with SLUG” then follows the classes.
    """
    from cladist.catalog.relations import Provenance

    file = table_file(given)
    if file is None:
        raise click.UsageError("Say which table relates them: --table FILE.")
    about = Provenance(title=given["title"], license=given["license"], origin=given["origin"])
    with desk.catalog() as catalog, working(f"Relating {source.slug} and {target.slug}"):
        done = catalog.relations.relate(
            _place(source),
            _place(target),
            file,
            desk.author(author),
            about=about,
            dry_run=dry_run,
        )
    return Answer(lambda: _data(done), lambda: _text(done))


def _place(target: Target) -> Place:
    from cladist.catalog.relations import Place

    return Place(target.slug, target.selector or LATEST)


def _data(done: Related) -> dict[str, object]:
    names = ("slug", "version")
    ends = {"source": done.source, "target": done.target}
    told = {end: dict(zip(names, place, strict=True)) for end, place in ends.items()}
    return {**plain(done), **told}


def _text(done: Related) -> Iterator[Block]:
    for each in done.findings:
        yield f"note: {cell(each)}"
    yield f"{done.source} → {done.target}: {done.pairs} pairs"
    rows = [
        (done.source.slug, str(done.sources), str(done.sources_left)),
        (done.target.slug, str(done.targets), str(done.targets_left)),
    ]
    yield Table(("classes of", "in pairs", "in none"), rows)
    counts = ", ".join(f"{cardinality} {count}" for cardinality, count in done.components.items())
    yield f"Classes that hang together: {counts}."
    if done.dry_run:
        yield "Nothing was stored (--dry-run)."


@verb
def relations(desk: Desk) -> Answer:
    """List the tables that relate taxonomies.

    Of several for the same two versions the one with the highest revision is used.
    """
    with desk.catalog() as catalog:
        found = catalog.relations.every()
    rows = [
        (
            f"{each.source_slug} {each.source_number}",
            f"{each.target_slug} {each.target_number}",
            str(each.revision),
            each.title,
            each.who,
            each.at,
        )
        for each in found
    ]
    heads = ("from", "to", "revision", "table", "who", "when")
    return Answer(
        lambda: {"relations": [plain(each) for each in found]},
        lambda: [Table(heads, rows)] if rows else ["No tables yet."],
    )
