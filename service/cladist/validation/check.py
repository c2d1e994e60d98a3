"""The door of this room: a content goes in, a report comes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from heapq import nsmallest
from typing import TYPE_CHECKING

from cladist import __version__ as VERSION
from cladist.model.taxonomy import Enforcement
from cladist.validation.finding import Finding
from cladist.validation.naming import Names
from cladist.validation.native import Checker
from cladist.validation.native.facts import Facts
from cladist.validation.native.source import check_source
from cladist.validation.policy import DEFAULT, Policy
from cladist.validation.report import Named, Report, Result, ordered

if TYPE_CHECKING:
    from cladist.validation.report import Rule

_RUN = re.compile(r"<[^<>\s]+>(?:, <[^<>\s]+>)*")
_OURS = f"Cladist {VERSION}"
_SHOWN = 8
"""Classes that a message names before it only counts."""


class Engine(StrEnum):
    """What runs the rules; both come to the same results."""

    NATIVE = "native"
    PYSHACL = "pyshacl"


def rules() -> tuple[Rule, ...]:
    """The catalogue of rules, by id."""
    from cladist.validation import shapes

    return shapes.shipped().rules


def file_rules() -> tuple[Rule, ...]:
    """The rules that hold for a file: the catalogue, and what only a file can break."""
    from cladist.validation import shapes

    return (*shapes.shipped().rules, *shapes.of_files().rules)


def link_rules() -> tuple[Rule, ...]:
    """The rules for which the web is asked, when somebody wants that."""
    from cladist.validation import shapes

    return shapes.of_links().rules


def validate(
    lines: Sequence[bytes],
    *,
    policy: Policy = DEFAULT,
    engine: Engine = Engine.NATIVE,
    most: int | None = None,
) -> Report:
    """Check a content (canonical N-Quads lines, mappings included) against the shipped rules.

    Of each rule so many results at ``most`` are given, and all are counted. Never fails on what
    the content says, however dirty; raises ``InvalidValue`` when the policy speaks of a rule that
    does not exist.
    """
    if engine is Engine.NATIVE:
        return report_of(Checker(lines), policy, most=most)
    from cladist.validation import engine as shacl
    from cladist.validation import shapes

    _, findings = shacl.run(lines, shapes.shipped().graph)
    names = Names(Facts(lines))
    return _report(findings, names, policy, engine=shacl.NAME, most=most)


def report_of(
    checker: Checker,
    policy: Policy = DEFAULT,
    *,
    most: int | None = None,
    own: Collection[str] = (),
) -> Report:
    """What a checker has found, put into words; bounds and errors as for ``validate``.

    ``own`` are ids of rules that the taxonomy brings itself, of which the policy may speak.
    """
    names = Names(checker.facts)
    return _report(checker.findings(), names, policy, engine=_OURS, most=most, own=own)


def report_of_file(
    checker: Checker,
    source: Iterable[bytes],
    policy: Policy = DEFAULT,
    own: Collection[str] = (),
) -> Report:
    """The same for a file: ``source`` are its own statements, from which the content was made."""
    findings = (*checker.findings(), *check_source(source))
    names = Names(checker.facts)
    return _report(findings, names, policy, engine=_OURS, most=None, known=file_rules(), own=own)


def remarks_on(source: Iterable[bytes]) -> Iterator[tuple[str, str, int]]:
    """What the rules on files find in a document's own statements: rule, what it is, how often."""
    found = Counter(each.rule for each in set(check_source(source)))
    from cladist.validation import shapes

    for rule in shapes.of_files().rules if found else ():
        if found[rule.id]:
            yield rule.id, f"Not kept: {rule.title[0].lower()}{rule.title[1:]}.", found[rule.id]


def _report(
    findings: Iterable[Finding],
    names: Names,
    policy: Policy,
    *,
    engine: str,
    most: int | None,
    known: Sequence[Rule] = (),
    own: Collection[str] = (),
) -> Report:
    native = engine == _OURS
    from cladist.validation import shapes

    shipped = shapes.shipped()
    catalogue = {rule.id: rule for rule in known or shipped.rules}
    policy.require_known((*catalogue, *own, *(each.id for each in shapes.of_links().rules)))
    chosen = {rule.id: policy.of(rule.id, rule.severity) for rule in catalogue.values()}
    found: dict[str, set[Finding]] = {
        rule: set()
        for rule, what in chosen.items()
        if what is not Enforcement.IGNORE and (native or catalogue[rule].shape)
    }
    for finding in findings:
        if finding.rule in found:
            found[finding.rule].add(finding)
    results = {
        _result(finding, catalogue[rule], chosen[rule], names)
        for rule, each in found.items()
        for finding in _bounded(each, most)
    }
    counts = tuple((rule, len(each)) for rule, each in found.items() if each)
    return Report(ordered(results), tuple(found), engine, shipped.digest, counts)


def _bounded(findings: Collection[Finding], most: int | None) -> Collection[Finding]:
    if most is None or len(findings) <= most:
        return findings
    return nsmallest(
        most, findings, key=lambda each: (each.subject, each.value or "", each.message)
    )


def _result(finding: Finding, rule: Rule, enforcement: Enforcement, names: Names) -> Result:
    return Result(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        enforcement=enforcement,
        subject=finding.subject,
        classes=_classes(finding, names),
        value=finding.value,
        message=_sentence(finding, names),
        advice=rule.advice,
    )


def _classes(finding: Finding, names: Names) -> tuple[Named, ...]:
    """The subject if it is a class, then the classes that the message names, by place."""
    others = {iri for run in _RUN.findall(finding.message) for iri in _iris(run)}
    named = [names.of(iri) for iri in others - {finding.subject} if names.is_class(iri)]
    subject = [names.of(finding.subject)] if names.is_class(finding.subject) else []
    return (*subject, *sorted(named, key=lambda each: (each.path, each.id)))


def _sentence(finding: Finding, names: Names) -> str:
    """The message with names in place of the ids that it holds between angle brackets."""

    def named(run: re.Match[str]) -> str:
        iris = set(_iris(run.group()))
        others = sorted(names.text(iri) for iri in (iris - {finding.subject}) or iris)
        shown = others[:_SHOWN]
        more = [f"and {len(others) - _SHOWN} more"] if len(others) > _SHOWN else []
        return ", ".join(shown + more)

    value = "" if finding.value is None else f" (“{finding.value}”)"
    return f"{names.text(finding.subject)} {_RUN.sub(named, finding.message)}{value}."


def _iris(run: str) -> list[str]:
    return run[1:-1].split(">, <")


def _place(finding: Finding) -> tuple[str, str, str]:
    return finding.subject, finding.value or "", finding.message
