"""Comparing two states of one taxonomy: what differs, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cladist.catalog.history import Step
from cladist.catalog.opened import State
from cladist.catalog.selecting import Named
from cladist.model.change.effect import Swap
from cladist.model.correspondence.account import Name, Side
from cladist.model.correspondence.components import Component
from cladist.model.diff.cards import class_card, group_card, header_card, other_card
from cladist.model.diff.values import Card, Diff, Operation, Statements
from cladist.model.taxonomy import Class, Header, Taxonomy
from cladist.rdf.bulk import uncollected
from cladist.rdf.content import Delta, Lines, block, compose
from cladist.rdf.reading import read_subjects, subjects


@uncollected()
def diff_of(source: Named, target: Named, steps: Iterable[Step], *, backward: bool) -> Diff:
    """The difference of two states with these steps between them.

    ``backward`` says that the target is the older one.
    """
    way = tuple(steps)
    operations = tuple(each for step in way for each in step.operations)
    delta = compose(step.delta for step in way)
    residual = _left(delta, (step.residual for step in way))
    if backward:
        delta, residual = delta.inverse, residual.inverse
        operations = tuple(replace(each, reverted=True) for each in reversed(operations))
    return described(source, target, delta, operations, residual)


def _left(delta: Delta, residuals: Iterable[Delta]) -> Delta:
    """What is left unexplained of the whole; what one step leaves, another may take back."""
    left = compose(residuals)
    removed, added = set(delta.removed), set(delta.added)
    return Delta(
        tuple(each for each in left.removed if each in removed),
        tuple(each for each in left.added if each in added),
    )


def described(
    source: Named,
    target: Named,
    delta: Delta,
    operations: tuple[Operation, ...],
    residual: Delta,
) -> Diff:
    """The difference with cards of everything that it touches, and names of all classes told of."""
    touched = sorted({line.split(b" ", 1)[0] for line in (*delta.removed, *delta.added)})
    before, after = _part(source.state, touched), _part(target.state, touched)
    cards = tuple(_cards(before, after, touched))
    ids = set(_told(cards, operations))
    return Diff(
        source=_side(source, before, ids),
        target=_side(target, after, ids),
        operations=operations,
        cards=cards,
        statements=Statements(delta.removed, delta.added),
        residual=Statements(residual.removed, residual.added),
    )


def _part(state: State, touched: Iterable[bytes]) -> Taxonomy:
    """The taxonomy with the touched subjects alone, and its header."""
    header, found = state.header, state.lines
    own = (f"<{state.iri}>".encode(), *_header_parts(header))
    lines = [line for each in sorted({*own, *touched}) for line in block(found, _iri(each))]
    part = read_subjects(subjects(lines), state.iri)
    return replace(part, header=header)


def _header_parts(header: Header) -> Iterator[bytes]:
    structure = header.structure
    yield from (f"<{each.id}>".encode() for each in structure.slots)
    yield from (f"<{each.id}>".encode() for each in structure.relations)


def _iri(token: bytes) -> str:
    return token[1:-1].decode()


def _cards(before: Taxonomy, after: Taxonomy, touched: Iterable[bytes]) -> Iterator[Card]:
    language = after.header.default_language
    if before.header != after.header:
        yield header_card(Swap(after.header.iri, before.header, after.header))
    for key in map(_iri, touched):
        if key in before.classes or key in after.classes:
            yield class_card(Swap(key, before.classes.get(key), after.classes.get(key)), language)
        if key in before.groups or key in after.groups:
            yield group_card(Swap(key, before.groups.get(key), after.groups.get(key)), language)
        if before.others.get(key) != after.others.get(key):
            yield other_card(Swap(key, before.others.get(key), after.others.get(key)))


def _told(cards: Iterable[Card], operations: Iterable[Operation]) -> Iterator[str]:
    for operation in operations:
        yield from operation.sources
        yield from operation.targets
    for card in cards:
        yield card.id
        for field in card.fields:
            if field.names_classes:
                yield from field.removed
                yield from field.added


def told_ids(parts: Iterable[Component]) -> tuple[set[str], set[str]]:
    """The source and the target classes that components tell of."""
    sources: set[str] = set()
    targets: set[str] = set()
    for part in parts:
        sources.update(part.sources)
        targets.update(part.targets)
    return sources, targets


def named_side(named: Named, ids: Iterable[str]) -> Side:
    """One side of an account, with the names of these classes."""
    return _side(named, Taxonomy(named.state.header), ids)


def _side(named: Named, part: Taxonomy, ids: Iterable[str]) -> Side:
    state = named.state
    header = part.header
    known = dict(part.classes)
    missing = [each for each in sorted(ids) if each not in known]
    known.update(_classes(state.lines, state.iri, missing))
    return Side(
        taxonomy=state.iri,
        slug=header.slug,
        version=named.version,
        language=header.default_language,
        names=names_of(known, header.default_language),
    )


def names_of(classes: Mapping[str, Class], language: str) -> dict[str, Name]:
    """What people know classes by."""
    return {
        key: Name(item.label(language), item.code, item.notations) for key, item in classes.items()
    }


def _classes(lines: Lines, iri: str, ids: Iterable[str]) -> Mapping[str, Class]:
    found = [line for each in ids for line in block(lines, each)]
    return read_subjects(subjects(found), iri).classes
