"""Decisions of people for single records: lists that name a record and what it is.

Read from TSV or CSV with a header, from JSON Lines, or from lists with one record a line as MSeg
keeps them. A review file with its column ``to`` filled in is such a table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cladist.datasets.choosing import Choices
from cladist.datasets.policy import Choice
from cladist.model.errors import InvalidValue, RefusedRows, UnreadableInput
from cladist.rdf.delimited import records, unguarded

COLUMNS = ("record", "from", "to", "by", "at", "confidence")
_MOST = 100
"""Refused rows that are told."""


class Decided(NamedTuple):
    """What a record of a class is, and who said so, when, and how sure."""

    to: Choice
    by: str = ""
    at: str = ""
    confidence: str = ""

    @property
    def via(self) -> tuple[str, ...]:
        """How the provenance tells of it."""
        about = " ".join(each for each in (self.by, self.at, self.confidence) if each)
        return (f"decision {about}".strip(),)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Decisions by record and id of the source class."""

    found: Mapping[tuple[str, str], Decided] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.found)

    def of(self, key: str, class_id: str) -> Decided | None:
        """What was decided for the label of a class in a record."""
        return self.found.get((key, class_id))


NO_DECISIONS = Decisions()


class Line(NamedTuple):
    """A decision as it was written, and where."""

    number: int
    record: str
    source: str
    to: str
    by: str = ""
    at: str = ""
    confidence: str = ""


def read(text: str, name: str, choices: Choices) -> Decisions:
    """The decisions of a file; raises UnreadableInput, and RefusedRows for all that cannot stand.

    Rows in which ``to`` is empty are not decided yet and left out.
    """
    if name.endswith((".jsonl", ".ndjson")):
        lines = _json_lines(text)
    elif name.endswith(".txt"):
        lines = _list(text)
    else:
        lines = _table(text, "," if name.endswith(".csv") else "\t")
    return _checked(lines, choices)


def _checked(lines: Iterable[Line], choices: Choices) -> Decisions:
    found: dict[tuple[str, str], Decided] = {}
    refused: list[tuple[int, str, str]] = []
    for line in lines:
        if not line.to:
            continue
        try:
            source = choices.source(line.source, "from")
            to = choices.target(source, line.to, "to")
        except InvalidValue as error:
            refused.append((line.number, line.record, str(error)))
            continue
        decided = Decided(to, line.by, line.at, line.confidence)
        before = found.setdefault((line.record, source), decided)
        if before.to != to:
            refused.append((line.number, line.record, "it was decided otherwise before."))
    if refused:
        raise RefusedRows(refused[:_MOST])
    return Decisions(found)


def _table(text: str, delimiter: str) -> Iterator[Line]:
    rows = records(text, delimiter)
    first = next(rows, None)
    if first is None:
        return
    header = [cell.strip().lower() for cell in first[1]]
    missing = [name for name in ("record", "from", "to") if name not in header]
    if missing:
        raise UnreadableInput(f"The decisions lack the column “{missing[0]}”.", first[0])
    for number, cells in rows:
        yield _line(number, dict(zip(header, map(unguarded, cells), strict=True)))


def _json_lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except ValueError as error:
            raise UnreadableInput(f"This is no JSON: {error}.", number) from None
        if not isinstance(document, dict):
            raise UnreadableInput("A decision is an object with record, from and to.", number)
        yield _line(number, document)


def _line(number: int, cells: Mapping[str, Any]) -> Line:
    for name in ("record", "from"):
        if not str(cells.get(name) or "").strip():
            raise UnreadableInput(f"The decision lacks “{name}”.", number)
    told = {name: str(cells.get(name) or "").strip() for name in COLUMNS[3:]}
    to = str(cells.get("to") or "").strip()
    return Line(number, str(cells["record"]), str(cells["from"]).strip(), to, **told)


def _list(text: str) -> Iterator[Line]:
    """Records one a line under ``# from: CLASS`` and ``# to: CLASS``, which may come anew."""
    said = {"from": "", "to": ""}
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if content.startswith("#"):
            word, colon, name = content.removeprefix("#").partition(":")
            if colon and word.strip() in said:
                said[word.strip()] = name.strip()
        elif content:
            if not said["from"] or not said["to"]:
                raise UnreadableInput(
                    "Say “# from: CLASS” and “# to: CLASS” above the records.", number
                )
            yield Line(number, content, said["from"], said["to"])


def together(several: Iterable[Decisions]) -> Decisions:
    """The decisions of several files; raises InvalidValue where two contradict each other."""
    found: dict[tuple[str, str], Decided] = {}
    for each in several:
        for key, decided in each.found.items():
            if found.setdefault(key, decided).to != decided.to:
                raise InvalidValue(
                    "decisions", f"two files decide otherwise about “{key[0]}”: keep one of them."
                )
    return Decisions(found)
