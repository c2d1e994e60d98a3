"""The results of a project as a dataset: written to a file that a migration reads, and compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from cladist.datasets.naming import PATH
from cladist.datasets.plan import Plan
from cladist.sync.studio import KINDS

_PLACE = "cladist_place"
"""Which of its list a result is, while it is on its way."""

Progress = Callable[[int, int], None]
"""Told the tasks that are done and all there are; raises to stop."""


class Change(msgspec.Struct, frozen=True):
    """The results of one annotation, prediction or draft that are others afterwards.

    By their places in the list; a result that is none afterwards is ``None``.
    """

    kind: str
    id: int
    before: dict[int, dict[str, Any]]
    after: dict[int, dict[str, Any] | None]

    def made(self, result: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
        """The whole list with the changes; ``None`` where it is not what it was any more."""
        if any(
            place >= len(result) or result[place] != each for place, each in self.before.items()
        ):
            return None
        found = (self.after.get(place, each) for place, each in enumerate(result))
        return [each for each in found if each is not None]


class Uses(msgspec.Struct, frozen=True):
    """How often each label stands in annotations, predictions and drafts, by what results hold."""

    counts: dict[str, dict[str, int]]


class Gathered:
    """Writes tasks as a dataset of those results that have yet to follow."""

    def __init__(self, names: Iterable[str], plan: Plan) -> None:
        self._names, self._plan = frozenset(names), plan
        self._counts: dict[str, Counter[str]] = {}

    @property
    def uses(self) -> Uses:
        """The labels that were seen."""
        return Uses({key: dict(found) for key, found in sorted(self._counts.items())})

    def write(
        self, tasks: Iterable[tuple[dict[str, Any], int]], path: Path, progress: Progress
    ) -> None:
        """One task a line, in one JSON array."""
        with path.open("w", encoding="utf-8") as file:
            file.write("[")
            for number, (task, total) in enumerate(tasks):
                file.write(",\n" if number else "\n")
                file.write(json.dumps(self._task(task), ensure_ascii=False))
                progress(number + 1, total)
            file.write("\n]\n")

    def _task(self, task: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {"id": task["id"], "data": {}}
        for kind in KINDS:
            held = []
            for each in task.get(kind) or []:
                rows = [
                    {**row, _PLACE: place}
                    for place, row in enumerate(each["result"] or [])
                    if self._ours(row, kind)
                ]
                if rows:
                    held.append({"id": f"{kind} {each['id']}", "result": rows})
            found[kind] = held
        return found

    def _ours(self, row: dict[str, Any], kind: str) -> bool:
        """Whether a result is of the taxonomy and has not followed yet."""
        if row.get("from_name") not in self._names:
            return False
        keys = labels_of(row)
        for each in keys:
            self._counts.setdefault(each, Counter())[kind] += 1
        source, target = self._plan.source, self._plan.target
        strange = [each for each in keys if not source.path_meant(each.split(PATH))]
        there = all(target.path_meant(each.split(PATH)) for each in keys)
        return bool(keys) and not (strange and there)


def labels_of(row: dict[str, Any]) -> list[str]:
    """The labels of a result; of a tree the path of names to each."""
    value = row.get("value")
    found = value.get(str(row.get("type"))) if isinstance(value, dict) else None
    if not isinstance(found, list):
        return []
    return [PATH.join(map(str, each)) if isinstance(each, list) else str(each) for each in found]


def changes(before: Path, after: Path) -> Iterator[Change]:
    """What differs between the dataset that was written and what it became."""
    with before.open(encoding="utf-8") as old, after.open(encoding="utf-8") as new:
        for was, now in zip(old, new, strict=True):
            if was != now:
                yield from _changes(json.loads(was.rstrip(",\n")), json.loads(now.rstrip(",\n")))


def _changes(was: dict[str, Any], now: dict[str, Any]) -> Iterator[Change]:
    for kind in KINDS:
        for old, new in zip(was[kind], now[kind], strict=True):
            rows, made = _placed(old["result"]), _placed(new["result"])
            differing = [place for place, row in rows.items() if made.get(place) != row]
            if differing:
                yield Change(
                    kind,
                    int(old["id"].rpartition(" ")[2]),
                    {place: rows[place] for place in differing},
                    {place: made.get(place) for place in differing},
                )


def _placed(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {
        row[_PLACE]: {name: each for name, each in row.items() if name != _PLACE} for row in rows
    }
