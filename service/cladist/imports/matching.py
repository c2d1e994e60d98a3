"""Which rows speak of which classes: by id, else code, else notation, path or label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from cladist.imports.names import HOMONYMS, Names, names_of
from cladist.imports.sketch import RefusedRow, Sketch, SketchClass, row_name
from cladist.model.taxonomy import Notation, Taxonomy, Text

Rule = Callable[[SketchClass], str | None]


class Matcher:
    """The search for the class of every row; each class answers to one row at most.

    Strong names go first through the whole file, so that a label never takes a class that another
    row names by its code. A row with an id of its own is matched by that alone, and a row with a
    code is never matched by its label alone.
    """

    def __init__(self, sketch: Sketch, base: Taxonomy, names: Names | None = None) -> None:
        self.found: dict[str, str] = {}
        self.refused: list[RefusedRow] = []
        self.findings: list[str] = []
        self._sketch, self._base = sketch, base
        self._names = names or names_of(base)
        self._rows = {row.key: row for row in sketch.rows}
        self._taken: dict[str, SketchClass] = {}
        self._notations = _unique_notations(base)
        self._labels = _labels(base)

    def run(self) -> None:
        """Match every row that can be."""
        rows = self._sketch.rows
        self._pass(rows, self._by_id)
        unnamed = [row for row in rows if not row.item.id]
        self._pass(unnamed, self._by_code)
        self._pass(unnamed, self._by_notation)
        ordered = tuple(self._parents_first(unnamed))
        self._pass(ordered, self._by_path)
        self._by_labels([row for row in ordered if row.key not in self.found])

    def _pass(self, rows: Iterable[SketchClass], rule: Rule) -> None:
        for row in rows:
            class_id = None if row.key in self.found else rule(row)
            if class_id is not None:
                self._take(row, class_id)

    def _take(self, row: SketchClass, class_id: str) -> None:
        first = self._taken.setdefault(class_id, row)
        if first is not row:
            self._refuse(row, f"is the class that line {first.line} speaks of")
        self.found[row.key] = class_id

    def _by_id(self, row: SketchClass) -> str | None:
        return row.item.id if row.item.id in self._base.classes else None

    def _by_code(self, row: SketchClass) -> str | None:
        return self._base.holder(row.item.code) if row.item.code >= 0 else None

    def _by_notation(self, row: SketchClass) -> str | None:
        found = {self._notations.get(each) for each in row.item.notations} - {None}
        return found.pop() if len(found) == 1 else None

    def _by_path(self, row: SketchClass) -> str | None:
        if "parents" not in row.given:
            return None
        above = {each for ref in row.parents for each in self._resolved(ref.row, ref.text)}
        fits = [
            each for each in self._free(row) if self._is_under(each, above, top=not row.parents)
        ]
        return fits[0] if len(fits) == 1 else None

    def _is_under(self, class_id: str, above: set[str], *, top: bool) -> bool:
        parents = self._base.classes[class_id].parents
        return not parents if top else not above.isdisjoint(parents)

    def _resolved(self, row: str, text: str) -> tuple[str, ...]:
        if row:
            return (self.found[row],) if row in self.found else ()
        return self._names.find(text)

    def _by_labels(self, rows: list[SketchClass]) -> None:
        count = Counter(text for row in rows for text in row.item.preferred)
        for row in rows:
            class_id = self._by_path(row) or self._by_label(row, count)
            if class_id is not None:
                self._take(row, class_id)

    def _by_label(self, row: SketchClass, count: Counter[Text]) -> str | None:
        fits = self._free(row)
        if not fits:
            if row.item.code < 0 and len(self._alike(row)) > HOMONYMS:
                self._refuse(row, f"has the label of more than {HOMONYMS} classes; give its code")
            return None
        if row.item.code >= 0:
            name = row_name(row, self._sketch.language)
            code = self._base.classes[fits[0]].code
            self.findings.append(
                f"Line {row.line}: “{name}” comes with code {row.item.code} and is taken as new, "
                f"though a class of that label exists with code {code}."
            )
            return None
        alone = all(count[text] == 1 for text in row.item.preferred)
        if len(fits) == 1 and alone:
            return fits[0]
        if not alone or "parents" not in row.given:
            self._refuse(row, "could be several classes; give its id, code or place")
        return None

    def _free(self, row: SketchClass) -> list[str]:
        """The classes of this label that no row has yet; retired ones for retired rows alone."""
        fits = self._alike(row)
        if len(fits) > HOMONYMS:
            return []
        return [
            each
            for each in fits
            if each not in self._taken
            and (self._base.classes[each].active or row.item.retirement is not None)
        ]

    def _alike(self, row: SketchClass) -> dict[str, None]:
        return dict.fromkeys(
            each
            for text in row.item.preferred
            for each in self._labels.get(text, ())[: HOMONYMS + 1]
        )

    def _parents_first(self, rows: list[SketchClass]) -> Iterator[SketchClass]:
        """The rows, each after the rows above it as far as cycles allow."""
        wanted = {row.key for row in rows}
        entered: set[str] = set()
        for start in rows:
            stack = [(start, False)]
            while stack:
                row, done = stack.pop()
                if done:
                    yield row
                elif row.key not in entered:
                    entered.add(row.key)
                    stack.append((row, True))
                    above = (ref.row for ref in row.parents if ref.row in wanted)
                    stack.extend((self._rows[each], False) for each in above)

    def _refuse(self, row: SketchClass, reason: str) -> None:
        self.refused.append(RefusedRow(row.line, row_name(row, self._sketch.language), reason))


def _unique_notations(base: Taxonomy) -> dict[Notation, str | None]:
    found: dict[Notation, str | None] = {}
    for item in base.classes.values():
        for notation in item.notations:
            found[notation] = None if notation in found else item.id
    return found


def _labels(base: Taxonomy) -> dict[Text, list[str]]:
    found: dict[Text, list[str]] = {}
    for item in base.classes.values():
        for text in item.preferred:
            found.setdefault(text, []).append(item.id)
    return found
