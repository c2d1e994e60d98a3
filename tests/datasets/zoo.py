"""Versions of a small taxonomy, and plans between them, made by real changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from cladist.datasets.plan import Plan
from cladist.datasets.planning import earlier_of, plan_of, vocabulary_of
from cladist.datasets.vocabulary import Vocabulary
from cladist.index.building import build
from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.correspondence.descent import Made, correspondence_of, extent_of
from cladist.model.correspondence.relation import Correspondence
from cladist.model.taxonomy import (
    Class,
    Header,
    LabelStructure,
    Notation,
    Structure,
    Taxonomy,
    Text,
)

BASE = "https://example.org/street/"
CODES = "https://example.org/codes"


def id_of(name: str) -> str:
    """The id of a class by the name it got first."""
    return BASE + name


def a(name: str, code: int, *parents: str, notation: str = "", rank: int | None = None) -> Class:
    """A class; its label is its name."""
    return Class(
        id=id_of(name),
        code=code,
        preferred=(Text(name, "en"),),
        parents=tuple(id_of(each) for each in parents),
        notations=(Notation(notation, CODES),) if notation else (),
        rank=rank,
    )


def taxonomy_of(*classes: Class, kind: Structure = Structure.SINGLE_LABEL) -> Taxonomy:
    """A first version."""
    structure = LabelStructure(kind=kind)
    header = Header(iri=BASE + "street", slug="street", structure=structure)
    return Taxonomy(header, {each.id: each for each in classes})


STREET = (
    a("person", 1),
    a("car", 3),
    a("truck", 8),
    a("bus", 9),
    a("animal", 20),
    a("vehicle", 21),
    a("sign", 90),
)
"""Classes with gaps between their codes."""


@dataclass(frozen=True)
class History:
    """A taxonomy and the changes that each further version made; versions are 1, 2, 3 and so on."""

    first: Taxonomy
    steps: tuple[tuple[Change, ...], ...] = ()

    def then(self, *changes: Change) -> History:
        """The history with one version more."""
        return replace(self, steps=(*self.steps, changes))

    def taxonomy(self, version: int) -> Taxonomy:
        """The classes of a version."""
        changes = [each for step in self.steps[: version - 1] for each in step]
        return replay(self.first, changes)[0]

    def vocabulary(self, version: int) -> Vocabulary:
        """What a migration needs of a version."""
        taxonomy = self.taxonomy(version)
        index = build(taxonomy)
        name = f"{version}.0.0"
        return vocabulary_of(taxonomy, index, slug="street", version=name, digest=f"sha-{version}")

    def plan(self, source: int = 1, target: int | None = None) -> Plan:
        """From one version to a later one, by default from the first to the last."""
        end = target or len(self.steps) + 1
        return plan_of(self.vocabulary(source), self.vocabulary(end), self._given(source, end))

    def with_origins(self, source: int, target: int, earlier: Iterable[int]) -> Plan:
        """Such a plan, with those from earlier versions to the same target."""
        origins = {
            f"{each}.0.0": earlier_of(self._given(each, target), build(self.taxonomy(each)))
            for each in earlier
        }
        given = self._given(source, target)
        return plan_of(self.vocabulary(source), self.vocabulary(target), given, origins)

    def _given(self, source: int, end: int) -> Correspondence:
        made = [
            Made(f"change-{number}-{place}", change)
            for number, step in enumerate(self.steps, 1)
            for place, change in enumerate(step, 1)
            if source <= number < end
        ]
        return correspondence_of(extent_of(self.taxonomy(source)), made)


def street(kind: Structure = Structure.SINGLE_LABEL) -> History:
    """The streets, with one version."""
    return History(taxonomy_of(*STREET, kind=kind))


def rename(name: str, to: str) -> Change:
    """Another preferred label."""
    return kinds.RenameClass(id=id_of(name), label=Text(to, "en"))


def merge(sources: Sequence[str], new: Class) -> Change:
    """Several classes become a new one."""
    return kinds.MergeClasses(sources=tuple(map(id_of, sources)), new=new)


def split(name: str, *new: Class) -> Change:
    """One class becomes several new ones."""
    return kinds.SplitClass(id=id_of(name), new=new)


def retire(name: str) -> Change:
    """A class goes, and nothing takes its place."""
    return kinds.RetireClass(id=id_of(name), reason="not used")
