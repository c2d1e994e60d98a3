"""Proposals for a version made elsewhere, and what was taken of them, as plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cladist.catalog.foreign import Adopted, Proposed
from cladist.imports.survey import Finding
from cladist.model.correspondence.account import Side
from cladist.model.matching.proposals import Proposal, ProposedKind, ProposedPair

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which proposals to tell: of some kinds (all if none is named), ambiguous or not or both."""

    kinds: frozenset[ProposedKind] = frozenset()
    ambiguous: bool | None = None

    def of(self, proposals: Iterable[Proposal]) -> list[Proposal]:
        """Those that are told, in their order."""
        return [
            each
            for each in proposals
            if (not self.kinds or each.kind in self.kinds)
            and self.ambiguous in (None, each.ambiguous)
        ]


def counts(proposals: Iterable[Proposal], *, ambiguous: bool) -> Mapping[ProposedKind, int]:
    """How many proposals of each kind are ambiguous, or are not; kinds without any left out."""
    found = Counter(each.kind for each in proposals if each.ambiguous is ambiguous)
    return {kind: found[kind] for kind in ProposedKind if found[kind]}


def tally(proposals: Sequence[Proposal]) -> Plain:
    """Proposals counted by kind, the ambiguous ones apart."""
    return {
        "counts": {kind.value: n for kind, n in counts(proposals, ambiguous=False).items()},
        "ambiguous": {kind.value: n for kind, n in counts(proposals, ambiguous=True).items()},
    }


def plain(
    told: Proposed, choice: Choice | None = None, offset: int = 0, count: int | None = None
) -> Plain:
    """All that is proposed, counted; of the chosen proposals a page, if one is asked for.

    Classes of the file have no code: they get one here when they are taken over.
    """
    chosen = (choice or Choice()).of(told.proposals)
    end = None if count is None else offset + count
    return {
        "taxonomy": told.slug,
        "revision": told.revision,
        **tally(told.proposals),
        "findings": [plain_finding(each) for each in told.findings],
        "refused": [each._asdict() for each in told.refused],
        "total": len(chosen),
        "offset": offset,
        "proposals": [_proposal(told, each) for each in chosen[offset:end]],
    }


def plain_finding(finding: Finding) -> Plain:
    """Something about a file that its owner should know."""
    return {
        "kind": finding.kind,
        "message": finding.message,
        "count": finding.count,
        "examples": list(finding.examples),
    }


def plain_outcome(done: Adopted, most: int | None = None) -> Plain:
    """What was taken and what was left open: counted, and by id, so many of each at most."""
    return {"taken": _outcome(done.taken, most), "open": _outcome(done.open, most)}


def _outcome(proposals: Sequence[Proposal], most: int | None) -> Plain:
    listed = [
        {"id": each.id, "kind": each.kind.value, "ambiguous": each.ambiguous}
        for each in proposals[:most]
    ]
    return {**tally(proposals), "proposals": listed}


def _proposal(told: Proposed, proposal: Proposal) -> Plain:
    return {
        "id": proposal.id,
        "kind": proposal.kind.value,
        "ambiguous": proposal.ambiguous,
        "confidence": proposal.confidence,
        "note": proposal.note,
        "sources": [_class(told.source, each) for each in proposal.sources],
        "targets": [{**_class(told.target, each), "code": None} for each in proposal.targets],
        "pairs": [_pair(told, each) for each in proposal.pairs],
        "alternatives": [_pair(told, each) for each in proposal.alternatives],
    }


def _class(side: Side, class_id: str) -> Plain:
    name = side.names[class_id]
    return {
        "id": class_id,
        "code": name.code,
        "label": name.label,
        "notations": [{"value": each.value, "system": each.system} for each in name.notations],
    }


def _pair(told: Proposed, pair: ProposedPair) -> Plain:
    return {
        "source": pair.source,
        "source_label": told.source.label(pair.source),
        "source_part": None if pair.source_part is None else pair.source_part.value,
        "target": pair.target,
        "target_label": told.target.label(pair.target),
        "target_part": None if pair.target_part is None else pair.target_part.value,
        "confidence": pair.confidence,
        "clues": [{"evidence": each.evidence.value, "detail": each.detail} for each in pair.clues],
    }
