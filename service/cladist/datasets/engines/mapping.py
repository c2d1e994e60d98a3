"""A plan and a policy as tables: for every label met, what may become of it, in order.

What an engine works out for a row is a text, its token: for each of its labels the number of a way,
parted by commas; behind a slash, what a person decided, where other labels of the row tell whether
that counts. ``-`` is a value that is null, ``=`` one that says that there is no label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cladist.datasets.cases import Case, Cases
from cladist.datasets.conditions import Condition
from cladist.datasets.decisions import Decisions
from cladist.datasets.migrate import Migration
from cladist.datasets.policy import Choice, Policy
from cladist.datasets.records import Fate, Placed, Ref
from cladist.model.taxonomy import Structure

Value = int | str
"""What stands in a column."""

NULL, EMPTY = "-", "="
BETWEEN, OR = ",", "/"

_ONE_LABEL = (Structure.SINGLE_LABEL, Structure.ORDINAL)


class Way(NamedTuple):
    """What becomes of labels with a value that take this way."""

    value: Value
    ref: Ref
    placed: Placed


class Rule(NamedTuple):
    """Labels with a value take a way where their row meets the condition."""

    value: Value
    when: Condition
    way: int


class Decision(NamedTuple):
    """The label with a value in the row with a key takes a way."""

    key: str
    value: Value
    way: int


@dataclass(slots=True)
class Ways:
    """All ways that labels may take.

    ``fallback`` has the way where nothing of a row decides. Rules of a value stand in their order,
    and come after decisions; both count for values that are ``open``. Decisions for others count
    where a row has several labels and may have one only.
    """

    all: list[Way] = field(default_factory=list)
    fallback: dict[Value, int] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    open: set[Value] = field(default_factory=set)
    _numbers: dict[Way, int] = field(default_factory=dict)

    def number(self, way: Way) -> int:
        """The number of a way, the same for equal ones."""
        found = self._numbers.get(way)
        if found is None:
            found = self._numbers[way] = len(self.all)
            self.all.append(way)
        return found


class Guide:
    """Finds the ways of labels as the core does, which keeps the counts as well."""

    def __init__(
        self, policy: Policy, decisions: Decisions, migration: Migration, *, listed: bool
    ) -> None:
        self._policy, self._decisions, self.migration = policy, decisions, migration
        plan = migration.plan
        self.make = Cases(plan, migration.legend, policy, migration.tally)
        self.one_label = plan.target.structure in _ONE_LABEL
        self._rivals = listed and self.one_label

    def ways(self, refs: Mapping[Value, Ref]) -> Ways:
        """The ways of values, which mean so much."""
        found = Ways()
        classes: dict[str, list[tuple[Value, Case]]] = {}
        for value, ref in refs.items():
            case = self.migration.case(ref)
            if case.bound is not None:
                classes.setdefault(case.bound.class_id, []).append((value, case))
            if case.fixed is None:
                found.open.add(value)
                self._open(found, value, case)
            else:
                found.fallback[value] = found.number(Way(value, ref, case.fixed))
        found.decisions.extend(self._decided(found, classes))
        return found

    def _open(self, found: Ways, value: Value, case: Case) -> None:
        assert case.bound is not None
        split = self._policy.split(case.bound.class_id)
        for rule in split.rules:
            placed = self.make.chosen(case, rule.to, Fate.BY_RULE, (rule.name,))
            found.rules.append(Rule(value, rule.when, found.number(Way(value, case.ref, placed))))
        placed = self._otherwise(case, case.bound.class_id, split.default)
        found.fallback[value] = found.number(Way(value, case.ref, placed))

    def _otherwise(self, case: Case, class_id: str, default: Choice | None) -> Placed:
        assert case.answer is not None
        if default is not None:
            return self.make.chosen(case, default, Fate.BY_DEFAULT)
        above = None
        if self._policy.generalises(class_id):
            above = self.migration.above(class_id, case.answer)
        if above is not None:
            return self.make.chosen(case, Choice(above), Fate.GENERALISED)
        return self.make.review(case, case.answer.targets, "")

    def _decided(
        self, found: Ways, classes: Mapping[str, Sequence[tuple[Value, Case]]]
    ) -> Iterator[Decision]:
        for (key, class_id), decided in self._decisions.found.items():
            for value, case in classes.get(class_id, ()):
                if case.fixed is not None and not self._rivals:
                    continue
                placed = self.make.chosen(case, decided.to, Fate.BY_DECISION, decided.via)
                yield Decision(key, value, found.number(Way(value, case.ref, placed)))
