"""A correspondence as a table: one pair a row, or a class that has no counterpart.

| column | cell |
| --- | --- |
| ``component`` | number of the component, from 1; not read |
| ``kind`` | what became of its classes: unchanged, renamed, merged, split, ... |
| ``source_id``, ``target_id`` | the classes' IRIs; one is empty where there is no counterpart |
| ``source_code``, ``target_code`` | their codes |
| ``source_label``, ``target_label`` | their preferred labels |
| ``source_notation``, ``source_notation@IRI``, ``target_...`` | their notations, by code system |
| ``source_part``, ``target_part`` | whole or part |
| ``predicate`` | exactMatch, broadMatch, narrowMatch, relatedMatch or closeMatch |
| ``justification`` | the name that the reason has in semapv |
| ``confidence`` | a number from 0 to 1 |
| ``needs_decision`` | yes or no |
| ``changes`` | ids of the changes that made the pair |

Several values stand in one cell between ``|``. A cell that a spreadsheet would compute begins with
an apostrophe, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cladist.model.correspondence.account import Account, Name, Side
from cladist.model.correspondence.components import ClassPair, Component
from cladist.model.errors import UnreadableInput
from cladist.model.taxonomy import Notation
from cladist.rdf.delimited import listed, records, unlisted
from cladist.rdf.rows import Row, components_of, row_of

_NAMES = ("id", "code", "label", "notation")
_SIDES = ("source", "target")
_PAIR = ("predicate", "justification", "confidence", "needs_decision", "changes")
_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"''*[=+\-@\t\r]")


def write(account: Account) -> str:
    """The table (RFC 4180), components in their order; it leaves out what the sides are."""
    columns = _columns(account)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for place, component in enumerate(account.components, 1):
        for cells in _rows(account, component):
            row = {"component": str(place), "kind": component.kind.value, **cells}
            writer.writerow([_inert(row.get(column, "")) for column in columns])
    return out.getvalue()


def _columns(account: Account) -> list[str]:
    sides = {name: _side_columns(name, getattr(account, name)) for name in _SIDES}
    return ["component", "kind", *sides["source"], *sides["target"], *_PAIR]


def _side_columns(name: str, side: Side) -> list[str]:
    systems = {each.system for known in side.names.values() for each in known.notations}
    notations = [f"{name}_notation" + (f"@{each}" if each else "") for each in sorted(systems)]
    return [f"{name}_id", f"{name}_code", f"{name}_label", *notations, f"{name}_part"]


def _rows(account: Account, component: Component) -> Iterator[Mapping[str, str]]:
    for pair in component.pairs:
        yield {
            **_class_cells("source", account.source, pair.source),
            **_class_cells("target", account.target, pair.target),
            **_pair_cells(pair),
        }
    if not component.pairs:
        for class_id in component.sources:
            yield _class_cells("source", account.source, class_id)
        for class_id in component.targets:
            yield _class_cells("target", account.target, class_id)


def _class_cells(name: str, side: Side, class_id: str) -> dict[str, str]:
    cells = {f"{name}_id": class_id}
    known = side.names.get(class_id)
    if known is not None:
        cells[f"{name}_code"] = "" if known.code is None else str(known.code)
        cells[f"{name}_label"] = known.label
        for system in {each.system for each in known.notations}:
            values = [each.value for each in known.notations if each.system == system]
            cells[f"{name}_notation" + (f"@{system}" if system else "")] = listed(values)
    return cells


def _pair_cells(pair: ClassPair) -> dict[str, str]:
    return {
        "source_part": pair.source_part.value,
        "target_part": pair.target_part.value,
        "predicate": pair.predicate,
        "justification": pair.justification,
        "confidence": repr(pair.confidence),
        "needs_decision": "yes" if pair.needs_decision else "no",
        "changes": listed(pair.changes),
    }


def _inert(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def read(text: str, source: Side, target: Side) -> Account:
    """The account that a table tells between two sides; names are those of the table.

    Only the columns ``source_id`` and ``target_id`` and, in rows with both, ``predicate`` are
    needed; the rest follows from them. Raises UnreadableInput, with the line, for a table that is
    broken, has unknown columns or contradicts itself.
    """
    table = records(text.removeprefix("\ufeff"), ",")
    header_line, columns = next(table, (1, []))
    _check_columns(columns, header_line)
    rows: list[Row] = []
    names: dict[str, dict[str, Name]] = {name: {} for name in _SIDES}
    for line, cells in table:
        row = dict(zip(columns, map(_bare, cells), strict=True))
        rows.append(row_of(row["source_id"], row["target_id"], row, line))
        for name in _SIDES:
            if row[f"{name}_id"]:
                names[name].setdefault(row[f"{name}_id"], _name(row, name, line))
    return Account(
        source=replace(source, names=names["source"]),
        target=replace(target, names=names["target"]),
        components=components_of(rows),
    )


def _bare(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _check_columns(columns: Sequence[str], line: int) -> None:
    known = ["component", "kind", *_PAIR]
    known += [f"{name}_{part}" for name in _SIDES for part in (*_NAMES, "part")]
    unknown = [each for each in columns if each.partition("@")[0] not in known]
    missing = [each for each in ("source_id", "target_id") if each not in columns]
    if unknown or missing:
        wrong = f"unknown: {', '.join(unknown)}" if unknown else f"missing: {', '.join(missing)}"
        raise UnreadableInput(
            f"The columns are not those of a correspondence ({wrong})."
            f" They are separated by commas and named {', '.join(known)}.",
            line,
        )
    doubled = next((each for each in columns if columns.count(each) > 1), None)
    if doubled is not None:
        raise UnreadableInput(f"The column “{doubled}” stands there twice.", line)


def _name(row: Mapping[str, str], name: str, line: int) -> Name:
    code = row.get(f"{name}_code", "")
    if code and not _NUMBER.fullmatch(code):
        raise UnreadableInput(f"The code “{code}” is no whole number.", line)
    notations = [
        Notation(value, column.partition("@")[2])
        for column, cell in row.items()
        if column.partition("@")[0] == f"{name}_notation"
        for value in unlisted(cell)
    ]
    return Name(row.get(f"{name}_label", ""), int(code) if code else None, tuple(sorted(notations)))
