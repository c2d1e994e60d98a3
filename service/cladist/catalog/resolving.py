"""What became of what a stale client says: from a text to the classes that stand for it now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from cladist.catalog.history import Step
from cladist.catalog.opened import State
from cladist.catalog.selecting import Named
from cladist.index.naming import By, Meant, names_of
from cladist.index.searching import Hit, Scope, search
from cladist.model.correspondence.components import (
    CHAINED,
    ClassPair,
    Kind,
    components,
    pairs_of,
)
from cladist.model.correspondence.descent import MANUAL
from cladist.model.correspondence.relation import Correspondence
from cladist.model.correspondence.routes import Hop, Succession, route, succession
from cladist.model.correspondence.ties import Tie, parts_of, predicate_of
from cladist.model.diff.values import Operation, OperationKind
from cladist.model.errors import SuccessorCycle
from cladist.rdf.content import block
from cladist.rdf.reading import read_subjects, subjects

_SUGGESTED = 5


class Status(StrEnum):
    """What became of a reference: what became of its class, or why that cannot be said."""

    UNCHANGED = "unchanged"
    RENAMED = "renamed"
    REDEFINED = "redefined"
    """Itself, with another meaning by the word of its author."""
    MERGED = "merged"
    SPLIT = "split"
    REGROUPED = "regrouped"
    RETIRED = "retired"
    """Out of use in the target, or already in the source, where its successors may stand for it."""
    RESTORED = "restored"
    AMBIGUOUS = "ambiguous"
    """Several classes of the source have the name."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one class of the source.

    ``succession`` is there where the class was out of use in the source already and only the
    successors that its record names can stand for it.
    """

    id: str
    status: Status
    pairs: tuple[ClassPair, ...] = ()
    succession: Succession | None = None

    @property
    def by_successors(self) -> bool:
        """Whether the pairs follow the stored successors of a retired class."""
        return self.succession is not None and bool(self.pairs)

    @property
    def automatic(self) -> bool:
        """Whether data may be rewritten without asking anybody."""
        return len(self.pairs) == 1 and not self.pairs[0].needs_decision

    @property
    def needs_decision(self) -> bool:
        """Whether somebody or something must choose."""
        return bool(self.pairs) and not self.automatic


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What became of one reference.

    ``known_in`` are versions that know a reference unknown to the source; ``path`` and
    ``suggestions`` are there if details were asked for.
    """

    query: str
    meant: Meant
    fate: Fate | None = None
    known_in: tuple[str, ...] = ()
    path: tuple[Hop, ...] = ()
    suggestions: tuple[Hit, ...] = ()

    @property
    def status(self) -> Status:
        """The answer in one word."""
        if self.fate is not None:
            return self.fate.status
        return Status.AMBIGUOUS if self.meant.classes else Status.UNKNOWN

    @property
    def automatic(self) -> bool:
        """Whether data may be rewritten without asking anybody."""
        return self.fate is not None and self.fate.automatic

    @property
    def needs_decision(self) -> bool:
        """Whether somebody or something must choose."""
        return self.status is Status.AMBIGUOUS if self.fate is None else self.fate.needs_decision


class Resolver:
    """Resolves references to classes of one state in another; remembers what it worked out.

    ``operations`` gives those between the states as they are met, ``latest`` the newest version.
    """

    def __init__(
        self,
        start: Named,
        end: Named,
        given: Correspondence,
        *,
        operations: Callable[[], Iterable[Operation]],
        latest: Callable[[], Iterable[Named]],
    ) -> None:
        self.start, self.end = start, end
        self._given, self._latest, self._met = given, latest, operations
        self._source, self._target = start.state.index, end.state.index
        self._names = names_of(self._source)
        self._fates: dict[str, Fate] = {}

    def meant(self, reference: str, by: By | None = None) -> Meant:
        """The classes of the source that a reference names."""
        return self._names.meant(reference, by)

    def resolve(
        self, reference: str, by: By | None = None, *, detailed: bool = False
    ) -> Resolution:
        """What became of a reference; details are the path, or suggestions when it is unknown.

        Raises SuccessorCycle where the successors of its class go in a circle.
        """
        meant = self.meant(reference, by)
        if not meant.classes:
            known = self._known_in(reference, by)
            guesses = self._suggestions(reference) if detailed else ()
            return Resolution(query=reference, meant=meant, known_in=known, suggestions=guesses)
        if len(meant.classes) > 1:
            return Resolution(query=reference, meant=meant)
        fate = self.fate(meant.classes[0])
        path = self._path(fate) if detailed else ()
        return Resolution(query=reference, meant=meant, fate=fate, path=path)

    def fate(self, class_id: str) -> Fate:
        """What became of a class of the source."""
        found = self._fates.get(class_id)
        if found is None:
            retired = class_id in self._source.retired
            found = self._retired(class_id) if retired else self._used(class_id)
            self._fates[class_id] = found
        return found

    def _used(self, class_id: str) -> Fate:
        pairs = pairs_of(self._given, class_id)
        kind = self._kinds.get(class_id)
        if kind is None:
            kind = Kind.RENAMED if self._renamed(class_id) else Kind.UNCHANGED
        return Fate(id=class_id, status=Status(kind.value), pairs=pairs)

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        """The kinds of the components of all classes to which something happened."""
        renamed = {each for each in self._given.touched() if self._renamed(each)}
        parts = components(self._given, renamed)
        return {each: part.kind for part in parts for each in part.sources}

    def _renamed(self, class_id: str) -> bool:
        before, after = self._source.find(class_id), self._target.find(class_id)
        language = self._target.rules.default_language
        return (
            before is not None
            and after is not None
            and self._source.label(before, language) != self._target.label(after, language)
        )

    def _retired(self, class_id: str) -> Fate:
        """The fate of a class that is out of use in the source already."""
        pairs = pairs_of(self._given, class_id)
        if self._given.target.active(class_id):
            # its record is the class itself, whatever the correspondence says of its items
            pairs = pairs or (_pair(class_id, class_id, Tie.EXACT),)
            return Fate(id=class_id, status=Status.RESTORED, pairs=pairs)
        if pairs:
            return Fate(id=class_id, status=Status.RETIRED, pairs=pairs)
        found = self._succession(class_id)
        pairs = tuple(_stand_in(class_id, each, found) for each in found.heirs)
        return Fate(id=class_id, status=Status.RETIRED, pairs=pairs, succession=found)

    def _succession(self, class_id: str) -> Succession:
        try:
            return succession(class_id, self._successors)
        except SuccessorCycle as error:
            labels = [self.described(each)[0] for each in error.cycle]
            raise SuccessorCycle(error.cycle, labels) from None

    def _successors(self, class_id: str) -> tuple[str, ...] | None:
        """The successors of a class as the target has them; None for a class in use."""
        if self._given.target.active(class_id):
            return None
        return stored_successors(self.end.state, class_id)

    def described(self, class_id: str) -> tuple[str, int | None]:
        """Label and code of a class as the target has it, else the source; else its id alone."""
        for index in (self._target, self._source):
            entry = index.find(class_id)
            if entry is not None:
                return index.label(entry), entry.code
        return class_id, None

    def _path(self, fate: Fate) -> tuple[Hop, ...]:
        steps = () if fate.succession is None else fate.succession.steps
        return (
            *route(fate.id, self._operations),
            *(self._inherited(each, heirs) for each, heirs in steps if heirs),
        )

    @cached_property
    def _newest(self) -> tuple[Named, ...]:
        return tuple(self._latest())

    @cached_property
    def _operations(self) -> tuple[Operation, ...]:
        return tuple(self._met())

    def _inherited(self, class_id: str, heirs: tuple[str, ...]) -> Hop:
        names = ", ".join(f"“{self.described(each)[0]}”" for each in heirs)
        return Hop(
            version=self.end.version,
            change="",
            kind=OperationKind.RETIRED,
            text=f"“{self.described(class_id)[0]}” is retired; its successors: {names}.",
            sources=(class_id,),
            targets=heirs,
        )

    def _known_in(self, reference: str, by: By | None) -> tuple[str, ...]:
        """The target and the newest version, as far as they know the reference."""
        found = {each.version: each for each in (self.end, *self._newest)}
        return tuple(
            version
            for version, each in found.items()
            if names_of(each.state.index).meant(reference, by).classes
        )

    def _suggestions(self, reference: str) -> tuple[Hit, ...]:
        found = search(self._source, reference, Scope(include_retired=True), limit=_SUGGESTED)
        return (*found.hits, *found.suggestions)[:_SUGGESTED]


def _stand_in(class_id: str, heir: str, found: Succession) -> ClassPair:
    """The pair of a retired class and one that stands in for it by its record."""
    tie = Tie.BROAD if found.sole else Tie.RELATED
    pair = _pair(class_id, heir, tie)
    justification = CHAINED if len(found.steps) > 1 else MANUAL
    return replace(pair, justification=justification, needs_decision=not found.sole)


def _pair(source: str, target: str, tie: Tie) -> ClassPair:
    source_part, target_part = parts_of(tie)
    return ClassPair(
        source=source,
        target=target,
        source_part=source_part,
        target_part=target_part,
        predicate=predicate_of(tie),
        justification=MANUAL,
        confidence=1.0,
        changes=(),
        needs_decision=False,
    )


def stored_successors(state: State, class_id: str) -> tuple[str, ...]:
    """The successors that the record of a class names; none where the state has no such record."""
    found = read_subjects(subjects(block(state.lines, class_id)), state.iri).classes.get(class_id)
    return () if found is None or found.retirement is None else found.retirement.successors


def as_met(steps: Iterable[Step], *, backward: bool) -> Iterator[Operation]:
    """The operations of steps in the order in which they are met on the way."""
    found = [each for step in steps for each in step.operations]
    if not backward:
        return iter(found)
    return (replace(each, reverted=True) for each in reversed(found))
