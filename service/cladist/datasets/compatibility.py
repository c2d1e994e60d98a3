"""Whether a dataset or model that is locked to one version fits another, and if not, the map."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from cladist.datasets.lock import Kind, Lock
from cladist.datasets.plan import Plan
from cladist.model.class_index import permutation
from cladist.model.errors import BoundElsewhere


class Verdict(StrEnum):
    """How a lock stands to a version, the best first."""

    SAME = "same"
    """It is bound to that version."""
    FITS = "fits"
    """Every class means what it meant; of a model every output as well."""
    FOLLOWS = "follows"
    """Every class became exactly one: the map says which, and nobody is needed."""
    OPEN = "open"
    """Of some classes rules, decisions or a person must say what becomes of them."""


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one class: none, one or several; ``index`` is its place then and now."""

    id: str
    label: str
    code: int
    targets: tuple[str, ...]
    labels: tuple[str, ...]
    automatic: bool
    index: tuple[int | None, int | None]

    @property
    def same(self) -> bool:
        """Whether it is the class that it was."""
        return self.automatic and self.targets == (self.id,)


class Compatibility(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict and the map. ``positions`` says for each old output where it is now."""

    verdict: Verdict
    kind: Kind
    slug: str
    source: str
    target: str
    classes: tuple[Followed, ...]
    positions: tuple[int | None, ...]
    added: tuple[int, ...]
    """Places of the class index that no old output has."""

    @property
    def moved(self) -> tuple[Followed, ...]:
        """The classes that are not what they were."""
        return tuple(each for each in self.classes if not each.same)


def compared(lock: Lock, plan: Plan) -> Compatibility:
    """How a lock stands to the target of a plan; BoundElsewhere if the plan starts elsewhere."""
    source, target = plan.source, plan.target
    if lock.digest != source.digest:
        said = f"{source.slug} {source.version}"
        raise BoundElsewhere(f"{lock.slug} {lock.version} with other content", said)
    places = {class_id: place for place, class_id in enumerate(target.selection)}
    found = []
    for each in lock.classes:
        answer = plan.answer(each.id)
        now = places.get(answer.targets[0]) if len(answer.targets) == 1 else None
        found.append(
            Followed(
                id=each.id,
                label=each.label,
                code=each.code,
                targets=tuple(answer.targets),
                labels=tuple(target.label(one) for one in answer.targets),
                automatic=answer.automatic,
                index=(each.index, now),
            )
        )
    positions = permutation(source.selection, target.selection)
    taken = set(positions)
    return Compatibility(
        verdict=_verdict(lock, plan, found, positions),
        kind=lock.kind,
        slug=lock.slug,
        source=source.version,
        target=target.version,
        classes=tuple(found),
        positions=positions,
        added=tuple(place for place in range(len(target.selection)) if place not in taken),
    )


def _verdict(
    lock: Lock, plan: Plan, found: list[Followed], positions: tuple[int | None, ...]
) -> Verdict:
    if lock.digest == plan.target.digest:
        return Verdict.SAME
    if not all(each.automatic for each in found):
        return Verdict.OPEN
    same = all(each.same for each in found)
    if lock.kind is Kind.MODEL:
        same = same and positions == tuple(range(len(plan.target.selection)))
    return Verdict.FITS if same else Verdict.FOLLOWS
