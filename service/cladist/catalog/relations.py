"""The use cases on two taxonomies without a common history: related by a table, then followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from cladist.catalog.comparing import named_side, told_ids
from cladist.catalog.comparisons import Comparisons, extent
from cladist.catalog.means import Means
from cladist.catalog.related_pairs import pairs_of_table, read, written
from cladist.catalog.retrying import through
from cladist.catalog.selecting import DRAFT, Named, Selected
from cladist.catalog.shelf import Recent
from cladist.catalog.tables import TableFile, table_of
from cladist.catalog.values import Author, Retry
from cladist.ledger import Act, NewRelation, RelationRecord, RelationSummary, instant
from cladist.model.correspondence.account import Account, related, told_by
from cladist.model.correspondence.components import ClassPair
from cladist.model.correspondence.relation import Correspondence, Extent, compose
from cladist.model.errors import InvalidValue, NoCommonHistory
from cladist.model.identifiers import check_text

_KEPT = 200_000
"""Classes that the correspondences kept in memory may tell of together."""

_TITLE, _REFERENCE = 1_000, 2_048  # characters


class Place(NamedTuple):
    """A state as people name it: the taxonomy's slug and a selector."""

    slug: str
    selector: str

    def __str__(self) -> str:
        return f"{self.slug} {self.selector}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a table comes from: its title, its licence, its publisher or address."""

    title: str = ""
    license: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """The outcome of relating two versions, or of a dry run, which has no revision.

    ``sources`` and ``targets`` count the classes that are in pairs, ``sources_left`` and
    ``targets_left`` those in use that are in none. ``components`` counts the groups of classes
    that hang together by their cardinality: ``1:1``, ``1:n``, ``n:1`` and ``n:m``.
    """

    source: Place
    target: Place
    revision: int | None
    pairs: int
    sources: int
    targets: int
    sources_left: int
    targets_left: int
    components: Mapping[str, int]
    findings: tuple[str, ...]
    dry_run: bool = False


class Relations:
    """What relates versions of different taxonomies, and what follows for their other states."""

    def __init__(self, means: Means, comparisons: Comparisons) -> None:
        self._ledger, self._now = means.ledger, means.now
        self._selected, self._comparisons = Selected(means), comparisons
        self._found: Recent[Correspondence] = Recent(_KEPT, lambda each: 1 + len(each.links))

    def relate(
        self,
        source: Place,
        target: Place,
        file: TableFile,
        author: Author,
        *,
        about: Provenance | None = None,
        dry_run: bool = False,
        retry: Retry | None = None,
    ) -> Related:
        """Store what a table says of two published versions of different taxonomies.

        It counts from now on, in place of an earlier one for the same versions, which is kept.
        """
        start, end = self._published(source), self._published(target)
        if start.slug == end.slug:
            raise InvalidValue("target", "versions of one taxonomy are related by its changes.")
        table = table_of(file, start.state.taxonomy, end.state.taxonomy)
        pairs = pairs_of_table(table.pairs)
        if not pairs:
            raise InvalidValue("table", "no row of it relates two classes.")
        told = _counted(start, end, pairs, table.findings)
        if dry_run:
            return replace(told, dry_run=True)

        def outcome(record: RelationRecord) -> Related:
            return replace(told, revision=record.revision)

        act = Act(author.who, instant(self._now()), request=through(retry, outcome))
        return outcome(self._ledger.relate(_new(told, pairs, about or Provenance()), act))

    def every(self) -> tuple[RelationSummary, ...]:
        """All relations that are stored; of the same two versions the last one counts."""
        return self._ledger.relations()

    def counting(self, source: Place, target: Place) -> RelationSummary:
        """The relation on which the correspondence of two states rests.

        NoCommonHistory when no table relates the taxonomies.
        """
        return self._way(*self._ends(source, target)).relation

    def correspondence(self, source: Place, target: Place) -> Correspondence:
        """What the classes of one state are in another taxonomy's; see ``counting``."""
        return self._between(*self._ends(source, target))

    def account(self, source: Place, target: Place) -> Account:
        """The correspondence with the names of all classes that it tells of."""
        start, end = self._ends(source, target)
        parts = told_by(self._between(start, end))
        sources, targets = told_ids(parts)
        return Account(
            source=named_side(start, sources), target=named_side(end, targets), components=parts
        )

    def _published(self, place: Place) -> Named:
        if place.selector == DRAFT:
            raise InvalidValue("version", f"publish the draft of {place.slug} to relate it.")
        return self._selected.named(*place)

    def _ends(self, source: Place, target: Place) -> tuple[Named, Named]:
        return self._selected.named(*source), self._selected.named(*target)

    def _between(self, start: Named, end: Named) -> Correspondence:
        way = self._way(start, end)
        states = (f"{each.slug} {each.version} {each.state.sha}" for each in (start, end))
        key = f"{' '.join(states)} {way}"
        return self._found.get_or_make(key, lambda: self._worked_out(start, end, way))

    def _worked_out(self, start: Named, end: Named, way: _Way) -> Correspondence:
        first, then = (self._selected.named(*each) for each in way.ends)
        pairs = read(self._ledger.relation(way.relation).pairs, turned=way.turned)
        return compose(
            self._comparisons.between(start, first),
            related(extent(first.state), extent(then.state), pairs),
            self._comparisons.between(then, end),
        )

    def _way(self, start: Named, end: Named) -> _Way:
        """Over the relation of the nearest versions, then the one stored last. One that is made in
        this direction goes before all of the other, since tables of the two directions differ."""
        known = self._ledger.relations(start.slug)
        here = [_Way(each, False) for each in known if each.target_slug == end.slug]
        back = [_Way(each, True) for each in known if each.source_slug == end.slug]
        if not here and not back:
            raise NoCommonHistory(f"{start.slug} {start.version}", f"{end.slug} {end.version}")
        orders = {each.slug: self._order(each.slug) for each in (start, end)}

        def rank(way: _Way) -> tuple[int, str, int]:
            first, then = way.ends
            steps = _steps(orders, start, first) + _steps(orders, end, then)
            return -steps, way.relation.at, way.relation.revision

        return max(here or back, key=rank)

    def _order(self, slug: str) -> list[str]:
        return [*(each.number for each in self._ledger.versions(slug)), DRAFT]


def _steps(orders: Mapping[str, list[str]], named: Named, place: Place) -> int:
    """How many versions apart a state and one that a relation is about are."""
    order = orders[named.slug]
    return abs(order.index(named.version) - order.index(place.selector))


@dataclass(frozen=True, slots=True)
class _Way:
    """A relation, and whether it is read from its target to its source."""

    relation: RelationSummary
    turned: bool

    @property
    def ends(self) -> tuple[Place, Place]:
        """The versions where it begins and ends, as it is read."""
        each = self.relation
        source = Place(each.source_slug, each.source_number)
        target = Place(each.target_slug, each.target_number)
        return (target, source) if self.turned else (source, target)


def _counted(
    start: Named, end: Named, pairs: tuple[ClassPair, ...], findings: tuple[str, ...]
) -> Related:
    before, after = extent(start.state), extent(end.state)
    sources, targets = ({each.source for each in pairs}, {each.target for each in pairs})
    parts = told_by(related(before, after, pairs))
    return Related(
        source=Place(start.slug, start.version),
        target=Place(end.slug, end.version),
        revision=None,
        pairs=len(pairs),
        sources=len(sources),
        targets=len(targets),
        sources_left=_in_use(before) - len(sources),
        targets_left=_in_use(after) - len(targets),
        components=dict(sorted(Counter(each.cardinality for each in parts if each.pairs).items())),
        findings=findings,
    )


def _in_use(classes: Extent) -> int:
    return len(classes.classes) - len(classes.retired)


def _new(told: Related, pairs: Iterable[ClassPair], about: Provenance) -> NewRelation:
    return NewRelation(
        source_slug=told.source.slug,
        source_number=told.source.selector,
        target_slug=told.target.slug,
        target_number=told.target.selector,
        pairs=written(pairs),
        title=about.title and check_text(about.title, "title", _TITLE),
        license=about.license and check_text(about.license, "license", _REFERENCE),
        origin=about.origin and check_text(about.origin, "origin", _REFERENCE),
    )
