"""Validation: the shipped shapes run over a content, and a report that people can act on."""

from cladist.model.taxonomy import Enforcement
from cladist.validation.check import (
    Engine,
    file_rules,
    link_rules,
    remarks_on,
    report_of,
    report_of_file,
    rules,
    validate,
)
from cladist.validation.policy import DEFAULT, Policy, Setting, Severity
from cladist.validation.report import Named, Report, Result

__all__ = [
    "DEFAULT",
    "Enforcement",
    "Engine",
    "Named",
    "Policy",
    "Report",
    "Result",
    "Setting",
    "Severity",
    "file_rules",
    "link_rules",
    "remarks_on",
    "report_of",
    "report_of_file",
    "rules",
    "validate",
]
