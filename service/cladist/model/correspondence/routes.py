"""The way of one class from state to state: by operations, and by the successors of its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cladist.model.correspondence.descent import new_classes, tied
from cladist.model.correspondence.relation import NOWHERE
from cladist.model.correspondence.ties import Standing
from cladist.model.diff.values import Operation, OperationKind
from cladist.model.errors import SuccessorCycle

_TOLD = frozenset(
    {
        OperationKind.ADDED,
        OperationKind.RENAMED,
        OperationKind.MERGED,
        OperationKind.SPLIT,
        OperationKind.REGROUPED,
        OperationKind.RETIRED,
        OperationKind.RESTORED,
        OperationKind.REDEFINED,
    }
)
"""What can happen to a class's name, meaning or use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One operation on the way of a class, and the classes that it led from and to.

    ``change`` is empty for the stored successors of a retired class. ``reverted`` says that the way
    runs against time.
    """

    version: str
    change: str
    kind: OperationKind
    text: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    reverted: bool = False


def route(class_id: str, operations: Iterable[Operation]) -> Iterator[Hop]:
    """The hops of a class through operations, which stand in the order in which they are met."""
    here: AbstractSet[str] = {class_id}
    for each in operations:
        met = here & {*each.sources, *each.targets}
        if met and each.kind in _TOLD:
            hop, onward = _hop(each, met)
            yield hop
            here = (here - met) | onward


def _hop(operation: Operation, met: AbstractSet[str]) -> tuple[Hop, AbstractSet[str]]:
    """The hop of classes that an operation touches, and all that they are after it."""
    ways = [each for each in _ways(operation) if each[0] in met]
    staying = met - _leaving(operation, ways)
    plain = {end for _, end, standing in ways if standing is not Standing.RECORD}
    retired = operation.kind is OperationKind.RETIRED and not operation.reverted
    hop = Hop(
        version=operation.version,
        change=operation.id,
        kind=operation.kind,
        text=operation.text,
        sources=tuple(sorted(met)),
        targets=tuple(sorted((plain | staying) - {*(operation.sources if retired else ())})),
        reverted=operation.reverted,
    )
    return hop, staying | {end for _, end, _ in ways}


Way = tuple[str, str, Standing]


def _ways(operation: Operation) -> Iterator[Way]:
    """From where to where an operation leads, in the direction in which it is met."""
    for start, end, _, standing in tied(operation.change):
        if end != NOWHERE:
            yield (end, start, standing) if operation.reverted else (start, end, standing)


def _leaving(operation: Operation, ways: Iterable[Way]) -> AbstractSet[str]:
    """The classes that are no longer, or not yet, unless a way says so."""
    if operation.reverted:
        return {each.id for each in new_classes(operation.change)}
    return {start for start, _, _ in ways}


@dataclass(frozen=True, slots=True)
class Succession:
    """Who stands in for a retired class: the classes in use at the ends, and every step to them."""

    heirs: tuple[str, ...]
    steps: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def sole(self) -> bool:
        """Whether there is one heir and no step leaves a choice."""
        return len(self.heirs) == 1 and all(len(following) == 1 for _, following in self.steps)


def succession(class_id: str, successors: Callable[[str], tuple[str, ...] | None]) -> Succession:
    """The succession of a retired class; ``successors`` gives None for a class in use.

    Raises SuccessorCycle when a class would succeed itself.
    """
    heirs: dict[str, None] = {}
    steps: dict[str, tuple[str, ...]] = {class_id: successors(class_id) or ()}
    path = {class_id: iter(steps[class_id])}
    while path:
        last = next(reversed(path))
        each = next(path[last], None)
        if each is None:
            del path[last]
        elif each in path:
            names = tuple(path)
            raise SuccessorCycle(names[names.index(each) :])
        elif each not in steps and each not in heirs:
            following = successors(each)
            if following is None:
                heirs[each] = None
            else:
                steps[each], path[each] = following, iter(following)
    return Succession(tuple(heirs), tuple(steps.items()))
