"""Classes as a table with the columns that importing reads, so that it comes back as it went."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence

from cladist.imports.columns import TEXTS
from cladist.model.taxonomy import Class, Taxonomy, Texts
from cladist.rdf.delimited import guarded

Column = tuple[str, Callable[[Class], str]]

_ALWAYS = ("label", "definition")


def table_of(taxonomy: Taxonomy, delimiter: str = ",") -> str:
    """All classes by code, retired ones too, as CSV (RFC 4180) or with tabs between the cells.

    Columns that say nothing are left out. No cell is a formula to a spreadsheet: importing takes
    the apostrophe before such ones off again.
    """
    items = sorted(taxonomy.classes.values(), key=lambda each: (each.code, each.id))
    columns = list(_columns(taxonomy, items))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([name for name, _ in columns])
    writer.writerows([guarded(cell(each)) for _, cell in columns] for each in items)
    return out.getvalue()


def _columns(taxonomy: Taxonomy, items: Sequence[Class]) -> Iterator[Column]:
    default = taxonomy.header.default_language
    yield "id", lambda item: item.id
    yield "code", lambda item: str(item.code)
    for name, field in TEXTS.items():
        spoken = {text.language for item in items for text in getattr(item, field)}
        for language in sorted(spoken | ({default} if name in _ALWAYS else set())):
            heading = name if language == default else f"{name}@{language}"
            yield heading, _text_cell(name, field, language)
    yield "parent", lambda item: _joined(item.parents)
    for system in sorted({each.system for item in items for each in item.notations}):
        yield f"notation@{system}" if system else "notation", _notation_cell(system)
    for name, cell in _PLAIN.items():
        if any(cell(item) for item in items):
            yield name, cell


def _text_cell(name: str, field: str, language: str) -> Callable[[Class], str]:
    def cell(item: Class) -> str:
        texts: Texts = getattr(item, field)
        values = [text.value for text in texts if text.language == language]
        return "".join(values[:1]) if name == "label" else _joined(values)

    return cell


def _notation_cell(system: str) -> Callable[[Class], str]:
    return lambda item: _joined(each.value for each in item.notations if each.system == system)


def _joined(values: Iterable[str]) -> str:
    return "|".join(map(_escaped, values))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace(">", "\\>")


def _yes(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


_PLAIN: dict[str, Callable[[Class], str]] = {
    "colour": lambda item: item.colour,
    "hotkey": lambda item: item.hotkey,
    "rank": lambda item: "" if item.rank is None else str(item.rank),
    "selectable": lambda item: _yes(item.selectable),
    "retired": lambda item: "" if item.active else "yes",
    "reason": lambda item: item.retirement.reason if item.retirement else "",
    "successor": lambda item: _joined(item.retirement.successors) if item.retirement else "",
}
