"""What a report is about, for forms that point at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cladist.validation.report import Report, Rule
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


def all_rules(artifacts: Iterable[Artifact], rules: Iterable[Rule]) -> Sequence[Rule]:
    """The rules, and those that what was checked brings itself."""
    own = (rule for artifact in artifacts for rule in artifact.report.own)
    return tuple({rule.id: rule for rule in (*rules, *own)}.values())
