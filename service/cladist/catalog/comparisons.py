"""The use cases on two states: what differs, and what became of every class."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.catalog.comparing import diff_of, named_side, told_ids
from cladist.catalog.drafting import seen
from cladist.catalog.history import Step, between, draft_step, version_step
from cladist.catalog.means import Means
from cladist.catalog.opened import OpenDraft, State
from cladist.catalog.resolving import Resolver, as_met
from cladist.catalog.selecting import DRAFT, Named, Selected
from cladist.catalog.shelf import Recent
from cladist.model.correspondence.account import Account
from cladist.model.correspondence.components import components
from cladist.model.correspondence.descent import correspondence_of
from cladist.model.correspondence.relation import Correspondence, Extent, converse
from cladist.model.diff.filtering import EVERYTHING, Scope, narrowed
from cladist.model.diff.values import Diff

_KEPT = 200_000
"""Changed classes that the correspondences kept in memory may tell of together."""


class Comparisons:
    """Two states of one taxonomy, in either order: a version or the draft each."""

    def __init__(self, means: Means) -> None:
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
        found = diff_of(start, end, steps, backward=self._backward(start, end))
        if under:
            scope = scope.within(_subtree(start.state, under) | _subtree(end.state, under))
        return narrowed(found, scope)

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
            operations=lambda: as_met(self._steps(start, end), backward=self._backward(start, end)),
            latest=latest,
        )

    def sides(self, slug: str, source: str, target: str) -> tuple[Named, Named]:
        """The two states that selectors name."""
        return self._selected.named(slug, source), self._selected.named(slug, target)

    def _worked_out(self, start: Named, end: Named) -> Correspondence:
        if self._backward(start, end):
            return converse(self.between(end, start))
        made = [each for step in self._steps(start, end) for each in step.made]
        return correspondence_of(extent(start.state), made)

    def _backward(self, start: Named, end: Named) -> bool:
        if DRAFT in (start.version, end.version):
            return start.version == DRAFT
        numbers = [each.number for each in self._ledger.versions(start.slug)]
        return numbers.index(start.version) > numbers.index(end.version)

    def _steps(self, start: Named, end: Named) -> tuple[Step, ...]:
        """The steps between two states, the oldest first, whichever is the older."""
        if start.version == end.version:
            return ()
        known = self._ledger.versions(start.slug)
        marks = [each.version for each in (start, end) if each.version != DRAFT]
        drafts = [each.state for each in (start, end) if isinstance(each.state, OpenDraft)]
        last = known[-1].number if known else ""
        ends = (*marks, last) if drafts else tuple(marks)
        steps = [
            version_step(self._ledger, self._shelf, start.slug, number)
            for number in between(known, ends[0], ends[-1])
        ]
        for draft in drafts:
            steps.append(draft_step(draft, seen(start.slug, draft).changes))
        return tuple(steps)

    def _renamed(self, start: Named, end: Named) -> frozenset[str]:
        """The classes that both states have and whose label differs."""
        delta = self.diff(start.slug, start.version, end.version)
        return frozenset(
            card.id for card in delta.cards if card.before and card.after != card.before
        )


def extent(state: State) -> Extent:
    """The classes of a state, and those of them that are retired."""
    return Extent(state.index.row_of.keys(), state.index.retired)


def _subtree(state: State, class_id: str) -> frozenset[str]:
    """A class and all below it; nothing where the state has no such class."""
    if class_id not in state.index:
        return frozenset()
    return frozenset((class_id, *state.index.descendants(class_id, include_retired=True)))
