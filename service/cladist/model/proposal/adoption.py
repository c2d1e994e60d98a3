"""A version made elsewhere in our own ids: what it would make of a taxonomy once it is accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cladist.model.change.checks import as_set
from cladist.model.change.kinds import Pair
from cladist.model.matching.proposals import Proposal, ProposedKind
from cladist.model.proposal.changes import GONE
from cladist.model.proposal.descent import Descent
from cladist.model.proposal.taking import Manner, Taken
from cladist.model.taxonomy import Class, Retirement, Taxonomy

_ONE = frozenset({ProposedKind.SAME, ProposedKind.RENAMED, ProposedKind.MOVED})
_MANY = frozenset({ProposedKind.MERGED, ProposedKind.SPLIT, ProposedKind.REGROUPED})


@dataclass(frozen=True, slots=True)
class Adoption:
    """The state that the accepted proposals lead to, and the descents among them.

    ``keep_groups`` says that exclusive groups are not told, so that they stay as they are.
    """

    target: Taxonomy
    descents: tuple[Descent, ...] = ()
    keep_groups: bool = True


def adopt(
    old: Taxonomy,
    new: Taxonomy,
    accepted: Iterable[Proposal],
    mint: Callable[[], str],
    manner: Manner,
) -> Adoption:
    """What accepted proposals make of a taxonomy; classes in no proposal stay as they are.

    What is said of the taxonomy as a whole, and its exclusive groups, are taken over only when all
    classes are, since they speak of classes. A class keeps our id where it is the same. New ones
    keep theirs, unless a class of another meaning has it: then ``mint`` gives them a fresh one.
    """
    chosen = tuple(accepted)
    if not chosen:
        return Adoption(old)
    ids = dict(_identities(old, new, chosen, mint, manner))
    taken = Taken(old, new, ids, manner, _beginnings(old, chosen))
    classes: dict[str, Class] = dict(old.classes)
    for foreign in ids:
        classes[ids[foreign]] = taken.over(foreign)
    descents = tuple(_descent(each, ids) for each in chosen if each.kind in _MANY)
    for class_id, heirs in _leaving(chosen, descents, new, ids):
        said = classes[class_id].retirement
        retirement = _retirement(said, heirs, recorded=class_id in ids)
        classes[class_id] = replace(old.classes[class_id], retirement=retirement)
    settled = _settled(old, classes)
    if manner.partial or any(item.active and key not in ids for key, item in new.classes.items()):
        return Adoption(replace(old, classes=settled), descents)
    return Adoption(taken.whole(settled), descents, keep_groups=False)


def _identities(
    old: Taxonomy,
    new: Taxonomy,
    accepted: Iterable[Proposal],
    mint: Callable[[], str],
    manner: Manner,
) -> Iterator[tuple[str, str]]:
    """The id here of each foreign class that is taken over."""
    told: set[str] = set()
    for each in accepted:
        told.update(each.sources)
        if _identical(each, new):
            yield each.targets[0], each.sources[0]
            continue
        for target in each.targets:
            merged_into_itself = each.kind is ProposedKind.MERGED and target in each.sources
            free = target not in old.classes and not manner.invented(target)
            yield target, target if merged_into_itself or free else mint()
    for foreign, item in new.classes.items():
        ours = old.classes.get(foreign)
        if not item.active and (ours is None or not ours.active or foreign in told):
            yield foreign, foreign  # matching is about classes in use; a record comes by its id


def _beginnings(old: Taxonomy, accepted: Iterable[Proposal]) -> dict[str, set[str]]:
    """For each foreign class that takes the place of old ones the parents of those."""
    found: dict[str, set[str]] = {}
    for each in accepted:
        for pair in each.pairs if each.kind in _MANY else ():
            found.setdefault(pair.target, set()).update(old.classes[pair.source].parents)
    return found


def _descent(proposal: Proposal, ids: Mapping[str, str]) -> Descent:
    return Descent(
        pairs=tuple(
            Pair(
                source=pair.source,
                target=ids[pair.target],
                source_part=pair.source_part,
                target_part=pair.target_part,
            )
            for pair in proposal.pairs
        )
    )


def _identical(proposal: Proposal, new: Taxonomy) -> bool:
    """Whether the one class is the other: not if the new version has both, the first retired."""
    if proposal.kind not in _ONE:
        return False
    record = new.classes.get(proposal.sources[0])
    return record is None or record.active


def _leaving(
    accepted: Iterable[Proposal],
    descents: Iterable[Descent],
    new: Taxonomy,
    ids: Mapping[str, str],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The old classes that go out of use, and those that stand in for each."""
    for each in accepted:
        if each.kind is ProposedKind.RETIRED:
            yield from ((source, ()) for source in each.sources)
        elif each.kind in _ONE and not _identical(each, new):
            yield each.sources[0], (ids[each.targets[0]],)
    for descent in descents:
        for source in descent.sources:
            if source not in descent.targets:
                heirs = (pair.target for pair in descent.pairs if pair.source == source)
                yield source, as_set(heirs)


def _retirement(said: Retirement | None, heirs: tuple[str, ...], *, recorded: bool) -> Retirement:
    """How a class goes out of use: the reason that the new version gives it, else ours."""
    if said is not None and recorded and not heirs:
        return said
    ours = {0: GONE, 1: "merged"}.get(len(heirs), "split")
    return Retirement((said.reason if said else "") or ours, heirs)


def _settled(old: Taxonomy, classes: dict[str, Class]) -> dict[str, Class]:
    """The classes with parents in use: a retired one gives way to its heirs, else its parents.

    A class that goes out of use itself only follows the heirs, since they come before it goes.
    """
    for class_id, item in tuple(classes.items()):
        if not item.active and not _in_use(old.classes, class_id):
            continue
        lost = [each for each in item.parents if not _in_use(classes, each)]
        if any(item.active or _heirs(classes, each) for each in lost):
            parents = as_set(_above(classes, item.parents, {class_id}))
            classes[class_id] = replace(item, parents=parents)
    return classes


def _heirs(classes: Mapping[str, Class], class_id: str) -> tuple[str, ...]:
    item = classes.get(class_id)
    return () if item is None or item.retirement is None else item.retirement.successors


def _above(classes: Mapping[str, Class], parents: Iterable[str], seen: set[str]) -> Iterator[str]:
    for parent in parents:
        if parent in seen or parent not in classes:
            continue
        seen.add(parent)
        item = classes[parent]
        if item.retirement is None:
            yield parent
        elif len(item.retirement.successors) == 1:
            yield from _above(classes, item.retirement.successors, seen)
        else:
            yield from _above(classes, item.parents, seen)


def _in_use(classes: Mapping[str, Class], class_id: str) -> bool:
    return class_id in classes and classes[class_id].active
