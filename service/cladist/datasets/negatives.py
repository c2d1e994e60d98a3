"""Labels that say of classes that they do not apply: lists of what is known to be absent."""

from __future__ import annotations

from collections.abc import Sequence

from cladist.datasets.cases import Case, Cases
from cladist.datasets.legend import Legend
from cladist.datasets.plan import Plan
from cladist.datasets.records import Fate, Placed, Ref, Verdict


def followed_negatives(
    plan: Plan, legend: Legend, make: Cases, cases: Sequence[Case]
) -> list[Placed]:
    """What becomes of the negative labels of an item, all of them together.

    A class of the target is known to be absent only where all the classes that lead to it are. So
    the parts of a split class are all absent, and a merged one only if each of its sources was.
    """
    absent = {each.bound.class_id for each in cases if each.bound is not None}
    told: set[str] = set()
    return [_followed(plan, legend, make, each, absent=absent, told=told) for each in cases]


def _followed(
    plan: Plan, legend: Legend, make: Cases, case: Case, *, absent: set[str], told: set[str]
) -> Placed:
    if case.bound is None or case.answer is None:
        return make.stay(case.ref, Verdict("", None, Fate.UNKNOWN, reason=str(case.ref)))
    source = case.bound.class_id
    sure = [each for each in case.answer.targets if plan.sources(each) <= absent]
    if not sure:
        fate = Fate.WITHDRAWN if case.answer.targets else Fate.RETIRED
        return make.gone(Verdict(source, None, fate, case.answer.changes))
    if len(sure) == 1 and case.fixed is not None:
        verdict = case.fixed.verdict
    else:
        verdict = Verdict(source, sure[0], Fate.ALL_PARTS, case.answer.changes)
    fresh = [each for each in sure if each not in told]
    told.update(fresh)
    if not fresh:
        return make.gone(verdict, collapsed=True)
    refs: list[Ref] = [legend.ref(case.bound, each, residue=False) for each in fresh]
    return make.several(verdict, tuple(refs), case.ref)
