"""What custom shapes found, as results of the report that a person reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol

from cladist.model.errors import CladistError
from cladist.model.taxonomy import Enforcement
from cladist.rdf.namespaces import SH
from cladist.rdf.terms import is_iri, literal
from cladist.validation.custom.running import CustomResult
from cladist.validation.custom.shapes import CustomShapes, severity_of
from cladist.validation.policy import Policy, Severity
from cladist.validation.report import Named, Report, Result, Rule, ordered

BROKEN = "custom-shapes"
"""The id of the result that says that custom shapes could not be run."""


_WORDED = (f"{SH}SPARQLConstraintComponent",)
"""Components whose constraints have messages of their own."""

_ASK = "The taxonomy's own shape asks for this."
_RUN = Rule(
    id=BROKEN,
    title="Custom shapes run",
    published="",
    severity=Severity.VIOLATION,
    file="",
    description="Shapes that a taxonomy brings are SHACL Core, well formed, and end in time.",
    advice="Mend the shapes, or take them out of the taxonomy.",
)


class Called(Protocol):
    """What names things: ``validation.naming.Names``."""

    def of(self, iri: str) -> Named: ...
    def is_class(self, iri: str) -> bool: ...
    def text(self, iri: str) -> str: ...


def told(
    report: Report,
    shapes: CustomShapes,
    found: Iterable[CustomResult] | CladistError,
    *,
    names: Called,
    policy: Policy,
    about: str,
) -> Report:
    """The report on a taxonomy, with what its shapes found, or with why they could not be run."""
    added = (
        [_broken(found, about)]
        if isinstance(found, CladistError)
        else list(_results(shapes, found, names, policy))
    )
    counts = Counter(each.rule for each in added)
    return replace(
        report,
        results=ordered((*report.results, *added)),
        rules_run=(*report.rules_run, *shapes.rules.values()),
        counts=(*report.counts, *sorted(counts.items())),
        own=(*rules_of(shapes), _RUN),
    )


def rules_of(shapes: CustomShapes) -> Iterator[Rule]:
    """The named shapes as rules."""
    for shape, rule in shapes.rules.items():
        yield Rule(
            id=rule,
            title=shapes.title(shape),
            published="",
            severity=shapes.severity(shape),
            file="",
            description=f"The taxonomy brings this rule itself: {shape}",
            advice=shapes.advice(shape) or _ASK,
        )


def _broken(error: CladistError, about: str) -> Result:
    return Result(
        rule=_RUN.id,
        title=_RUN.title,
        severity=_RUN.severity,
        enforcement=Enforcement.ENFORCE,
        subject=about,
        classes=(),
        value=None,
        message=f"The taxonomy's own shapes could not be run. {error}",
        advice=_RUN.advice,
    )


def _results(
    shapes: CustomShapes, found: Iterable[CustomResult], names: Called, policy: Policy
) -> Iterator[Result]:
    for each in found:
        shape = shapes.named(each.shape)
        rule = shapes.rules.get(shape, BROKEN)
        severity = severity_of(each.severity)
        enforcement = policy.of(rule, severity)
        if enforcement is not Enforcement.IGNORE:
            focus = each.focus[1:-1] if is_iri(each.focus) else each.focus
            yield Result(
                rule=rule,
                title=shapes.title(shape),
                severity=severity,
                enforcement=enforcement,
                subject=focus,
                classes=_classes(each, focus, names),
                value=None if not each.value or is_iri(each.value) else _text(each.value),
                message=_sentence(each, _message(each, shapes), focus, names),
                advice=shapes.advice(each.shape) or shapes.advice(shape) or _ASK,
            )


def _classes(result: CustomResult, focus: str, names: Called) -> tuple[Named, ...]:
    value = result.value[1:-1] if is_iri(result.value or '"') else ""
    iris = dict.fromkeys(each for each in (focus, value) if each and names.is_class(each))
    return tuple(names.of(each) for each in iris)


def _message(result: CustomResult, shapes: CustomShapes) -> str:
    """What the author says; of a shape without words, those of the shape that it stands in."""
    said = " ".join(result.messages) or "does not keep the shape"
    if result.component in _WORDED or shapes.message(result.shape):
        return said
    return shapes.message(shapes.named(result.shape)) or said


def _sentence(result: CustomResult, message: str, focus: str, names: Called) -> str:
    about = names.text(focus) if is_iri(result.focus) else f"“{_text(result.focus)}”"
    value = result.value
    if value and value != result.focus:
        message = message.rstrip(".")
        message += f" ({names.text(value[1:-1]) if is_iri(value) else f'“{_text(value)}”'})"
    return f"{about}: {message}{'' if message.endswith(('.', '!', '?')) else '.'}"


def _text(token: str) -> str:
    return literal(token).value if token.startswith('"') else token
