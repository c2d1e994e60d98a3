"""The verb that reads files: a new taxonomy, or changes onto one that exists."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Unpack

import click

from cladist.cli.desk import Desk
from cladist.cli.foreign import Foreign, foreign, is_matched, matched
from cladist.cli.imported import imported
from cladist.cli.options import AUTHOR, DRY_RUN, verb
from cladist.cli.printing import Answer, working
from cladist.cli.taxonomies import Beginning, beginning, new_taxonomy
from cladist.model.change.kinds import Shift

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.values import Author, Document, Imported

FORMATS = (
    *("turtle", "trig", "n-triples", "n-quads", "rdf-xml", "json-ld", "obo"),
    *("csv", "tsv", "outline", "coco", "classification"),
    *("label-studio", "label-studio-taxonomy", "cvat", "yolo", "datumaro", "fiftyone", "argilla"),
    *("hf-features", "hf-card", "hf-parquet", "hf-model", "spacy", "spacy-patterns", "prodigy"),
    *("labelbox", "encord", "supervisely"),
)


class Options(Beginning, Foreign):
    """The options that say what the file is, and what becomes of it."""

    form: str | None
    scheme: str
    encoding: str
    notation_system: str
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
    "--encoding", metavar="NAME", default="", help="Of a classification that is not UTF-8."
)
@click.option(
    "--notation-system", metavar="IRI", default="", help="What a classification's codes are of."
)
@click.option(
    "--shift",
    type=click.Choice([each.value for each in Shift]),
    default="shifted",
    help="With --onto: what every new definition does to the meaning; else shifted.",
)
@click.option("--retire-absent", is_flag=True, help="With --onto: retire what the file leaves out.")
@foreign
@beginning
@AUTHOR
@DRY_RUN
def import_(
    desk: Desk,
    *,
    file: IO[bytes],
    author: str | None,
    dry_run: bool,
    **given: Unpack[Options],
) -> Answer:
    """Read a file as a taxonomy, or onto one.

    FILE is RDF with SKOS or OWL classes (.ttl, .trig, .nt, .nq, .rdf, .owl, .jsonld), OBO (.obo), a
    table (.csv, .tsv), indented text (.txt), COCO categories (.json), or a class list of a tool as
    “cladist export” writes it, whose --format must be named; “-” is standard input. With
    --as it becomes a new taxonomy; with --onto the differences become changes of the draft. All of
    it is taken, or nothing.

    Classes are known by their ids. A version made elsewhere, where ids differ, is matched by other
    evidence (--by) or by a correspondence table (--table). That shows proposals and stores nothing,
    until some are accepted.
    """
    if bool(given["as_slug"]) is bool(given["onto_slug"]):
        raise click.UsageError("Say where to: --as SLUG for a new taxonomy, or --onto SLUG.")
    elsewhere = is_matched(
        given, onto=bool(given["onto_slug"]), retire_absent=given["retire_absent"]
    )
    document = _document(file, given)
    by = desk.author(author)
    with desk.catalog() as catalog, working(f"Reading {_name(file)}"):
        if elsewhere:
            slug, shift = given["onto_slug"], Shift(given["shift"])
            return matched(catalog, slug, document, given, by, shift=shift, dry_run=dry_run)
        if given["onto_slug"]:
            return imported(_onto(catalog, document, given, by, dry_run=dry_run))
        new = new_taxonomy(given["as_slug"], given)
        return imported(catalog.import_new(new, document, by, dry_run=dry_run))


def _onto(
    catalog: Catalog, document: Document, given: Options, by: Author, *, dry_run: bool
) -> Imported:
    from cladist.catalog.values import ImportOptions

    slug, options = given["onto_slug"], ImportOptions(Shift(given["shift"]), given["retire_absent"])
    revision = catalog.draft(slug).revision
    return catalog.import_onto(slug, document, revision, by, options, dry_run=dry_run)


def _document(file: IO[bytes], given: Options) -> Document:
    from cladist.catalog.values import Document

    chosen = given["form"] or format_of(_name(file))
    if chosen is None:
        raise click.UsageError(f"What is {_name(file)}? Say --format {'|'.join(FORMATS)}.")
    return Document(
        file.read(),
        chosen,
        given["scheme"],
        encoding=given["encoding"],
        notation_system=given["notation_system"],
    )


def _name(file: IO[bytes]) -> str:
    name = str(getattr(file, "name", "<stdin>"))
    return "standard input" if name == "<stdin>" else Path(name).name


def format_of(name: str) -> str | None:
    """The format that a file's suffix stands for."""
    from cladist.imports.reading import format_of as other
    from cladist.rdf.formats import readable

    form = readable(name)
    return form.label if form is not None else other(name)
