"""Blocks of JSON Lines in which every label has one certain answer, a text member at the top.

The block is rewritten as bytes. That it is safe is proved first: the name stands once in every
line, no name is escaped, and a parser finds the same labels at the top of the records.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import accumulate, compress
from operator import attrgetter
from typing import Any

from cladist.datasets.formats.jsontext import quoted
from cladist.datasets.records import Ready
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
    placed = {each: run.fixed(each.decode()) for each in set(old)}
    if any(each is None or not each.refs for each in placed.values()):
        return None
    new = {
        each: each if found is None or found.kept else quoted(str(found.refs[0]), each)[1:-1]
        for each, found in placed.items()
    }
    parts[2::3] = map(new.__getitem__, old)
    lines = range(line, line + len(old))
    changed = [each for each, value in new.items() if each != value]
    flags = list(map(frozenset(changed).__contains__, old))
    for each, times in Counter(old).items():
        run.count(each.decode(), times)
    return _ready(parts, old, flags, lines, run)


def _parts(block: bytes, name: str) -> list[bytes] | None:
    """What lies between the labels, what leads up to each, and the labels; none if unsafe."""
    if len(block) < _SMALL or b"\\u" in block or b"\n\n" in block:
        return None
    parts = _pattern(name).split(block)
    count = len(parts) // 3
    lines = block.count(b"\n") + (not block.endswith(b"\n"))
    if count != lines or block.count(b'"%s"' % name.encode()) != count:
        return None
    try:
        records = _decoder(name).decode_lines(block)
    except ValueError:
        return None
    texts = list(map(str.encode, map(attrgetter("label"), records)))
    return parts if texts == parts[2::3] else None


def _ready(
    parts: list[bytes], old: list[bytes], flags: list[bool], lines: range, run: Run
) -> Ready:
    ends = list(accumulate(map(len, parts)))
    lengths = list(compress(map(len, parts[2::3]), flags))
    starts = [
        end - length for end, length in zip(compress(ends[2::3], flags), lengths, strict=True)
    ]
    texts = list(compress(old, flags))
    if texts:
        keys = [f"line {number}" for number in compress(lines, flags)]
        run.trace(keys, [each.decode() for each in texts])
    return Ready(b"".join(parts), starts, lengths, texts)
