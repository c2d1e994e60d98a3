"""Annotations against one version, one by one and summed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from cladist.datasets.annotations import frames, numbers
from cladist.datasets.annotations.finding import Fault, Finding
from cladist.datasets.annotations.ground import Ground
from cladist.datasets.annotations.labels import labels, paths
from cladist.datasets.annotations.sequences import Tags
from cladist.model.taxonomy import Structure

FIELDS = ("item", "labels", "paths", "rank", "value", "tags", "slots", "relations")
"""What an annotation may say."""

_CLASSES = frozenset(("labels", "paths"))
_PLACED: Mapping[Structure, frozenset[str]] = {
    Structure.SINGLE_LABEL: _CLASSES,
    Structure.MULTI_LABEL: _CLASSES,
    Structure.ORDINAL: _CLASSES | {"rank"},
    Structure.SEQUENCE: _CLASSES | {"tags"},
    Structure.STRUCTURED: _CLASSES | {"slots", "relations"},
    Structure.REGRESSION: frozenset(("value",)),
}
_ANY = frozenset(FIELDS)
_ONE_IS_ENOUGH = frozenset(Structure) - {Structure.STRUCTURED, Structure.REGRESSION}


class Checker:
    """The checks of one version; made once, asked for any number of annotations.

    With ``complete`` an item that has a label must have the classes above it as labels as well,
    where they are for labeling; without it they are implied.
    """

    def __init__(self, ground: Ground, *, complete: bool = False) -> None:
        self.ground, self._complete = ground, complete
        self._placed = _PLACED[ground.structure.kind] | {"item"}
        self._quick = not complete and ground.structure.kind in _ONE_IS_ENOUGH
        self._tags = Tags(ground) if ground.structure.kind is Structure.SEQUENCE else None

    def findings(self, annotation: Any) -> tuple[Finding, ...]:
        """What is wrong with an annotation, an object as ``json`` reads it; empty if nothing is."""
        if type(annotation) is dict and self._plain(annotation):
            return ()
        return tuple(self._all(annotation))

    def _plain(self, annotation: dict[str, Any]) -> bool:
        """Whether it is one label with nothing against it: what most annotations are."""
        given = annotation.get("labels")
        if type(given) is list and len(given) == 1:
            given = given[0]
        if type(given) is not str or not self._quick:
            return False
        if len(annotation) > 1 + ("item" in annotation) or not self._fits(annotation.get("item")):
            return False
        return self.ground.named(given).flaw is None

    def _fits(self, item: Any) -> bool:
        return item is None or type(item) is str or type(item) is int

    def _all(self, annotation: Any) -> Iterator[Finding]:
        if not isinstance(annotation, Mapping):
            yield Finding(Fault.MALFORMED, "", "An annotation is an object.")
            return
        yield from self._fields(annotation)
        given = {name: annotation[name] for name in self._placed if name in annotation}
        given.pop("item", None)
        if not given:
            needed = " or ".join(each for each in FIELDS[1:] if each in self._placed)
            yield Finding(Fault.NO_LABEL, "", f"It says nothing of the item: give {needed}.")
        said = [name for name in ("labels", "paths", "rank") if name in given]
        if len(said) > 1:
            told = f"It says its classes {len(said)} times: give {' or '.join(said)}."
            yield Finding(Fault.MALFORMED, f"/{said[1]}", told)
        yield from self._content(given)

    def _fields(self, annotation: Mapping[str, Any]) -> Iterator[Finding]:
        for name in annotation:
            if name not in _ANY:
                told = f"“{str(name)[:80]}” says nothing here: there are {', '.join(FIELDS)}."
                yield Finding(Fault.MALFORMED, "", told)
            elif name not in self._placed:
                kind = self.ground.structure.kind.value
                yield Finding(Fault.MISPLACED, f"/{name}", f"{kind} data have no “{name}”.")
        if not self._fits(annotation.get("item")):
            yield Finding(Fault.MALFORMED, "/item", "An item is named by a text or whole number.")

    def _content(self, given: Mapping[str, Any]) -> Iterator[Finding]:
        ground = self.ground
        if "labels" in given:
            yield from labels(ground, given["labels"], complete=self._complete)
        if "paths" in given:
            yield from paths(ground, given["paths"], complete=self._complete)
        if "rank" in given:
            yield from numbers.rank(ground, given["rank"])
        if "value" in given:
            yield from numbers.value(ground, given["value"])
        if "tags" in given and self._tags is not None:
            yield from self._tags.findings(given["tags"])
        if ground.structure.kind is Structure.STRUCTURED:
            yield from self._structured(given)

    def _structured(self, given: Mapping[str, Any]) -> Iterator[Finding]:
        names = given.get("labels", [])
        names = names if isinstance(names, list) else [names]
        owners = [named.id for each in names if (named := self.ground.named(each)).id]
        if len(owners) == 1:
            yield from frames.frame(self.ground, owners[0], given.get("slots", {}), "/slots")
        elif given.get("slots"):
            told = "Slots belong to one label: give the item exactly one."
            yield Finding(Fault.MISPLACED, "/slots", told)
        if "relations" in given:
            yield from frames.relations(self.ground, given["relations"])


class Found(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finding and the annotation that it is about: its number from 0, its item, its line."""

    annotation: int
    finding: Finding
    item: str | int | None = None
    line: int | None = None


class Report(msgspec.Struct, frozen=True):
    """Annotations summed up: ``valid`` and ``invalid`` ones are all of them.

    ``faults`` counts findings by kind, ``classes`` by the class that they are about. ``found``
    are the first of them, ``total`` says how many there are.
    """

    annotations: int
    valid: int
    invalid: int
    total: int
    faults: Mapping[Fault, int]
    classes: Mapping[str, int]
    found: tuple[Found, ...]


class Row(msgspec.Struct, frozen=True):
    """An annotation as it was read, or what is wrong with its text; ``line`` from 1."""

    annotation: Any = None
    line: int | None = None
    unreadable: str = ""


def report(checker: Checker, rows: Iterable[Row], most: int) -> Report:
    """What is wrong with annotations; of the findings the first ``most`` are kept."""
    number = invalid = total = 0
    faults: Counter[Fault] = Counter()
    classes: Counter[str] = Counter()
    kept: list[Found] = []
    check = checker.findings
    for row in rows:
        found = _unreadable(row) if row.unreadable else check(row.annotation)
        if found:
            invalid += not all(each.warning for each in found)
            total += len(found)
            for each in found:
                faults[each.fault] += 1
                classes.update(each.classes[:1])
            kept.extend(_placed(row, number, each) for each in found[: most - len(kept)])
        number += 1
    return Report(
        annotations=number,
        valid=number - invalid,
        invalid=invalid,
        total=total,
        faults=dict(sorted(faults.items())),
        classes=dict(classes.most_common()),
        found=tuple(kept),
    )


def _unreadable(row: Row) -> tuple[Finding, ...]:
    return (Finding(Fault.MALFORMED, "", row.unreadable),)


def _placed(row: Row, number: int, finding: Finding) -> Found:
    item = row.annotation.get("item") if isinstance(row.annotation, dict) else None
    item = item if type(item) in (str, int) else None
    return Found(number, finding, item, row.line)
