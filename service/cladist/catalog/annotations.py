"""Annotations checked against a state, and what was found as JSON."""

from __future__ import annotations

from typing import Any

from cladist.catalog.opened import State
from cladist.datasets.annotations.checking import Checker, Found, Report
from cladist.datasets.annotations.ground import Ground, Naming

FORM = "cladist-annotation-report-1"


def checker(state: State, naming: Naming = Naming.AUTO, *, complete: bool = False) -> Checker:
    """The checks of a state, for any number of annotations.

    ``naming`` is what annotations name classes by. With ``complete`` the classes above a label
    must be labels too, where they are for labeling.
    """
    return Checker(Ground(state.taxonomy, state.index, naming), complete=complete)


def as_json(made: Report, state: State, slug: str, version: str) -> dict[str, Any]:
    """A report as JSON, with codes and labels of the classes that findings are about."""
    classes = [
        {
            "id": each,
            "code": state.index.entry(each).code,
            "label": state.index.label(state.index.entry(each)),
            "findings": count,
        }
        for each, count in made.classes.items()
    ]
    return {
        "format": FORM,
        "taxonomy": slug,
        "version": version,
        "digest": state.sha,
        "annotations": made.annotations,
        "valid": made.valid,
        "invalid": made.invalid,
        "findings": made.total,
        "faults": {str(fault.value): count for fault, count in made.faults.items()},
        "classes": classes,
        "found": [_found(each) for each in made.found],
    }


def _found(each: Found) -> dict[str, Any]:
    finding = each.finding
    severity = "warning" if finding.warning else "violation"
    where = {"annotation": each.annotation, "item": each.item, "line": each.line}
    told = {"fault": finding.fault.value, "place": finding.place, "message": finding.message}
    classes = {"classes": [*finding.classes], "instead": [*finding.instead]}
    return {**where, "severity": severity, **told, **classes}
