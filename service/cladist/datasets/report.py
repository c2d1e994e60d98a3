"""The report of a migration: what every label became, in numbers that add up to the input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from cladist.datasets.decisions import Decisions
from cladist.datasets.migrate import Migration
from cladist.datasets.records import Fate
from cladist.datasets.tally import Tally


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Labels of one class that met one fate; names are labels, empty where there is no class."""

    source: str
    source_id: str
    fate: Fate
    target: str
    target_id: str
    count: int
    via: tuple[str, ...] = ()


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Something a person should see: how often, and the records where it came first."""

    what: str
    count: int
    records: tuple[str, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All that a migration did. ``adds_up`` says whether the sums were found to be right."""

    taxonomy: str
    slug: str
    source: str
    target: str
    dataset: str
    labels: int
    written: int
    collapsed: int
    """Labels that say what another one of their item says; written once."""
    items: int
    fewer: int
    """Items with fewer labels than before."""
    fates: dict[str, int]
    lines: tuple[Line, ...]
    findings: tuple[Found, ...]
    unknown: tuple[tuple[str, int], ...]
    decisions: int
    unused: tuple[str, ...]
    """Records (the first of them) with decisions that no label asked for."""
    unused_count: int
    adds_up: bool

    @property
    def review(self) -> int:
        """Labels that need a person."""
        return self.fates[Fate.REVIEW.value]


_UNUSED = 20


def report_of(migration: Migration, dataset: str, decisions: Decisions) -> Report:
    """The report of a pass that is done."""
    tally, plan = migration.tally, migration.plan
    unused = [key for key in decisions.found if key not in migration.used]
    fates = {fate.value: count for fate, count in tally.fates().items()}
    return Report(
        taxonomy=plan.target.taxonomy,
        slug=plan.target.slug,
        source=plan.source.version,
        target=plan.target.version,
        dataset=dataset,
        labels=tally.labels,
        written=tally.went,
        collapsed=sum(tally.collapsed),
        items=tally.items,
        fewer=tally.fewer,
        fates=fates,
        lines=tuple(_lines(migration)),
        findings=tuple(
            Found(what=what, count=each.count, records=tuple(each.examples))
            for what, each in tally.findings.items()
        ),
        unknown=tuple(unknown(tally)),
        decisions=len(decisions),
        unused=tuple(record for record, _ in unused[:_UNUSED]),
        unused_count=len(unused),
        adds_up=_adds_up(tally),
    )


def _lines(migration: Migration) -> Sequence[Line]:
    """Verdicts that differ only in who decided are one line; the most frequent come first."""
    counts: dict[tuple[str, str | None, Fate], int] = {}
    via: dict[tuple[str, str | None, Fate], tuple[str, ...]] = {}
    tally = migration.tally
    for verdict, count in zip(tally.verdicts, tally.counts, strict=True):
        if count and verdict.fate is not Fate.UNKNOWN:
            key = verdict.source, verdict.target, verdict.fate
            counts[key] = counts.get(key, 0) + count
            via[key] = () if verdict.fate is Fate.BY_DECISION else verdict.via
    ordered = sorted(counts, key=lambda each: (-counts[each], each[0], each[1] or "", each[2]))
    return [_line(migration, key, counts[key], via[key]) for key in ordered]


def _line(
    migration: Migration, key: tuple[str, str | None, Fate], count: int, via: tuple[str, ...]
) -> Line:
    source, target, fate = key
    plan = migration.plan
    known = target is not None and target in plan.target
    return Line(
        source=plan.source.label(source),
        source_id=source,
        fate=fate,
        target=plan.target.label(target) if known and target else target or "",
        target_id=target if known and target else "",
        count=count,
        via=via,
    )


def unknown(tally: Tally) -> Sequence[tuple[str, int]]:
    """The labels that the version does not know, the most frequent first."""
    found = [
        (verdict.reason, count)
        for verdict, count in zip(tally.verdicts, tally.counts, strict=True)
        if verdict.fate is Fate.UNKNOWN and count
    ]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _adds_up(tally: Tally) -> bool:
    """Whether what came in is what has a verdict, and what went out is what verdicts let out."""
    if tally.labels != sum(tally.counts):
        return False
    out = tally.extra
    for verdict, count, collapsed in zip(
        tally.verdicts, tally.counts, tally.collapsed, strict=True
    ):
        gone = verdict.target is None and verdict.fate not in (Fate.REVIEW, Fate.UNKNOWN)
        out += 0 if gone else count - collapsed
    return out == tally.went


def encoded(report: Report) -> bytes:
    """The report as JSON, indented."""
    return msgspec.json.format(msgspec.json.encode(_plain(report)), indent=2) + b"\n"


def _plain(report: Report) -> dict[str, Any]:
    return {"format": "cladist-report-1", **msgspec.structs.asdict(report)}
