"""Reports as SARIF, which code hosts and editors read to annotate a file.

Follows the Static Analysis Results Interchange Format 2.1.0 (OASIS standard, 27 March 2020).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from cladist import __version__
from cladist.model.taxonomy import Enforcement
from cladist.validation.forms.artifact import Artifact, all_rules
from cladist.validation.policy import Severity
from cladist.validation.report import Result, Rule

Json = dict[str, Any]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(artifacts: Sequence[Artifact], rules: Sequence[Rule]) -> Json:
    """One run over all artifacts. A result is an error where it stands against publishing, and else
    what its severity says."""
    rules = all_rules(artifacts, rules)
    places = {rule.id: at for at, rule in enumerate(rules)}
    driver = {
        "name": "Cladist",
        "version": __version__,
        "informationUri": "https://w3id.org/cladist",
        "rules": [_rule(each) for each in rules],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(artifact, each, places[each.rule])
                    for artifact in artifacts
                    for each in artifact.report.results
                ],
            }
        ],
    }


def _rule(rule: Rule) -> Json:
    published = {"publishedNames": rule.published.split("; ")} if rule.published else {}
    return {
        "id": rule.id,
        "name": rule.id,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.description},
        "help": {"text": rule.advice},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        **({"properties": published} if published else {}),
    }


def _result(artifact: Artifact, result: Result, place: int) -> Json:
    line = artifact.lines.get(result.subject) or next(
        (artifact.lines[each.id] for each in result.classes if each.id in artifact.lines), 1
    )
    return {
        "ruleId": result.rule,
        "ruleIndex": place,
        "level": _level(result),
        "message": {"text": f"{result.message} {result.advice}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(artifact.name)},
                    "region": {"startLine": line},
                },
                "logicalLocations": [_logical(result)],
            }
        ],
        "partialFingerprints": {"finding/v1": _fingerprint(result)},
    }


def _level(result: Result) -> str:
    if result.enforcement is Enforcement.ENFORCE:
        return "error"
    level = _LEVELS[result.severity]
    return "warning" if level == "error" else level


def _logical(result: Result) -> Json:
    names = [each for each in result.classes if each.id == result.subject]
    label = {"name": names[0].label} if names else {}
    return {"fullyQualifiedName": result.subject, "kind": "resource", **label}


def _fingerprint(result: Result) -> str:
    """The same for the same finding, wherever the file has it and whatever labels change."""
    others = sorted(each.id for each in result.classes)
    parts = (result.rule, result.subject, result.value or "", *others)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
