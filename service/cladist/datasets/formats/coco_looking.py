"""Which JSON files of a dataset are COCO, of which kind, and what their label tables say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from cladist.datasets.files import files_of
from cladist.datasets.formats.jsonblocks import Block, Member, parts
from cladist.datasets.records import Entry
from cladist.model.errors import UnreadableInput

INSTANCES, KEYPOINTS, LVIS, PANOPTIC = "COCO instances", "COCO keypoints", "LVIS", "COCO panoptic"

_HEAD, _TAIL = 2**16, 4 * 2**20
_SIGN = re.compile(rb'"(?:images|annotations|categories)"[ \t\n\r]*:[ \t\n\r]*\[')
_RECORDS = re.compile(rb'"(?:images|annotations)"[ \t\n\r]*:[ \t\n\r]*\[')
_LISTS = (b'"neg_category_ids"', b'"not_exhaustive_category_ids"')


class Category(msgspec.Struct, frozen=True):
    """A line of the label table."""

    id: int
    name: str
    iri: str = ""
    keypoints: Any = None
    isthing: int | bool | None = None

    def entry(self) -> Entry:
        """The line as the migration knows it."""
        names = (self.iri, self.name) if self.iri else (self.name,)
        return Entry(ref=self.id, names=names)


class _Ending(msgspec.Struct):
    categories: list[Category]


_CATEGORIES = msgspec.json.Decoder(list[Category])
_ENDING = msgspec.json.Decoder(_Ending)


@dataclass(frozen=True, slots=True)
class Source:
    """A COCO file: its path from the root, ``""`` for a single file."""

    path: str
    kind: str
    categories: tuple[Category, ...]


def sources(root: Path) -> tuple[Source, ...]:
    """The COCO files of a dataset; none where it has none. Raises UnreadableInput."""
    paths = ("",) if root.is_file() else [path for path, _ in files_of(root)]
    found = (_source(root, path) for path in paths if not path or path.endswith(".json"))
    return tuple(each for each in found if each is not None)


def legend(files: Sequence[Source]) -> tuple[Entry, ...]:
    """One label table for all files; raises UnreadableInput where they contradict each other."""
    found: dict[int, tuple[Entry, Source]] = {}
    for file in files:
        for category in file.categories:
            entry = category.entry()
            known, other = found.setdefault(category.id, (entry, file))
            if known != entry:
                raise UnreadableInput(
                    f"Category {category.id} is “{known.names[-1]}” in {other.path} and "
                    f"“{category.name}” in {file.path}: migrate them one by one."
                )
    return tuple(entry for entry, _ in found.values())


def _source(root: Path, path: str) -> Source | None:
    file = root / path if path else root
    ends = _ends(file)
    if ends is None or not any(map(_RECORDS.search, ends)):
        return None
    categories = _at_the_end(ends[1]) or _anywhere(file)
    if categories is None:
        return None
    seen: set[int] = set()
    for each in categories:
        if each.id in seen:
            raise UnreadableInput(f"{file.name} has two categories with the id {each.id}.")
        seen.add(each.id)
    return Source(path, _kind(b"".join(ends), categories), tuple(categories))


def _ends(path: Path) -> tuple[bytes, bytes] | None:
    """The beginning and the end of a file that may be COCO; none where it cannot be."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head.lstrip(b"\xef\xbb\xbf \t\n\r").startswith(b"{") or not _SIGN.search(head):
            return None
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        return head, file.read()


def _at_the_end(tail: bytes) -> list[Category] | None:
    """The label table, if it is one of the last members of the document.

    The text from its name on must be the rest of one object, so it stands in the outermost one.
    """
    at = tail.rfind(b'"categories"')
    if at < 0:
        return None
    try:
        return _ENDING.decode(b"{" + tail[at:].strip()).categories
    except (msgspec.DecodeError, RecursionError):
        return None


def _anywhere(path: Path) -> list[Category] | None:
    """The label table, wherever it stands; none where the file is another format."""
    found: list[Category] | None = None
    labelled = False
    for part in parts(path):
        if isinstance(part, Member) and part.name == "categories":
            return None
        if isinstance(part, Block) and part.name == "categories":
            found = [*(found or ()), *_decoded(part)]
        elif found is not None and isinstance(part, Block | Member):
            return found
        elif isinstance(part, Block):
            labelled = labelled or b'"category_id"' in part.data
    if found is None and labelled:
        raise UnreadableInput(
            f"{path.name} has no “categories”, so nobody can say what its numbers mean."
        )
    return found


def _decoded(block: Block) -> Iterator[Any]:
    try:
        yield from _CATEGORIES.decode(b"[%b]" % block.data[block.head :])
    except msgspec.ValidationError as error:
        raise UnreadableInput(
            f"Each of the “categories” needs a whole number as id and a text as name: {error}."
        ) from None


def _kind(seen: bytes, categories: Sequence[Category]) -> str:
    if b'"segments_info"' in seen:
        return PANOPTIC
    if any(each in seen for each in _LISTS):
        return LVIS
    return KEYPOINTS if any(each.keypoints is not None for each in categories) else INSTANCES
