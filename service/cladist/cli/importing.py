"""The verb that reads files: a new taxonomy, or changes onto one that exists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Unpack

import click

from cladist.cli.answers import SHOWN, change_table, standing
from cladist.cli.desk import Desk
from cladist.cli.failing import REFUSED
from cladist.cli.options import AUTHOR, DRY_RUN, verb
from cladist.cli.printing import Answer, Block, cell, working
from cladist.cli.shapes import change_json, draft_json, plain
from cladist.cli.taxonomies import Beginning, beginning, new_taxonomy
from cladist.model.change.kinds import Shift

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.values import Author, Document, Imported

FORMATS = (
    *("turtle", "trig", "n-triples", "n-quads", "rdf-xml", "json-ld", "obo"),
    *("csv", "tsv", "outline", "coco", "classification"),
)


class Options(Beginning):
    """The options that say what becomes of the file."""

    as_slug: str
    onto_slug: str
    shift: str
    retire_absent: bool


@verb
@click.argument("file", type=click.File("rb"))
@click.option("--as", "as_slug", metavar="SLUG", default="", help="Make a taxonomy of this name.")
@click.option("--onto", "onto_slug", metavar="SLUG", default="", help="Change this taxonomy.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else the suffix says it.")
@click.option("--scheme", metavar="IRI", default="", help="Which of several schemes in the file.")
@click.option(
    "--shift",
    type=click.Choice([each.value for each in Shift]),
    default="shifted",
    help="With --onto: what every new definition does to the meaning; else shifted.",
)
@click.option("--retire-absent", is_flag=True, help="With --onto: retire what the file leaves out.")
@beginning
@AUTHOR
@DRY_RUN
def import_(
    desk: Desk,
    *,
    file: IO[bytes],
    form: str | None,
    scheme: str,
    author: str | None,
    dry_run: bool,
    **given: Unpack[Options],
) -> Answer:
    """Read a file as a taxonomy, or onto one.

    FILE is RDF with SKOS or OWL classes (.ttl, .trig, .nt, .nq, .rdf, .owl, .jsonld), OBO (.obo), a
    table (.csv, .tsv), indented text (.txt) or COCO categories (.json); “-” is standard input. With
    --as it becomes a new taxonomy; with --onto the differences become changes of the draft. All of
    it is taken, or nothing.
    """
    if bool(given["as_slug"]) is bool(given["onto_slug"]):
        raise click.UsageError("Say where to: --as SLUG for a new taxonomy, or --onto SLUG.")
    document = _document(file, form, scheme)
    by = desk.author(author)
    with desk.catalog() as catalog, working(f"Reading {_name(file)}"):
        if given["onto_slug"]:
            return _answer(_onto(catalog, document, given, by, dry_run=dry_run))
        new = new_taxonomy(given["as_slug"], given)
        return _answer(catalog.import_new(new, document, by, dry_run=dry_run))


def _onto(
    catalog: Catalog, document: Document, given: Options, by: Author, *, dry_run: bool
) -> Imported:
    from cladist.catalog.values import ImportOptions

    slug, options = given["onto_slug"], ImportOptions(Shift(given["shift"]), given["retire_absent"])
    revision = catalog.draft(slug).revision
    return catalog.import_onto(slug, document, revision, by, options, dry_run=dry_run)


def _document(file: IO[bytes], form: str | None, scheme: str) -> Document:
    from cladist.catalog.values import Document

    chosen = form or format_of(_name(file))
    if chosen is None:
        raise click.UsageError(f"What is {_name(file)}? Say --format {'|'.join(FORMATS)}.")
    return Document(file.read(), chosen, scheme)


def _name(file: IO[bytes]) -> str:
    name = str(getattr(file, "name", "<stdin>"))
    return "standard input" if name == "<stdin>" else Path(name).name


def format_of(name: str) -> str | None:
    """The format that a file's suffix stands for."""
    from cladist.imports.reading import format_of as other
    from cladist.rdf.formats import readable

    form = readable(name)
    return form.label if form is not None else other(name)


def _answer(done: Imported) -> Answer:
    return Answer(
        lambda: {
            "slug": done.slug,
            "dry_run": done.dry_run,
            "new": done.new,
            "changed": done.changed,
            "unchanged": done.unchanged,
            "retired": done.retired,
            "refused": [each._asdict() for each in done.refused],
            "findings": [plain(each) for each in done.findings],
            "draft": None if done.draft is None else draft_json(done.draft),
            "changes": [change_json(each) for each in done.changes],
        },
        lambda: _text(done),
        REFUSED if done.refused else 0,
    )


def _text(done: Imported) -> Iterator[Block]:
    for each in done.findings:
        message = cell(each.message)
        said = f"{message} ({each.count})" if message[:1].isupper() else f"{each.count} {message}"
        yield f"note ({each.kind}): {said}"
        if each.examples:
            yield f"  such as {cell(', '.join(each.examples))}"
    for row in done.refused:
        yield f"refused: line {row.line}, “{cell(row.label)}”: {cell(row.reason)}"
    if done.changes:
        yield change_table(done.changes[:SHOWN])
        if len(done.changes) > SHOWN:
            yield f"… and {len(done.changes) - SHOWN} more (“cladist status” has all)"
    yield (
        f"{done.slug}: {done.new} new, {done.changed} changed, {done.unchanged} unchanged, "
        f"{done.retired} retired classes"
        + (f", {len(done.refused)} rows refused" if done.refused else "")
    )
    if done.dry_run:
        yield "Nothing was stored (--dry-run)."
    elif done.draft is not None:
        yield standing(done.draft)
