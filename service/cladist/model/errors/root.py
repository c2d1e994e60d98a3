"""The base of all refusals."""

from __future__ import annotations


class CladistError(Exception):
    """Base of all refusals; ``str(error)`` is one sentence for a person.

    ``position`` is that of the refused change in a batch, from 0, where there is one.
    """

    position: int | None = None
