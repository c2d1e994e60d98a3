"""What could be done about findings of a draft: each fix tried, with what it would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cladist.catalog import drafting
from cladist.catalog.checkups import Checkups
from cladist.catalog.means import Means
from cladist.catalog.opened import OpenDraft
from cladist.catalog.policies import policy_of
from cladist.catalog.values import Author, Edited, Recorded
from cladist.model.change.kinds import Change
from cladist.model.errors import CladistError, InvalidValue
from cladist.validation import Result, rules
from cladist.validation.fixes import FIXED, Fix, Problem, fixes

_NOBODY = Author("nobody")


@dataclass(frozen=True, slots=True)
class Remedy:
    """A fix that the draft takes: its changes as they came, as they would be recorded, and how many
    findings of all rules it would end and begin."""

    title: str
    changes: tuple[Change, ...]
    recorded: tuple[Recorded, ...]
    ends: int
    begins: int


@dataclass(frozen=True, slots=True)
class Remedied:
    """A finding with its remedies."""

    result: Result
    remedies: tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """Findings with remedies, and how many more findings have none or were not looked at."""

    findings: tuple[Remedied, ...]
    without: int
    more: int


class Fixes:
    """Use cases of fixes."""

    def __init__(self, means: Means, checkups: Checkups, edit: Callable[..., Edited]) -> None:
        self._means, self._checkups, self._edit = means, checkups, edit

    def offered(self, slug: str, *, rule: str = "", subject: str = "", limit: int = 20) -> Offered:
        """The remedies of findings, of one rule or about one subject where these are named.

        No more than ``limit`` findings are looked at. Nothing is stored.
        """
        draft = self._means.shelf.draft(slug)
        found = self._found(draft, rule, subject)
        looked = found[:limit]
        before = self._checkups.counts(draft)
        made = [Remedied(each, tuple(self._remedies(draft, each, before))) for each in looked]
        with_remedies = tuple(each for each in made if each.remedies)
        without = len(made) - len(with_remedies)
        return Offered(with_remedies, without, len(found) - len(looked))

    def take(
        self,
        slug: str,
        rule: str,
        choice: int,
        expected: int,
        author: Author,
        *,
        subject: str = "",
        dry_run: bool = False,
    ) -> Edited:
        """Take the remedy with this number (from 1) of each finding of a rule, as one edit.

        Each finding is looked at in the draft that the fixes before it left. Raises InvalidValue
        where no finding has such a remedy.
        """
        draft = self._means.shelf.draft(slug)
        drafting.expect(draft, expected)
        changes: list[Change] = []
        working = draft
        for result in self._found(draft, rule, subject):
            tried = [each for each in self._tried(working, result)]
            if len(tried) >= choice:
                fix, working, _ = tried[choice - 1]
                changes += fix.changes
        if not changes:
            raise InvalidValue("choice", f"no finding of {rule} has a fix with number {choice}.")
        return self._edit(slug, changes, expected, author, dry_run=dry_run)

    def _found(self, draft: OpenDraft, rule: str, subject: str) -> Sequence[Result]:
        if rule and rule not in FIXED:
            raise InvalidValue("rule", _why_none(rule))
        report = self._checkups.report(draft, policy_of(draft.header, self._means.policy))
        return [
            each
            for each in report.results
            if each.rule in FIXED
            and (not rule or each.rule == rule)
            and (not subject or each.subject == subject)
        ]

    def _remedies(
        self, draft: OpenDraft, result: Result, before: Mapping[str, int]
    ) -> Iterator[Remedy]:
        for fix, after, recorded in self._tried(draft, result):
            now = self._checkups.counts(after)
            rules = {*before, *now}
            steps = [now.get(each, 0) - before.get(each, 0) for each in rules]
            yield Remedy(
                title=fix.title,
                changes=fix.changes,
                recorded=recorded,
                ends=-sum(step for step in steps if step < 0),
                begins=sum(step for step in steps if step > 0),
            )

    def _tried(
        self, draft: OpenDraft, result: Result
    ) -> Iterator[tuple[Fix, OpenDraft, tuple[Recorded, ...]]]:
        """The fixes that the draft takes, with the draft after each."""
        others = tuple(each.id for each in result.classes if each.id != result.subject)
        problem = Problem(draft.taxonomy, result.rule, result.subject, result.value, others)
        at = self._means.instant()
        for fix in fixes(problem):
            asked = [(change, _NOBODY) for change in fix.changes]
            try:
                after, recorded = drafting.extend(draft, asked, at, self._means.mint)
            except CladistError:
                continue  # the state refuses it: no remedy
            yield fix, after, recorded


def _why_none(rule: str) -> str:
    if rule in {each.id for each in rules()}:
        return f"{rule} has no fixes; its advice says what to do."
    return f"there is no rule {rule}; “cladist rules” lists those there are."
