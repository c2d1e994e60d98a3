"""One fix, and what it is a fix of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cladist.model import hierarchy
from cladist.model.change.kinds import Change
from cladist.model.taxonomy import Class, Group, State, name


@dataclass(frozen=True, slots=True)
class Fix:
    """A remedy in a few words, and the changes that bring it about."""

    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding in the state in which it was found: its rule, its subject, the value at fault if it
    is a literal, and the ids of the classes that its message names, the subject left out."""

    state: State
    rule: str
    subject: str
    value: str | None = None
    others: tuple[str, ...] = ()

    @property
    def item(self) -> Class | None:
        """The subject if it is a class."""
        return self.state.classes.get(self.subject)

    @property
    def group(self) -> Group | None:
        """The subject if it is an exclusive group, else the first group that holds it."""
        found = self.state.groups.get(self.subject)
        groups = self.state.groups.values()
        return found or next((each for each in groups if self.subject in each.members), None)

    def called(self, class_id: str) -> str:
        """What a person calls a class, in quotation marks."""
        return f"“{name(self.state, class_id)}”"

    def parents(self, class_id: str) -> Sequence[str]:
        """The parents of a class; of something unknown, none."""
        item = self.state.classes.get(class_id)
        return () if item is None else item.parents

    def above(self, class_id: str) -> set[str]:
        """All that parents lead to; the class itself on a circle alone."""
        found: set[str] = set()
        for parent in self.parents(class_id):
            found |= {parent, *hierarchy.reach(parent, self.parents)}
        return found

    def is_active(self, class_id: str) -> bool:
        """Whether it is a class in use."""
        item = self.state.classes.get(class_id)
        return item is not None and item.active

    def successors(self, class_id: str) -> tuple[str, ...]:
        """The classes in use at the ends of a retired class's chains."""

        def following(each: str) -> Sequence[str]:
            item = self.state.classes.get(each)
            retirement = None if item is None else item.retirement
            return () if retirement is None else retirement.successors

        return tuple(filter(self.is_active, hierarchy.reach(class_id, following)))


Fixer = Callable[[Problem], Iterator[Fix]]
"""What to do about the findings of a rule; nothing where no change is sure to help."""
