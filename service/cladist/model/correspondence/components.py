"""What a correspondence says of each class in use: its answer, its pairs, its component."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from cladist.model.change.parts import Part
from cladist.model.correspondence.descent import MANUAL
from cladist.model.correspondence.relation import ITSELF, Correspondence, Ends, Link
from cladist.model.correspondence.ties import Standing, Tie, parts_of, predicate_of, told

CHAINED = "MappingChaining"
"""Justification (``semapv``) of a pair to which more than one change led."""


class Kind(StrEnum):
    """What became of the classes of a connected component (MODEL: correspondence)."""

    UNCHANGED = "unchanged"
    RENAMED = "renamed"
    REDEFINED = "redefined"
    """The class itself with another meaning, by the word of its author."""
    MERGED = "merged"
    SPLIT = "split"
    REGROUPED = "regrouped"
    RETIRED = "retired"
    ADDED = "added"
    RESTORED = "restored"
    """In use again: the source had it, retired."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source class.

    ``targets`` are classes in use, the surest first; ``residue`` says that items may have gone out
    of use or nowhere. Only with one target and no residue is the answer ``automatic``.
    """

    targets: tuple[str, ...]
    residue: bool

    @property
    def automatic(self) -> bool:
        """Whether data may be rewritten without asking anybody."""
        return len(self.targets) == 1 and not self.residue

    @property
    def needs_decision(self) -> bool:
        """Whether somebody or something must choose."""
        return bool(self.targets) and not self.automatic


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPair:
    """A source and a target class in use, and how much of each is in the other."""

    source: str
    target: str
    source_part: Part
    target_part: Part
    predicate: str
    """SKOS mapping property, from source to target."""
    justification: str
    """Local name in ``semapv``."""
    confidence: float
    changes: tuple[str, ...]
    needs_decision: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Classes that hang together by pairs, with none to any other class."""

    kind: Kind
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    pairs: tuple[ClassPair, ...] = ()

    @property
    def cardinality(self) -> str:
        """``1:1``, ``1:n``, ``n:1``, ``n:m``, ``1:0`` or ``0:1``."""
        return f"{_count(self.sources, 'n')}:{_count(self.targets, _other(self.sources))}"


def _count(ids: tuple[str, ...], many: str) -> str:
    return str(len(ids)) if len(ids) < 2 else many


def _other(sources: tuple[str, ...]) -> str:
    return "m" if len(sources) > 1 else "n"


def outcome(given: Correspondence, class_id: str) -> Outcome:
    """What became of a class of the source."""
    ends = _living(given, class_id)
    targets = [each for each in ends if given.target.active(each)]
    targets.sort(key=lambda each: (_tie(ends[each]) is not Tie.EXACT, -ends[each].confidence, each))
    return Outcome(tuple(targets), len(targets) < len(ends))


def _living(given: Correspondence, class_id: str) -> Ends:
    """The ends that count: not mere records, and none but the class itself when it came back."""
    ends = given.ends(class_id)
    own = ends.get(class_id)
    if own is not None and given.target.active(class_id) and _is_back(own):
        return {class_id: own}
    return {each: link for each, link in ends.items() if _counts(link)}


def _is_back(link: Link) -> bool:
    return (Tie.EXACT, Standing.BACK) in link.ways and _tie(link) is Tie.EXACT


def _counts(link: Link) -> bool:
    return any(standing is not Standing.RECORD for _, standing in link.ways)


def _tie(link: Link) -> Tie:
    return told(tie for tie, standing in link.ways if standing is not Standing.RECORD)


def pairs_of(given: Correspondence, class_id: str) -> tuple[ClassPair, ...]:
    """The pairs of a source class with the classes in use that it became, the surest first."""
    if class_id not in given.links:
        kept = given.target.active(class_id)
        return (_pair(class_id, class_id, ITSELF, False),) if kept else ()
    found, living = outcome(given, class_id), _living(given, class_id)
    ask = found.needs_decision
    return tuple(_pair(class_id, each, living[each], ask) for each in found.targets)


def _pair(source: str, target: str, link: Link, ask: bool) -> ClassPair:
    tie = _tie(link)
    source_part, target_part = parts_of(tie)
    return ClassPair(
        source=source,
        target=target,
        source_part=source_part,
        target_part=target_part,
        predicate=predicate_of(tie),
        justification=CHAINED if len(link.changes) > 1 else min(link.basis, default=MANUAL),
        confidence=float(link.confidence),
        changes=tuple(sorted(link.changes)),
        needs_decision=ask,
    )


def components(
    given: Correspondence, renamed: AbstractSet[str] = frozenset(), *, unchanged: bool = False
) -> Iterator[Component]:
    """The components by their first source, those of new classes last.

    ``renamed`` are the ids of classes whose preferred label differs between the two states. Classes
    to which nothing happened are left out, unless ``unchanged`` asks for them.
    """
    pairs = {each: pairs_of(given, each) for each in _sources(given, renamed, unchanged)}
    sharing: dict[str, list[str]] = {}
    for source, found in pairs.items():
        for pair in found:
            sharing.setdefault(pair.target, []).append(source)
    for target in tuple(sharing):
        if target not in pairs and given.source.active(target) and target not in given.links:
            pairs[target] = pairs_of(given, target)  # nothing happened to it but a newcomer's
            sharing[target].append(target)
    for sources in _clusters(pairs, sharing):
        yield _component(sources, [pair for each in sources for pair in pairs[each]], renamed)
    for target in sorted(_newcomers(given) - set(sharing)):
        back = target in given.source.retired
        yield Component(kind=Kind.RESTORED if back else Kind.ADDED, sources=(), targets=(target,))


def _sources(given: Correspondence, renamed: Iterable[str], unchanged: bool) -> Iterator[str]:
    if unchanged:
        yield from sorted(given.source.in_use())
    else:
        known = {each for each in (*given.touched(), *renamed) if given.source.active(each)}
        yield from sorted(known)


def _newcomers(given: Correspondence) -> set[str]:
    """Classes in use in the target to which none of the source in use need lead."""
    known = {*given.added, *given.source.retired, *given.touched()}
    return {each for each in known if given.target.active(each)}


def _clusters(
    pairs: Mapping[str, tuple[ClassPair, ...]], sharing: Mapping[str, list[str]]
) -> Iterator[list[str]]:
    seen: set[str] = set()
    for start in sorted(pairs):
        if start in seen:
            continue
        seen.add(start)
        cluster = [start]
        for source in cluster:
            for pair in pairs[source]:
                fresh = [each for each in sharing[pair.target] if each not in seen]
                seen.update(fresh)
                cluster += fresh
        yield sorted(cluster)


def _component(sources: list[str], pairs: list[ClassPair], renamed: AbstractSet[str]) -> Component:
    targets = sorted({pair.target for pair in pairs})
    kind = _kind(sources, targets, pairs, renamed)
    return Component(kind=kind, sources=tuple(sources), targets=tuple(targets), pairs=tuple(pairs))


def _kind(
    sources: list[str], targets: list[str], pairs: list[ClassPair], renamed: AbstractSet[str]
) -> Kind:
    if not targets:
        return Kind.RETIRED
    if len(sources) > 1:
        return Kind.MERGED if len(targets) == 1 else Kind.REGROUPED
    if len(targets) > 1:
        return Kind.SPLIT
    if sources == targets and pairs[0].predicate != "exactMatch":
        return Kind.REDEFINED
    same = sources == targets and sources[0] not in renamed
    return Kind.UNCHANGED if same else Kind.RENAMED


@dataclass(frozen=True, slots=True)
class Loss:
    """How many classes in use of the source need care when data follow."""

    classes: int
    without_target: int
    needing_decision: int

    @property
    def share(self) -> Fraction:
        """The part of the classes that has no target or needs a decision, from 0 to 1."""
        if not self.classes:
            return Fraction(0)
        return Fraction(self.without_target + self.needing_decision, self.classes)


def loss(given: Correspondence) -> Loss:
    """How many classes in use have no target, and how many need a decision."""
    tally: Counter[str] = Counter()
    for class_id in given.touched():
        if given.source.active(class_id):
            found = outcome(given, class_id)
            tally["none"] += not found.targets
            tally["ask"] += found.needs_decision
    classes = len(given.source.classes) - len(given.source.retired)
    return Loss(classes, tally["none"], tally["ask"])
