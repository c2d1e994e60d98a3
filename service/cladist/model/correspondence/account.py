"""A correspondence told in full: both sides with their names, and every component with its pairs.

This is what is exchanged as SSSOM, XKOS and tables; read again it is the same value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from cladist.model.correspondence.components import ClassPair, Component, components
from cladist.model.correspondence.relation import NOWHERE, Correspondence, Extent, Link
from cladist.model.correspondence.ties import Standing, Tie, tie_of
from cladist.model.taxonomy import Notation


@dataclass(frozen=True, slots=True)
class Name:
    """What people know a class by in one version."""

    label: str
    code: int | None = None
    notations: tuple[Notation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a correspondence: a version of a taxonomy, and names of the classes told of."""

    taxonomy: str
    """IRI of the taxonomy."""
    slug: str
    version: str
    """Version number, or ``draft``."""
    language: str = "en"
    names: Mapping[str, Name] = field(default_factory=dict, compare=False)

    def label(self, class_id: str) -> str:
        """The label of a class; its IRI where none is known."""
        name = self.names.get(class_id)
        return class_id if name is None else name.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of the classes of one version in another, component by component."""

    source: Side
    target: Side
    components: tuple[Component, ...]

    def pairs(self) -> Iterator[tuple[Component, ClassPair]]:
        """Every pair with the component that it belongs to."""
        for component in self.components:
            for pair in component.pairs:
                yield component, pair


def related(source: Extent, target: Extent, pairs: Iterable[ClassPair]) -> Correspondence:
    """The correspondence that says these pairs and no others, for two states without a history.

    Classes of the source that are in no pair have no counterpart.
    """
    links: dict[str, dict[str, Link]] = {each: {} for each in source.classes}
    alone: dict[str, list[ClassPair]] = {}
    for pair in pairs:
        links[pair.source][pair.target] = _link(pair)
        alone.setdefault(pair.source, []).append(pair)
    for class_id, found in alone.items():
        if len(found) == 1 and _tie(found[0]) in (Tie.NARROW, Tie.RELATED, Tie.CLOSE):
            links[class_id][NOWHERE] = _link(found[0])
    added = frozenset(target.classes - source.classes)
    return Correspondence(source, target, links, added)


def _link(pair: ClassPair) -> Link:
    return Link(
        frozenset({(_tie(pair), Standing.PLAIN)}),
        frozenset(pair.changes),
        Fraction(str(pair.confidence)),
        frozenset({pair.justification}),
    )


def _tie(pair: ClassPair) -> Tie:
    if pair.predicate == "closeMatch":
        return Tie.CLOSE
    return tie_of(pair.source_part, pair.target_part)


def told_by(
    given: Correspondence, renamed: frozenset[str] = frozenset(), *, unchanged: bool = False
) -> tuple[Component, ...]:
    """The components of a correspondence as an account keeps them."""
    return tuple(components(given, renamed, unchanged=unchanged))
