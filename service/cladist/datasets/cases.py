"""What the correspondence and the policy say of all labels with one ref, before any record."""

from __future__ import annotations

import msgspec

from cladist.datasets.legend import Legend
from cladist.datasets.naming import Bound
from cladist.datasets.plan import Answer, Plan
from cladist.datasets.policy import Choice, Policy
from cladist.datasets.records import Fate, Placed, Ref, Verdict
from cladist.datasets.tally import Tally


class Case(msgspec.Struct, frozen=True):
    """A ref: its class, and where all its labels go if nothing else of a record matters."""

    ref: Ref
    bound: Bound | None
    answer: Answer | None
    fixed: Placed | None


class Cases:
    """Verdicts and refs for labels, made once for each of them."""

    def __init__(self, plan: Plan, legend: Legend, policy: Policy, tally: Tally) -> None:
        self._plan, self._legend, self._policy, self._tally = plan, legend, policy, tally
        self._made: dict[Verdict, Placed] = {}

    def case(self, ref: Ref) -> Case:
        """What is known of all labels with a ref."""
        bound = self._legend.bound(ref)
        if bound is None:
            verdict = Verdict("", None, Fate.UNKNOWN, reason=str(ref))
            return Case(ref, None, None, self.stay(ref, verdict))
        answer = self._plan.answer(bound.class_id)
        case = Case(ref, bound, answer, None)
        if answer.automatic:
            return Case(ref, bound, answer, self.automatic(case, answer.targets[0]))
        if not answer.targets and self._retired is not None:
            return Case(ref, bound, answer, self.chosen(case, self._retired, Fate.RETIRED))
        return case

    @property
    def _retired(self) -> Choice | None:
        return self._policy.retired

    def automatic(self, case: Case, target: str) -> Placed:
        """Of a class that has one certain target."""
        assert case.bound is not None and case.answer is not None
        source = case.bound.class_id
        ref = self._legend.ref(case.bound, target, residue=False)
        fate = self._fate(source, target, str(ref) == str(case.ref))
        verdict = Verdict(source, target, fate, case.answer.changes)
        return self._placed(verdict, case, ref)

    def _fate(self, source: str, target: str, same_ref: bool) -> Fate:
        if source == target:
            same = self._plan.source.label(source) == self._plan.target.label(target)
            return Fate.KEPT if same and same_ref else Fate.RENAMED
        return Fate.MERGED if len(self._plan.sources(target)) > 1 else Fate.RENAMED

    def chosen(self, case: Case, choice: Choice, fate: Fate, via: tuple[str, ...] = ()) -> Placed:
        """Of a label that something decides."""
        assert case.bound is not None
        verdict = Verdict(case.bound.class_id, choice.target, fate, via)
        if choice.target is None:
            return self.gone(verdict)
        residue = choice.target in self._policy.residues
        ref = self._legend.ref(case.bound, choice.target, residue=residue)
        return self._placed(verdict, case, ref)

    def review(self, case: Case, candidates: tuple[str, ...], reason: str) -> Placed:
        """Of a label that a person must look at."""
        assert case.bound is not None
        verdict = Verdict(
            case.bound.class_id, None, Fate.REVIEW, candidates=candidates, reason=reason
        )
        return self.stay(case.ref, verdict)

    def stay(self, ref: Ref, verdict: Verdict) -> Placed:
        """Of a label that stays as it is."""
        staying = self._legend.staying(ref)
        number = self._tally.number(verdict)
        return Placed(verdict, (staying,), kept=staying == ref, number=number)

    def gone(self, verdict: Verdict, *, collapsed: bool = False) -> Placed:
        """Of a label that is not written."""
        return Placed(verdict, (), collapsed=collapsed, number=self._tally.number(verdict))

    def several(self, verdict: Verdict, refs: tuple[Ref, ...], ref: Ref) -> Placed:
        """Of a negative label that says so of some classes."""
        number = self._tally.number(verdict)
        return Placed(verdict, refs, kept=refs == (ref,), number=number)

    def _placed(self, verdict: Verdict, case: Case, ref: Ref) -> Placed:
        return Placed(verdict, (ref,), kept=ref == case.ref, number=self._tally.number(verdict))
