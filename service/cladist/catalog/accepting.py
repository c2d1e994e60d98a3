"""What a caller takes of the proposals for a version made elsewhere, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cladist.catalog.values import Author
from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.diff.operations import ends_of
from cladist.model.errors import UnknownProposal
from cladist.model.matching.proposals import Evidence, Proposal, ProposedKind, proposal_id
from cladist.wire import dumps

SURE = 0.8
"""Below this about half of the proposals are right (see the explanation of matching)."""

_TOLD = frozenset({Evidence.ID, Evidence.TABLE, Evidence.DECLARED, Evidence.MAPPING})
_WORDED = frozenset({Evidence.LABEL, Evidence.MOVED_LABEL, Evidence.DEFINITION, Evidence.SIMILAR})
_PLACED = frozenset({Evidence.CHILDREN, Evidence.PARENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What is taken: all of some kinds that are sure enough, and single proposals by id.

    An ambiguous proposal is taken by its id alone. One that is rejected says that its classes have
    nothing to do with each other: the old ones are retired, the new ones added. All else is left
    open: old classes stay as they are, new ones stay out.
    """

    kinds: frozenset[ProposedKind] = frozenset()
    at_least: float = SURE
    ids: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()


def accepted(proposals: Sequence[Proposal], wanted: Acceptance) -> tuple[Proposal, ...]:
    """The proposals that are taken; raises :class:`UnknownProposal` for an id of none."""
    known = {each.id for each in proposals}
    for unknown in sorted((wanted.ids | wanted.rejected) - known):
        raise UnknownProposal(unknown)
    return tuple(_taken(proposals, wanted))


def _taken(proposals: Iterable[Proposal], wanted: Acceptance) -> Iterator[Proposal]:
    for each in proposals:
        if each.id in wanted.rejected:
            yield from _apart(each)
        elif each.id in wanted.ids or (
            each.kind in wanted.kinds and not each.ambiguous and each.confidence >= wanted.at_least
        ):
            yield each


def _apart(proposal: Proposal) -> Iterator[Proposal]:
    for source in proposal.sources:
        name = proposal_id(ProposedKind.RETIRED, (source,), ())
        yield Proposal(id=name, kind=ProposedKind.RETIRED, sources=(source,))
    for target in proposal.targets:
        name = proposal_id(ProposedKind.ADDED, (), (target,))
        yield Proposal(id=name, kind=ProposedKind.ADDED, targets=(target,))


def authored(
    changes: Iterable[Change], proposals: Iterable[Proposal], author: Author
) -> list[tuple[Change, Author]]:
    """Each change with the proposal that speaks for it as evidence, where there is one."""
    by_source = {source: each for each in proposals for source in each.sources}
    return [(change, _by(change, by_source, author)) for change in changes]


def _by(change: Change, by_source: Mapping[str, Proposal], author: Author) -> Author:
    if isinstance(change, kinds.AddClass | kinds.SetExclusiveGroup):
        return author
    found = next((by_source[each] for each in ends_of(change)[0] if each in by_source), None)
    return author if found is None else replace(author, evidence=dumps(_evidence(found)))


def _evidence(proposal: Proposal) -> dict[str, object]:
    clues = [clue for pair in proposal.pairs for clue in pair.clues]
    return {
        "proposal": proposal.id,
        "confidence": proposal.confidence,
        "justification": justification({clue.evidence for clue in clues}),
        "clues": sorted({clue.detail for clue in clues}),
    }


def justification(evidence: Iterable[Evidence]) -> str:
    """What ``semapv`` calls a match that rests on this evidence, and that a person confirmed."""
    found = frozenset(evidence)
    if not found or found & _TOLD:
        return "ManualMappingCuration"
    if found <= _WORDED:
        return "LexicalMatching"
    return "StructuralMatching" if found <= _PLACED else "CompositeMatching"
