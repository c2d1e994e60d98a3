"""The use case of data that follow: a plan from one version to another, for whoever migrates."""

from __future__ import annotations

from collections.abc import Iterable

from cladist.catalog.comparisons import Comparisons
from cladist.catalog.means import Means
from cladist.catalog.selecting import Named
from cladist.datasets.plan import Earlier, Plan
from cladist.datasets.planning import earlier_of, plan_of, vocabulary_of
from cladist.datasets.vocabulary import Vocabulary


class Migrations:
    """Plans by which datasets are migrated."""

    def __init__(self, means: Means, comparisons: Comparisons) -> None:
        self._ledger, self._comparisons = means.ledger, comparisons

    def plan(
        self, slug: str, source: str, target: str, origins: Iterable[str] | None = None
    ) -> Plan:
        """What data follow from one version to another.

        ``origins`` are earlier versions from which labels may have come; without it all that are
        older than the source.
        """
        start, end = self._comparisons.sides(slug, source, target)
        older = self._older(start) if origins is None else origins
        return plan_of(
            _vocabulary(start),
            _vocabulary(end),
            self._comparisons.between(start, end),
            {each: self._earlier(slug, each, end) for each in older},
        )

    def _older(self, start: Named) -> list[str]:
        numbers = [each.number for each in self._ledger.versions(start.slug)]
        return numbers[: numbers.index(start.version)] if start.version in numbers else numbers

    def _earlier(self, slug: str, version: str, end: Named) -> Earlier:
        start, _ = self._comparisons.sides(slug, version, end.version)
        return earlier_of(self._comparisons.between(start, end), start.state.index)


def _vocabulary(named: Named) -> Vocabulary:
    state = named.state
    return vocabulary_of(
        state.taxonomy, state.index, slug=named.slug, version=named.version, digest=state.sha
    )
