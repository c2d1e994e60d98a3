"""The sketch: what a file says about classes, before it is known which classes they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from cladist.model.taxonomy import Class, LabelStructure, Texts

SHOWN = 80
"""Characters of a file's own words that a message quotes at most."""

_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Ref:
    """Another class as a source names it: a row of the same sketch, else words to look up.

    ``text`` is an id, a code, a label or a path such as ``animal > dog``.
    """

    row: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchClass:
    """One row. ``item`` holds what it says, its id ``""`` and its code ``UNGIVEN`` when not said.

    Parents and successors stand beside the item, since they may be other rows. ``given`` names the
    fields that the source speaks of, texts by language (``preferred@de``): all others stay as they
    are when the row meets a class that exists. An ``implied`` row is only mentioned, as an ancestor
    in a path or a COCO supercategory: it is made when missing and never changes what is there.
    """

    key: str
    line: int
    item: Class
    parents: tuple[Ref, ...] = ()
    successors: tuple[Ref, ...] = ()
    given: frozenset[str] = frozenset()
    implied: bool = False


class RefusedRow(NamedTuple):
    """A row that cannot become a class: its line, what it is called, and why."""

    line: int
    label: str
    reason: str


class PreviewRow(NamedTuple):
    """A row that can: its line (0 for no row), its label, and for changed ones what changes."""

    line: int
    label: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What one file says. ``refused`` are rows that hold values no class may have.

    ``findings`` are sentences on what was read otherwise than it stands, or left out. Lines count
    from 1; for COCO they are positions in the list of categories. ``language`` is the one of the
    labels that name rows in messages.
    """

    rows: tuple[SketchClass, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    findings: tuple[str, ...] = ()
    titles: Texts = ()
    descriptions: Texts = ()
    structure: LabelStructure | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What an import would do, row by row; ``retired`` are classes that the file does not name."""

    new: tuple[PreviewRow, ...] = ()
    changed: tuple[PreviewRow, ...] = ()
    unchanged: tuple[PreviewRow, ...] = ()
    retired: tuple[PreviewRow, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    findings: tuple[str, ...] = field(default=())


def shown(text: str) -> str:
    """A file's own words, short and safe to print, log and encode."""
    plain = _UNSHOWABLE.sub("\ufffd", text)
    return plain if len(plain) <= SHOWN else plain[: SHOWN - 1] + "…"


def row_name(row: SketchClass, language: str) -> str:
    """What messages call the row: its label, else its id or code."""
    label = row.item.label(language)
    return shown(label or (str(row.item.code) if row.item.code >= 0 else ""))
