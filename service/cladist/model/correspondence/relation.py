"""The correspondence of two states as a relation: identity, composition and converse.

Only classes to which something happened are written down; every other class corresponds to itself.
So a composition costs what changed, not what there is. Laws, for values of matching ends:

* composition is associative, and ``identity`` is its unit on both sides;
* cutting a history into versions anywhere and composing gives the correspondence of the whole;
* every class of the source has an end: a class of the target, its own record when it is retired,
  or ``NOWHERE``; ``{}`` says that the target state never had anything like it;
* every end is a class of the target or ``NOWHERE``;
* ``converse`` turns every pair round. It is no inverse: what was merged stays together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from cladist.model.correspondence.ties import Standing, Tie, chained, stands, turned

NOWHERE = ""
"""The end of items of a class that no class of the target takes."""

ONE = Fraction(1)

Way = tuple[Tie, Standing]
"""The tie and standing of one way, or of several that agree."""

PLAIN: Way = (Tie.EXACT, Standing.PLAIN)


@dataclass(frozen=True, slots=True)
class Extent:
    """The classes that a state has, and those of them that are retired."""

    classes: AbstractSet[str]
    retired: AbstractSet[str] = frozenset()

    def __contains__(self, class_id: object) -> bool:
        return class_id in self.classes

    def active(self, class_id: str) -> bool:
        """Whether the state has the class in use."""
        return class_id in self.classes and class_id not in self.retired

    def in_use(self) -> Iterator[str]:
        """The classes in use."""
        return (each for each in self.classes if each not in self.retired)


@dataclass(frozen=True, slots=True)
class Link:
    """All that ties one source class to one target class.

    ``ways`` are those in which the target is reached, ``changes`` the ids of the changes that made
    the pair, ``confidence`` that of the surest way (the product along it), ``basis`` the
    justifications (``semapv`` local names) of the steps.
    """

    ways: frozenset[Way] = frozenset({PLAIN})
    changes: frozenset[str] = frozenset()
    confidence: Fraction = ONE
    basis: frozenset[str] = frozenset()

    def then(self, other: Link) -> Link:
        """This link and another one that begins where it ends."""
        ways = frozenset(
            (chained(first[0], then[0]), stands(first[1], then[1]))
            for first in self.ways
            for then in other.ways
        )
        return Link(
            ways,
            self.changes | other.changes,
            self.confidence * other.confidence,
            self.basis | other.basis,
        )

    def beside(self, other: Link) -> Link:
        """This link and another one between the same classes."""
        return Link(
            self.ways | other.ways,
            self.changes | other.changes,
            max(self.confidence, other.confidence),
            self.basis | other.basis,
        )

    def turned(self) -> Link:
        """The link seen from the other end."""
        ways = frozenset((turned(tie), standing) for tie, standing in self.ways)
        return Link(ways, self.changes, self.confidence, self.basis)


ITSELF = Link()
"""What ties a class to itself when nothing happened to it."""

Ends = Mapping[str, Link]
"""Where a class went: target ids (or ``NOWHERE``), each with its link."""


@dataclass(frozen=True)
class Correspondence:
    """How the classes of one state became those of another.

    ``links`` has the ends of every source class to which something happened, ``NOWHERE`` as a key
    where a converse has one. ``added`` are the target classes that the source state lacks.
    """

    source: Extent
    target: Extent
    links: Mapping[str, Ends] = field(default_factory=dict)
    added: frozenset[str] = frozenset()

    def ends(self, class_id: str) -> Ends:
        """The ends of a source class, itself by default."""
        found = self.links.get(class_id)
        if found is not None:
            return found
        return {class_id: ITSELF} if class_id in self.target else {}

    @cached_property
    def origins(self) -> Mapping[str, tuple[str, ...]]:
        """For each target class that ``links`` mentions the source classes that lead to it."""
        found: dict[str, set[str]] = {}
        for source, ends in self.links.items():
            for target in ends:
                found.setdefault(target, set()).add(source)
        for target in (*found, *self.links):
            if target in self.source and target not in self.links and target in self.target:
                found.setdefault(target, set()).add(target)
        return {target: tuple(sorted(sources)) for target, sources in found.items()}

    def touched(self) -> Iterator[str]:
        """The source classes to which something happened."""
        return (each for each in self.links if each != NOWHERE)


def identity(extent: Extent) -> Correspondence:
    """Every class corresponds to itself."""
    return Correspondence(extent, extent)


def compose(*steps: Correspondence) -> Correspondence:
    """Where the classes of the first source are in the last target (relational composition).

    Takes time in proportion to what the steps changed, however many they are.
    """
    trace = Trace(steps[0])
    for step in steps[1:]:
        trace.follow(step.links, step.added)
    return trace.correspondence(steps[-1].target)


class Trace:
    """A correspondence that is being extended step by step, with one owner."""

    def __init__(self, start: Correspondence) -> None:
        self._source = start.source
        self._links: dict[str, Ends] = dict(start.links)
        self._added = set(start.added)
        self._leading: dict[str, set[str]] = {}
        for source, ends in start.links.items():
            self._lead(source, ends)

    def follow(self, links: Mapping[str, Ends], added: Iterable[str] = ()) -> None:
        """Go on from every end that the next step touches."""
        affected = {source for middle in links for source in self._sources(middle)}
        for source in affected:
            ends = self._links.get(source, {source: ITSELF})
            onward = _through(ends, links)
            for middle in ends:
                self._leading.get(middle, set()).discard(source)
            self._lead(source, onward)
            self._links[source] = onward
            if onward == {source: ITSELF}:  # so that equal means equal
                del self._links[source]
        self._added.update(each for each in added if each not in self._source)

    def correspondence(self, target: Extent) -> Correspondence:
        """What has been traced so far, as a value."""
        return Correspondence(self._source, target, dict(self._links), frozenset(self._added))

    def _sources(self, middle: str) -> Iterator[str]:
        yield from self._leading.get(middle, ())
        if middle in self._source and middle not in self._links:
            yield middle

    def _lead(self, source: str, ends: Ends) -> None:
        for target in ends:
            self._leading.setdefault(target, set()).add(source)


def _through(ends: Ends, links: Mapping[str, Ends]) -> Ends:
    found: dict[str, Link] = {}
    for middle, link in ends.items():
        onward = links.get(middle, {middle: ITSELF}) if middle != NOWHERE else {NOWHERE: ITSELF}
        for target, further in onward.items():
            whole = link.then(further)
            found[target] = found[target].beside(whole) if target in found else whole
    return found


def converse(given: Correspondence) -> Correspondence:
    """The same pairs the other way round, from the target's classes to the source's."""
    links: dict[str, dict[str, Link]] = {each: {} for each in given.added}
    for source in given.links:
        if source in given.target:  # it need not be among its own ends any more
            links.setdefault(source, {})
    for target, sources in given.origins.items():
        links[target] = {each: given.ends(each)[target].turned() for each in sources}
    lean = {source: ends for source, ends in links.items() if ends != {source: ITSELF}}
    added = frozenset(each for each in given.touched() if each not in given.target)
    return Correspondence(given.target, given.source, lean, added)
