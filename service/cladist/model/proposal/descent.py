"""Merges, splits and regroupings that somebody accepted, as changes on a state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cladist.model.change.kinds import (
    Change,
    MergeClasses,
    Pair,
    Placement,
    RegroupClasses,
    SplitClass,
)
from cladist.model.change.planning import Working
from cladist.model.taxonomy import Class, active_children


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """Classes that give way to others, pair by pair; ids are those of the new state."""

    pairs: tuple[Pair, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The classes that give way, each once."""
        return tuple(dict.fromkeys(pair.source for pair in self.pairs))

    @property
    def targets(self) -> tuple[str, ...]:
        """The classes that take their place, each once."""
        return tuple(dict.fromkeys(pair.target for pair in self.pairs))


def change_of(
    descent: Descent, working: Working, classes: Mapping[str, Class], fresh: Mapping[str, Class]
) -> Change:
    """The change that carries a descent out; ``classes`` are those of the new state.

    Targets that ``fresh`` has are made by it, the others exist. Children of what goes stand under
    the target where the new state has them, else under the first.
    """
    sources, targets = descent.sources, descent.targets
    new = tuple(fresh[each] for each in targets if each in fresh)
    into = tuple(each for each in targets if each not in fresh)
    said = tuple(each for each in descent.pairs if each.source_part or each.target_part)
    going = tuple(each for each in sources if each not in targets)
    if len(targets) == 1:
        return MergeClasses(
            sources=going,
            into=into[0] if into else "",
            new=new[0] if new else None,
            keep_labels=False,
            pairs=tuple(each for each in said if each.source in going),
        )
    children = tuple(_placed(descent, working, classes))
    if len(sources) == 1:
        return SplitClass(id=sources[0], new=new, into=into, children=children, pairs=said)
    return RegroupClasses(pairs=descent.pairs, new=new, children=children)


def _placed(
    descent: Descent, working: Working, classes: Mapping[str, Class]
) -> Iterator[Placement]:
    for source in descent.sources:
        heirs = [pair.target for pair in descent.pairs if pair.source == source]
        for child in active_children(working, source):
            above = classes[child].parents if child in classes else ()
            wanted = [each for each in above if each in heirs]
            yield from (Placement(child, each) for each in wanted or heirs[:1])


def bare(item: Class, code: int, parents: tuple[str, ...]) -> Class:
    """A new class before its neighbours are there: with a code, and these parents alone."""
    return replace(item, code=code, parents=parents, related=(), boundary_with=())
