"""Correspondence tables: from codes to the classes that bear them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from cladist.imports.correspondence.table import (
    CorrespondenceTable,
    Form,
    LoneCode,
    TableColumns,
    read_table,
)
from cladist.model.errors import AmbiguousReference, UnknownCodes
from cladist.model.matching.proposals import TablePair
from cladist.model.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class TableFile:
    """A correspondence table to read: its bytes, its form, and what the caller knows of it.

    ``unknown_limit`` is the share of rows, from 0 to 1, that may name a code of neither version.
    """

    data: bytes
    form: Form
    columns: TableColumns = field(default_factory=TableColumns)
    unknown_limit: float = 0.0


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table by class ids, and what was noticed: unknown codes each with their lines."""

    pairs: tuple[TablePair, ...]
    findings: tuple[str, ...]


def table_of(file: TableFile, source: Taxonomy, target: Taxonomy) -> ReadTable:
    """The table's rows by class id.

    Codes are notations, else ids, codes or preferred labels, of classes in use. Raises
    :class:`UnknownCodes` when more rows than the caller allows name a code that there is not, and
    :class:`AmbiguousReference` for one that several classes bear.
    """
    table = read_table(file.data, file.form, file.columns)
    ours, theirs = Codes(source), Codes(target)
    unknown = [*_unknown(table, ours, theirs)]
    rows = len(table.rows) + len(table.lone_sources) + len(table.lone_targets)
    if unknown and Fraction(len(unknown), rows) > Fraction(str(file.unknown_limit)):
        raise UnknownCodes(unknown, rows)
    return ReadTable(tuple(_pairs(table, ours, theirs)), (*table.findings, *_noted(unknown)))


def _noted(unknown: list[tuple[int, str, str]]) -> Iterator[str]:
    if unknown:
        said = ", ".join(f"{code} (line {line})" for line, code, _ in unknown)
        yield f"{len(unknown)} rows left out, since no class has their code: {said}."


class Codes:
    """The classes in use of a taxonomy by what tables call them."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._tiers: tuple[dict[str, set[str]], ...] = ({}, {}, {})
        language = taxonomy.header.default_language
        for each in taxonomy.classes.values():
            if each.active:
                for notation in each.notations:
                    self._put(0, notation.value, each.id)
                self._put(1, each.id, each.id)
                self._put(1, str(each.code), each.id)
                self._put(2, each.label(language), each.id)

    def _put(self, tier: int, name: str, class_id: str) -> None:
        self._tiers[tier].setdefault(name, set()).add(class_id)

    def find(self, code: str) -> str | None:
        """The class that a code names; raises :class:`AmbiguousReference` if several do."""
        for tier in self._tiers:
            found = tier.get(code, ())
            if len(found) > 1:
                raise AmbiguousReference(code, sorted(found))
            if found:
                return next(iter(found))
        return None


def _unknown(
    table: CorrespondenceTable, ours: Codes, theirs: Codes
) -> Iterator[tuple[int, str, str]]:
    for row in table.rows:
        if ours.find(row.source) is None:
            yield row.line, row.source, "source"
        elif theirs.find(row.target) is None:
            yield row.line, row.target, "target"
    for each in table.lone_sources:
        if ours.find(each.code) is None:
            yield each.line, each.code, "source"
    for each in table.lone_targets:
        if theirs.find(each.code) is None:
            yield each.line, each.code, "target"


def _pairs(table: CorrespondenceTable, ours: Codes, theirs: Codes) -> Iterator[TablePair]:
    sources, targets = set(), set()
    for row in table.rows:
        source, target = ours.find(row.source), theirs.find(row.target)
        if source is not None and target is not None:
            sources.add(source)
            targets.add(target)
            yield TablePair(
                source=source,
                target=target,
                source_part=row.source_part,
                target_part=row.target_part,
            )
    yield from (
        TablePair(source=each) for each in _alone(table.lone_sources, ours) if each not in sources
    )
    yield from (
        TablePair(target=each) for each in _alone(table.lone_targets, theirs) if each not in targets
    )


def _alone(lone: Iterable[LoneCode], codes: Codes) -> list[str]:
    return [found for each in lone if (found := codes.find(each.code)) is not None]
