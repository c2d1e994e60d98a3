"""An index from the one before a small change, sharing what the change does not touch."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cladist.index.building import Order, build, by_code, by_rank, notations_of, selectable
from cladist.index.entries import Entry, entry_of
from cladist.index.roots import is_root
from cladist.index.tables import Key, Tables, Where, keys_of, patch_tables
from cladist.index.version_index import VersionIndex, rules_of
from cladist.model.taxonomy import Structure, Taxonomy

_SMALL = 16  # from one changed class in so many on, building anew is cheaper


def patched(index: VersionIndex, taxonomy: Taxonomy, changed: Iterable[str]) -> VersionIndex:
    """The index of the taxonomy, given one of a state that differs in few classes.

    ``changed`` are the ids of the classes that differ, came or went, such as the keys of an
    effect's swaps; more do no harm. What differs in the header is seen without being told. Cyclic
    (dirty) hierarchies, large changes and changed rules are built anew.
    """
    ids = sorted(set(changed))
    old, new = index.rules, rules_of(taxonomy.header)
    same_rules = (old.structure, old.selectable) == (new.structure, new.selectable)
    if index.circular or not same_rules or len(ids) * _SMALL > len(index) + _SMALL:
        return build(taxonomy)
    step = _step(index, taxonomy, ids)
    if any(_circles(step, each) for each in ids):
        return build(taxonomy)
    return _result(step, taxonomy)


@dataclass(frozen=True, slots=True)
class _Step:
    """The state before (``index``), the rows and children after, and which classes to look at.

    ``ids`` are the changed classes; ``touched`` has their parents, old and new, as well: one that
    was a leaf may be none now.
    """

    index: VersionIndex
    ids: Sequence[str]
    touched: Sequence[str]
    rows: Sequence[Entry | None]
    row_of: Mapping[str, int]
    below: Mapping[str, tuple[str, ...]]

    def find(self, class_id: str) -> Entry | None:
        row = self.row_of.get(class_id)
        return None if row is None else self.rows[row]


def _step(index: VersionIndex, taxonomy: Taxonomy, ids: Sequence[str]) -> _Step:
    below = _below(index, taxonomy, ids)
    touched = dict.fromkeys(ids)
    for each in ids:
        touched.update(dict.fromkeys((*_above(index, each), *_above(taxonomy, each))))
    rows, row_of = list(index.rows), dict(index.row_of)
    for each in touched:
        item = taxonomy.classes.get(each)
        if item is not None:
            bears = any(_in_use(taxonomy, child) for child in below.get(each, ()))
            entry = entry_of(item, selectable(item, index.rules, bears))
            if row_of.setdefault(each, len(rows)) == len(rows):
                rows.append(entry)
            rows[row_of[each]] = entry
        elif each in row_of:
            rows[row_of.pop(each)] = None
    return _Step(index, ids, tuple(touched), rows, row_of, below)


def _above(state: VersionIndex | Taxonomy, class_id: str) -> Sequence[str]:
    found = state.find(class_id) if isinstance(state, VersionIndex) else state.classes.get(class_id)
    return () if found is None else found.parents


def _in_use(taxonomy: Taxonomy, class_id: str) -> bool:
    found = taxonomy.classes.get(class_id)
    return found is not None and found.active


def _below(
    index: VersionIndex, taxonomy: Taxonomy, ids: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    moves = [(each, set(_above(index, each)), set(_above(taxonomy, each))) for each in ids]
    if all(before == after for _, before, after in moves):
        return index.below
    below = dict(index.below)
    for each, before, after in moves:
        for parent in before - after:
            below[parent] = tuple([one for one in below[parent] if one != each])
        for parent in after - before:
            below[parent] = (*below.get(parent, ()), each)
    for parent in {parent for _, before, after in moves for parent in after - before}:
        below[parent] = tuple(sorted(below[parent], key=lambda one: _code(taxonomy, one)))
    return below


def _code(taxonomy: Taxonomy, class_id: str) -> tuple[int, str]:
    return taxonomy.classes[class_id].code, class_id


def _circles(step: _Step, class_id: str) -> bool:
    """Whether the class is above itself now; it can be only if it got a parent."""
    after = step.find(class_id)
    if after is None or set(after.parents) <= set(_above(step.index, class_id)):
        return False
    seen: set[str] = set()
    stack = [class_id]
    while stack:
        entry = step.find(stack.pop())
        fresh = set() if entry is None else set(entry.parents) - seen
        if class_id in fresh:
            return True
        seen |= fresh
        stack += fresh
    return False


def _result(step: _Step, taxonomy: Taxonomy) -> VersionIndex:
    index, rules = step.index, rules_of(taxonomy.header)
    same_language = rules.default_language == index.rules.default_language
    ordinal = index.rules.structure is Structure.ORDINAL
    indexed = index.rules.structure is not Structure.REGRESSION
    return VersionIndex(
        rules=rules,
        rows=step.rows,
        row_of=step.row_of,
        notations=_notations(step),
        below=step.below,
        retired=_retired(step),
        order=_reordered(step, index.order, by_code, lambda entry: True),
        selection=_reordered(
            step,
            index.selection,
            by_rank if ordinal else by_code,
            lambda entry: indexed and entry.selectable,
        ),
        roots=_roots(step, index.roots, False),
        active_roots=_roots(step, index.active_roots, True),
        circular=index.circular,
        tables=_tables(step),
        memo=_memo(step) if same_language else {},
    )


def _reordered(
    step: _Step, ids: Sequence[str], order: Callable[[Entry], Order], has: Callable[[Entry], bool]
) -> Sequence[str]:
    """The list with the touched classes in their new places."""
    before = (entry for each in step.touched if (entry := step.index.find(each)) is not None)
    after = (entry for each in step.touched if (entry := step.find(each)) is not None)
    leaving = {entry.id: order(entry) for entry in before if has(entry)}
    coming = {entry.id: order(entry) for entry in after if has(entry)}
    if leaving == coming:
        return ids

    def old_key(class_id: str) -> Order:
        return order(step.index.entry(class_id))

    def new_key(class_id: str) -> Order:
        return coming.get(class_id) or old_key(class_id)

    result = list(ids)
    for key in leaving.values():
        del result[bisect_left(result, key, key=old_key)]
    for each, key in coming.items():
        result.insert(bisect_left(result, key, key=new_key), each)
    return result


def _roots(step: _Step, roots: frozenset[str], active: bool) -> frozenset[str]:
    asked = set(step.ids)
    for each in step.ids:
        asked.update(step.below.get(each, ()))
    now = {each for each in asked if is_root(step.find(each), step.find, active)}
    return roots if now == asked & roots else (roots - asked) | now


def _retired(step: _Step) -> frozenset[str]:
    retired, asked = step.index.retired, set(step.ids)
    found = [entry for each in step.ids if (entry := step.find(each)) is not None]
    now = {entry.id for entry in found if not entry.active}
    return retired if now == asked & retired else (retired - asked) | now


def _notations(step: _Step) -> Mapping[str, tuple[str, ...]]:
    for each in step.ids:
        before, after = step.index.find(each), step.find(each)
        if (before.notations if before else ()) != (after.notations if after else ()):
            return notations_of(step.rows)
    return step.index.notations


def _tables(step: _Step) -> Tables:
    leaving: list[tuple[Where, Key]] = []
    coming: list[tuple[Where, Key]] = []
    for each in step.ids:
        before, after = step.index.find(each), step.find(each)
        if before is not None and after is not None and _names(before) == _names(after):
            continue
        if before is not None:
            leaving += keys_of(step.index.row_of[each], before)
        if after is not None:
            coming += keys_of(step.row_of[each], after)
    return patch_tables(step.index.tables, leaving, coming, step.rows)


def _names(entry: Entry) -> tuple[Any, ...]:
    return entry.code, entry.preferred, entry.alternative, entry.hidden


def _memo(step: _Step) -> dict[Any, Any]:
    """What is remembered of parents whose children, and their labels, are as they were."""
    touched = {None, *step.touched}
    kept = step.index.memo.copy().items()  # a copy, since other threads may add to it
    return {key: each for key, each in kept if key[0] == "children" and key[1] not in touched}
