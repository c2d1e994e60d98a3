"""An index from a taxonomy, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cladist.index.entries import Entry, entry_of
from cladist.index.roots import find_circular, find_roots, plain_roots
from cladist.index.tables import build_tables
from cladist.index.version_index import Rules, VersionIndex, rules_of
from cladist.model.taxonomy import Class, SelectableRule, Structure, Taxonomy
from cladist.rdf.bulk import uncollected

_UNRANKED = 1 << 30

Order = tuple[int, int, str]


@uncollected()
def build(taxonomy: Taxonomy) -> VersionIndex:
    """The index of a taxonomy."""
    rules = rules_of(taxonomy.header)
    classes = sorted(taxonomy.classes.values(), key=lambda item: (item.code, item.id))
    bearing = {parent for each in classes if each.active for parent in each.parents}
    rows = [entry_of(each, selectable(each, rules, each.id in bearing)) for each in classes]
    row_of = {entry.id: row for row, entry in enumerate(rows)}
    below = children_of(rows)
    circular = find_circular(rows, row_of, below)

    def find(class_id: str) -> Entry | None:
        row = row_of.get(class_id)
        return None if row is None else rows[row]

    def tops(active: bool) -> frozenset[str]:
        if circular:
            return find_roots(rows, find, below, active)
        return plain_roots(rows, find, active)

    return VersionIndex(
        rules=rules,
        rows=rows,
        row_of=row_of,
        notations=notations_of(rows),
        below=below,
        retired=frozenset([entry.id for entry in rows if not entry.active]),
        order=[entry.id for entry in rows],
        selection=_selection(rows, rules),
        roots=tops(False),
        active_roots=tops(True),
        circular=circular,
        tables=build_tables(rows),
    )


def selectable(item: Class, rules: Rules, bears: bool) -> bool:
    """Whether an annotator may pick the class; ``bears``: it has children in use."""
    if not item.active:
        return False
    if item.selectable is not None:
        return item.selectable
    return rules.selectable is SelectableRule.ANY or not bears


def by_code(entry: Entry) -> Order:
    """The order of lists."""
    return 0, entry.code, entry.id


def by_rank(entry: Entry) -> Order:
    """The order of the class index where ranks carry the meaning."""
    return _UNRANKED if entry.rank is None else entry.rank, entry.code, entry.id


def _selection(rows: Sequence[Entry], rules: Rules) -> list[str]:
    if rules.structure is Structure.REGRESSION:
        return []
    chosen = [entry for entry in rows if entry.selectable]
    if rules.structure is Structure.ORDINAL:
        chosen.sort(key=by_rank)
    return [entry.id for entry in chosen]


def children_of(rows: Iterable[Entry | None]) -> dict[str, tuple[str, ...]]:
    """For each id that is named as a parent the ids of the classes that name it."""
    found: dict[str, list[str]] = {}
    for entry in rows:
        if entry is not None:
            for parent in entry.parents:
                children = found.get(parent)
                if children is None:
                    found[parent] = [entry.id]
                else:
                    children.append(entry.id)
    return {parent: tuple(children) for parent, children in found.items()}


def notations_of(rows: Iterable[Entry | None]) -> dict[str, tuple[str, ...]]:
    """For each notation the ids of the classes that bear it."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in rows:
        if entry is not None and entry.notations:
            for value in {each.value for each in entry.notations}:
                found[value] = tuple(sorted((*found.get(value, ()), entry.id)))
    return found
