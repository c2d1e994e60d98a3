"""Checking a file without a store: read as an import would read it, then held against the rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from cladist.catalog.custom_shapes import found_in
from cladist.catalog.importing import Intake, header_of, read_new
from cladist.catalog.policies import policy_of
from cladist.catalog.values import Document, NewTaxonomy
from cladist.imports.sketch import RefusedRow
from cladist.imports.survey import Finding
from cladist.rdf.lines import places
from cladist.rdf.writing import content
from cladist.validation import Policy, Report, link_rules, report_of_file
from cladist.validation.custom import shapes_in, told
from cladist.validation.naming import Names
from cladist.validation.native import Checker
from cladist.validation.native.facts import Facts
from cladist.validation.statistics import Statistics, statistics


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


@dataclass(frozen=True, slots=True)
class Asking:
    """What to ask of the web: whether links lead somewhere, and which SPARQL endpoint links here.

    ``tick`` is told how many of how many are done.
    """

    links: bool = False
    endpoint: str = ""
    tick: Callable[[int, int], None] = lambda done, of: None


def check_file(
    name: str,
    document: Document,
    new: NewTaxonomy,
    intake: Intake,
    policy: Policy,
    *,
    trusted: Collection[str] = (),
    asking: Asking | None = None,
) -> CheckedFile:
    """Read a file and check what it says; raises the errors of reading.

    ``trusted`` are digests of custom shapes that may hold SPARQL constraints; ``asking`` says what
    to ask of the web.
    """
    header = header_of(new, intake.base_iri)
    found = read_new(document, header, intake)
    taxonomy = found.taxonomy
    content_lines = content(taxonomy)
    checker = Checker(content_lines)
    shapes, chosen = shapes_in(taxonomy.others), policy_of(taxonomy.header, policy)
    own = () if shapes is None else shapes.rules.values()
    report = report_of_file(checker, found.lines, chosen, own)
    if shapes is not None:
        broken = found_in(content_lines, shapes, trusted)
        names, about = Names(checker.facts), taxonomy.header.iri
        report = told(report, shapes, broken, names=names, policy=chosen, about=about)
    if asking is not None:
        report = _asked(report, content_lines, checker.facts, asking, chosen)
    return CheckedFile(
        name=name,
        taxonomy=taxonomy.header.iri,
        report=report,
        statistics=statistics(checker.facts),
        refused=found.refused,
        findings=found.findings,
        lines=places(document.data, document.base or header.iri),
    )


def _asked(
    report: Report, lines: Collection[bytes], facts: Facts, asking: Asking, policy: Policy
) -> Report:
    """The report with what the web says."""
    from cladist.validation import links

    rules, names = {each.id: each for each in link_rules()}, Names(facts)
    if asking.links:
        named = links.links(lines)
        found = links.broken(named, asking.tick)
        rule = rules[links.BROKEN]
        report = links.with_broken(report, rule, found, named, names=names, policy=policy)
    if asking.endpoint:
        known = links.linked(asking.endpoint, facts.active, asking.tick)
        rule, alone = rules[links.IN], facts.active - known
        report = links.with_unlinked(
            report, rule, alone, asking.endpoint, names=names, policy=policy
        )
    return report
