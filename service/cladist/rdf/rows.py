"""The rows in which a correspondence is written, and the components that rows make again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from cladist.model.change.parts import Part
from cladist.model.correspondence.components import ClassPair, Component, Kind
from cladist.model.correspondence.ties import Tie, parts_of, predicate_of
from cladist.model.errors import CladistError, UnreadableInput
from cladist.model.identifiers import check_iri
from cladist.rdf.delimited import unlisted

UNSPECIFIED = "UnspecifiedMatching"
"""Justification (``semapv``) of a pair for which a file gives none."""

_PARTS = {
    predicate_of(tie): parts_of(tie)
    for tie in (Tie.EXACT, Tie.BROAD, Tie.NARROW, Tie.RELATED, Tie.CLOSE)
}
_UNSURE = ("narrowMatch", "relatedMatch")  # alone, such a pair leaves a part of the source over
_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_NAME = re.compile(r"\w+", re.ASCII)
_Word = TypeVar("_Word", bound=StrEnum)
_YES_NO = {"": None, "yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A pair of classes, or a class without a counterpart (then the other id is empty).

    ``line`` is where it stands, if it has a line. ``kind`` and ``asks`` (whether the source class
    needs a decision) are None where the row does not say them.
    """

    source: str
    target: str
    line: int | None = None
    kind: Kind | None = None
    asks: bool | None = None
    pair: ClassPair | None = None


def row_of(source: str, target: str, cells: Mapping[str, str], line: int | None = None) -> Row:
    """The row of two class IRIs and texts by the names of ``ClassPair``'s fields and ``kind``.

    Whatever is missing or empty takes what the predicate implies; ``changes`` is a ``listed`` text.
    Raises UnreadableInput for a value that no pair may have.
    """
    try:
        source, target = (check_iri(each) if each else "" for each in (source, target))
    except CladistError as error:
        raise UnreadableInput(str(error), line) from None
    if not source and not target:
        raise UnreadableInput("The row names no class.", line)
    kind = cells.get("kind", "")
    return Row(
        source=source,
        target=target,
        line=line,
        kind=_member(Kind, kind, line) if kind else None,
        asks=_yes_no(cells.get("needs_decision", ""), line),
        pair=_pair(source, target, cells, line) if source and target else None,
    )


def _pair(source: str, target: str, cells: Mapping[str, str], line: int | None) -> ClassPair:
    predicate = cells.get("predicate", "")
    if predicate not in _PARTS:
        known = ", ".join(_PARTS)
        raise UnreadableInput(f"The predicate is “{predicate}”; it must be one of {known}.", line)
    implied = _PARTS[predicate]
    source_part, target_part = (
        _member(Part, cells.get(name, "") or usual, line)
        for name, usual in zip(("source_part", "target_part"), implied, strict=True)
    )
    if (source_part, target_part) != implied:
        said = f"{source_part} and {target_part}"
        raise UnreadableInput(
            f"“{predicate}” means {implied[0]} and {implied[1]}, the row says {said}.", line
        )
    justification = cells.get("justification", "") or UNSPECIFIED
    if not _NAME.fullmatch(justification):
        raise UnreadableInput(f"“{justification}” is no justification of semapv.", line)
    return ClassPair(
        source=source,
        target=target,
        source_part=source_part,
        target_part=target_part,
        predicate=predicate,
        justification=justification,
        confidence=_confidence(cells.get("confidence", "") or "1", line),
        changes=tuple(unlisted(cells.get("changes", ""))),
        needs_decision=False,
    )


def _member(words: type[_Word], text: str, line: int | None) -> _Word:
    try:
        return words(text)
    except ValueError:
        raise UnreadableInput(f"“{text}” is none of: {', '.join(words)}.", line) from None


def _confidence(text: str, line: int | None) -> float:
    if not _NUMBER.fullmatch(text) or float(text) > 1:
        raise UnreadableInput(f"The confidence “{text}” is no number from 0 to 1.", line)
    return float(text)


def _yes_no(text: str, line: int | None) -> bool | None:
    if text.lower() not in _YES_NO:
        raise UnreadableInput(f"“{text}” must be yes or no.", line)
    return _YES_NO[text.lower()]


def components_of(rows: Sequence[Row]) -> tuple[Component, ...]:
    """The components that the rows' pairs make, in the order in which each begins.

    Raises UnreadableInput when a pair stands there twice, when a class with counterparts is also
    told to have none, and when a kind does not fit the classes that hang together.
    """
    return tuple(map(_component, _clusters(rows)))


def _clusters(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows that share a class, directly or over others, each cluster in the rows' order."""
    sharing: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        for key in _keys(row):
            sharing.setdefault(key, []).append(place)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        reached = [key for key in _keys(row)[:1] if key not in seen]
        places: set[int] = set()
        for key in reached:  # grows on the way
            seen.add(key)
            places.update(sharing[key])
            found = dict.fromkeys(each for place in sharing[key] for each in _keys(rows[place]))
            reached += [each for each in found if each not in seen]
            seen.update(found)
        if places:
            yield [rows[place] for place in sorted(places)]


def _keys(row: Row) -> list[tuple[str, str]]:
    sides = (("source", row.source), ("target", row.target))
    return [(side, class_id) for side, class_id in sides if class_id]


def _component(rows: list[Row]) -> Component:
    _check_repeats(rows)
    pairs: dict[str, list[ClassPair]] = {}
    for row in rows:
        if row.pair is not None:
            pairs.setdefault(row.source, []).append(row.pair)
    sources = tuple(sorted({row.source for row in rows if row.source}))
    targets = tuple(sorted({row.target for row in rows if row.target}))
    asked = {source: _asks(found) for source, found in pairs.items()}
    return Component(
        kind=_kind(rows, _kinds(sources, targets)),
        sources=sources,
        targets=targets,
        pairs=tuple(
            replace(row.pair, needs_decision=asked[row.source] if row.asks is None else row.asks)
            for row in rows
            if row.pair is not None
        ),
    )


def _check_repeats(rows: list[Row]) -> None:
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        before = first.setdefault((row.source, row.target), row)
        if before is not row:
            raise UnreadableInput(f"The row repeats {_placed(before)}.", row.line)
    alone = next((row for row in rows if row.pair is None), None)
    if alone is not None and len(rows) > 1:
        other = next(row for row in rows if row is not alone)
        raise UnreadableInput(
            f"The row says that {alone.source or alone.target} has no counterpart,"
            f" {_placed(other)} names one.",
            alone.line,
        )


def _placed(row: Row) -> str:
    return f"line {row.line}" if row.line else f"the pair of {row.source} and {row.target}"


def _asks(pairs: Sequence[ClassPair]) -> bool:
    return len(pairs) > 1 or pairs[0].predicate in _UNSURE


def _kind(rows: Iterable[Row], fitting: tuple[Kind, ...]) -> Kind:
    """The kind that the rows tell; the first of those that fit where they tell none."""
    told = fitting[0]
    for row in rows:
        if row.kind is not None and row.kind not in fitting:
            raise UnreadableInput(
                f"The kind is “{row.kind}”, but its classes make it “{fitting[0]}”.", row.line
            )
        told = row.kind or told
    return told


def _kinds(sources: tuple[str, ...], targets: tuple[str, ...]) -> tuple[Kind, ...]:
    if not targets:
        return (Kind.RETIRED,)
    if not sources:
        return (Kind.ADDED, Kind.RESTORED)
    if len(sources) > 1:
        return (Kind.MERGED if len(targets) == 1 else Kind.REGROUPED,)
    if len(targets) > 1:
        return (Kind.SPLIT,)
    own = (Kind.UNCHANGED, Kind.RENAMED, Kind.REDEFINED)
    return own if sources == targets else (Kind.RENAMED,)
