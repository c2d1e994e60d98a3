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

from cladist.datasets.formats import yolo_yaml
from cladist.datasets.formats.yolo_yaml import Told
from cladist.datasets.records import Edit, Entry, Row
from cladist.model.errors import UnreadableInput

LISTS = ("classes.txt", "obj.names", "labels.txt", "names.txt")
_NOTES = "notes.json"
_COUNT = re.compile(rb"^[ \t]*classes[ \t]*=[ \t]*(\d+)", re.MULTILINE)
_CATEGORIES = re.compile(r'"categories"\s*:\s*')


def files(root: Path, paths: Sequence[str]) -> list[str]:
    """The files that name all classes, the surest first."""
    by_depth = sorted(paths, key=lambda each: (each.count("/"), each))
    documents = [each for each in by_depth if each.endswith((".yaml", ".yml"))]
    lists = [each for each in by_depth if PurePosixPath(each).name in LISTS]
    return [
        *(each for each in documents if yolo_yaml.may_name((root / each).read_bytes())),
        *(each for each in LISTS for each in lists if PurePosixPath(each).name == each),
    ]


@dataclass(frozen=True, slots=True)
class Naming:
    """One of the files, and what it says of the classes."""

    path: str
    text: str
    entries: Sequence[Entry]
    told: Told | None = None

    def edits(self, rows: Sequence[Row]) -> list[Edit]:
        """The edits that put other names into the file."""
        if [row.name for row in rows] == [each.names[0] for each in self.entries]:
            return []
        if self.told is not None:
            return yolo_yaml.edits(self.text, self.told, rows)
        if self.path.endswith(_NOTES):
            return _notes_edits(self.text, rows)
        return _list_edits(self.text, rows)
