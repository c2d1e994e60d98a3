"""Contents by their digest, each kept whole or as what it changed, whichever is cheaper.

A *snapshot* is the content's text in one zstd frame. A *delta* is one zstd frame of a decimal
line count and a newline, so many lines to remove, then the lines to add; it leads from the content
``base_sha``. So every content is a snapshot and a chain of deltas. A blob is never changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

import zstandard
from sqlalchemy import Connection, Select, bindparam, insert, literal, select

from cladist.ledger.tables import blob
from cladist.model.errors import ContentMismatch, InvalidChange, NotFound
from cladist.rdf.content import Delta, Lines, compose, digest, join, patch, split

_LEVEL = 3
# Reading a link of a chain costs about as much as reading so many bytes of a snapshot, and all
# links together may cost (and weigh) this share of their snapshot. Both costs grow with the size
# of the content, so the few contents that are kept whole pay for themselves whatever its size.
_LINK = 256
_SHARE = 0.5

_FIND = select(blob.c.sha).where(blob.c.sha == bindparam("sha"))
_WEIGH = select(blob.c.root_size, blob.c.chain_weight).where(blob.c.sha == bindparam("sha"))
_LINKED = select(blob.c.base_sha, blob.c.payload).where(blob.c.sha == bindparam("sha"))
_INSERT = insert(blob)

# What reading a damaged payload may raise.
UNREADABLE = (zstandard.ZstdError, InvalidChange, ValueError, IndexError)


@dataclass(frozen=True, slots=True)
class Blob:
    """A content ready to be stored.

    ``root_size`` is the payload size of the snapshot that its chain starts from,
    ``chain_weight`` what all links of the chain weigh: their payloads and ``_LINK`` for each.
    """

    sha: str
    kind: str
    base_sha: str | None
    root_size: int
    chain_weight: int
    payload: bytes


def snapshot(lines: Lines, sha: str | None = None) -> Blob:
    """A content kept whole.

    ContentMismatch when its digest is not ``sha``; InvalidValue when the lines are not sorted.
    """
    text = join(lines)
    actual = hashlib.sha256(text).hexdigest()
    if sha is not None and sha != actual:
        raise ContentMismatch(sha, actual)
    payload = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(text)
    return Blob(actual, "snapshot", None, len(payload), 0, payload)


def plan(connection: Connection, base_sha: str, sha: str, content: Delta | Lines) -> Blob | None:
    """How to store the content ``sha``, None when it is stored already.

    A delta must lead from ``base_sha``. It stays one, and its digest is checked when it is next
    read, unless its chain grows too heavy: then the content is built, checked and kept whole.
    """
    if is_stored(connection, sha):
        return None
    if not isinstance(content, Delta):
        return snapshot(content, sha)
    payload = pack(content)
    root_size, weight = connection.execute(_WEIGH, {"sha": base_sha}).one()
    weight += len(payload) + _LINK
    if weight <= root_size * _SHARE:
        return Blob(sha, "delta", base_sha, root_size, weight, payload)
    return snapshot(patch(materialise(chain(connection, base_sha)), content), sha)


def store(connection: Connection, new: Blob | None) -> None:
    """Insert the blob unless another writer has."""
    if new is not None and not is_stored(connection, new.sha):
        connection.execute(_INSERT, asdict(new))


def is_stored(connection: Connection, sha: str) -> bool:
    """Whether there is content with this digest."""
    return connection.scalar(_FIND, {"sha": sha}) is not None


def kept_delta(connection: Connection, base_sha: str, sha: str) -> Delta | None:
    """The delta by which the content ``sha`` is kept, when it leads from ``base_sha``."""
    if base_sha == sha:
        return Delta()
    found = connection.execute(_LINKED, {"sha": sha}).one_or_none()
    if found is None or found.base_sha != base_sha:
        return None
    try:
        return read_delta(found.payload)
    except UNREADABLE as error:
        raise ContentMismatch(sha, "(unreadable)") from error


@dataclass(frozen=True, slots=True)
class Chain:
    """What a content is made of: its digest, a snapshot's payload, the deltas' from old to new."""

    sha: str
    root: bytes
    links: tuple[bytes, ...]


def _payloads() -> Select[Any]:
    """The payloads of a content's chain, its snapshot's first."""
    start = select(blob.c.sha, blob.c.base_sha, literal(0).label("depth"))
    steps = start.where(blob.c.sha == bindparam("sha")).cte("steps", recursive=True)
    further = select(blob.c.sha, blob.c.base_sha, steps.c.depth + 1)
    steps = steps.union_all(further.join(steps, blob.c.sha == steps.c.base_sha))
    payloads = select(blob.c.payload).join(steps, blob.c.sha == steps.c.sha)
    return payloads.order_by(steps.c.depth.desc())


_PAYLOADS = _payloads()


def chain(connection: Connection, sha: str) -> Chain:
    """What the content ``sha`` is made of; NotFound when there is none."""
    rows = connection.scalars(_PAYLOADS, {"sha": sha}).all()
    if not rows:
        raise NotFound(f"There is no content with digest {sha}.")
    return Chain(sha, rows[0], tuple(rows[1:]))


def materialise(parts: Chain) -> list[bytes]:
    """The content's lines; ContentMismatch when they do not have its digest."""
    try:
        text = unzip(parts.root)
        if not parts.links:
            _expect(parts.sha, hashlib.sha256(text).hexdigest())
            return split(text)
        lines = patch(split(text), compose(map(read_delta, parts.links)))
    except UNREADABLE as error:
        raise ContentMismatch(parts.sha, "(unreadable)") from error
    _expect(parts.sha, digest(lines))
    return lines


def _expect(sha: str, actual: str) -> None:
    if sha != actual:
        raise ContentMismatch(sha, actual)


def pack(delta: Delta) -> bytes:
    """The payload of a delta."""
    text = b"".join((b"%d\n" % len(delta.removed), *delta.removed, *delta.added))
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(text)


def unzip(payload: bytes) -> bytes:
    """The text of a payload."""
    return zstandard.ZstdDecompressor().decompress(payload)


def read_delta(payload: bytes) -> Delta:
    """The delta that a delta's payload holds."""
    lines = split(unzip(payload))
    end = 1 + int(lines[0])
    return Delta(tuple(lines[1:end]), tuple(lines[end:]))
