"""The example taxonomies that ship with the package, imported and published."""

from __future__ import annotations

from pathlib import Path

from cladist import resources
from cladist.catalog.catalog import Catalog
from cladist.catalog.values import Author, Document, NewTaxonomy
from cladist.model.errors import TaxonomyExists

AUTHOR = Author("Cladist examples")


def load(catalog: Catalog) -> tuple[str, ...]:
    """Import and publish the examples whose slugs are free; gives the slugs of those."""
    taken = {each.slug for each in catalog.taxonomies()}
    free = [path for path in resources.examples() if path.stem not in taken]
    return tuple(path.stem for path in free if _loaded(catalog, path))


def _loaded(catalog: Catalog, path: Path) -> bool:
    """Whether this process was the one that loaded it: others may start at the same time."""
    document = Document(path.read_bytes(), "turtle")
    try:
        imported = catalog.import_new(NewTaxonomy(slug=path.stem), document, AUTHOR)
    except TaxonomyExists:
        return False
    assert imported.draft is not None  # it is none for a dry run alone
    catalog.publish(path.stem, imported.draft.revision, AUTHOR)
    return True
