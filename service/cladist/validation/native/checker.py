"""A content under check: everything is looked at once, then only what each edit reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from cladist.rdf.bulk import uncollected
from cladist.rdf.terms import unescaped
from cladist.validation.finding import Finding
from cladist.validation.native import (
    clarity,
    documentation,
    exclusivity,
    hierarchy,
    labels,
    likeness,
    places,
    relations,
    retirement,
    skos,
    structures,
)
from cladist.validation.native.facts import Facts
from cladist.validation.native.rule import Edited, Foci, Native
from cladist.validation.native.statements import LINKS, is_text, lexical, tokens

_ROOMS = (
    *(skos, hierarchy, places, exclusivity, clarity),
    *(labels, likeness, documentation, relations, retirement, structures),
)
RULES: tuple[Native, ...] = tuple(rule for room in _ROOMS for rule in room.RULES)
"""Every rule that runs natively."""

NAME = "native"

_ANYWHERE = frozenset(
    (
        *("clad-skos-s13", "clad-skos-s13-hidden", "clad-clar-colour", "clad-clar-code"),
        *("clad-struct-rank", "clad-struct-one-taxonomy", "clad-doc-example-both"),
    )
)
"""Rules that do not look from a taxonomy, so that they speak without one too."""

_Told = tuple[str, str | None, str]
_Kept = dict[str, list[_Told]]


class Checker:
    """The findings of all rules for one content, kept true while it changes.

    After any sequence of edits the findings are those that a new checker would come to.
    """

    def __init__(self, lines: Iterable[bytes], *, without: Collection[str] = ()) -> None:
        self.facts = Facts(lines)
        self._rules = tuple(rule for rule in RULES if rule.id not in without)
        self._found: dict[str, _Kept] = {}
        self.check()

    @uncollected()
    def check(self) -> None:
        """Look at everything."""
        facts = self.facts
        facts.memo.clear()
        self._found = {rule.id: {} for rule in self._rules}
        if len(facts.taxonomies) == 1:
            for rule in self._rules:
                self._look(rule, None)
            return
        for rule in self._rules:
            if rule.id in _ANYWHERE:
                self._look(rule, None)
        for taxonomy in facts.taxonomies:
            facts.look_from(taxonomy)
            for rule in self._rules:
                if rule.id not in _ANYWHERE:
                    self._look(rule, None)

    @uncollected()
    def change(self, removed: Collection[bytes], added: Collection[bytes]) -> None:
        """Move to another content, given as the lines that leave and those that come."""
        facts, edited, ends = self.facts, dict[str, set[str]](), set[str]()
        out, into = [tokens(line) for line in removed], [tokens(line) for line in added]
        for subject, predicate, value in (*out, *into):
            edited.setdefault(subject, set()).add(predicate)
            if predicate in LINKS and not is_text(value):
                ends.add(value)
        moved = frozenset(link for links in edited.values() for link in links)
        mine: dict[frozenset[str], Edited] = {}
        for rule in self._rules:
            links = rule.reads & moved
            if links and links not in mine:
                mine[links] = {each for each, own in edited.items() if not links.isdisjoint(own)}
        plans = [
            (rule, mine[links], rule.basis(facts), self._reach(rule, mine[links], ends))
            for rule in self._rules
            if (links := rule.reads & moved)
        ]
        if not facts.change(out, into):
            self.check()
            return
        for rule, subjects, basis, before in plans:
            after = self._reach(rule, subjects, ends)
            foci = None if before is None or after is None else {*before, *after}
            self._look(rule, foci if rule.basis(facts) == basis else None)

    def findings(self) -> Iterator[Finding]:
        """All findings, in no order; each once."""
        for rule in self._rules:
            told = {each for found in self._found[rule.id].values() for each in found}
            for subject, value, message in told:
                text = None if value is None else unescaped(lexical(value))
                yield Finding(rule.id, subject, text, message)

    def counts(self) -> dict[str, int]:
        """How many findings each rule has that has any."""
        counted = {
            rule.id: len({each for found in self._found[rule.id].values() for each in found})
            for rule in self._rules
        }
        return {rule: count for rule, count in counted.items() if count}

    def _reach(self, rule: Native, edited: Edited, ends: Collection[str]) -> Foci:
        if self.facts.taxonomy in edited:
            return None
        return rule.scope(self.facts, edited, ends)

    def _look(self, rule: Native, foci: Foci) -> None:
        found = self._found[rule.id]
        if foci is None and len(self.facts.taxonomies) == 1:
            found.clear()
        for each in foci or ():
            found.pop(each, None)
        for focus, subject, value, message in rule.find(self.facts, foci):
            found.setdefault(focus, []).append((subject, value, message))
