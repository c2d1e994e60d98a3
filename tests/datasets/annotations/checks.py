"""The farm, checked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cladist.datasets.annotations.checking import Checker
from cladist.datasets.annotations.finding import Finding
from cladist.datasets.annotations.ground import Ground, Naming
from cladist.exports.classes.choosing import State
from cladist.model.taxonomy import LabelStructure, Retirement, Structure
from tests.exports.classes.farm import CLASSES, a, iri, state

OLD = a("heron", 12, "bird", retirement=Retirement("split", (iri("crane"),)))


def made(structure: Structure = Structure.MULTI_LABEL, **more: Any) -> State:
    """The farm with a class that another one stands in for, under a label structure."""
    kept: State = state(structure, classes=(*CLASSES, OLD))
    header = replace(kept.taxonomy.header, structure=LabelStructure(kind=structure, **more))
    return replace(kept, taxonomy=replace(kept.taxonomy, header=header))


def checker(
    found: State | None = None, naming: Naming = Naming.AUTO, *, complete: bool = False
) -> Checker:
    """The checks of a state."""
    found = found or made()
    return Checker(Ground(found.taxonomy, found.index, naming), complete=complete)


def faults(checks: Checker, annotation: Any) -> list[tuple[str, str]]:
    """Kind and place of what is found."""
    return [(each.fault.value, each.place) for each in checks.findings(annotation)]


def only(checks: Checker, annotation: Any) -> Finding:
    """The one thing that is found."""
    (finding,) = checks.findings(annotation)
    return finding
