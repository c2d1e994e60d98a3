"""What of a difference is still to be told, statement by statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cladist.rdf import words
from cladist.rdf.terms import split


class Values(NamedTuple):
    """Object tokens that one predicate of a subject has yet to lose and to gain."""

    removed: list[str]
    added: list[str]


class Pending:
    """The way from what is told so far to the end of a difference; one owner, changed in place."""

    def __init__(self, removed: Iterable[bytes], added: Iterable[bytes]) -> None:
        self._subjects: dict[str, dict[str, Values]] = {}
        self._children: dict[str, set[str]] = {}
        self._dropped: set[str] = set()
        self._early: dict[tuple[str, str], Values] = {}
        for side, lines in enumerate((removed, added)):
            for line in lines:
                subject, predicate, token, _ = split(line.decode())
                self._of(subject[1:-1], predicate)[side].append(token)
                if side == 0 and predicate == words.BROADER:
                    self._children.setdefault(token[1:-1], set()).add(subject[1:-1])

    def _of(self, subject: str, predicate: str) -> Values:
        values = self._subjects.setdefault(subject, {})
        return values.setdefault(predicate, Values([], []))

    def values(self, subject: str, predicate: str) -> Values:
        """What is still to be told of one predicate of a subject."""
        return self._subjects.get(subject, {}).get(predicate, Values([], []))

    def take(self, subject: str, predicate: str) -> Values:
        """The same; it counts as told from now on, even if a later operation tells it again."""
        found = self._subjects.get(subject, {}).pop(predicate, Values([], []))
        early = self._early.setdefault((subject, predicate), Values([], []))
        early.removed.extend(found.removed)
        early.added.extend(found.added)
        return found

    def drop(self, subject: str) -> None:
        """Everything counts as told of this subject, whatever is told of it later."""
        self._subjects.pop(subject, None)
        self._dropped.add(subject)

    def tell(
        self, subject: str, predicate: str, removed: Iterable[str] = (), added: Iterable[str] = ()
    ) -> None:
        """These values are told; those that the end does not have are to be told again later."""
        if subject in self._dropped:
            return
        values = self._of(subject, predicate)
        early = self._early.get((subject, predicate), Values([], []))
        for token in removed:
            _tell(token, early.removed, values.removed, values.added)
        for token in added:
            _tell(token, early.added, values.added, values.removed)

    def strike(
        self, subject: str, predicate: str, removed: Iterable[str], added: Iterable[str]
    ) -> None:
        """These values are told; those that the statements do not have are left alone."""
        values = self.values(subject, predicate)
        self.tell(
            subject,
            predicate,
            [each for each in removed if each in values.removed],
            [each for each in added if each in values.added],
        )

    def predicates(self, subject: str) -> set[str]:
        """The predicates of which something is still to be told of a subject."""
        return set(self._subjects.get(subject, ()))

    def children(self, parent: str) -> set[str]:
        """The subjects that lose this parent somewhere on the way."""
        return self._children.get(parent, set())

    def keys(self) -> Iterator[tuple[str, str]]:
        """Subject and predicate of all that is left."""
        for subject in sorted(self._subjects):
            for predicate in sorted(self._subjects[subject]):
                yield subject, predicate


def _tell(token: str, early: list[str], due: list[str], against: list[str]) -> None:
    if token in early:
        early.remove(token)
    elif token in due:
        due.remove(token)
    else:
        against.append(token)
