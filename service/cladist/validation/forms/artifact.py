"""What a report is about, for forms that point at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cladist.validation.report import Report
from cladist.validation.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Artifact:
    """A checked file or version: its name or path, the taxonomy's IRI, what was found in it and
    counted, and the lines on which its classes begin, if it has lines."""

    name: str
    iri: str
    report: Report
    statistics: Statistics | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
