"""One kind of problem, as every page and example of it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PREFIX = "/problems/"
"""What the type URI of a problem begins with; it is relative to the service (RFC 9457, 3.1.1)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A problem type: its name in the type URI, its status, and what callers may rely on.

    ``members`` are those beyond RFC 9457's own, each with an example.
    """

    name: str
    status: int
    title: str
    description: str
    members: dict[str, Any]

    @property
    def uri(self) -> str:
        """The type URI, which dereferences."""
        return PREFIX + self.name


def kind(name: str, status: int, title: str, description: str, **members: Any) -> Kind:
    """A kind; further arguments are its members, each with an example."""
    return Kind(name, status, title, description, members)
