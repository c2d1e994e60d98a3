"""What becomes of a broken rule: enforced, reported or ignored, as a taxonomy's people decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cladist.model.errors import InvalidValue
from cladist.model.taxonomy import Enforcement


class Severity(StrEnum):
    """How grave the shape calls a result (``sh:severity``)."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Setting:
    """One rule's enforcement, with the reason for it; to ignore a rule takes a reason."""

    rule: str
    enforcement: Enforcement
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings of single rules. Other rules: violations are enforced, the rest is reported."""

    settings: tuple[Setting, ...] = ()

    def __post_init__(self) -> None:
        named = [setting.rule for setting in self.settings]
        for setting in self.settings:
            if named.count(setting.rule) > 1:
                raise InvalidValue("policy", f"rule {setting.rule} is set twice.")
            if setting.enforcement is Enforcement.IGNORE and not setting.reason.strip():
                raise InvalidValue("policy", f"to ignore rule {setting.rule} takes a reason.")

    def of(self, rule: str, severity: Severity) -> Enforcement:
        """What becomes of results of this rule."""
        for setting in self.settings:
            if setting.rule == rule:
                return setting.enforcement
        return Enforcement.ENFORCE if severity is Severity.VIOLATION else Enforcement.REPORT

    def require_known(self, rules: Collection[str]) -> None:
        """Refuse (``InvalidValue``) a setting of a rule that does not exist."""
        for setting in self.settings:
            if setting.rule not in rules:
                raise InvalidValue("policy", f"there is no rule {setting.rule}.")

    def to_json(self) -> dict[str, dict[str, str]]:
        """The settings by rule, as JSON values."""
        return {
            setting.rule: {"enforcement": setting.enforcement.value, "reason": setting.reason}
            for setting in sorted(self.settings)
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, str]]) -> Policy:
        """What ``to_json`` gave; raises ``InvalidValue`` for an unknown enforcement."""
        return cls(tuple(_setting(rule, given) for rule, given in sorted(data.items())))


def _setting(rule: str, given: Mapping[str, str]) -> Setting:
    word = given.get("enforcement", "")
    if word not in set(Enforcement):
        raise InvalidValue("policy", f"{word!r} is not one of {', '.join(Enforcement)}.")
    return Setting(rule, Enforcement(word), given.get("reason", ""))


DEFAULT = Policy()
"""Violations are enforced, warnings and notes reported."""
