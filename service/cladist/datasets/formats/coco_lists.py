"""Lists of classes that an LVIS picture has: known to be absent, and not marked everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from cladist.datasets.formats import jsontext
from cladist.datasets.formats.jsonblocks import Block, Decoder
from cladist.datasets.formats.jsontext import Node
from cladist.datasets.records import Chunk, Edit, Item, Label, Piece, Ref
from cladist.datasets.run import Run

ABSENT, PARTIAL = "neg_category_ids", "not_exhaustive_category_ids"


class Picture(msgspec.Struct, gc=False):
    """What is read of every picture."""

    id: int | str | None = None
    neg_category_ids: list[int] | None = None
    not_exhaustive_category_ids: list[int] | None = None


PICTURES: Decoder = msgspec.json.Decoder(list[Picture])


def piece(block: Block, run: Run, prefix: str) -> Piece:
    """A block of pictures after the migration."""
    listed = [
        place
        for place, each in enumerate(block.values)
        if each.neg_category_ids or each.not_exhaustive_category_ids
    ]
    if not listed:
        return Chunk(block.data)
    bounds = block.raw().bounds()
    edits: list[Edit] = []
    for place in listed:
        picture = block.values[place]
        name = block.before + place + 1 if picture.id is None else picture.id
        key = f"{prefix}image {name}"
        node = jsontext.tree(block.data, bounds[place][0])
        edits += _list(block.data, node, ABSENT, _absent(picture.neg_category_ids, key, run))
        partial = _partial(picture.not_exhaustive_category_ids, key, run)
        edits += _list(block.data, node, PARTIAL, partial)
    return Chunk(block.data, sorted(edits))


def _absent(refs: Sequence[int] | None, key: str, run: Run) -> Sequence[Ref] | None:
    """What to write for the classes known to be absent, all of which are one item."""
    if not refs:
        return None
    placed = run.place(Item(tuple(Label(key, ref, negative=True) for ref in refs)))
    return [ref for each in placed for ref in each.refs]


def _partial(refs: Sequence[int] | None, key: str, run: Run) -> Sequence[Ref] | None:
    """What to write for the classes of which not every object is marked.

    They are no labels of one thing, so each is placed for itself; only those that become one class
    are placed together, so that the second one is counted as saying the same.
    """
    if not refs:
        return None
    groups: dict[Any, list[int]] = {}
    for ref in refs:
        fixed = run.fixed(ref)
        groups.setdefault(ref if fixed is None else fixed.refs, []).append(ref)
    found: dict[Ref, None] = {}
    for group in groups.values():
        for each in run.place(Item(tuple(Label(key, ref) for ref in group))):
            found.update(dict.fromkeys(each.refs))
    return list(found)


def _list(data: bytes, node: Node, name: str, refs: Sequence[Ref] | None) -> Iterator[Edit]:
    """A list written anew where it differs."""
    array = node.members.get(name)
    if array is None or refs is None:
        return
    items = array.items
    if [int(data[each.start : each.end]) for each in items] == list(refs):
        return
    comma = data[items[0].end : items[1].start] if len(items) > 1 else b", "
    yield Edit(items[0].start, items[-1].end, comma.join(str(ref).encode() for ref in refs))
