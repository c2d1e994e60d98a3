"""The example taxonomies that ship with the package, imported and published."""

from __future__ import annotations

from pathlib import Path

from cladist import resources
from cladist.catalog.catalog import Catalog
from cladist.catalog.values import Author, Document, NewTaxonomy
from cladist.model.errors import Conflict

AUTHOR = Author("Cladist examples")


def load(catalog: Catalog) -> tuple[str, ...]:
    """Import and publish the examples that have no version yet; gives the slugs of those.

    A slug that is taken by a taxonomy of somebody else's is left alone.
    """
    done = [path.stem for path in resources.examples() if _published(catalog, path)]
    return tuple(done)


def _published(catalog: Catalog, path: Path) -> bool:
    """Whether this process was the one that published it: others may start at the same time."""
    known = {each.slug: each for each in catalog.taxonomies()}.get(path.stem)
    try:
        if known is None:
            document = Document(path.read_bytes(), "turtle")
            catalog.import_new(NewTaxonomy(slug=path.stem), document, AUTHOR)
        elif known.latest is not None or known.who != AUTHOR.who:
            return False
        catalog.publish(path.stem, catalog.draft(path.stem).revision, AUTHOR)
    except Conflict:
        return False
    return True
