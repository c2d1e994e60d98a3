"""The split policy: what to do with labels that have no single certain target, as data.

In this order: a decision for the record, the rules of its class, the default of its class, the
nearest selectable ancestor, and at last review by a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cladist.datasets.conditions import Condition, looks_beside

NO_LABEL = "(none)"
"""What a person or a rule says where an item is of none of the candidates: the label goes."""


class Otherwise(StrEnum):
    """What becomes of a label that nothing decides."""

    REVIEW = "review"
    """It stays as it is, and a person is asked."""
    GENERALISE = "generalise"
    """It becomes the nearest selectable class above; where there is none, a person is asked."""


class Unknown(StrEnum):
    """What becomes of a dataset with labels that the version does not know."""

    REFUSE = "refuse"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Choice:
    """The class id, the name of a residue, or ``None`` when the label goes."""

    target: str | None


@dataclass(frozen=True, slots=True)
class Rule:
    """Records of a class that meet ``when`` are ``to``; of several rules the first one counts."""

    name: str
    when: Condition
    to: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What decides for the labels of one source class."""

    rules: tuple[Rule, ...] = ()
    default: Choice | None = None
    otherwise: Otherwise | None = None


NOTHING_SAID = Split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What decides where the correspondence does not.

    ``splits`` is by the id of the source class, ``residues`` has names of labels outside of the
    taxonomy and the numbers that stand for them where labels are numbers (``None``: a free one).
    ``retired`` decides for classes that have no target at all; without it a person is asked.
    """

    splits: Mapping[str, Split] = field(default_factory=dict)
    otherwise: Otherwise = Otherwise.REVIEW
    retired: Choice | None = None
    residues: Mapping[str, int | None] = field(default_factory=dict)
    unknown: Unknown = Unknown.REFUSE

    def split(self, class_id: str) -> Split:
        """What decides for a source class."""
        return self.splits.get(class_id, NOTHING_SAID)

    def generalises(self, class_id: str) -> bool:
        """Whether labels of a source class may become the class above."""
        return (self.split(class_id).otherwise or self.otherwise) is Otherwise.GENERALISE

    @property
    def looks_beside(self) -> bool:
        """Whether a rule asks for other labels."""
        every = (rule for split in self.splits.values() for rule in split.rules)
        return any(looks_beside(rule.when) for rule in every)
