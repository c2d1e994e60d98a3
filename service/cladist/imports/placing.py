"""Where the rows of a table stand: parents found among the rows, ancestors in paths made."""

from __future__ import annotations

from dataclasses import replace

from cladist.imports.names import Entry, Names, path_of
from cladist.imports.sketch import Ref, RefusedRow, SketchClass, row_name, shown
from cladist.model.identifiers import LABEL_LENGTH, check_text
from cladist.model.taxonomy import Class, Text

Path = tuple[str, ...]


class Placing:
    """Rows that come one by one and are placed when all are there.

    What a row calls its parent is another row if one answers to it, else it is left for the
    taxonomy that the table is read onto.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._rows: dict[str, SketchClass] = {}
        self._paths: dict[str, tuple[Path, ...]] = {}
        self._refused: list[RefusedRow] = []

    def add(self, row: SketchClass, paths: tuple[Path, ...]) -> None:
        """Take in a row whose references are words, with the paths that lead to it."""
        for path in paths:
            for label in path:
                check_text(label, "path", LABEL_LENGTH)
        self._rows[row.key] = row
        if paths:
            self._paths[row.key] = paths

    def rows(self) -> tuple[tuple[SketchClass, ...], tuple[RefusedRow, ...]]:
        """All rows in their places, ancestors made for paths among them, and those refused."""
        names, parents = self._names()
        for row in self._rows.values():
            parents[row.key] = tuple(
                keys[0] for ref in row.parents if len(keys := names.called(ref.text)) == 1
            )
        self._place_paths(names)
        names, parents = self._names()
        for row in tuple(self._rows.values()):
            self._resolve(row, names)
            parents[row.key] = _keys(self._rows[row.key])
        for row in tuple(self._rows.values()):
            self._resolve(row, names, stepping=True)
            parents[row.key] = _keys(self._rows[row.key])
        return tuple(self._rows.values()), tuple(self._refused)

    def _names(self) -> tuple[Names, dict[str, tuple[str, ...]]]:
        parents = {key: _keys(row) for key, row in self._rows.items()}
        return Names(map(_entry, self._rows.values()), parents), parents

    def _resolve(self, row: SketchClass, names: Names, *, stepping: bool = False) -> None:
        """Turn words into rows; words that are paths once the other parents are known."""
        row = self._rows[row.key]

        def found(refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
            meant = (self._found(row, each, names, stepping) for each in refs)
            return tuple(each for each in meant if each is not None)

        self._rows[row.key] = replace(
            row, parents=found(row.parents), successors=found(row.successors)
        )

    def _found(self, row: SketchClass, ref: Ref, names: Names, stepping: bool) -> Ref | None:
        """The row that is meant, else the words for later; none when several rows are meant."""
        if ref.row:
            return ref
        keys = names.called(ref.text)
        if stepping and not keys:
            keys = names.at_path(path_of(ref.text))
        if stepping and len(keys) > 1:
            self._refuse(row, ref.text)
            return None
        return Ref(row=keys[0]) if len(keys) == 1 else ref

    def _refuse(self, row: SketchClass, words: str) -> None:
        reason = f"“{shown(words)}” names several rows; give an id, a code or a path"
        self._refused.append(RefusedRow(row.line, row_name(row, self.language), reason))

    def _place_paths(self, names: Names) -> None:
        known: dict[Path, str] = {}
        for key, paths in self._paths.items():
            for path in paths:
                known.setdefault(path, key)
        for key, paths in tuple(self._paths.items()):
            row = self._rows[key]
            above = dict.fromkeys(
                self._ancestor(path[:-1], row, names, known) for path in paths if len(path) > 1
            )
            self._rows[key] = replace(row, parents=tuple(Ref(row=each) for each in above))

    def _ancestor(self, path: Path, row: SketchClass, names: Names, known: dict[Path, str]) -> str:
        """The row at this path: one that says so, one that stands there, or one made for it."""
        missing = []
        while path and path not in known:
            stands = [each for each in names.at_path(path) if each not in self._paths]
            if len(stands) > 1:
                self._refuse(row, " > ".join(path))
            if stands:
                known[path] = stands[0]
                break
            missing.append(path)
            path = path[:-1]
        for each in reversed(missing):
            known[each] = self._make(each, row, known.get(each[:-1], ""))
        return known[missing[0] if missing else path]

    def _make(self, path: Path, row: SketchClass, parent: str) -> str:
        key = f"path {len(self._rows)}"
        label = Text(check_text(path[-1], "path", LABEL_LENGTH), self.language)
        self._rows[key] = SketchClass(
            key=key,
            line=row.line,
            item=Class(preferred=(label,)),
            parents=(Ref(row=parent),) if parent else (),
            given=frozenset((f"preferred@{self.language}", "parents")),
            implied=True,
        )
        return key


def _entry(row: SketchClass) -> Entry:
    labels = tuple(each.value for each in row.item.preferred)
    return Entry(row.key, row.item.id, row.item.code, labels)


def _keys(row: SketchClass) -> tuple[str, ...]:
    return tuple(ref.row for ref in row.parents if ref.row)
