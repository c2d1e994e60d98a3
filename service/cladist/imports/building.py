"""From a sketch to a taxonomy: a new one, or an old one as the sketch would have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cladist.imports.matching import Matcher
from cladist.imports.names import names_of
from cladist.imports.repeats import without_repeats
from cladist.imports.sketch import (
    Preview,
    PreviewRow,
    Ref,
    RefusedRow,
    Sketch,
    SketchClass,
    row_name,
    shown,
)
from cladist.imports.soundness import gone_without, lifted, unsound
from cladist.model.change import checks
from cladist.model.errors import CladistError, RefusedRows
from cladist.model.proposal import GONE
from cladist.model.taxonomy import UNGIVEN, Class, Header, Retirement, Taxonomy, Texts

Mint = Callable[[], str]
"""Gives a fresh class IRI at each call."""

_TEXTS = (
    "preferred",
    "alternative",
    "hidden",
    "definitions",
    "scope_notes",
    "examples",
    "counter_examples",
)
_PLAIN = ("colour", "hotkey", "selectable", "rank", "notations")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The taxonomy that an import would give, refused rows left out, and what it would do."""

    taxonomy: Taxonomy
    preview: Preview


def new_taxonomy(sketch: Sketch, header: Header, mint: Mint) -> Taxonomy:
    """A taxonomy of the sketch's classes; raises :class:`RefusedRows` if any row is refused.

    Codes that the rows bring are kept; the others follow the highest, in row order.
    """
    return _accepted(prepare(sketch, Taxonomy(described(header, sketch)), mint))


def onto(
    sketch: Sketch, taxonomy: Taxonomy, mint: Mint, *, retire_absent: bool = False
) -> Taxonomy:
    """The taxonomy as the sketch would have it; raises :class:`RefusedRows` if any row is refused.

    Classes that no row speaks of stay, or are retired with ``retire_absent``; children in use of a
    class that goes this way come under its parents.
    """
    return _accepted(prepare(sketch, taxonomy, mint, retire_absent=retire_absent))


def prepare(sketch: Sketch, base: Taxonomy, mint: Mint, *, retire_absent: bool = False) -> Prepared:
    """The outcome and the preview of an import, refused rows left out; raises nothing for them.

    For a new taxonomy ``base`` is one without classes.
    """
    return _Import(sketch, base, mint).prepared(retire_absent)


def _accepted(prepared: Prepared) -> Taxonomy:
    if prepared.preview.refused:
        raise RefusedRows(prepared.preview.refused)
    return prepared.taxonomy


def described(header: Header, sketch: Sketch) -> Header:
    """The header with what the sketch says of the taxonomy, where the header leaves it open."""
    return replace(
        header,
        titles=header.titles or sketch.titles,
        descriptions=header.descriptions or sketch.descriptions,
        structure=sketch.structure or header.structure,
    )


class _Import:
    """One import under way: which row is which class, what it becomes, and what is refused."""

    def __init__(self, sketch: Sketch, base: Taxonomy, mint: Mint) -> None:
        self.rows, repeated = without_repeats(sketch)
        self.sketch, self.base = sketch, base
        self.refused = [*sketch.refused, *repeated]
        self.names = names_of(base)
        matcher = Matcher(replace(sketch, rows=self.rows), base, self.names)
        matcher.run()
        self.refused += matcher.refused
        self.findings = (*sketch.findings, *matcher.findings)
        self.matched = matcher.found
        self.ids = {
            row.key: self.matched.get(row.key) or row.item.id or mint() for row in self.rows
        }
        self.classes: dict[str, Class] = {}
        self.by_class: dict[str, SketchClass] = {}
        self.named: set[str] = set(self.matched.values())

    def prepared(self, retire_absent: bool) -> Prepared:
        """Make every class, then look at them together."""
        for row, code in _coded(self.rows, self.base, self.matched):
            self._make(row, code)
        absent: set[str] = set()
        if retire_absent:
            absent = {each.id for each in self.base.classes.values() if each.active} - self.named
        self._refuse_unsound(absent)
        classes = lifted({**self.base.classes, **self.classes}, absent)
        for class_id in absent:
            classes[class_id] = replace(classes[class_id], retirement=Retirement(GONE))
        groups = gone_without(self.base, classes)
        taxonomy = replace(self.base, classes=classes, groups=groups)
        return Prepared(taxonomy, self._preview(taxonomy, absent))

    def _make(self, row: SketchClass, code: int) -> None:
        class_id = self.ids[row.key]
        old = self.base.classes.get(class_id) if row.key in self.matched else None
        if old is not None and row.implied:
            return
        try:
            if old is None:
                made = self._new(row, class_id, code)
            else:
                made = checks.clean(self.base, self._merged(row, old))
            made = replace(made, parents=self._parents(row, made))
        except CladistError as error:
            self._refuse(row, str(error))
            return
        if old is not None and row.item.code not in (UNGIVEN, old.code):
            self._refuse(row, f"has code {old.code}, not {row.item.code}; a code never changes")
        self.classes[class_id] = made
        self.by_class[class_id] = row

    def _new(self, row: SketchClass, class_id: str, code: int) -> Class:
        retirement = self._retirement(row, row.item.retirement)
        item = replace(row.item, id=class_id, code=code, parents=(), retirement=retirement)
        return checks.new_class(self.base, item)

    def _merged(self, row: SketchClass, old: Class) -> Class:
        """The class with the fields that the row speaks of."""
        fields: dict[str, Any] = {
            field: getattr(row.item, field) for field in _PLAIN if field in row.given
        }
        for field in _TEXTS:
            said = (each.partition("@") for each in row.given)
            languages = {language for name, _, language in said if name == field}
            if languages:
                fields[field] = _replaced(getattr(old, field), getattr(row.item, field), languages)
        if "preferred" in fields and old.active:
            fields["alternative"] = (
                *fields.get("alternative", old.alternative),
                *_outdated(old.preferred, fields["preferred"], row.given),
            )
        if "retired" in row.given:
            fields["retirement"] = self._retirement(row, old.retirement)
        merged = replace(old, **fields)
        if merged.active and not merged.preferred:
            self._refuse(row, "has no preferred label")
        return merged

    def _retirement(self, row: SketchClass, old: Retirement | None) -> Retirement | None:
        said = row.item.retirement
        if said is None:
            return None
        kept = old or Retirement()
        return Retirement(
            said.reason if "reason" in row.given else kept.reason,
            self._resolved(row, row.successors, "successor")
            if "successors" in row.given
            else kept.successors,
        )

    def _parents(self, row: SketchClass, made: Class) -> tuple[str, ...]:
        if "parents" not in row.given:
            return made.parents
        return self._resolved(row, row.parents, "parent")

    def _resolved(self, row: SketchClass, refs: Iterable[Ref], role: str) -> tuple[str, ...]:
        """The classes that the row refers to; a reference that fails is a reason to refuse it."""
        found: set[str] = set()
        for ref in refs:
            ids = self._meant(ref)
            if len(ids) == 1:
                found.add(ids[0])
                self.named.add(ids[0])
            elif not ref.row:
                problem = "is unknown" if not ids else "names several classes"
                self._refuse(row, f"its {role} “{shown(ref.text)}” {problem}")
        return tuple(sorted(found))

    def _meant(self, ref: Ref) -> tuple[str, ...]:
        """The classes that a reference may mean; none for a row that was refused itself."""
        if ref.row:
            return (self.ids[ref.row],) if ref.row in self.ids else ()
        return self.names.find(ref.text)

    def _refuse_unsound(self, absent: set[str]) -> None:
        after = Taxonomy(self.base.header, {**self.base.classes, **self.classes})
        for class_id, reason in unsound(after, self.by_class, absent):
            self._refuse(self.by_class[class_id], reason)

    def _refuse(self, row: SketchClass, reason: str) -> None:
        self.refused.append(RefusedRow(row.line, row_name(row, self.sketch.language), reason))

    def _preview(self, after: Taxonomy, absent: set[str]) -> Preview:
        language = self.base.header.default_language
        new, changed, unchanged = [], [], []
        for class_id, row in self.by_class.items():
            old, item = self.base.classes.get(class_id), after.classes[class_id]
            line = PreviewRow(row.line, shown(item.label(language)))
            if old is None:
                new.append(line)
            elif old == item:
                unchanged.append(line)
            else:
                changed.append(line._replace(reason=", ".join(_differences(old, item))))
        gone = sorted(self.base.classes[each].label(language) for each in absent)
        refused = {(row.line, row.label) for row in self.refused}
        return Preview(
            new=_without(new, refused),
            changed=_without(changed, refused),
            unchanged=_without(unchanged, refused),
            retired=tuple(PreviewRow(0, shown(label), GONE) for label in gone),
            refused=tuple(sorted(set(self.refused))),
            findings=self.findings,
        )


def _without(rows: list[PreviewRow], refused: set[tuple[int, str]]) -> tuple[PreviewRow, ...]:
    return tuple(row for row in rows if (row.line, row.label) not in refused)


def _coded(
    rows: tuple[SketchClass, ...], base: Taxonomy, matched: Mapping[str, str]
) -> Iterator[tuple[SketchClass, int]]:
    """The rows with the codes of those that are new."""
    following = max((base.next_code() - 1, *(row.item.code for row in rows))) + 1
    for row in rows:
        code = row.item.code
        if code < 0 and row.key not in matched:
            code, following = following, following + 1
        yield row, code


def _replaced(old: Texts, new: Texts, languages: set[str]) -> Texts:
    return (*(each for each in old if each.language not in languages), *new)


def _outdated(old: Texts, new: Texts, given: frozenset[str]) -> Texts:
    """Preferred labels that others replace and that stay as alternatives, as in any renaming.

    A source that speaks of the alternative labels of that language has its own way.
    """
    renamed = {each.language for each in new} - {
        name.partition("@")[2] for name in given if name.startswith("alternative@")
    }
    return tuple(each for each in old if each not in new and each.language in renamed)


def _differences(old: Class, new: Class) -> list[str]:
    fields = (*_TEXTS, *_PLAIN, "parents", "retirement")
    return [field for field in fields if getattr(old, field) != getattr(new, field)]
