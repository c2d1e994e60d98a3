"""The verb that starts the service, with the example taxonomies if that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cladist.cli.desk import Desk, settings
from cladist.cli.options import verb
from cladist.cli.printing import Answer, note, working
from cladist.model.errors import TaxonomyExists

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.values import Author
    from cladist.settings import Settings

EXAMPLES_BY = "examples"
"""Who publishes the examples."""


@verb
@click.option("--host", metavar="ADDRESS", help="The address to listen on; else CLADIST_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--examples", is_flag=True, help="Publish the shipped example taxonomies first.")
def serve(desk: Desk, *, host: str | None, port: int | None, examples: bool) -> Answer:
    """Start the service.

    It answers until it is told to stop (Ctrl-C). What is published already is left as it is.
    """
    given: dict[str, Any] = {"store": desk.store, "host": host, "port": port}
    chosen = settings({name: value for name, value in given.items() if value is not None})
    loaded = list(_load(desk)) if examples else []
    if loaded:
        note(f"Published as examples: {', '.join(loaded)}.")
    _start(chosen)
    return Answer(dict, tuple)


def _load(desk: Desk) -> Iterator[str]:
    """Publish the examples that are not there yet, and name them."""
    from cladist import resources

    author = desk.author(EXAMPLES_BY)
    with desk.catalog() as catalog:
        versions = {each.slug: each for each in catalog.taxonomies()}
        for path in resources.examples():
            known = versions.get(path.stem)
            if known is None or (known.latest is None and known.revision == 0):
                with working(f"Publishing {path.stem}"):
                    _publish(catalog, path, author, known=known is not None)
                yield path.stem


def _publish(catalog: Catalog, path: Path, author: Author, *, known: bool) -> None:
    """Import and publish one example; one that a killed start left unpublished is published."""
    from cladist.catalog.values import Document, NewTaxonomy

    if not known:
        document = Document(path.read_bytes(), "turtle")
        try:
            catalog.import_new(NewTaxonomy(slug=path.stem), document, author)
        except TaxonomyExists:
            return  # another start was quicker
    catalog.publish(path.stem, 0, author)


def _start(chosen: Settings) -> None:
    from cladist.api.serving import serve as start

    start(chosen)
