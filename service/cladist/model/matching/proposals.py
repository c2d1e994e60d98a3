"""The values of matching: evidence, clues, proposed pairs, proposals, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from cladist.model.change.parts import Part
from cladist.model.taxonomy import Value


class Evidence(StrEnum):
    """What can speak for two classes being one, or one descending from the other."""

    ID = "id"
    TABLE = "table"
    DECLARED = "declared"
    NOTATION = "notation"
    MAPPING = "mapping"
    LOCAL_NAME = "local-name"
    LABEL = "label"
    MOVED_LABEL = "moved-label"
    DEFINITION = "definition"
    CHILDREN = "children"
    PARENT = "parent"
    SIMILAR = "similar"


class ProposedKind(StrEnum):
    """What seems to have become of the classes; one both renamed and moved counts as renamed."""

    SAME = "same"
    RENAMED = "renamed"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    REGROUPED = "regrouped"
    RETIRED = "retired"
    ADDED = "added"


@dataclass(frozen=True, slots=True, order=True)
class Clue(Value):
    """One piece of evidence, and in one sentence what was seen."""

    evidence: Evidence
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPair(Value):
    """An old class and a foreign one that seems to be it, part of it, or to hold it.

    A part is ``None`` unless a table says it. ``confidence`` goes from 0 to 1.
    """

    source: str
    target: str
    source_part: Part | None = None
    target_part: Part | None = None
    confidence: float = 1.0
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Value):
    """What seems to have become of some classes, for a person or a flag to accept.

    ``sources`` are ids of the old taxonomy, ``targets`` of the foreign one; ``id`` follows from
    these and the kind alone. ``confidence`` is that of the weakest pair; where there is no pair,
    how sure it is that there is none. ``ambiguous`` says that another reading, of those in
    ``alternatives``, is about as likely.
    """

    id: str
    kind: ProposedKind
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    pairs: tuple[ProposedPair, ...] = ()
    confidence: float = 1.0
    ambiguous: bool = False
    alternatives: tuple[ProposedPair, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePair(Value):
    """A row of a correspondence table by ids; an empty id says that there is no counterpart."""

    source: str = ""
    target: str = ""
    source_part: Part | None = None
    target_part: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis(Value):
    """What matching may rest on.

    ``use`` names the evidence that counts; ``declared`` holds pairs of an old and a foreign id that
    the foreign data declares to be successors; ``language`` is that of the labels compared first
    (the old taxonomy's default language when empty).
    """

    use: frozenset[Evidence] = frozenset(Evidence)
    declared: tuple[tuple[str, str], ...] = ()
    table: tuple[TablePair, ...] = ()
    language: str = ""


def proposal_id(kind: ProposedKind, sources: Iterable[str], targets: Iterable[str]) -> str:
    """Ten hexadecimal digits that stay the same as long as kind, sources and targets do."""
    told = "\n".join((kind, *sorted(sources), "", *sorted(targets)))
    return sha256(told.encode()).hexdigest()[:10]
