"""Fixes of findings as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from cladist.api.schemas.base import Model
from cladist.api.schemas.drafts import ThingEffect, shown
from cladist.api.schemas.reports import ResultModel, result_of
from cladist.wire import as_json

if TYPE_CHECKING:
    from cladist.catalog.fixes import Offered, Remedy


class FixModel(Model):
    """A fix that the draft takes."""

    title: str = Field(examples=["Take the parent “animal” away"])
    bump: str = Field(description="How far it moves the version number.", examples=["minor"])
    ends: int = Field(description="Findings of all rules that it ends.", examples=[1])
    begins: int = Field(description="Findings of all rules that it begins.", examples=[0])
    changes: list[dict[str, Any]] = Field(
        description="What to send to the draft.",
        examples=[
            [
                {
                    "op": "remove_parent",
                    "id": "https://w3id.org/cladist/id/pets/7k2m9x4q1c",
                    "parent": "https://w3id.org/cladist/id/pets/0d3h8s6w2v",
                }
            ]
        ],
    )
    effect: list[ThingEffect]


class FindingFixes(Model):
    """A finding and what could be done about it."""

    result: ResultModel
    fixes: list[FixModel]


class FixesModel(Model):
    """Findings with fixes that the draft takes.

    ``without`` counts findings that were looked at and have none, ``more`` those not looked at.
    """

    findings: list[FindingFixes]
    without: int = Field(examples=[0])
    more: int = Field(examples=[0])


def fixes_of(found: Offered) -> FixesModel:
    """The fixes, with their effects."""
    return FixesModel(
        findings=[
            FindingFixes(
                result=result_of(each.result), fixes=[_fix(remedy) for remedy in each.remedies]
            )
            for each in found.findings
        ],
        without=found.without,
        more=found.more,
    )


def _fix(remedy: Remedy) -> FixModel:
    return FixModel(
        title=remedy.title,
        bump=max(each.reason.bump for each in remedy.recorded).name.lower(),
        ends=remedy.ends,
        begins=remedy.begins,
        changes=[as_json(each) for each in remedy.changes],
        effect=[thing for each in remedy.recorded for thing in shown(each).effect],
    )
