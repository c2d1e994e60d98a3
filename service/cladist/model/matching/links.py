"""The pairs taken so far: which old classes became which foreign ones, and on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cladist.model.change.parts import Part
from cladist.model.matching.proposals import Clue

Pair = tuple[str, str]
Component = tuple[list[str], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A pair taken: told outright by ``told``, else inferred, as one class or as a ``descent``.

    ``rivals`` are other pairs that are about as likely.
    """

    source: str
    target: str
    told: Clue | None = None
    descent: bool = False
    source_part: Part | None = None
    target_part: Part | None = None
    rivals: tuple[Pair, ...] = ()


class Links:
    """A relation between old and foreign classes that grows pair by pair.

    ``closed`` classes are spoken for by a table: nothing else may be said of them.
    """

    def __init__(self) -> None:
        self.pairs: dict[Pair, Link] = {}
        self.targets: dict[str, list[str]] = {}
        self.sources: dict[str, list[str]] = {}
        self.closed_sources: set[str] = set()
        self.closed_targets: set[str] = set()

    def add(self, link: Link) -> None:
        """Take a pair; one that is known already stays as it is."""
        if (link.source, link.target) in self.pairs:
            return
        self.pairs[link.source, link.target] = link
        self.targets.setdefault(link.source, []).append(link.target)
        self.sources.setdefault(link.target, []).append(link.source)

    def drop(self, pair: Pair) -> None:
        """Let go of a pair."""
        del self.pairs[pair]
        source, target = pair
        _without(self.targets, source, target)
        _without(self.sources, target, source)

    def closes(self, pair: Pair) -> bool:
        """Whether a table speaks for either class."""
        return pair[0] in self.closed_sources or pair[1] in self.closed_targets

    def of_source(self, source: str) -> Iterator[Link]:
        """The pairs of an old class."""
        return (self.pairs[source, each] for each in self.targets.get(source, ()))

    def components(self, sources: Iterable[str]) -> Iterator[Component]:
        """These sources with all that hangs together with each, both ends sorted."""
        seen: set[str] = set()
        for start in sources:
            if start not in seen and start in self.targets:
                ours, theirs = _component(start, self.targets, self.sources)
                seen |= ours
                yield sorted(ours), sorted(theirs)


def _without(ends: dict[str, list[str]], one: str, other: str) -> None:
    ends[one].remove(other)
    if not ends[one]:
        del ends[one]


def _component(
    start: str, targets: Mapping[str, list[str]], sources: Mapping[str, list[str]]
) -> tuple[set[str], set[str]]:
    ours, theirs, queue = {start}, set[str](), [start]
    for each in queue:
        for target in targets[each]:
            if target not in theirs:
                theirs.add(target)
                more = [one for one in sources[target] if one not in ours]
                ours.update(more)
                queue.extend(more)
    return ours, theirs
