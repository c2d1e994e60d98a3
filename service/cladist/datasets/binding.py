"""Which version a dataset is bound to, where that is told, and whether it fits what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from cladist.datasets import lock as locks
from cladist.datasets.delta import messages
from cladist.datasets.lock import Lock
from cladist.datasets.migrate import Origins, no_origins
from cladist.datasets.plan import Plan
from cladist.datasets.records import Ref
from cladist.datasets.trace import KnownOrigins
from cladist.datasets.transfer import Beside
from cladist.model.errors import AlreadyMigrated, BoundElsewhere, InvalidValue


class Planner(Protocol):
    """Whoever knows the versions: a store, a server, or an exported plan."""

    def plan(self, slug: str, source: str, target: str, origins: Iterable[str]) -> Plan:
        """What data follow; ``origins`` are versions from which labels may have come."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for; empty where it is left to the lock file."""

    taxonomy: str = ""
    source: str = ""
    target: str = "latest"


@dataclass(frozen=True, slots=True)
class Bound:
    """A plan that fits the dataset, and what its labels were before earlier migrations."""

    plan: Plan
    origins: Origins
    legend: Mapping[Ref, str]
    """What the lock file says of what the dataset writes."""


def bind(dataset: Path, wanted: Wanted, planner: Planner) -> Bound:
    """The plan for a dataset; raises BoundElsewhere, AlreadyMigrated, InvalidValue."""
    lock = locks.found(dataset) if dataset.exists() else None
    slug = wanted.taxonomy or (lock.slug if lock else "")
    source = wanted.source or (lock.version if lock else "")
    for name, value in (("taxonomy", slug), ("from", source)):
        if not value:
            raise InvalidValue(name, "the dataset has no lock file that tells it: say which.")
    if lock is not None and slug not in (lock.slug, lock.taxonomy):
        raise BoundElsewhere(lock.slug, slug)
    known = _origins(dataset, source)
    plan = planner.plan(slug, source, wanted.target, known.versions() if known else ())
    if lock is not None:
        _check(lock, plan)
    if plan.source.version == plan.target.version:
        raise AlreadyMigrated(_named(plan.target.slug, plan.target.version))
    return Bound(plan, known or no_origins, lock.meanings if lock else {})


def _check(lock: Lock, plan: Plan) -> None:
    bound = _named(lock.slug, lock.version)
    if lock.version == plan.target.version and lock.digest == plan.target.digest:
        raise AlreadyMigrated(bound)
    said = _named(plan.source.slug, plan.source.version)
    if lock.version != plan.source.version:
        raise BoundElsewhere(bound, said)
    if lock.digest != plan.source.digest:
        raise BoundElsewhere(f"{bound} with other content", said)


def _named(slug: str, version: str) -> str:
    return f"{slug} {version}"


def _origins(dataset: Path, source: str) -> KnownOrigins | None:
    """What the delta beside a dataset says that its labels were, if it led to this version."""
    delta = Beside(dataset).delta
    if not delta.is_file() or not _names(source, next(messages(delta))[2]["to"]):
        return None
    return KnownOrigins(delta)


@dataclass(frozen=True, slots=True)
class Exported:
    """The planner where a plan was exported and nothing else is at hand."""

    exported: Plan

    def plan(self, slug: str, source: str, target: str, origins: Iterable[str]) -> Plan:
        """The plan, if it is the one that is asked for; raises BoundElsewhere."""
        found = self.exported
        sides = ((source, found.source.version), (target, found.target.version))
        right = slug in (found.source.slug, found.source.taxonomy)
        if not right or not all(_names(*each) for each in sides):
            told = f"{found.source.slug} {found.source.version} to {found.target.version}"
            raise BoundElsewhere(told, f"{slug} {source} to {target}")
        wanted = set(origins)
        known = {each: found.origins[each] for each in wanted if each in found.origins}
        return msgspec.structs.replace(found, origins=known)


def _names(selector: str, version: str) -> bool:
    """Whether a selector may name a version: itself, a beginning of it, or ``latest``."""
    return selector in (version, "latest") or version.startswith(f"{selector}.")
