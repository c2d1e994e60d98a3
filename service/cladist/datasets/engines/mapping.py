"""A plan and a policy as tables: for every label met, what may become of it, in order.

What became of a row is a text, its token: for each of its labels the number of an outcome, parted
by commas. After the slash is what a person decided, where other labels of the row decide whether
that counts. ``-`` stands for no label at all, ``=`` for a value that says that there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cladist.datasets.cases import Case, Cases
from cladist.datasets.collisions import Together, merged, new_faults, rivals
from cladist.datasets.conditions import Condition
from cladist.datasets.decisions import Decisions
from cladist.datasets.migrate import ONE_ONLY, Migration
from cladist.datasets.policy import Choice, Policy
from cladist.datasets.records import Fate, Placed, Ref
from cladist.datasets.tally import Finding, left
from cladist.model.taxonomy import Structure

NULL, EMPTY = "-", "="
"""Tokens of values without a label."""

_ONE_LABEL = (Structure.SINGLE_LABEL, Structure.ORDINAL)


class Taken(NamedTuple):
    """A label of the data that takes one of its ways."""

    ref: Ref
    placed: Placed


class Result(NamedTuple):
    """A row after the migration: what is written, and about each label it had its fate, what it
    was, and why. Values without a label are :data:`NULL` and :data:`EMPTY`."""

    new: tuple[Ref, ...]
    fates: tuple[str | None, ...]
    were: tuple[str | None, ...]
    via: tuple[str | None, ...]


class Rule(NamedTuple):
    """Of a label: where a row meets the condition, the outcome."""

    ref: Ref
    when: Condition
    outcome: int


class Decision(NamedTuple):
    """Of a label in a row: the outcome."""

    key: str
    ref: Ref
    outcome: int


@dataclass(slots=True)
class Mapping_:
    """What may become of labels. ``fallback`` has the outcome where nothing of a row decides.

    ``decided`` has decisions for all labels; they count for those that are ``open``, and where a
    row may have one label only. ``rules`` of a label stand in their order.
    """

    migration: Migration
    policy: Policy
    outcomes: list[Taken] = field(default_factory=list)
    fallback: dict[Ref, int] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    decided: list[Decision] = field(default_factory=list)
    open: set[Ref] = field(default_factory=set)
    _numbers: dict[Taken, int] = field(default_factory=dict)
