"""A report as people read it: by severity, then rule by rule, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cladist.model.taxonomy import Enforcement
from cladist.validation.policy import Severity
from cladist.validation.report import Report, Result, Rule

HEADS = {
    Severity.VIOLATION: "Wrong",
    Severity.WARNING: "Doubtful",
    Severity.INFO: "Worth a look",
}
"""What people call the severities."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """All that one rule found: how much, and the results that are given."""

    rule: Rule
    count: int
    enforced: bool
    results: tuple[Result, ...]


def chapters(report: Report, rules: Sequence[Rule]) -> list[Chapter]:
    """The rules that found something: those that stand against publishing first, then by severity,
    then by how much they found."""
    counts = dict(report.counts)
    found: dict[str, list[Result]] = {}
    for each in report.results:
        found.setdefault(each.rule, []).append(each)
    made = [
        Chapter(rule, counts[rule.id], _enforced(found[rule.id]), tuple(found[rule.id]))
        for rule in (*rules, *report.own)
        if rule.id in found
    ]
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    return sorted(
        made,
        key=lambda each: (not each.enforced, ranks[each.rule.severity], -each.count, each.rule.id),
    )


def _enforced(results: Sequence[Result]) -> bool:
    return results[0].enforcement is Enforcement.ENFORCE


def headline(report: Report, rules: Sequence[Rule]) -> str:
    """How much was found, by severity."""
    if not report.total:
        return f"Nothing was found by {len(report.rules_run)} rules."
    severities = {rule.id: rule.severity for rule in (*rules, *report.own)}
    parts = []
    for severity, head in HEADS.items():
        count = sum(n for rule, n in report.counts if severities[rule] is severity)
        if count:
            parts.append(f"{head.lower()}: {count:,}")
    return f"{report.total:,} found ({', '.join(parts)}) by {len(report.rules_run)} rules."


def bars(chapters: Sequence[Chapter]) -> Iterator[tuple[str, int, float]]:
    """Rules with their counts and their share of the greatest, for a drawing."""
    most = max((each.count for each in chapters), default=1)
    for each in chapters:
        yield each.rule.title, each.count, each.count / most
