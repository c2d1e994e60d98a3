"""The pure core: records, what became of the classes, and decisions in; records and counts out.

A label whose class has one certain target follows. Any other one is decided by, in this order, what
it was before an earlier migration, a decision for its record, a rule, a default, the nearest
selectable class above, or a person later on; until then it stays. Nothing is guessed, and every
label of the input has one verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from cladist.datasets.cases import Case, Cases
from cladist.datasets.collisions import Together, merged, new_faults, rivals
from cladist.datasets.conditions import holds
from cladist.datasets.decisions import NO_DECISIONS, Decisions
from cladist.datasets.legend import STAYS, Legend
from cladist.datasets.negatives import followed_negatives
from cladist.datasets.plan import Answer, Plan
from cladist.datasets.policy import Choice, Policy
from cladist.datasets.records import Entry, Fate, Fields, Item, Label, Placed, Ref
from cladist.datasets.tally import Tally, left
from cladist.model.taxonomy import Structure

_ONE_LABEL = (Structure.SINGLE_LABEL, Structure.ORDINAL)
ONE_ONLY = "an item has one label only"


class Origin(NamedTuple):
    """What a label was in an earlier version, before the first migration that changed it."""

    version: str
    class_id: str


Origins = Callable[[str, str], tuple[Origin, ...]]
"""From the key of a record and the class of its label to what that was; empty if unknown."""


def no_origins(key: str, class_id: str) -> tuple[Origin, ...]:
    """Where nothing is known of earlier migrations."""
    return ()


class Migration:
    """One pass over the labels of a dataset; ``tally`` counts it, ``used`` are decisions met."""

    def __init__(
        self,
        plan: Plan,
        legend: Legend,
        policy: Policy | None = None,
        decisions: Decisions = NO_DECISIONS,
        origins: Origins = no_origins,
    ) -> None:
        self.plan, self.legend = plan, legend
        self._policy, self._decisions, self._origins = policy or Policy(), decisions, origins
        self.tally = Tally()
        self.used: set[tuple[str, str]] = set()
        self._cases: dict[Ref, Case] = {}
        self._make = Cases(plan, legend, self._policy, self.tally)
        self._before, self._after = Together(plan.source), Together(plan.target)
        self._one_label = plan.target.structure in _ONE_LABEL

    def place(self, item: Item) -> Sequence[Placed]:
        """What becomes of each label of an item."""
        labels, tally = item.labels, self.tally
        if len(labels) == 1 and not labels[0].negative:
            placed: Sequence[Placed] = (self._placed(labels[0], item),)
        else:
            placed = self._several(item)
        for label, each in zip(labels, placed, strict=True):
            tally.add(label.ref, each)
        tally.item(len(labels), left(placed))
        return placed

    def fixed(self, ref: Ref) -> Placed | None:
        """What becomes of every plain label with this ref, if it is the same for all."""
        if self._origins is not no_origins:
            return None
        return self.case(ref).fixed

    def case(self, ref: Ref) -> Case:
        """What is known of all labels with a ref."""
        found = self._cases.get(ref)
        if found is None:
            found = self._cases[ref] = self._make.case(ref)
        return found

    def _placed(self, label: Label, item: Item) -> Placed:
        case = self._cases.get(label.ref) or self.case(label.ref)
        if self._origins is not no_origins and case.bound is not None:
            told = self._by_origin(case, label)
            if told is not None:
                return told
        return case.fixed or self._decided(case, label, item)

    def _by_origin(self, case: Case, label: Label) -> Placed | None:
        """What the labels that became this one are now, if each is certain and all agree."""
        assert case.bound is not None
        found: set[str] = set()
        for origin in self._origins(label.key, case.bound.class_id):
            answer = self.plan.earlier(origin.version, origin.class_id)
            if answer is None or not answer.automatic:
                return None
            found.update(answer.targets)
        if len(found) != 1:
            return None
        target = found.pop()
        if case.fixed is not None and case.fixed.verdict.target == target:
            return case.fixed
        return self._make.chosen(case, Choice(target), Fate.BY_ORIGIN)

    def _decided(self, case: Case, label: Label, item: Item) -> Placed:
        assert case.bound is not None and case.answer is not None
        source = case.bound.class_id
        decided = self._decisions.of(label.key, source)
        if decided is not None:
            self.used.add((label.key, source))
            return self._make.chosen(case, decided.to, Fate.BY_DECISION, decided.via)
        split = self._policy.split(source)
        if split.rules:
            beside = self._classes(item.beside)
            fields = self._fields(label, source)
            for rule in split.rules:
                if holds(rule.when, fields, beside):
                    return self._make.chosen(case, rule.to, Fate.BY_RULE, (rule.name,))
        if split.default is not None:
            return self._make.chosen(case, split.default, Fate.BY_DEFAULT)
        above = self.above(source, case.answer) if self._policy.generalises(source) else None
        if above is not None:
            return self._make.chosen(case, Choice(above), Fate.GENERALISED)
        return self._make.review(case, case.answer.targets, _reason(case.answer))

    def _fields(self, label: Label, source: str) -> Fields:
        """The fields of a record, and what it was before where that is known."""
        origins = self._origins(label.key, source)
        if not origins:
            return label.fields
        labels = [self.plan.earlier_label(*each) for each in origins]
        return {**label.fields, "original.label": labels}

    def _classes(self, refs: Sequence[Ref]) -> set[str]:
        found = (self.case(each).bound for each in refs)
        return {each.class_id for each in found if each is not None}

    def above(self, source: str, answer: Answer) -> str | None:
        """The nearest selectable class above all that a class may be now; none if there is none."""
        target, ways = self.plan.target, answer.targets
        if ways:
            common = [
                each
                for each in target.ancestors(ways[0])
                if all(each in target.ancestors(other) for other in ways[1:])
            ]
        else:
            answers = (self.plan.answer(each) for each in self.plan.source.ancestors(source))
            common = [each.targets[0] for each in answers if each.automatic]
        return next((each for each in common if target.entry(each).selectable), None)

    def _several(self, item: Item) -> Sequence[Placed]:
        """The labels of an item with several: as single ones, then together."""
        positive = [each for each in item.labels if not each.negative]
        placed = [self._placed(each, item) for each in positive]
        if len(placed) > 1:
            placed = self._together(item, positive, placed)
        if len(positive) == len(item.labels):
            return placed
        cases = [self.case(each.ref) for each in item.labels if each.negative]
        negative = iter(followed_negatives(self.plan, self.legend, self._make, cases))
        found = iter(placed)
        return [next(negative if each.negative else found) for each in item.labels]

    def _together(
        self, item: Item, labels: Sequence[Label], placed: Sequence[Placed]
    ) -> list[Placed]:
        candidates = rivals(placed)
        if self._one_label and len(candidates) > 1:
            placed = [
                self._one_of(label, each, candidates)
                for label, each in zip(labels, placed, strict=True)
            ]
        elif any(not each.kept for each in placed):
            for fault in new_faults(placed, self._before.wrong, self._after.wrong):
                self.tally.find(fault, labels[0].key)
        return [
            self._make.gone(each.verdict, collapsed=True) if again else each
            for each, again in zip(placed, merged(placed), strict=True)
        ]

    def _one_of(self, label: Label, placed: Placed, candidates: tuple[str, ...]) -> Placed:
        """One of several labels where only one may be: decided by a person."""
        case = self.case(label.ref)
        if case.bound is None:
            return placed
        decided = self._decisions.of(label.key, case.bound.class_id)
        if decided is not None:
            self.used.add((label.key, case.bound.class_id))
            return self._make.chosen(case, decided.to, Fate.BY_DECISION, decided.via)
        return self._make.review(case, candidates, ONE_ONLY)

    def followed(self, entries: Sequence[Entry]) -> dict[Ref, Sequence[str]]:
        """What the entries of a label table became, so far as labels were counted.

        Of an entry without labels it is all that they could have become.
        """
        met: dict[str, dict[str, None]] = {}
        for verdict, count in zip(self.tally.verdicts, self.tally.counts, strict=True):
            if count:
                told = met.setdefault(verdict.source, {})
                if verdict.target is not None:
                    told[verdict.target] = None
                elif verdict.fate is Fate.REVIEW:
                    told[STAYS] = None
        return {each.ref: tuple(self._entry(each.ref, met)) for each in entries}

    def _entry(self, ref: Ref, met: dict[str, dict[str, None]]) -> Sequence[str]:
        case = self.case(ref)
        if case.bound is None or case.answer is None:
            return (STAYS,)
        told = met.get(case.bound.class_id)
        if told is not None:
            return tuple(told)
        fixed = case.fixed
        if fixed is None:
            return case.answer.targets
        return () if fixed.verdict.target is None else (fixed.verdict.target,)


def _reason(answer: Answer) -> str:
    """Why a person is needed."""
    if not answer.targets:
        return "the class is retired and nothing took its place"
    if len(answer.targets) == 1:
        return "the meaning of the class is another one now"
    return "the class may be one of several now"
