"""The verb on shapes that a taxonomy brings itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cladist.cli.answers import edited
from cladist.cli.desk import DRAFT, Desk, Target
from cladist.cli.options import AUTHOR, DRY_RUN, TARGET, verb
from cladist.cli.printing import Answer, Table, cell, working
from cladist.cli.shapes import shapes_json

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.values import Author, Edited
    from cladist.validation.custom import CustomShapes


@verb
@TARGET
@click.option(
    "--set",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the shapes of this RDF file (.ttl, .jsonld, ...) instead of those there are.",
)
@click.option("--remove", is_flag=True, help="Take all shapes out of the draft.")
@click.option("--turtle", "as_turtle", is_flag=True, help="Show them as Turtle.")
@AUTHOR
@DRY_RUN
def shapes(
    desk: Desk,
    *,
    target: Target,
    file: Path | None,
    remove: bool,
    as_turtle: bool,
    author: str | None,
    dry_run: bool,
) -> Answer:
    """Show or set the rules that a taxonomy brings.

    They are SHACL Core, are versioned with the taxonomy and checked with all other rules. SPARQL
    constraints run only where the operator trusts the digest that is shown.
    """
    by = desk.author(author)
    with desk.catalog() as catalog:
        if file is None and not remove:
            found = catalog.shapes.of(target.slug, target.selector or DRAFT)
            return _shown(found, trusted=catalog.shapes.trusts(found), as_turtle=as_turtle)
        if target.selector not in ("", DRAFT) or (file is not None and remove):
            raise click.UsageError("Shapes are set in, or removed from, the draft.")
        taxonomy = catalog.open(target.slug, DRAFT).taxonomy
        with working(f"Trying {'' if file is None else file.name}"):
            done = _edited(catalog, target.slug, file, by, dry_run=dry_run)
    return edited(done, taxonomy)


def _edited(catalog: Catalog, slug: str, file: Path | None, by: Author, *, dry_run: bool) -> Edited:
    from cladist.catalog.values import Document
    from cladist.rdf.formats import readable

    revision = catalog.draft(slug).revision
    if file is None:
        return catalog.shapes.remove(slug, revision, by, dry_run=dry_run)
    form = readable(file.name)
    if form is None:
        raise click.UsageError(f"What is {file.name}? Its suffix names no RDF format.")
    document = Document(file.read_bytes(), form.label)
    return catalog.shapes.set(slug, document, revision, by, dry_run=dry_run)


def _shown(found: CustomShapes, *, trusted: bool, as_turtle: bool) -> Answer:
    from cladist.validation.custom.writing import turtle

    if as_turtle:
        text = turtle(found)
        return Answer(lambda: {"turtle": text}, lambda: text.rstrip("\n").split("\n"))
    rows = [
        (rule, found.severity(shape).value, cell(found.title(shape)))
        for shape, rule in found.rules.items()
    ]
    trust = "trusted" if trusted else "not trusted with SPARQL"
    return Answer(
        lambda: shapes_json(found, trusted),
        lambda: [Table(("rule", "severity", "shape"), rows), f"Digest {found.digest} ({trust})."],
    )
