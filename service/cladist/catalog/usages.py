"""Who uses which version, what a draft does to each, and who must agree to it first."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cladist.catalog.comparisons import Comparisons
from cladist.catalog.counting import by_class
from cladist.catalog.means import Means
from cladist.catalog.selecting import DRAFT, Named, Selected
from cladist.catalog.values import Author
from cladist.ledger import Act, Usage, instant
from cladist.model.correspondence.components import Component, Kind, components, outcome
from cladist.model.correspondence.relation import Correspondence
from cladist.model.errors import InvalidValue
from cladist.model.identifiers import check_text

KINDS = ("dataset", "model", "labeling-project")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_TEXT = 2_000  # characters
_HITTING = (Kind.MERGED, Kind.SPLIT, Kind.REGROUPED, Kind.RETIRED, Kind.REDEFINED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What somebody says that they use.

    ``counts`` says how many labels there are, by what people call the classes; ``None`` where that
    is not known. With ``asks`` nothing that hits it is published until it is acknowledged.
    """

    name: str
    kind: str = "dataset"
    selector: str = "latest"
    counts: Mapping[str, int] | None = None
    asks: bool = False
    contact: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Classes that a usage has and that are not what they were, with what they became.

    ``labels`` are those of the sources; of them ``automatic`` follow by themselves. Both are
    ``None`` where nobody knows.
    """

    kind: Kind
    sources: tuple[tuple[str, str], ...]
    targets: tuple[tuple[str, str], ...]
    labels: int | None
    automatic: int | None

    @property
    def open(self) -> int | None:
        """Labels of which a rule or a person must say what becomes of them."""
        known = self.labels is not None and self.automatic is not None
        return (self.labels or 0) - (self.automatic or 0) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What one state does to a usage: the hits, and all labels that it has, if they are known."""

    usage: Usage
    labels: int | None
    hits: tuple[Hit, ...]
    mark: str
    """Of what hits it: as long as this is the same, so is an acknowledgement."""

    @property
    def hit(self) -> int | None:
        """Labels that are hit."""
        return None if self.labels is None else sum(each.labels or 0 for each in self.hits)

    @property
    def open(self) -> int | None:
        """Labels that need a decision."""
        return None if self.labels is None else sum(each.open or 0 for each in self.hits)

    @property
    def missing(self) -> bool:
        """Whether an acknowledgement is wanted and not given."""
        return self.usage.asks and bool(self.hits) and self.usage.acknowledged != self.mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The counts of a usage in another version; ``left`` labels could not follow by themselves."""

    counts: Mapping[str, int]
    left: int


@dataclass(frozen=True, slots=True)
class Usages:
    """The usages of all taxonomies."""

    means: Means
    comparisons: Comparisons
    selected: Selected = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "selected", Selected(self.means))

    def register(self, slug: str, said: Registration, author: Author) -> tuple[Usage, bool]:
        """Store what somebody uses, in place of what was said under the name; whether it is new.

        Raises InvalidValue, UnknownVersion, UnknownClass and AmbiguousReference.
        """
        _check(said)
        if said.selector == DRAFT:
            raise InvalidValue("version", "a draft changes: name a published version.")
        named = self.selected.named(slug, said.selector)
        state = f"{slug} {named.version}"
        counts = None if said.counts is None else by_class(named.state.index, said.counts, state)
        usage = Usage(
            slug=slug,
            name=said.name,
            kind=said.kind,
            version=named.version,
            counts="" if counts is None else json.dumps(counts),
            contact=said.contact,
            url=said.url,
            note=said.note,
            acknowledged="",
            who=author.who,
            at=instant(self.means.now()),
            asks=said.asks,
        )
        return usage, self.means.ledger.usages.register(usage, self._act(author))

    def every(self, slug: str) -> tuple[Usage, ...]:
        """The usages of a taxonomy by name; raises UnknownTaxonomy."""
        return self.means.ledger.usages.every(slug)

    def one(self, slug: str, name: str) -> Usage:
        """A usage; raises NotFound."""
        return self.means.ledger.usages.one(slug, name)

    def remove(self, slug: str, name: str, author: Author) -> None:
        """Forget a usage; raises NotFound."""
        self.means.ledger.usages.remove(slug, name, self._act(author))

    def impact(self, slug: str, selector: str = DRAFT) -> tuple[Impact, ...]:
        """What a state does to each usage, the ones hit most first."""
        state = self.selected.named(slug, selector)
        found = [self._impact(each, state) for each in self.every(slug)]
        return tuple(sorted(found, key=lambda each: (not each.hits, -(each.hit or 0))))

    def acknowledge(self, slug: str, name: str, author: Author) -> Impact:
        """Agree to what the draft does to a usage as it stands now; raises NotFound."""
        usage = self.one(slug, name)
        found = self._impact(usage, self.selected.named(slug, DRAFT))
        kept = self.means.ledger.usages.acknowledge(slug, name, found.mark, self._act(author))
        return Impact(usage=kept, labels=found.labels, hits=found.hits, mark=found.mark)

    def missing(self, slug: str) -> tuple[str, ...]:
        """The usages that the draft hits, that want to be asked, and have not agreed."""
        asking = self.means.ledger.usages.asking(slug)
        if not asking:
            return ()
        draft = self.selected.named(slug, DRAFT)
        return tuple(each.name for each in asking if self._impact(each, draft).missing)

    def followed(self, slug: str, name: str, selector: str) -> Followed:
        """The counts of a usage by the classes of another version; raises InvalidValue."""
        usage = self.one(slug, name)
        counts = _counts(usage)
        if counts is None:
            raise InvalidValue("usage", f"“{name}” was registered without counts.")
        given = self._between(usage, self.selected.named(slug, selector))
        found: dict[str, int] = {}
        left = 0
        for class_id, count in counts.items():
            became = outcome(given, class_id)
            if became.automatic:
                found[became.targets[0]] = found.get(became.targets[0], 0) + count
            else:
                left += count
        return Followed(counts=found, left=left)

    def _between(self, usage: Usage, end: Named) -> Correspondence:
        return self.comparisons.between(self.selected.named(usage.slug, usage.version), end)

    def _impact(self, usage: Usage, end: Named) -> Impact:
        start = self.selected.named(usage.slug, usage.version)
        given = self.comparisons.between(start, end)
        counts = _counts(usage)
        hits = tuple(
            _hit(each, given, counts, (start, end))
            for each in components(given, frozenset())
            if each.kind in _HITTING and _concerns(each, counts)
        )
        told = [(each.kind.value, each.sources, each.targets) for each in hits]
        mark = hashlib.sha256(json.dumps([usage.version, told]).encode()).hexdigest()
        labels = None if counts is None else sum(counts.values())
        return Impact(usage=usage, labels=labels, hits=hits, mark=mark)

    def _act(self, author: Author) -> Act:
        return Act(author.who, instant(self.means.now()))


def _hit(
    part: Component,
    given: Correspondence,
    counts: Mapping[str, int] | None,
    sides: tuple[Named, Named],
) -> Hit:
    labels = automatic = None
    if counts is not None:
        held = {each: counts.get(each, 0) for each in part.sources}
        labels = sum(held.values())
        automatic = sum(n for each, n in held.items() if outcome(given, each).automatic)
    start, end = sides
    return Hit(
        kind=part.kind,
        sources=_labelled(start, part.sources),
        targets=_labelled(end, part.targets),
        labels=labels,
        automatic=automatic,
    )


def _labelled(named: Named, ids: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    index = named.state.index
    entries = sorted((index.entry(each) for each in ids), key=lambda each: each.code)
    return tuple((each.id, index.label(each)) for each in entries)


def _concerns(part: Component, counts: Mapping[str, int] | None) -> bool:
    """Whether a usage has any of the classes; where nobody knows it may have all."""
    return bool(part.sources) and (counts is None or any(counts.get(each) for each in part.sources))


def _counts(usage: Usage) -> dict[str, int] | None:
    if not usage.counts:
        return None
    found: dict[str, int] = json.loads(usage.counts)
    return found


def _check(said: Registration) -> None:
    if _NAME.fullmatch(said.name) is None:
        raise InvalidValue("name", "it has up to 100 letters, digits, “.”, “_” and “-”.")
    if said.kind not in KINDS:
        raise InvalidValue("kind", f"it is one of {', '.join(KINDS)}.")
    for name in ("contact", "url", "note"):
        value = getattr(said, name)
        if value:
            check_text(value, name, _TEXT)
