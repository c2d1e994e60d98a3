"""What the store knows of classes in other taxonomies to which one is mapped."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cladist.catalog.means import Means
from cladist.catalog.opened import State
from cladist.catalog.selecting import Selected
from cladist.rdf import words
from cladist.rdf.namespaces import CLAD
from cladist.rdf.terms import iri

_MISSING = f"{words.TYPE} <{CLAD}MissingClass>"
_RETIRED = f"{words.DEPRECATED} {words.TRUE}"


class Elsewhere:
    """The last versions of the other taxonomies in the store."""

    def __init__(self, means: Means) -> None:
        self._ledger, self._selected = means.ledger, Selected(means)

    def lines(self, taxonomy: str, targets: Collection[str]) -> tuple[bytes, ...]:
        """Statements on those targets that are retired or missing.

        Missing is what starts as the new ids of a taxonomy do, and is in no last version. Of what
        starts otherwise nothing is known.
        """
        if not targets:
            return ()
        states = list(self._others(taxonomy))
        found = (self._about(target, states) for target in sorted(targets))
        return tuple(line for line in found if line)

    def _others(self, taxonomy: str) -> Iterator[State]:
        for record in self._ledger.taxonomies():
            if record.iri != taxonomy and record.latest is not None:
                yield self._selected.named(record.slug, "latest").state

    @staticmethod
    def _about(target: str, states: Collection[State]) -> bytes:
        for state in states:
            if target in state.index:
                retired = target in state.index.retired
                return f"{iri(target)} {_RETIRED} .\n".encode() if retired else b""
        missing = any(target.startswith(state.header.mint) for state in states)
        return f"{iri(target)} {_MISSING} .\n".encode() if missing else b""
