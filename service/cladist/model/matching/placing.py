"""Whether a class stands elsewhere than the changes of the classes above it already explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cladist.model.matching.links import Pair
from cladist.model.matching.sides import Side


class Became:
    """What every old class became: the classes under which its children are expected."""

    def __init__(self, old: Side, new: Side, targets: Mapping[str, Sequence[str]]) -> None:
        self._old, self._new, self._targets = old, new, targets

    def moved(self, pair: Pair) -> bool:
        """Whether the target has a parent that no parent of the source became, or lacks one.

        A parent that is gone is stood for by the parents above it.
        """
        there = set(self._new.parents(pair[1]))
        became = [self._of(each) for each in self._old.parents(pair[0])]
        expected = set().union(*became)
        return not there <= expected or any(each and not each & there for each in became)

    def _of(self, class_id: str) -> set[str]:
        found: set[str] = set()
        queue = [class_id]
        for each in queue:
            if each in self._targets:
                found.update(self._targets[each])
            else:
                queue.extend(parent for parent in self._old.parents(each) if parent not in queue)
        return found
