"""Boxes of one picture that lie in the same place and may be of one class since a migration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, repeat
from typing import Any, NamedTuple

import msgspec

from cladist.datasets.records import Item, Label, Placed
from cladist.datasets.run import Run

_NONE = frozenset({b"", b"null", b"[]"})
_BATCH = 50_000
_SEEN = -1
"""In place of a class: the run has placed this label already."""


class _Waiting(NamedTuple):
    """Labels of a block: where they lie, their classes by number, their keys packed."""

    places: Any
    classes: Any
    keys: bytes


def places_of(images: Sequence[Any], boxes: Sequence[bytes], keys: Sequence[str]) -> list[int]:
    """A number for where each annotation lies; equal for equal boxes of one picture."""
    if _NONE.isdisjoint(boxes):
        return list(map(hash, zip(images, boxes, strict=True)))
    each = zip(images, boxes, keys, strict=True)
    return [hash(key) if box in _NONE else hash((image, box)) for image, box, key in each]


class Traces:
    """Traces of labels that are certain, told many at once."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._keys: list[str] = []
        self._refs: list[int] = []

    def add(self, keys: Iterable[str], refs: Iterable[int]) -> None:
        """Some more changed labels."""
        self._keys += keys
        self._refs += refs
        if len(self._keys) > _BATCH:
            self.flush()

    def flush(self) -> None:
        """Tell of all that wait."""
        self._run.trace(self._keys, self._refs)
        self._keys, self._refs = [], []


class Boxes:
    """Waits with labels that have one certain answer until all of a file are known.

    Then those that share a place are placed one by one, so that the run sees them, and all others
    are traced together. Of a label it holds about 20 bytes.
    """

    def __init__(self, run: Run, certain: Mapping[bytes, Placed], traces: Traces) -> None:
        self._run, self._traces = run, traces
        self._refs = [int(each) for each in certain]
        self._changed = [not each.kept for each in certain.values()]
        self._numbers = {text: number for number, text in enumerate(certain)}
        self._waiting: list[_Waiting] = []

    def add(self, places: Sequence[int], texts: Sequence[bytes], keys: Sequence[str]) -> None:
        """The labels of a block; those that are not certain have been placed already."""
        import numpy

        numbers = map(self._numbers.get, texts, repeat(_SEEN))
        self._waiting.append(
            _Waiting(
                numpy.array(places, numpy.int64),
                numpy.fromiter(numbers, numpy.int32, len(texts)),
                msgspec.msgpack.encode(keys),
            )
        )

    def settle(self) -> Counter[bytes]:
        """All labels of the file have been added; gives those that were placed here, by text."""
        import numpy

        told: Counter[bytes] = Counter()
        if not self._waiting:
            return told
        places = numpy.sort(numpy.concatenate([each.places for each in self._waiting]))
        shared = numpy.unique(places[1:][places[1:] == places[:-1]])
        changed = numpy.array([*self._changed, False])  # the last one for _SEEN
        for each in self._waiting:
            certain = each.classes != _SEEN
            alone = certain & ~numpy.isin(each.places, shared) if len(shared) else certain
            keys = msgspec.msgpack.decode(each.keys, type=list[str])
            self._trace(each, keys, alone & changed[each.classes])
            if len(shared):
                told.update(self._one_by_one(each, keys, certain & ~alone))
        self._waiting = []
        return told

    def _trace(self, labels: _Waiting, keys: Sequence[str], chosen: Any) -> None:
        refs = map(self._refs.__getitem__, labels.classes[chosen].tolist())
        self._traces.add(compress(keys, chosen.tolist()), refs)

    def _one_by_one(self, labels: _Waiting, keys: Sequence[str], chosen: Any) -> Iterator[bytes]:
        for number in chosen.nonzero()[0].tolist():
            ref = self._refs[labels.classes[number]]
            self._run.place(Item((Label(keys[number], ref),), (), int(labels.places[number])))
            yield str(ref).encode()
