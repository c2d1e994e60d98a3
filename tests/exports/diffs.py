"""Differences for tests: from a state and the changes that follow it, and from values directly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cladist.model.bump import reasons
from cladist.model.change.effect import Swap
from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.correspondence.account import Name, Side
from cladist.model.diff.cards import class_card, group_card, header_card, other_card
from cladist.model.diff.operations import ends_of, kind_of
from cladist.model.diff.values import Card, Diff, Operation, Statements
from cladist.model.taxonomy import Taxonomy
from cladist.rdf.content import difference
from cladist.rdf.writing import content


def diff_of(base: Taxonomy, changes: Sequence[Change], *, back: bool = False) -> Diff:
    """The difference between a state, version 1.0.0, and what changes make of it, 2.0.0."""
    after = replay(base, changes)[0]
    operations = tuple(_operations(base, changes))
    if not back:
        return between(base, after, operations)
    taken_back = tuple(replace(each, reverted=True) for each in reversed(operations))
    return between(after, base, taken_back, versions=("2.0.0", "1.0.0"))


def between(
    before: Taxonomy,
    after: Taxonomy,
    operations: tuple[Operation, ...] = (),
    versions: tuple[str, str] = ("1.0.0", "2.0.0"),
) -> Diff:
    """The difference of two states with these operations between them."""
    delta = difference(content(before), content(after))
    return Diff(
        source=side(before, versions[0]),
        target=side(after, versions[1]),
        operations=operations,
        cards=tuple(_cards(before, after)),
        statements=Statements(delta.removed, delta.added),
    )


def side(taxonomy: Taxonomy, version: str) -> Side:
    """One side of a difference, with the names of all its classes."""
    header = taxonomy.header
    names = {
        key: Name(each.label(header.default_language)) for key, each in taxonomy.classes.items()
    }
    return Side(
        taxonomy=header.iri,
        slug=header.slug,
        version=version,
        language=header.default_language,
        names=names,
    )


def _operations(base: Taxonomy, changes: Sequence[Change]) -> Iterator[Operation]:
    weights = reasons(base, changes)
    for place, (change, reason) in enumerate(zip(changes, weights, strict=True)):
        sources, targets = ends_of(change)
        yield Operation(
            id=f"c{place}",
            kind=kind_of(change),
            version="2.0.0",
            text=reason.text,
            bump=reason.bump,
            sources=sources,
            targets=targets,
            change=change,
            who="ada",
            at="2026-11-23T00:00:00Z",
        )


def _cards(before: Taxonomy, after: Taxonomy) -> Iterator[Card]:
    language = after.header.default_language
    if before.header != after.header:
        yield header_card(Swap(after.header.iri, before.header, after.header))
    for key in _differing(before.classes, after.classes):
        yield class_card(Swap(key, before.classes.get(key), after.classes.get(key)), language)
    for key in _differing(before.groups, after.groups):
        yield group_card(Swap(key, before.groups.get(key), after.groups.get(key)), language)
    for key in _differing(before.others, after.others):
        yield other_card(Swap(key, before.others.get(key), after.others.get(key)))


def _differing(before: object, after: object) -> Iterable[str]:
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
