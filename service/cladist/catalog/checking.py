"""Checking a file without a store: read as an import would read it, then held against the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cladist.catalog.importing import Intake, header_of, read_new
from cladist.catalog.policies import policy_of
from cladist.catalog.values import Document, NewTaxonomy
from cladist.imports.sketch import RefusedRow
from cladist.imports.survey import Finding
from cladist.rdf.lines import places
from cladist.rdf.writing import content
from cladist.validation import Policy, Report, report_of_file
from cladist.validation.native import Checker
from cladist.validation.statistics import Statistics, statistics

_LONGEST = 64
"""Characters of a short name."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What was found in one file: while it was read, and by the rules.

    ``lines`` says where classes begin, as far as the file shows it.
    """

    name: str
    taxonomy: str
    report: Report
    statistics: Statistics
    refused: tuple[RefusedRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


def check_file(
    name: str, document: Document, new: NewTaxonomy, intake: Intake, policy: Policy
) -> CheckedFile:
    """Read a file and check what it says; raises the errors of reading."""
    header = header_of(new, intake.base_iri)
    found = read_new(document, header, intake)
    taxonomy = found.taxonomy
    checker = Checker(content(taxonomy))
    return CheckedFile(
        name=name,
        taxonomy=taxonomy.header.iri,
        report=report_of_file(checker, found.lines, policy_of(taxonomy.header, policy)),
        statistics=statistics(checker.facts),
        refused=found.refused,
        findings=found.findings,
        lines=places(document.data, document.base or header.iri),
    )


def slug_of(name: str) -> str:
    """A short name made of a file's name."""
    kept = "".join(each if each.isascii() and each.isalnum() else "-" for each in name.lower())
    words = [each for each in kept.split("-") if each]
    return "-".join(words)[:_LONGEST].strip("-") or "file"
