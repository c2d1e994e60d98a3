"""Small contents, changes and acts to write into ledgers."""

from __future__ import annotations

from cladist.ledger import Act, ChangeRecord, Idempotency, NewVersion
from cladist.rdf.content import Delta, digest, patch

SLUG, IRI = "animals", "https://w3id.org/cladist/id/animals"
NOON = "2026-01-02T12:00:00.000000Z"
BASE = tuple(f'<{IRI}/{number:03}> <urn:label> "class" .\n'.encode() for number in range(40))


def many(count: int, salt: int = 0) -> list[bytes]:
    """Lines that compress badly, as digests do."""
    texts = (digest([b"%d %d" % (number, salt)]) for number in range(count))
    return sorted(f"<urn:{text}> <urn:p> <urn:o> .\n".encode() for text in texts)


def act(key: str | None = None, request_hash: str = "a") -> Act:
    """An act of Ada's, with an idempotency key if one is given."""
    if key is None:
        return Act("ada", NOON)
    return Act("ada", NOON, request=Idempotency(key, request_hash, f'"{key}"'))


def change(name: str, text: str = "x") -> ChangeRecord:
    """A change with this id."""
    return ChangeRecord(name, f'{{"label":"{text}"}}', "ada", NOON)


def addition(number: int) -> Delta:
    """The delta that adds one class."""
    return Delta(added=(f'<{IRI}/{number:06}> <urn:label> "new" .\n'.encode(),))


def version(number: str, lines: tuple[bytes, ...] | list[bytes], notes: str = "") -> NewVersion:
    """What is said of a version with this content."""
    return NewVersion(number, digest(lines), notes, "[]")


def grown(lines: tuple[bytes, ...] | list[bytes], delta: Delta) -> tuple[bytes, ...]:
    """The content that a delta makes."""
    return tuple(patch(lines, delta))
