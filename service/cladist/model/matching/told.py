"""The pairs that the data tells outright: by a table, by equal ids, by declared successors."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.model.errors import UnknownClass
from cladist.model.folding import fold
from cladist.model.matching.links import Link, Links
from cladist.model.matching.proposals import Basis, Clue, Evidence
from cladist.model.matching.sides import Side

_TABLE = Clue(Evidence.TABLE, "The correspondence table says so.")
_ID = Clue(Evidence.ID, "Both have the same id.")
_DECLARED = Clue(Evidence.DECLARED, "The new version declares it as the successor.")


def tell(old: Side, new: Side, basis: Basis, links: Links) -> None:
    """Take what is told: a table before everything, then ids, then declared successors.

    Raises :class:`UnknownClass` for a table that names a class which is not there or not in use.
    """
    if Evidence.TABLE in basis.use:
        _table(old, new, basis, links)
    if Evidence.ID in basis.use:
        for class_id in sorted(new.active & old.taxonomy.classes.keys()):
            if class_id not in links.closed_sources and class_id not in links.closed_targets:
                links.add(Link(source=class_id, target=class_id, told=_ID))
    if Evidence.DECLARED in basis.use:
        _declared(old, new, basis, links)


def _table(old: Side, new: Side, basis: Basis, links: Links) -> None:
    for row in basis.table:
        for side, class_id in ((old, row.source), (new, row.target)):
            if class_id and class_id not in side.active:
                raise UnknownClass(class_id, "use, though the correspondence table names it")
        if row.source and row.target:
            links.add(
                Link(
                    source=row.source,
                    target=row.target,
                    told=_TABLE,
                    source_part=row.source_part,
                    target_part=row.target_part,
                )
            )
        links.closed_sources |= {row.source} - {""}
        links.closed_targets |= {row.target} - {""}


def _declared(old: Side, new: Side, basis: Basis, links: Links) -> None:
    """Successors of classes that the old taxonomy has in use and the new one has not."""
    taken = links.closed_sources | links.targets.keys()
    for source, target in sorted({*_successions(old, new), *basis.declared}):
        if source not in old.active or source in taken:
            continue
        for heir in _heirs(new, target):
            if heir not in links.closed_targets:
                links.add(Link(source=source, target=heir, told=_DECLARED))


def _successions(old: Side, new: Side) -> Iterator[tuple[str, str]]:
    for item in new.taxonomy.classes.values():
        if item.retirement is not None and item.id in old.active:
            yield from ((item.id, each) for each in item.retirement.successors)


def _heirs(new: Side, target: str) -> list[str]:
    """The classes in use at the end of a chain of successors."""
    queue, found = [target], list[str]()
    for each in queue:
        item = new.taxonomy.classes.get(each)
        if item is not None and item.retirement is None:
            found.append(each)
        elif item is not None and item.retirement is not None:
            queue.extend(heir for heir in item.retirement.successors if heir not in queue)
    return found


def heirs_alone(old: Side, new: Side, links: Links) -> set[str]:
    """Targets known as successors only, of classes with other labels: yet another may be they."""
    found: set[str] = set()
    for target, sources in links.sources.items():
        told = {links.pairs[source, target].told for source in sources}
        labels = {fold(old.label(source)) for source in sources}
        if told == {_DECLARED} and fold(new.label(target)) not in labels:
            found.add(target)
    return found
