"""The use cases on two states: what differs, and what became of every class."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.catalog.comparing import diff_of, named_side, told_ids
from cladist.catalog.drafting import seen
from cladist.catalog.filing import bare_diff, files_diff
from cladist.catalog.history import Step, between, draft_step, version_delta, version_step
from cladist.catalog.means import Means
from cladist.catalog.opened import OpenDraft, State
from cladist.catalog.resolving import Resolver, as_met
from cladist.catalog.selecting import DRAFT, Named, Selected
from cladist.catalog.shelf import Recent
from cladist.catalog.values import Document
from cladist.ledger import VersionSummary
from cladist.model.correspondence.account import Account
from cladist.model.correspondence.components import components
from cladist.model.correspondence.descent import correspondence_of
from cladist.model.correspondence.relation import Correspondence, Extent, converse
from cladist.model.diff.filtering import EVERYTHING, Scope, narrowed
from cladist.model.diff.values import Diff, Statements
from cladist.rdf.content import compose
from cladist.rdf.namespaces import SKOS

_LABEL = f" <{SKOS}prefLabel> ".encode()
_KEPT = 200_000
"""Changed classes that the correspondences kept in memory may tell of together."""


class Comparisons:
    """Two states of one taxonomy, in either order: a version or the draft each."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._ledger, self._shelf = means.ledger, means.shelf
        self._selected = Selected(means)
        self._correspondences: Recent[Correspondence] = Recent(
            _KEPT, lambda each: 1 + len(each.links)
        )

    def diff(
        self, slug: str, source: str, target: str, scope: Scope = EVERYTHING, *, under: str = ""
    ) -> Diff:
        """What differs between two states; ``under`` is the id of a class at or above the rest."""
        start, end = self.sides(slug, source, target)
        steps = self._steps(start, end)
        found = diff_of(start, end, steps, backward=self._goes_back(start, end))
        if under:
            scope = scope.within(_subtree(start.state, under) | _subtree(end.state, under))
        return narrowed(found, scope)

    def statements(self, slug: str, source: str, target: str) -> Statements:
        """What differs between two states, statement by statement; opens neither."""
        marks = [self._selected.mark(slug, each) for each in (source, target)]
        versions = self._way(slug, *marks)
        deltas = [version_delta(self._ledger, self._shelf, each) for each in versions]
        if DRAFT in marks and marks != [DRAFT, DRAFT]:
            deltas.append(self._shelf.draft(slug).delta)
        delta = compose(deltas)
        if self._backward(slug, *marks):
            delta = delta.inverse
        return Statements(delta.removed, delta.added)

    def files(self, old: Document, new: Document, *, statements_alone: bool = False) -> Diff:
        """What differs between two documents, which need not be in the store.

        With ``statements_alone`` they are compared as they stand, as no taxonomies.
        """
        with self._means.readers:
            if statements_alone:
                return bare_diff(old, new, self._means.limits)
            return files_diff(old, new, self._means.intake)

    def correspondence(self, slug: str, source: str, target: str) -> Correspondence:
        """What became of the classes of one state in another, later or earlier."""
        return self.between(*self.sides(slug, source, target))

    def between(self, start: Named, end: Named) -> Correspondence:
        """The correspondence of two states of one taxonomy that are open already."""
        key = f"{start.slug} {start.version} {start.state.sha} {end.version} {end.state.sha}"
        return self._correspondences.get_or_make(key, lambda: self._worked_out(start, end))

    def account(self, slug: str, source: str, target: str, *, unchanged: bool = False) -> Account:
        """The correspondence with the names of all classes that it tells of."""
        start, end = self.sides(slug, source, target)
        found = self.between(start, end)
        renamed = self._renamed(start, end)
        parts = tuple(components(found, renamed, unchanged=unchanged))
        sources, targets = told_ids(parts)
        return Account(
            source=named_side(start, sources), target=named_side(end, targets), components=parts
        )

    def resolver(self, slug: str, source: str, target: str) -> Resolver:
        """What says what became of references to classes of one state in another."""
        start, end = self.sides(slug, source, target)

        def latest() -> Iterator[Named]:
            for each in self._ledger.versions(slug)[-1:]:
                yield self._selected.named(slug, each.number)

        return Resolver(
            start,
            end,
            self.between(start, end),
            operations=lambda: as_met(
                self._steps(start, end),
                backward=self._goes_back(start, end),
            ),
            latest=latest,
        )

    def sides(self, slug: str, source: str, target: str) -> tuple[Named, Named]:
        """The two states that selectors name."""
        return self._selected.named(slug, source), self._selected.named(slug, target)

    def _worked_out(self, start: Named, end: Named) -> Correspondence:
        if self._goes_back(start, end):
            return converse(self.between(end, start))
        made = [each for step in self._steps(start, end) for each in step.made]
        return correspondence_of(extent(start.state), made)

    def _goes_back(self, start: Named, end: Named) -> bool:
        return self._backward(start.slug, start.version, end.version)

    def _backward(self, slug: str, start: str, end: str) -> bool:
        if DRAFT in (start, end):
            return start == DRAFT != end
        numbers = [each.number for each in self._ledger.versions(slug)]
        return numbers.index(start) > numbers.index(end)

    def _steps(self, start: Named, end: Named) -> tuple[Step, ...]:
        """The steps between two states, the oldest first, whichever is the older."""
        ledger, shelf, slug = self._ledger, self._shelf, start.slug
        versions = self._way(slug, start.version, end.version)
        steps = [version_step(ledger, shelf, slug, each.number) for each in versions]
        if start.version != end.version:
            drafts = (each.state for each in (start, end))
            steps += [
                draft_step(each, seen(slug, each).changes)
                for each in drafts
                if isinstance(each, OpenDraft)
            ]
        return tuple(steps)

    def _way(self, slug: str, start: str, end: str) -> tuple[VersionSummary, ...]:
        """The versions that came after the older of two up to the newer, or to the last one."""
        if start == end:
            return ()
        known = self._ledger.versions(slug)
        marks = [each for each in (start, end) if each != DRAFT]
        last = marks[-1] if DRAFT not in (start, end) else known[-1].number
        return between(known, marks[0], last)

    def _renamed(self, start: Named, end: Named) -> frozenset[str]:
        """The classes that both states have and whose label differs."""
        changed = self.statements(start.slug, start.version, end.version)
        before, after = start.state.index, end.state.index
        told = {
            line.split(b" ", 1)[0][1:-1].decode()
            for line in (*changed.removed, *changed.added)
            if _LABEL in line
        }
        return frozenset(
            each
            for each in told
            if each in before
            and each in after
            and before.label(before.entry(each)) != after.label(after.entry(each))
        )


def extent(state: State) -> Extent:
    """The classes of a state, and those of them that are retired."""
    return Extent(state.index.row_of.keys(), state.index.retired)


def _subtree(state: State, class_id: str) -> frozenset[str]:
    """A class and all below it; nothing where the state has no such class."""
    if class_id not in state.index:
        return frozenset()
    return frozenset((class_id, *state.index.descendants(class_id, include_retired=True)))
