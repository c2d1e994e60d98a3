"""Shapes that a taxonomy brings itself: shown, set and taken out of the draft, and run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from threading import Semaphore
from typing import TYPE_CHECKING

from cladist.catalog.opened import OpenDraft, State
from cladist.catalog.shelf import Recent
from cladist.catalog.values import Author, Document, Edited, Retry
from cladist.model.change.kinds import EditTaxonomy
from cladist.model.change.parts import Resource
from cladist.model.errors import InvalidValue, LimitExceeded, NotFound
from cladist.model.taxonomy import Statement, Taxonomy
from cladist.rdf.formats import RdfFormat, readable
from cladist.rdf.namespaces import SH
from cladist.rdf.parse import parse
from cladist.validation.custom import (
    CustomResult,
    CustomShapes,
    run,
    screen,
    shapes_in,
    shapes_of,
    statements_of,
    usable,
)

if TYPE_CHECKING:
    from cladist.catalog.means import Means
    from cladist.catalog.selecting import Selected

_SHACL = f"<{SH}".encode()
_KEPT = 64
"""Contents of which the results are kept."""

Found = tuple[CustomResult, ...] | InvalidValue | LimitExceeded
"""What shapes found, or why they could not be run."""


class Brought:
    """Use cases of the shapes that taxonomies bring."""

    def __init__(self, means: Means, selected: Selected, edit: Callable[..., Edited]) -> None:
        self._means, self._selected, self._edit = means, selected, edit
        self.runs = CustomRuns(means.trusted_shapes, means.readers)

    def of(self, slug: str, selector: str) -> CustomShapes:
        """The shapes of a version or the draft; NotFound where it brings none."""
        found = shapes_in(self._selected.named(slug, selector).state.taxonomy.others)
        if found is None:
            raise NotFound(f"The taxonomy {slug} brings no shapes.")
        return found

    def trusts(self, shapes: CustomShapes) -> bool:
        """Whether the operator lets the shapes hold SPARQL constraints."""
        return shapes.digest in self._means.trusted_shapes

    def set(
        self,
        slug: str,
        document: Document,
        expected: int,
        author: Author,
        *,
        dry_run: bool = False,
        retry: Retry | None = None,
    ) -> Edited:
        """Have the draft bring the shapes of an RDF document, in place of those it has.

        Raises InvalidValue, with what to do, for shapes that may not run or cannot.
        """
        shapes = self._read(slug, document)
        screen(shapes, self._means.trusted_shapes)
        with self._means.readers:
            usable(shapes)
        change = _replacing(self._draft(slug), shapes.statements)
        return self._edit(slug, [change], expected, author, dry_run=dry_run, retry=retry)

    def remove(self, slug: str, expected: int, author: Author, *, dry_run: bool = False) -> Edited:
        """Take all shapes out of the draft."""
        self.of(slug, "draft")
        change = _replacing(self._draft(slug), {})
        return self._edit(slug, [change], expected, author, dry_run=dry_run)

    def _draft(self, slug: str) -> Taxonomy:
        return self._means.shelf.draft(slug).taxonomy

    def _read(self, slug: str, document: Document) -> CustomShapes:
        form = readable(document.format)
        if not isinstance(form, RdfFormat):
            known = ", ".join(each.label for each in RdfFormat)
            raise InvalidValue("format", f"shapes are statements: {known}.")
        header = self._draft(slug).header
        with self._means.readers:
            parsed = parse(
                document.data,
                form,
                base=document.base or f"{header.iri}/shapes",
                limits=self._means.limits,
                skolem_base=f"{self._means.base_iri}{slug}/",
            )
        return shapes_of(statements_of(parsed.lines))


def _replacing(taxonomy: Taxonomy, wanted: Mapping[str, tuple[Statement, ...]]) -> EditTaxonomy:
    """The change that leaves these shapes and no others."""
    old = shapes_in(taxonomy.others)
    gone = {} if old is None else dict.fromkeys(old.statements, ())
    merged: dict[str, tuple[Statement, ...]] = {**gone, **wanted}
    return EditTaxonomy(resources=tuple(Resource(each, merged[each]) for each in sorted(merged)))


class CustomRuns:
    """What the shapes of contents found, kept for those last asked for; safe for threads."""

    def __init__(self, trusted: Collection[str], turns: Semaphore) -> None:
        self._trusted, self._turns = trusted, turns
        self._speaking: Recent[bool] = Recent(_KEPT, lambda _: 1)
        self._found: Recent[Found] = Recent(_KEPT, lambda _: 1)

    def shapes(self, state: State) -> CustomShapes | None:
        """The shapes that a state brings; quick where nothing in it speaks of SHACL."""
        base = state.base if isinstance(state, OpenDraft) else state
        speaks = self._speaking.get_or_make(base.sha, lambda: _speaks(base.lines))
        if isinstance(state, OpenDraft):
            speaks = speaks or _speaks((*state.delta.removed, *state.delta.added))
        return shapes_in(state.taxonomy.others) if speaks else None

    def found(self, state: State, shapes: CustomShapes) -> Found:
        """What they find in the state, or why they could not be run."""
        return self._found.get_or_make(state.sha, lambda: self._run(state, shapes))

    def _run(self, state: State, shapes: CustomShapes) -> Found:
        with self._turns:  # each takes a process with memory of its own
            return found_in(state.lines, shapes, self._trusted)


def found_in(lines: Iterable[bytes], shapes: CustomShapes, trusted: Collection[str]) -> Found:
    """What screened shapes find in a content, or why they could not be run."""
    try:
        screen(shapes, trusted)
        return run(lines, shapes, derive=True).results
    except (InvalidValue, LimitExceeded) as error:
        return error


def _speaks(lines: Iterable[bytes]) -> bool:
    return any(_SHACL in line for line in lines)
