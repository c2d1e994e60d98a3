"""What a validation found, in words for people and in fields for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cladist.model.taxonomy import Enforcement
from cladist.validation.policy import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    ``published`` holds the names under which other tools report the same; ``file`` is the shape
    file; ``advice`` says what to do about a result; ``shape`` is whether SHACL states the rule, as
    all but comparisons of texts and colours are.
    """

    id: str
    title: str
    published: str
    severity: Severity
    file: str
    description: str
    advice: str
    shape: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """A class (or group, slot, taxonomy) with its label and the labels on one way down to it.

    ``path`` ends with the label itself and starts with "…" where it is cut.
    """

    id: str
    label: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        if len(self.path) < 2:
            return f"“{self.label}”"
        return f"“{self.label}” ({' › '.join(self.path)})"


@dataclass(frozen=True, slots=True)
class Result:
    """One finding. ``subject`` is the IRI that it is about, ``classes`` the classes that it names
    (the subject first if it is one), ``value`` the literal at fault, if it is one."""

    rule: str
    title: str
    severity: Severity
    enforcement: Enforcement
    subject: str
    classes: tuple[Named, ...]
    value: str | None
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Report:
    """The findings that the policy does not ignore, in a fixed order, and what was run.

    ``rules_run`` names the rules that the results speak for; ``shapes_digest`` is the SHA-256 of
    the shape files. ``counts`` says by rule how much was found, which is more than there are
    results where these were bounded. ``own`` are the rules that the taxonomy brings itself.
    """

    results: tuple[Result, ...]
    rules_run: tuple[str, ...]
    engine: str
    shapes_digest: str
    counts: tuple[tuple[str, int], ...] = ()
    own: tuple[Rule, ...] = ()

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that are enforced: with any, publishing is refused."""
        return tuple(each for each in self.results if each.enforcement is Enforcement.ENFORCE)

    @property
    def total(self) -> int:
        """How much was found, shown or not."""
        return sum(count for _, count in self.counts)

    @property
    def standing(self) -> int:
        """How much of that stands against publishing."""
        enforced = {each.rule for each in self.violations}
        return sum(count for rule, count in self.counts if rule in enforced)

    @property
    def conforms(self) -> bool:
        """Whether nothing stands against publishing."""
        return not self.violations

    @property
    def summary(self) -> str:
        """One sentence: how much stands against publishing, and the first of it."""
        found = self.violations
        if not found:
            remarks = "1 remark" if self.total == 1 else f"{self.total:,} remarks"
            return f"Nothing stands against publishing ({remarks})."
        more = self.standing - 1
        rest = f" There {'is' if more == 1 else 'are'} {more:,} more." if more else ""
        return f"{found[0].message} {found[0].advice}{rest}"


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


def ordered(results: Iterable[Result]) -> tuple[Result, ...]:
    """Worst first, then by rule and by place in the hierarchy: ids are random, labels are not."""
    return tuple(sorted(results, key=_order))


def _order(result: Result) -> tuple[int, str, tuple[tuple[str, ...], ...], str, str]:
    places = tuple(each.path for each in result.classes)
    return _RANK[result.severity], result.rule, places, result.message, result.subject
