"""Files of a YOLO dataset that name or count its classes; all of them must agree.

``data.yaml``, a file with a name a line (``classes.txt``, ``obj.names``), the ``notes.json`` of
Label Studio, and the number of classes in ``obj.data``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from cladist.datasets.formats import yolo_yaml
from cladist.datasets.formats.yolo_yaml import Told
from cladist.datasets.records import Edit, Entry, Row
from cladist.model.errors import UnreadableInput

LISTS = ("classes.txt", "obj.names", "labels.txt", "names.txt")
_NOTES = "notes.json"
_COUNTS = ".data"
_COUNT = re.compile(r"^[ \t]*classes[ \t]*=[ \t]*(\d{1,9})", re.MULTILINE)
_SHORT = 2**16
_BOM = "\ufeff"
_CATEGORIES = re.compile(r'"categories"\s*:\s*')


@dataclass(frozen=True, slots=True)
class Naming:
    """One of the files, and what it says of the classes."""

    path: str
    text: str
    entries: Sequence[Entry]
    told: Told | None = None

    def edits(self, rows: Sequence[Row]) -> Sequence[Edit]:
        """The edits that let the file say what the rows say."""
        if [row.name for row in rows] == [each.names[0] for each in self.entries]:
            return []
        if self.told is not None:
            return yolo_yaml.edits(self.text, self.told, rows)
        if self.path.endswith(_COUNTS):
            found = _COUNT.search(self.text)
            return [_edit(self.text, *found.span(1), str(len(rows)))] if found else []
        if self.path.endswith(_NOTES):
            return _notes_edits(self.text, rows)
        return _list_edits(self.text, rows)


def files(root: Path, paths: Sequence[str]) -> list[str]:
    """The files that seem to name all classes, the surest first."""
    by_depth = sorted(paths, key=lambda each: (each.count("/"), each))
    documents = [path for path in by_depth if path.endswith((".yaml", ".yml"))]
    lists = [path for path in by_depth if PurePosixPath(path).name in LISTS]
    return [
        *(path for path in documents if yolo_yaml.may_name(root / path)),
        *sorted(lists, key=lambda each: LISTS.index(PurePosixPath(each).name)),
    ]


def namings(root: Path, paths: Sequence[str]) -> list[Naming]:
    """All files that name or count the classes; raises UnreadableInput where they do not agree."""
    found = [each for path in files(root, paths) if (each := _naming(root, path)) is not None]
    if not found:
        return []
    for path in paths:
        if PurePosixPath(path).name == _NOTES:
            found += _notes(root, path)
    first = found[0]
    for other in found[1:]:
        if other.entries != first.entries:
            raise UnreadableInput(
                f"{first.path} and {other.path} do not name the same classes: keep the right one."
            )
    return found + [each for path in paths for each in _counting(root, path, first)]


def _naming(root: Path, path: str) -> Naming | None:
    text = _text(root, path)
    if not path.endswith((".yaml", ".yml")):
        names = [line.strip() for line in text.removeprefix(_BOM).splitlines()]
        while names and not names[-1]:
            names.pop()
        return Naming(path, text, [Entry(ref=ref, names=(name,)) for ref, name in enumerate(names)])
    told = yolo_yaml.told(text, path)
    return None if told is None else Naming(path, text, yolo_yaml.entries(told, path), told)


def _text(root: Path, path: str) -> str:
    try:
        return (root / path).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableInput(f"{path} is not UTF-8.") from None


def _notes(root: Path, path: str) -> list[Naming]:
    """The notes of an export, if they have a table of the classes."""
    text = _text(root, path)
    found = _categories(text)
    if found is None:
        return []
    entries = [
        Entry(ref=each.get("id", ""), names=(str(each.get("name", "")),)) for each in found[0]
    ]
    return [Naming(path, text, entries)]


def _categories(text: str) -> tuple[list[dict[str, Any]], int, int] | None:
    """The table of the notes, and where it stands."""
    member = _CATEGORIES.search(text)
    if member is None:
        return None
    try:
        found, end = json.JSONDecoder().raw_decode(text, member.end())
    except (json.JSONDecodeError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return None
    return found, member.end(), end


def _notes_edits(text: str, rows: Sequence[Row]) -> list[Edit]:
    found = _categories(text)
    if found is None:
        return []
    old, start, end = found
    table = [{**old[int(row.origins[0].ref)], "id": row.ref, "name": row.name} for row in rows]
    lines = "\n" in text[start:end]
    new = json.dumps(table, ensure_ascii=False, indent=2 if lines else None)
    return [_edit(text, start, end, new.replace("\n", "\n  "))]


def _counting(root: Path, path: str, naming: Naming) -> list[Naming]:
    """The file in which darknet counts the classes."""
    if not path.endswith(_COUNTS) or (root / path).stat().st_size > _SHORT:
        return []
    text = _text(root, path)
    found = _COUNT.search(text)
    if found is None:
        return []
    if int(found.group(1)) != len(naming.entries):
        raise UnreadableInput(
            f"{path} counts {found.group(1)} classes, and {naming.path} names "
            f"{len(naming.entries)}."
        )
    return [Naming(path, text, naming.entries)]


def _list_edits(text: str, rows: Sequence[Row]) -> list[Edit]:
    newline = "\r\n" if "\r\n" in text else "\n"
    end = newline if text.endswith("\n") else ""
    start = len(_BOM) if text.startswith(_BOM) else 0
    return [_edit(text, start, len(text), newline.join(row.name for row in rows) + end)]


def _edit(text: str, start: int, end: int, new: str) -> Edit:
    """An edit; positions in it count bytes."""
    before = len(text[:start].encode())
    return Edit(before, before + len(text[start:end].encode()), new.encode())
