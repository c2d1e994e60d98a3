"""COCO (instances, key points) and LVIS: one JSON file, or a folder with some.

A record is an annotation, named by its id (by ``annotation N``, from 1, where it has none); lists
of classes of an LVIS picture by ``image ID``. In a folder with several such files the path of the
file and ``#`` come first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cladist.datasets.formats import coco_lists, coco_table
from cladist.datasets.formats.coco_annotations import ANNOTATIONS, BOXED, Annotations
from cladist.datasets.formats.coco_fields import Surroundings
from cladist.datasets.formats.coco_lists import PICTURES
from cladist.datasets.formats.coco_looking import PANOPTIC, Source, legend, sources
from cladist.datasets.formats.jsonblocks import Block, Part, parts
from cladist.datasets.records import Chunk, Entry, Piece, Placed, Reading, Ref, Table
from cladist.datasets.run import Run

_LABELLED = ("annotations", "images")
"""Members that have labels."""


@dataclass(frozen=True, slots=True)
class Coco:
    """COCO files with one label table for all of them."""

    root: Path
    files: Sequence[Source]
    legend: Sequence[Entry]
    format: str
    dense: bool = False

    def carry(self, run: Run) -> None:
        """Every COCO file; all others are copied."""
        for file in self.files:
            run.rewrite(file.path, carried(run, self, file))


def opened(root: Path, reading: Reading) -> Coco | None:
    """The dataset in a file or folder; none when it is not in this format, or is panoptic."""
    files = sources(root)
    if not files or any(each.kind == PANOPTIC for each in files):
        return None
    kinds = " and ".join(dict.fromkeys(each.kind for each in files))
    return Coco(root, files, legend(files), kinds)


def carried(run: Run, dataset: Coco, file: Source) -> Iterator[Piece]:
    """The pieces of a file, one after the other."""
    path = dataset.root / file.path if file.path else dataset.root
    prefix = f"{file.path}#" if len(dataset.files) > 1 else ""
    certain, look = _certain(run, [each.id for each in file.categories])
    around = Surroundings(path, file.path or path.name)
    annotations = Annotations(run, around, certain, look=look, prefix=prefix)
    decoders = {"annotations": BOXED if look else ANNOTATIONS, "images": PICTURES}
    found = parts(path, decoders)
    for part in with_table(found, run, dataset, file, annotations.settle):
        if not isinstance(part, Block):
            yield part
        elif part.name == "annotations":
            yield annotations.piece(part)
        elif part.name == "images":
            yield coco_lists.piece(part, run, prefix)
        else:
            yield Chunk(part.data)
    annotations.settle()


def with_table(
    found: Iterable[Part], run: Run, dataset: Coco, file: Source, settle: Callable[[], None]
) -> Iterator[Piece | Block]:
    """The parts of a file, with its label table as one piece.

    ``settle`` is called when a table is written behind all labels; else it waits for the run.
    """
    listed = dict.fromkeys(each.id for each in file.categories)
    sort = [each.ref for each in dataset.legend if each.ref in listed] != list(listed)
    table = b""
    seen = set()
    for part in found:
        if isinstance(part, Block):
            seen.add(part.name)
            if part.name == "categories":
                table += part.data
                continue
        if table and seen.issuperset(_LABELLED):
            settle()
            yield Chunk(table, coco_table.edits(table, run.rows(), sort=sort))
        elif table:
            yield _table(table, run, sort)
        table = b""
        yield part if isinstance(part, Block) else Chunk(part.data)


def _table(data: bytes, run: Run, sort: bool) -> Table:
    return Table(data, lambda: coco_table.edits(data, run.rows(), sort=sort))


def _certain(run: Run, refs: Sequence[Ref]) -> tuple[Mapping[bytes, Placed], bool]:
    """What becomes of categories whose labels are written again and all go one way.

    Also whether boxes may become alike: two categories become one, or it depends on the label.
    """
    found = {ref: run.fixed(ref) for ref in refs}
    certain = {ref: each for ref, each in found.items() if each is not None and each.refs}
    targets = Counter(each.verdict.target for each in certain.values())
    del targets[None]
    look = None in found.values() or any(count > 1 for count in targets.values())
    return {str(ref).encode(): each for ref, each in certain.items()}, look
