"""Contents under check: what the rules find is kept true while a draft is edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from cladist.catalog.custom_shapes import CustomRuns
from cladist.catalog.elsewhere import Elsewhere
from cladist.catalog.opened import OpenDraft, State
from cladist.catalog.shelf import Recent
from cladist.rdf.content import Delta, compose
from cladist.rdf.words import MATCHES
from cladist.validation import Policy, Report, report_of
from cladist.validation.custom import told
from cladist.validation.naming import Names
from cladist.validation.native import Checker

MOST = 2_000_000
"""Statements of contents that are kept under check: about 700 MB at most."""

SHOWN = 1_000
"""Results of one rule that a report has; what is beyond is counted."""


@dataclass
class _Checkup:
    """A checker, and how the content that it stands at differs from the one it began with."""

    checker: Checker
    lines: int
    at: Delta = field(default_factory=Delta)
    said: tuple[bytes, ...] = ()
    """What it was told of classes elsewhere."""
    turn: Lock = field(default_factory=Lock)


class Checkups:
    """Checkers of the contents last asked for, within a bound on their statements.

    A draft is looked at where it differs from what the checker saw last: an edit costs what the
    edit reaches, whatever the size of the taxonomy. Safe to use from threads.
    """

    def __init__(self, elsewhere: Elsewhere, custom: CustomRuns, most_lines: int = MOST) -> None:
        self._elsewhere, self._custom = elsewhere, custom
        self._kept: Recent[_Checkup] = Recent(most_lines, lambda each: each.lines)

    def report(self, state: State, policy: Policy) -> Report:
        """What the rules find in a version or a draft."""
        shapes = self._custom.shapes(state)
        found = () if shapes is None else self._custom.found(state, shapes)
        own = () if shapes is None else shapes.rules.values()
        with self._checker(state) as checker:
            report = report_of(checker, policy, most=SHOWN, own=own)
            if shapes is None:
                return report
            names = Names(checker.facts)
            return told(report, shapes, found, names=names, policy=policy, about=state.iri)

    def counts(self, state: State) -> Mapping[str, int]:
        """How much each rule finds in a version or a draft, the taxonomy's own rules left out."""
        with self._checker(state) as checker:
            return checker.counts()

    @contextmanager
    def _checker(self, state: State) -> Iterator[Checker]:
        """The checker of a state, which nobody else moves meanwhile."""
        base = state.base if isinstance(state, OpenDraft) else state
        delta = state.delta if isinstance(state, OpenDraft) else Delta()
        kept = self._kept.get_or_make(
            base.sha, lambda: _Checkup(Checker(base.lines), len(base.lines))
        )
        with kept.turn:
            step = compose((kept.at.inverse, delta))
            kept.checker.change(step.removed, step.added)
            kept.at = delta
            self._tell(kept, base.iri)
            yield kept.checker

    def _tell(self, kept: _Checkup, taxonomy: str) -> None:
        """Let the checker know what the store knows of the classes that this one is mapped to."""
        facts = kept.checker.facts
        targets = {each for link in MATCHES for each in facts.back[link].values()}
        said = self._elsewhere.lines(taxonomy, targets)
        if said != kept.said:
            kept.checker.change(
                [each for each in kept.said if each not in said],
                [each for each in said if each not in kept.said],
            )
            kept.said = said
