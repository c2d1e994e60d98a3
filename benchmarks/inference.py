"""What matching finds of hidden changes in 200 made-up histories, and what it takes for true.

A proposal is right when its kind, its old classes and its foreign classes are those of what really
happened. Recall counts what left evidence in the data: for every pair an equal id, a label or the
definition that passed on (labels before noise), or two children and more. The seeds are not those
with which the weights were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from benchmarks.figures import Figure, at_least, at_most, seconds
from benchmarks.generate import taxonomy
from benchmarks.histories import History, Truth, history
from cladist.model.matching import Proposal, ProposedKind, match
from cladist.model.taxonomy import Taxonomy

SIZES = (10_000,)
FIRST_SEED, HISTORIES, FEW = 1, 200, 12
ACCEPTED = 0.8
CURVE = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
PRECISION, RECALL = 0.98, 0.9

KINDS = (
    ProposedKind.SAME,
    ProposedKind.RENAMED,
    ProposedKind.MOVED,
    ProposedKind.MERGED,
    ProposedKind.SPLIT,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proposal or a truth after the comparison of both.

    ``confidence`` is 0 where nothing right was proposed, or where the proposal is ambiguous.
    ``foreign`` tells that the ids did not already say it, ``reworded`` that a label was replaced
    and not only spelt otherwise.
    """

    kind: ProposedKind
    confidence: float
    right: bool
    foreign: bool
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """All proposals with a pair, all truths with evidence, proposals about what none can know."""

    proposed: tuple[Outcome, ...]
    true: tuple[Outcome, ...]
    unclear: tuple[Outcome, ...]

    def precision(self, threshold: float, kinds: Sequence[ProposedKind] = KINDS) -> Share:
        """The right ones among those accepted."""
        accepted = [e for e in self.proposed if e.confidence >= threshold and e.kind in kinds]
        return Share(sum(each.right for each in accepted), len(accepted))

    def recall(self, threshold: float, kinds: Sequence[ProposedKind] = KINDS) -> Share:
        """Those found and accepted among all that happened and left evidence."""
        true = [each for each in self.true if each.kind in kinds]
        return Share(sum(each.confidence >= threshold for each in true), len(true))

    def without_ids(self) -> Findings:
        """What had to be inferred."""
        return Findings(
            tuple(each for each in self.proposed if each.foreign),
            tuple(each for each in self.true if each.foreign),
            self.unclear,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def ratio(self) -> float:
        """Their ratio; 1 of nothing."""
        return self.part / self.whole if self.whole else 1.0

    def __str__(self) -> str:
        return f"{self.part:,} of {self.whole:,}"


def findings(seeds: Iterable[int]) -> Findings:
    """What matching makes of the histories of these seeds."""
    proposed, true, unclear = list[Outcome](), list[Outcome](), list[Outcome]()
    for seed in seeds:
        told = history(seed)
        found = match(told.old, told.new)
        proposed += _proposed(told, found)
        true += _true(told, found)
        unclear += [
            Outcome(each.kind, _confidence(each), False, True)
            for each in found
            if not told.unclear.isdisjoint((*each.sources, *each.targets))
        ]
    return Findings(tuple(proposed), tuple(true), tuple(unclear))


def _proposed(told: History, found: Sequence[Proposal]) -> Iterator[Outcome]:
    truths = {(each.sources, each.targets): each for each in told.truths}
    for each in found:
        if each.pairs:
            truth = truths.get((frozenset(each.sources), frozenset(each.targets)))
            right = truth is not None and _is_kind(truth, each.kind)
            foreign = each.sources != each.targets
            yield Outcome(each.kind, _confidence(each), right, foreign)


def _true(told: History, found: Sequence[Proposal]) -> Iterator[Outcome]:
    proposals = {(frozenset(each.sources), frozenset(each.targets)): each for each in found}
    for truth in told.truths:
        if truth.evident and told.unclear.isdisjoint(truth.sources):
            each = proposals.get((truth.sources, truth.targets))
            right = each is not None and _is_kind(truth, each.kind)
            confidence = _confidence(each) if each is not None and right else 0.0
            foreign = truth.sources != truth.targets
            yield Outcome(truth.kind, confidence, right, foreign, truth.reworded)


def _is_kind(truth: Truth, kind: ProposedKind) -> bool:
    """Whether the kind is right; nobody can tell same from moved where the place is not known."""
    place = {ProposedKind.SAME, ProposedKind.MOVED}
    return kind is truth.kind or (not truth.placed and {kind, truth.kind} == place)


def _confidence(proposal: Proposal) -> float:
    return 0.0 if proposal.ambiguous else proposal.confidence


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Precision and recall of each kind, the curve over thresholds, then times for each size."""
    found = findings(range(FIRST_SEED, FIRST_SEED + (FEW if quick else HISTORIES)))
    for kind in KINDS:
        precision, recall = found.precision(ACCEPTED, [kind]), found.recall(ACCEPTED, [kind])
        name = f"inference, {kind}"
        yield _share(f"{name}: precision", precision, PRECISION)
        yield _share(f"{name}: recall", recall, RECALL)
    silent = sum(each.confidence >= ACCEPTED for each in found.unclear)
    told = f"of {len(found.unclear)}"
    yield Figure("inference, unclear but accepted", 0, str(silent), told, silent, at_most(0))
    yield from _without_ids(found.without_ids())
    for size in sizes:
        yield _time(size)


def _share(name: str, share: Share, asked: float) -> Figure:
    return Figure(name, 0, f"{share.ratio:.3f}", str(share), share.ratio, at_least(asked))


def _without_ids(found: Findings) -> Iterator[Figure]:
    """The same where ids say nothing, by kind, then all kinds by the confidence asked for."""
    for kind in KINDS:
        yield _both(f"without ids, {kind}", found, ACCEPTED, [kind])
    reworded = replace(found, true=tuple(each for each in found.true if each.reworded))
    yield _share("without ids, reworded: recall", reworded.recall(ACCEPTED), RECALL)
    for threshold in CURVE:
        yield _both(f"without ids, accepted from {threshold:g}", found, threshold, KINDS)


def _both(name: str, found: Findings, threshold: float, kinds: Sequence[ProposedKind]) -> Figure:
    precision, recall = found.precision(threshold, kinds), found.recall(threshold, kinds)
    return Figure(name, 0, f"P {precision.ratio:.3f}", f"R {recall.ratio:.3f}, {precision}")


def _time(size: int) -> Figure:
    """The same classes under another namespace."""
    made = taxonomy(size)
    start = perf_counter()
    found = match(made, _moved(made))
    took = perf_counter() - start
    same = sum(each.kind is ProposedKind.SAME for each in found)
    return Figure("match, another namespace", size, seconds(took), f"{same:,} found again")


def _moved(made: Taxonomy) -> Taxonomy:
    base = made.header.iri

    def elsewhere(class_id: str) -> str:
        return class_id.replace(base, "https://example.org/moved")

    classes = (
        replace(each, id=elsewhere(each.id), parents=tuple(map(elsewhere, each.parents)))
        for each in made.classes.values()
    )
    return Taxonomy(made.header, {each.id: each for each in classes})
