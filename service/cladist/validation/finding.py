"""One finding, before it is put into words for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What an engine found: rule id, the IRI at fault, the literal at fault if it is one, and the
    message with ids between angle brackets."""

    rule: str
    subject: str
    value: str | None
    message: str
