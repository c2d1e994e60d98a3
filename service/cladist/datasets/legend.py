"""The label table of a dataset, before and after: which class an entry is, which number is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from cladist.datasets.naming import Bound, bound, written
from cladist.datasets.plan import Plan
from cladist.datasets.records import Entry, Ref, Row
from cladist.datasets.vocabulary import Vocabulary
from cladist.index.naming import By, NamedBy
from cladist.model.errors import InvalidValue, UnreadableInput
from cladist.model.taxonomy import Structure

Followed = Mapping[Ref, Sequence[str]]
"""What the labels of each entry became: class ids, residues, and STAYS."""

STAYS = ""
"""Among what an entry became: labels of it that stay as they are."""

_MARK = "\x00"


class Legend(Protocol):
    """What a dataset writes for classes."""

    def bound(self, ref: Ref) -> Bound | None:
        """The source class that a ref means; none when the version does not know it."""

    def ref(self, like: Bound, target: str, *, residue: bool) -> Ref:
        """What to write for a class of the target, or a residue, in place of a ref."""

    def staying(self, ref: Ref) -> Ref:
        """What to write for a label that stays as it is."""

    def rows(self, followed: Followed) -> Sequence[Row]:
        """The table to write."""

    def settle(self, followed: Followed) -> None:
        """Take it that all labels are known: numbers of a dense table are given now."""


class Names:
    """No table: every label says what it is itself. Numbers are codes, and stay numbers."""

    def __init__(self, plan: Plan, by: By | None, residues: Mapping[str, int | None]) -> None:
        self._plan, self._by, self._residues = plan, by, residues
        self._numbers: set[Bound] = set()

    def bound(self, ref: Ref) -> Bound | None:
        """The class that a text means, or that has a code."""
        found = bound(self._plan.source, (ref,), self._by)
        if isinstance(ref, int) and found is not None:
            self._numbers.add(found)
        return found

    def ref(self, like: Bound, target: str, *, residue: bool) -> Ref:
        """The text for a class, in the manner of ``like``; its code where that was one."""
        if like in self._numbers:
            return self._residue(target) if residue else self._plan.target.entry(target).code
        if residue:
            return target
        return written(self._plan.source, self._plan.target, like, target)

    def _residue(self, name: str) -> int:
        number = self._residues.get(name)
        if number is None:
            raise InvalidValue(f"residues.{name}", "labels are numbers: say which stands for it.")
        return number

    def staying(self, ref: Ref) -> Ref:
        """The same."""
        return ref

    def rows(self, followed: Followed) -> Sequence[Row]:
        """None."""
        return ()

    def settle(self, followed: Followed) -> None:
        """Nothing to do."""


class Listed:
    """A table of entries with numbers (or texts) of their own.

    A class keeps the number that it has in the dataset. Another one gets its code if that is free,
    else the next free number; so no number that had a meaning gets another one. Rows stand where
    the first of their origins stood, those of an ordinal taxonomy by rank; in a dense table they
    are numbered anew.
    """

    def __init__(
        self,
        plan: Plan,
        entries: Sequence[Entry],
        by: By | None,
        *,
        dense: bool,
        residues: Mapping[str, int | None],
    ) -> None:
        self._plan, self._entries, self._dense = plan, entries, dense
        self._residues = residues
        self._bound = {each.ref: bound(plan.source, _names(each, by), by) for each in entries}
        if len(self._bound) < len(entries):
            raise UnreadableInput(f"The label table has {_twice(entries)} twice.")
        self._own: dict[str, Entry] = {}
        for each in entries:
            known = self._bound[each.ref]
            if known is not None:
                self._own.setdefault(known.class_id, each)
        self._given: dict[str, Ref] = {}
        self._taken: set[Ref] = set(self._bound)
        self._most = max((each for each in self._bound if isinstance(each, int)), default=-1)
        self._texts = any(isinstance(each.ref, str) for each in entries)

    def bound(self, ref: Ref) -> Bound | None:
        """The class of the entry with this number."""
        return self._bound.get(ref)

    def ref(self, like: Bound, target: str, *, residue: bool) -> Ref:
        """The number of a class or a residue."""
        found = self._given.get(target)
        if found is None:
            found = self._given[target] = self._new(like, target, residue)
        return found

    def _new(self, like: Bound, target: str, residue: bool) -> Ref:
        own = None if residue else self._own.get(target)
        if self._texts:
            return target if residue else self._name(like, target)
        if own is not None:
            return own.ref
        wished = self._residues.get(target) if residue else self._plan.target.entry(target).code
        if wished is not None and wished not in self._taken:
            return self._take(wished)
        if residue and wished is not None:
            raise InvalidValue(
                f"residues.{target}", f"{wished} is the number of another label of the dataset."
            )
        return self._take(1 + self._most)

    def _take(self, number: int) -> int:
        """Keep a number from others."""
        self._taken.add(number)
        self._most = max(self._most, number)
        return number

    def _name(self, like: Bound, target: str) -> str:
        """What the table calls a class of the target."""
        own = self._own.get(target)
        entry = self._own[like.class_id] if own is None else own
        return written(self._plan.source, self._plan.target, self._called(entry), target)

    def _called(self, entry: Entry) -> Bound:
        """How an entry names its class, apart from IRIs and numbers."""
        known = self._bound[entry.ref]
        class_id = "" if known is None else known.class_id
        name = _called(entry)
        found = bound(self._plan.source, (name,), None)
        if found is None or found.class_id != class_id:
            return Bound(class_id, name, NamedBy.PREFERRED)
        return found

    def settle(self, followed: Followed) -> None:
        """Number a dense table anew."""
        if self._dense:
            self._given = {}
            for place, (target, _) in enumerate(self._order(followed)):
                self._given[target] = place

    def rows(self, followed: Followed) -> Sequence[Row]:
        """The entries as they are now, then those new to the dataset."""
        return [self._row(target, origins) for target, origins in self._order(followed)]

    def _order(self, followed: Followed) -> Sequence[tuple[str, tuple[Entry, ...]]]:
        """Targets (class ids, residues, or refs that stay after a mark), each with its origins.

        Where an entry's own class goes on, it stands in its place; what several became stands
        where the first of them was, or at the end if its number is a new one.
        """
        origins: dict[str, list[Entry]] = {}
        for entry in self._entries:
            for target in followed.get(entry.ref, ()):
                name = _staying(entry.ref) if target == STAYS else target
                origins.setdefault(name, []).append(entry)
        found = [(target, self._sorted(target, from_)) for target, from_ in origins.items()]
        if self._plan.target.structure is Structure.ORDINAL:
            found.sort(key=lambda each: self._rank(each[0]))
        return found

    def _sorted(self, target: str, origins: Iterable[Entry]) -> tuple[Entry, ...]:
        own = self._own.get(target)
        return tuple(sorted(origins, key=lambda each: each is not own))

    def _rank(self, target: str) -> int:
        entry = self._plan.target.find(target)
        return 1 << 30 if entry is None or entry.rank is None else entry.rank

    def _row(self, target: str, origins: tuple[Entry, ...]) -> Row:
        first = origins[0]
        like = self._bound.get(first.ref)
        if target.startswith(_MARK):
            name = _called(first)
            ref = self.staying(first.ref)
            return Row(ref=ref, name=name, class_id="", origins=origins, same=True)
        assert like is not None, "an entry that nobody knows stays as it is"
        residue = target in self._residues
        ref = self.ref(like, target, residue=residue)
        if residue:
            return Row(ref=ref, name=target, class_id="", origins=origins)
        return self._class_row(ref, target, origins, like)

    def staying(self, ref: Ref) -> Ref:
        """The number of an entry whose labels stay as they are."""
        return self._given.get(_staying(ref), ref) if self._dense else ref

    def _class_row(self, ref: Ref, target: str, origins: tuple[Entry, ...], like: Bound) -> Row:
        plan = self._plan
        entry = plan.target.entry(target)
        above = plan.target.ancestors(target)
        parents = [each for each in entry.parents if plan.target.active(each)]
        return Row(
            ref=ref,
            name=self._name(like, target),
            class_id=target,
            origins=origins,
            same=self._own.get(target) is origins[0],
            parent=plan.target.label(parents[0]) if parents and above else "",
            parents_were=frozenset(_names_above(plan.source, like.class_id)),
            parents_now=frozenset(_names_above(plan.target, target)),
            colour=entry.colour,
        )


def _names(entry: Entry, by: By | None) -> Sequence[Ref]:
    """What says which class an entry is: its number alone where numbers are codes."""
    return (entry.ref,) if by is By.CODE and isinstance(entry.ref, int) else entry.names


def _staying(ref: Ref) -> str:
    return f"{_MARK}{ref}"


def _called(entry: Entry) -> str:
    """What an entry calls its class; IRIs come first in the names and are no name."""
    return next((each for each in entry.names if "://" not in each), str(entry.ref))


def _names_above(version: Vocabulary, class_id: str) -> Iterator[str]:
    for each in version.ancestors(class_id):
        yield each
        yield from version.entry(each).labels.values()


def _twice(entries: Sequence[Entry]) -> Ref:
    """The first number that two entries have."""
    seen: set[Ref] = set()
    for each in entries:
        if each.ref in seen:
            return each.ref
        seen.add(each.ref)
    raise ValueError("no number comes twice")
