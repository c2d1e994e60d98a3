"""From a selector to the state that it names."""

from __future__ import annotations

from dataclasses import dataclass

from cladist.catalog.means import Means
from cladist.catalog.opened import State
from cladist.ledger import VersionSummary
from cladist.model.errors import UnknownVersion
from cladist.model.version import parse_number, select

DRAFT = "draft"
"""The selector of the working state."""


@dataclass(frozen=True, slots=True)
class Named:
    """A state and the version by which people name it: its number, or ``draft``."""

    slug: str
    version: str
    state: State


class Selected:
    """States by taxonomy and selector."""

    def __init__(self, means: Means) -> None:
        self._ledger, self._shelf = means.ledger, means.shelf

    def version(self, slug: str, selector: str) -> VersionSummary:
        """The newest version that a selector names: ``latest``, ``2``, ``2.1`` or ``2.1.0``."""
        found = {parse_number(each.number): each for each in self._ledger.versions(slug)}
        number = select(found, selector)
        if number is None:
            self._ledger.head(slug)
            raise UnknownVersion(slug, selector)
        return found[number]

    def mark(self, slug: str, selector: str) -> str:
        """The number of the version that a selector names, or ``draft``."""
        return DRAFT if selector == DRAFT else self.version(slug, selector).number

    def named(self, slug: str, selector: str) -> Named:
        """The state that a selector names, ``draft`` or a version."""
        if selector == DRAFT:
            return Named(slug, DRAFT, self._shelf.draft(slug))
        version = self.version(slug, selector)
        state = self._shelf.content(self._ledger.head(slug).iri, version.sha)
        return Named(slug, version.number, state)
