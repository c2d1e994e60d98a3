"""Validation reports as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import Field

from cladist.api.schemas.base import Model

if TYPE_CHECKING:
    from cladist.catalog.counts import Counted
    from cladist.validation.report import Named, Report, Result


class NamedModel(Model):
    """A class, group, slot or taxonomy with its label and one way down to it."""

    id: str = Field(examples=["https://w3id.org/cladist/id/pets/7k2m9x4q1c"])
    label: str = Field(examples=["cat"])
    path: list[str] = Field(examples=[["animal", "cat"]])


class ResultModel(Model):
    """One finding, with what to do about it."""

    rule: str = Field(examples=["clad-clar-no-definition"])
    title: str = Field(examples=["Every class has a definition"])
    severity: str = Field(description="`violation`, `warning` or `info`.", examples=["warning"])
    enforcement: str = Field(
        description="`enforce` stops publishing, `report` does not.", examples=["report"]
    )
    subject: str = Field(examples=["https://w3id.org/cladist/id/pets/7k2m9x4q1c"])
    classes: list[NamedModel]
    value: str | None = Field(examples=["#FF0000"])
    message: str = Field(examples=["“cat” (animal › cat) has no definition."])
    advice: str = Field(examples=["Write one."])


class ReportModel(Model):
    """What the rules found; ``conforms`` is whether nothing stands against publishing."""

    conforms: bool = Field(examples=[True])
    summary: str = Field(examples=["Nothing stands against publishing (2 remarks)."])
    counts: dict[str, int] = Field(
        description="How much each rule found, be it shown or not.",
        examples=[{"clad-clar-no-definition": 2}],
    )
    results: list[ResultModel] = Field(
        description="Of one rule a thousand at most, the first by id; `counts` says how many."
    )
    rules_run: list[str] = Field(examples=[["clad-clar-no-definition"]])
    engine: str = Field(examples=["Cladist 0.1.0"])
    shapes_digest: str = Field(examples=["9f86d081884c7d65…"])


class CountedModel(Model):
    """A version with its counts; null where none were kept."""

    number: str = Field(examples=["1.0.0"])
    at: str = Field(examples=["2026-11-23T10:00:00.000000Z"])
    total: int | None = Field(description="How much was found in all.", examples=[2])
    counts: dict[str, int] | None = Field(
        description="How much each rule found, if anything.",
        examples=[{"clad-clar-no-definition": 2}],
    )
    engine: str = Field(examples=["Cladist 0.1.0"])
    shapes_digest: str = Field(examples=["9f86d081884c7d65…"])


class HistoryModel(Model):
    """How much the rules found in each version when it was published, oldest first."""

    versions: list[CountedModel]


def history_of(counted: Iterable[Counted]) -> HistoryModel:
    """The counts of all versions as JSON."""
    return HistoryModel(
        versions=[
            CountedModel(
                number=each.number,
                at=each.at,
                total=each.total,
                counts=None if each.counts is None else dict(each.counts),
                engine=each.engine,
                shapes_digest=each.rules,
            )
            for each in counted
        ]
    )


def report_of(report: Report) -> ReportModel:
    """A report as JSON."""
    return ReportModel(
        conforms=report.conforms,
        summary=report.summary,
        counts=dict(report.counts),
        results=[result_of(each) for each in report.results],
        rules_run=list(report.rules_run),
        engine=report.engine,
        shapes_digest=report.shapes_digest,
    )


def result_of(result: Result) -> ResultModel:
    """One finding."""
    return ResultModel(
        rule=result.rule,
        title=result.title,
        severity=result.severity.value,
        enforcement=result.enforcement.value,
        subject=result.subject,
        classes=[_named(each) for each in result.classes],
        value=result.value,
        message=result.message,
        advice=result.advice,
    )


def _named(named: Named) -> NamedModel:
    return NamedModel(id=named.id, label=named.label, path=list(named.path))
