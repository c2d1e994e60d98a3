"""The values of a migration: labels as data have them, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

Ref = int | str
"""What a dataset writes for a class: a number of its own table, or a text."""

Numbers = Sequence[int] | Any
"""Whole numbers: a list, or an array of numpy."""

Fields = Mapping[str, Any]
"""What rules may ask of a record: names with dots, such as ``attributes.colour`` or
``geometry.area``; values are texts, numbers, truth values, or lists of them."""

NOTHING: Fields = MappingProxyType({})


class Label(msgspec.Struct, frozen=True):
    """One label of the data.

    ``key`` names the record for decisions and reviews; with the class it names the label. What it
    is made of is documented with each format. ``fields`` is read only where a rule or a review asks
    for it. A ``negative`` label says that the class is known not to apply.
    """

    key: str
    ref: Ref
    fields: Fields = NOTHING
    negative: bool = False


class Item(msgspec.Struct, frozen=True):
    """What the label structure speaks of: an image, a row, a box, a span, with all its labels.

    ``beside`` has the refs of all labels of the image, text or sentence around it, for rules that
    look at other labels; formats fill it only when :attr:`Run.looks_beside` says so. ``place``
    tells where it lies (image and box, for one): items with equal places and, after migration,
    equal labels are flagged. It is hashable, and ``None`` where that means nothing.
    """

    labels: tuple[Label, ...]
    beside: Sequence[Ref] = ()
    place: Any = None


class Fate(StrEnum):
    """What becomes of a label; every label has exactly one."""

    KEPT = "kept"
    RENAMED = "renamed"
    MERGED = "merged"
    BY_RULE = "split by rule"
    BY_DECISION = "split by decision"
    BY_DEFAULT = "split by default"
    BY_ORIGIN = "by original label"
    """What the label was before an earlier migration tells what it is now."""
    ALL_PARTS = "negative of all parts"
    """Known not to apply, and so is every class that it was split into."""
    GENERALISED = "generalised to parent"
    RETIRED = "retired"
    WITHDRAWN = "negative withdrawn"
    """Known not to apply before; of what it merged into that is not known of all sources."""
    REVIEW = "needs review"
    UNKNOWN = "unknown"


class Verdict(msgspec.Struct, frozen=True):
    """What becomes of a label, and why.

    ``source`` is the id of the class in the source version, empty when unknown. ``target`` is the
    id of a class of the target version or the name of a residue; ``None`` when the label goes, and
    for ``REVIEW`` and ``UNKNOWN``, which stay as they are. ``via`` are ids of changes, or the name
    of the rule, or who decided. ``candidates`` are what a person may choose from.
    """

    source: str
    target: str | None
    fate: Fate
    via: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    reason: str = ""
    """Of a label for review: why it needs one."""


class Placed(msgspec.Struct, frozen=True):
    """A label after the migration: ``refs`` is what to write in place of it.

    One ref as a rule; none when the label goes or another one of its item says the same already
    (``collapsed``); several only for negative labels of a class that was split. With ``kept`` the
    bytes stay as they are.
    """

    verdict: Verdict
    refs: tuple[Ref, ...]
    kept: bool = False
    collapsed: bool = False
    number: int = 0
    """Of the verdict, among all of a migration."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the table in which a dataset lists its labels, before the migration.

    ``names`` are what it says of the class, the surest first: an IRI, a name, a code as text.
    """

    ref: Ref
    names: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the label table after the migration.

    ``origins`` are the entries that it follows from, the entry of the same class first: a format
    keeps what that one says besides and changes number and name. It has none where the class is
    new to the dataset. ``class_id`` is empty for residues and for labels that stay as they are.
    """

    ref: Ref
    name: str
    class_id: str
    origins: tuple[Entry, ...]
    same: bool = False
    """Whether the first origin is of the same class."""
    parent: str = ""
    """Preferred label of the parent in the target version; empty for a class without one."""
    parents_were: frozenset[str] = frozenset()
    """Names of the classes above the first origin's in the source version."""
    parents_now: frozenset[str] = frozenset()
    """Names of the classes above it in the target version."""
    colour: str = ""
    """``#RRGGBB`` of the class, if it has one."""


class Edit(NamedTuple):
    """Bytes ``start`` to ``end`` of a chunk give way to ``new``."""

    start: int
    end: int
    new: bytes


class Chunk(NamedTuple):
    """A piece of a file and what changes in it, in ascending order and without overlaps."""

    data: bytes
    edits: Sequence[Edit] = ()


class Table(NamedTuple):
    """A piece of a file that can be rewritten only when all labels are known: the label table.

    ``edits`` is called when the rest of the file is done; then :attr:`Run.rows` are complete.
    """

    data: bytes
    edits: Callable[[], Sequence[Edit]]


class Joined(NamedTuple):
    """Many short pieces of bytes, one after the other, and how long each is."""

    data: bytes
    lengths: Numbers


class Ready(NamedTuple):
    """A piece of a file that a fast path has rewritten: ``data`` is new already.

    ``starts`` are where in ``data`` changed labels begin, ascending, ``lengths`` how long they are
    there (int64 arrays or lists), ``old`` what stood in their places.
    """

    data: bytes
    starts: Numbers
    lengths: Numbers
    old: Sequence[bytes] | Joined


Piece = Chunk | Table | Ready


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How to read a dataset where it does not say so itself; formats use what concerns them."""

    format: str = ""
    """The name of the format, where it is not to be found out."""
    label: str = ""
    """The column, or the path in a JSON record, that has the label."""
    key: str = ""
    """The column or path that names a record; else its number does."""
    separator: str = ""
    """Between several labels in one cell."""
    scheme: str = ""
    """Tagging scheme: IO, IOB1, BIO, BIOES or BILOU."""
    encoding: str = ""
    legend: Mapping[Ref, str] = msgspec.field(default_factory=dict)
    """What the dataset writes, and the class that it means, where names are not in the data."""
    ignore: tuple[int, ...] = ()
    """Pixel values that are no class and stay."""
    instances: int = 0
    """A pixel is ``class * instances + number of the instance``; 0 when it is the class."""
    level: int = 1
    """Deflate level of images written, 0 to 9."""
