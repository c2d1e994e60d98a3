"""The annotations of a COCO file, block by block: what becomes of each, and its bytes.

Labels whose class has one certain answer are followed together, as bytes, where a block is proved
to be plain: every annotation has one ``category_id``, the name stands nowhere else, and no name is
escaped. All others are looked at one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from itertools import compress
from operator import attrgetter, ne
from typing import Any, NamedTuple

import msgspec

from cladist.datasets.formats import jsontext
from cladist.datasets.formats.coco_boxes import Boxes, Traces, places_of
from cladist.datasets.formats.coco_fields import Surroundings
from cladist.datasets.formats.jsonblocks import Block, Decoder
from cladist.datasets.formats.lazy import Lazy
from cladist.datasets.records import Chunk, Edit, Item, Label, Piece, Placed, Ready
from cladist.datasets.run import Run

_NAME = b'"category_id"'
_LEAD = re.compile(_NAME + jsontext.BLANK + b":" + jsontext.BLANK)
_REF, _ID, _IMAGE = attrgetter("category_id"), attrgetter("id"), attrgetter("image_id")
_BOX = attrgetter("bbox")


class Annotation(msgspec.Struct, gc=False):
    """What is read of every annotation."""

    id: int | str | None = None
    category_id: int | None = None
    image_id: int | str | None = None


class Boxed(Annotation, gc=False):
    """What is read where boxes are compared."""

    bbox: msgspec.Raw = msgspec.Raw(b"")


ANNOTATIONS: Decoder = msgspec.json.Decoder(list[Annotation])
BOXED: Decoder = msgspec.json.Decoder(list[Boxed])


class Found(NamedTuple):
    """The labels of a block as they are written, and of which of its annotations they are.

    Of a plain block ``parts`` are the texts between the labels and the labels, in turn, and
    ``lead`` stands before each label; of others ``starts`` says where the labels are.
    """

    block: Block
    texts: list[bytes]
    owners: Sequence[int]
    starts: Sequence[int] = ()
    parts: Sequence[bytes] = ()
    lead: bytes = b""

    def rows(self) -> Sequence[Annotation]:
        """The annotations of the labels."""
        values: list[Annotation] = self.block.values
        return values if self.parts else [values[owner] for owner in self.owners]

    def bounds(self) -> list[tuple[int, int]]:
        """Where the labels start and end in the block."""
        if not self.parts:
            each = zip(self.starts, self.texts, strict=True)
            return [(start, start + len(text)) for start, text in each]
        found = []
        at = 0
        for before, text in zip(self.parts[::2], self.texts, strict=False):
            at += len(before) + len(self.lead)
            found.append((at, at + len(text)))
            at += len(text)
        return found


class _Elements:
    """The annotations of a block as they are written, taken apart when one is asked for."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def __getitem__(self, place: int) -> bytes:
        return self._block.data[slice(*self.bounds[place])]

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """Where each starts and ends."""
        return self._block.raw().bounds()


def plain(block: Block) -> Found | None:
    """The labels of a block in which nothing else can be taken for one; none if it is another.

    Every annotation has the member, and no name is escaped: so the name stands at least once in
    each. If it stands there as often as there are annotations, it stands once in each.
    """
    data, count = block.data, len(block.values)
    lead = _LEAD.search(data)
    if lead is None or _escapes(data) or data.count(_NAME) != count:
        return None
    parts = re.split(re.escape(lead[0]) + rb"(\d+)(?=[ \t\n\r,}])", data)
    if len(parts) != 2 * count + 1 or None in set(map(_REF, block.values)):
        return None
    return Found(block, parts[1::2], range(count), (), parts, lead[0])


def _escapes(data: bytes) -> bool:
    """Whether a name may be spelled with escapes; one byte is found much faster than two."""
    return b"\\" in data and b"\\u" in data


def searched(block: Block) -> Found:
    """The labels of any block."""
    data = block.data
    owners, spans = [], []
    for place, (start, _) in enumerate(block.raw().bounds()):
        if block.values[place].category_id is not None:
            node = jsontext.tree(data, start).members["category_id"]
            owners.append(place)
            spans.append((node.start, node.end))
    return Found(block, [data[a:b] for a, b in spans], owners, [a for a, _ in spans])


class Annotations:
    """The annotations of one file.

    ``certain`` says, by what is written for a category, what becomes of all its labels if they are
    written again and all go one way. With ``look`` boxes may become alike. ``prefix`` begins the
    names of records.
    """

    def __init__(
        self,
        run: Run,
        around: Surroundings,
        certain: Mapping[bytes, Placed],
        *,
        look: bool,
        prefix: str = "",
    ) -> None:
        self._run, self._around, self._prefix = run, around, prefix
        self._new = {old: str(each.refs[0]).encode() for old, each in certain.items()}
        self._refs = {old: int(old) for old in certain}
        self._changed = frozenset(old for old, each in certain.items() if not each.kept)
        self._traces = Traces(run)
        self._boxes = Boxes(run, certain, self._traces) if look else None
        self._counts: Counter[bytes] = Counter()
        self._kept = False

    def settle(self) -> None:
        """All annotations of the file have been seen."""
        if self._boxes is not None:
            self._counts.subtract(self._boxes.settle())
        for text, times in self._counts.items():
            if text in self._refs and times:
                self._run.count(self._refs[text], times)
        self._counts.clear()
        self._traces.flush()

    def piece(self, block: Block) -> Piece:
        """A block after the migration."""
        found = plain(block) or searched(block)
        new = list(map(self._new.get, found.texts))
        changed = list(map(ne, new, found.texts))
        gone: set[int] = set()
        if self._boxes is not None or True in changed:
            keys = self._keys(found)
            places = self._places(found, keys)
            if None in new:
                gone = self._one_by_one(found, new, keys, places)
                changed = list(map(ne, new, found.texts))
            self._trace(found, keys, places)
        self._counts.update(found.texts)
        return self._written(found, new, changed, gone)

    def _keys(self, found: Found) -> list[str]:
        """The names of the records."""
        rows = found.rows()
        keys = list(map(str, map(_ID, rows)))
        if "None" in keys:
            first = found.block.before + 1
            keys = [
                f"annotation {first + owner}" if row.id is None else key
                for owner, row, key in zip(found.owners, rows, keys, strict=True)
            ]
        return [self._prefix + each for each in keys] if self._prefix else keys

    def _places(self, found: Found, keys: Sequence[str]) -> Sequence[int | None]:
        """Where each label lies, if that is looked at."""
        if self._boxes is None:
            return (None,) * len(keys)
        rows = found.rows()
        return places_of(list(map(_IMAGE, rows)), list(map(bytes, map(_BOX, rows))), keys)

    def _one_by_one(
        self,
        found: Found,
        new: list[bytes | None],
        keys: Sequence[str],
        places: Sequence[int | None],
    ) -> set[int]:
        """Place the labels that are not certain; gives the annotations that go."""
        gone = set()
        elements = _Elements(found.block)
        beside = self._run.looks_beside
        for number, text in enumerate(new):
            if text is not None:
                continue
            owner = found.owners[number]
            row = found.block.values[owner]
            fields = Lazy(partial(self._fields, elements, owner))
            label = Label(keys[number], row.category_id, fields)
            others = self._around.beside(row.image_id, row.category_id) if beside else ()
            (placed,) = self._run.place(Item((label,), others, places[number]))
            if not placed.refs:
                gone.add(owner)
            new[number] = _text(placed, found.texts[number])
        return gone

    def _fields(self, elements: _Elements, place: int) -> Mapping[str, Any]:
        return self._around.fields(elements[place])

    def _trace(self, found: Found, keys: Sequence[str], places: Sequence[Any]) -> None:
        """Tell of the labels that are certain and changed."""
        if self._boxes is not None:
            self._boxes.add(places, found.texts, keys)
            return
        changed = list(map(self._changed.__contains__, found.texts))
        if True in changed:
            refs = map(self._refs.__getitem__, compress(found.texts, changed))
            self._traces.add(compress(keys, changed), refs)

    def _written(
        self, found: Found, new: Sequence[bytes | None], changed: Sequence[bool], gone: set[int]
    ) -> Piece:
        block = found.block
        stayed, self._kept = self._kept, self._kept or len(gone) < len(block.values)
        late = bool(block.before) and not stayed
        if not gone and not late:
            if True not in changed:
                return Chunk(block.data)
            if found.parts:
                return _ready(found, new, changed)
        edits = [
            Edit(start, end, text)
            for (start, end), owner, text in compress(
                zip(found.bounds(), found.owners, new, strict=True), changed
            )
            if owner not in gone and text is not None
        ]
        if gone or late:
            edits += block.raw().removals(gone, kept=stayed)
        return Chunk(block.data, sorted(edits))


def _text(placed: Placed, old: bytes) -> bytes:
    """What to write for a label; nothing is changed in one that goes with its annotation."""
    return old if placed.kept or not placed.refs else str(placed.refs[0]).encode()


def _ready(found: Found, new: Sequence[bytes | None], changed: Sequence[bool]) -> Ready:
    """A plain block with other labels."""
    import numpy

    parts = list(found.parts)
    parts[1::2] = [found.lead + each for each in new if each is not None]
    mask = numpy.array(changed)
    lengths = numpy.fromiter(map(len, parts), numpy.int64, len(parts))
    ends = lengths.cumsum()[1::2][mask]
    sizes = lengths[1::2][mask] - len(found.lead)
    return Ready(b"".join(parts), ends - sizes, sizes, list(compress(found.texts, changed)))
