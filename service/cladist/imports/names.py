"""Finding classes by what people call them: id, code, label or path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cladist.imports.decoding import BLANK
from cladist.model.taxonomy import UNGIVEN, Class, Taxonomy

DEPTH = 256
"""Levels of hierarchy that a file may describe with indentation or a path."""

HOMONYMS = 100
"""Classes of one label among which a path or a place is looked for; more are too many to tell."""

LIST, STEP = "|", ">"

_MARKS = re.compile(r"(\\[\\|>]|\||>)")
_ESCAPED = re.compile(r"\\([\\|>])")
_CODE = re.compile(r"[0-9]{1,16}")


def split(text: str, mark: str) -> list[str]:
    """The trimmed parts between marks that no backslash precedes; empty parts are dropped."""
    if mark not in text:
        whole = text.strip(BLANK)
        return [whole] if whole else []
    parts = [""]
    for piece in _MARKS.split(text):
        if piece == mark:
            parts.append("")
        else:
            parts[-1] += piece
    return [part for part in (each.strip(BLANK) for each in parts) if part]


def plain(text: str) -> str:
    """The text without the backslashes that keep marks from separating."""
    return _ESCAPED.sub(r"\1", text)


def path_of(text: str) -> tuple[str, ...]:
    """The labels of a path such as ``animal > dog``, from the top down."""
    return tuple(plain(part) for part in split(text, STEP))


@dataclass(frozen=True, slots=True)
class Entry:
    """One class under the names that it answers to."""

    key: str
    id: str = ""
    code: int = UNGIVEN
    labels: tuple[str, ...] = ()


class Names:
    """An index from names to keys; ``parents`` may be filled in as it becomes known."""

    def __init__(self, entries: Iterable[Entry], parents: Mapping[str, Iterable[str]]) -> None:
        self.parents = parents
        self._ids: dict[str, str] = {}
        self._codes: dict[int, str] = {}
        self._labels: dict[str, list[str]] = {}
        self._labels_of: dict[str, frozenset[str]] = {}
        for entry in entries:
            self._ids.setdefault(entry.id, entry.key)
            self._codes.setdefault(entry.code, entry.key)
            self._labels_of[entry.key] = frozenset(entry.labels)
            for label in dict.fromkeys(entry.labels):
                self._labels.setdefault(label, []).append(entry.key)
        self._ids.pop("", None)
        self._codes.pop(UNGIVEN, None)

    def labelled(self, label: str) -> tuple[str, ...]:
        """The keys that have this label."""
        return tuple(self._labels.get(label, ()))

    def find(self, text: str) -> tuple[str, ...]:
        """The keys that the words name: by id, else code, else label, else path."""
        return self.called(text) or self.at_path(path_of(text))

    def called(self, text: str) -> tuple[str, ...]:
        """The keys that the words name without a path: by id, else code, else label."""
        words = plain(text)
        if words in self._ids:
            return (self._ids[words],)
        if _CODE.fullmatch(words) and int(words) in self._codes:
            return (self._codes[int(words)],)
        return self.labelled(words)

    def at_path(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """The keys at the end of a path of labels; paths from a top class before partial ones."""
        if not 1 <= len(path) <= DEPTH:
            return ()
        ends = self.labelled(path[-1])
        if len(ends) > HOMONYMS:
            return ends
        anchored, partial = [], []
        for key in ends:
            tops = self._above(key, path[:-1])
            if any(not self.parents.get(each) for each in tops):
                anchored.append(key)
            elif tops:
                partial.append(key)
        return tuple(anchored or partial)

    def _above(self, key: str, path: tuple[str, ...]) -> set[str]:
        """The ancestors of the key that stand where the path begins."""
        level = {key}
        for label in reversed(path):
            above = {up for each in level for up in self.parents.get(each, ())}
            level = {up for up in above if label in self._labels_of.get(up, ())}
        return level


def names_of(taxonomy: Taxonomy) -> Names:
    """The index of a taxonomy's classes; retired ones answer to id and code alone."""
    return Names(
        (Entry(each.id, each.id, each.code, _labels(each)) for each in taxonomy.classes.values()),
        {each.id: each.parents for each in taxonomy.classes.values()},
    )


def _labels(item: Class) -> tuple[str, ...]:
    return tuple(text.value for text in item.preferred) if item.active else ()
