"""Blocks of JSON Lines in which every label has one certain answer, a text member at the top.

The block is rewritten as bytes, where that is proved to be safe.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import compress
from typing import Any

from cladist.datasets.formats.jsontext import quoted
from cladist.datasets.records import Joined, Ready
from cladist.datasets.run import Run

_SMALL = 64 * 1024


@cache
def _pattern(name: str) -> re.Pattern[bytes]:
    return re.compile(rb'("%s"[ \t]*:[ \t]*")([^"\\]*)(?=")' % re.escape(name.encode()))


@cache
def _decoder(name: str) -> Any:
    import msgspec

    shape = msgspec.defstruct("Record", [("label", str)], rename={"label": name})
    return msgspec.json.Decoder(shape)


def rewritten(block: bytes, name: str, run: Run, line: int) -> Ready | None:
    """The block after the migration; none where it must be looked at line by line."""
    parts = _parts(block, name)
    if parts is None:
        return None
    old = parts[2::3]
    counts = Counter(old)
    placed = {each: run.fixed(each.decode()) for each in counts}
    if any(each is None or not each.refs for each in placed.values()):
        return None
    new = {
        each: each if found is None or found.kept else quoted(str(found.refs[0]), each)[1:-1]
        for each, found in placed.items()
    }
    parts[2::3] = map(new.__getitem__, old)
    for each, times in counts.items():
        run.count(each.decode(), times)
    return _ready(parts, old, new, line, run)


def _parts(block: bytes, name: str) -> list[bytes] | None:
    """What lies between the labels, what leads up to each, and the labels; none if unsafe.

    A parser finds the name at the top of every record. The name stands in the block once for each
    record, and nothing is written by escapes: so where it stands is the top.
    """
    escaped = b"\\" in block and b"\\u" in block  # one byte is found much faster than two
    if len(block) < _SMALL or escaped:
        return None
    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    if block.count(b'"%s"' % name.encode()) != lines:
        return None
    parts = _pattern(name).split(block)
    if len(parts) // 3 != lines:
        return None
    try:
        return parts if len(_decoder(name).decode_lines(block)) == lines else None
    except ValueError:
        return None


def _ready(
    parts: list[bytes], old: list[bytes], new: dict[bytes, bytes], line: int, run: Run
) -> Ready:
    import numpy

    places = {each: place for place, each in enumerate(new)}
    codes = numpy.fromiter(map(places.__getitem__, old), dtype=numpy.int32, count=len(old))
    flags = numpy.array([each != value for each, value in new.items()])[codes]
    lengths = numpy.fromiter(map(len, parts), dtype=numpy.int64, count=len(parts))
    changed = numpy.flatnonzero(flags)
    ends = lengths.cumsum()[2::3][changed]
    new_lengths = lengths[2::3][changed]
    texts = list(compress(old, flags.tolist()))
    refs = [each.decode() for each in new]
    run.trace_rows(line, changed, codes[changed], refs, name="line")
    old_lengths = numpy.array([len(each) for each in new])[codes[changed]]
    return Ready(
        b"".join(parts), ends - new_lengths, new_lengths, Joined(b"".join(texts), old_lengths)
    )
