"""Whether a class stands elsewhere than the changes of the classes above it already explain."""

from __future__ import annotations

from collections.abc import Mapping

from cladist.model.matching.links import Links, Pair
from cladist.model.matching.sides import Side


def has_moved(old: Side, new: Side, links: Links, pair: Pair) -> bool:
    """Whether the target has a parent that none of the source's became, or lacks one that it had.

    A parent that is gone is stood for by the parents above it.
    """
    there = set(new.parents(pair[1]))
    became = [_became(old, links.targets, each) for each in old.parents(pair[0])]
    expected = set().union(*became)
    return not there <= expected or any(each and not each & there for each in became)


def _became(old: Side, targets: Mapping[str, list[str]], class_id: str) -> set[str]:
    found: set[str] = set()
    queue = [class_id]
    for each in queue:
        if each in targets:
            found.update(targets[each])
        else:
            queue.extend(parent for parent in old.parents(each) if parent not in queue)
    return found
