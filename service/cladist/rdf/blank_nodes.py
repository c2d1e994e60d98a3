"""The blank nodes of a document: what each says, which it refers to, who refers to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from cladist.rdf.statement import Statement

Link = tuple[str, str]
"""Predicate with graph, and the blank node at the other end."""


class BlankNodes:
    """Statements about blank nodes by node; nodes stand in document order, repeats are dropped."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.says: dict[str, list[str]] = {}
        self.refers: dict[str, list[Link]] = {}
        self.named_by: dict[str, list[str]] = {}
        self.referrers: dict[str, list[Link]] = {}
        for subject, predicate, value, graph in dict.fromkeys(statements):
            key = f"{predicate} {graph}"
            if is_blank(subject) and is_blank(value):
                self._add(subject)
                self._add(value)
                self.refers[subject].append((key, value))
                self.referrers[value].append((key, subject))
            elif is_blank(subject):
                self._add(subject)
                self.says[subject].append(f"{key} {value}")
            elif is_blank(value):
                self._add(value)
                self.named_by[value].append(f"{subject} {key}")

    def _add(self, node: str) -> None:
        if node not in self.says:
            self.says[node] = []
            self.refers[node] = []
            self.named_by[node] = []
            self.referrers[node] = []

    def __iter__(self) -> Iterator[str]:
        return iter(self.says)

    def __len__(self) -> int:
        return len(self.says)


def is_blank(token: str) -> bool:
    """Whether the token is a blank node's label."""
    return token.startswith("_:")


def fingerprint(kind: str, parts: Iterable[str]) -> str:
    """A hash of the parts, which hold no newline, as 32 hexadecimal digits."""
    return blake2b("\n".join((kind, *parts)).encode(), digest_size=16).hexdigest()
