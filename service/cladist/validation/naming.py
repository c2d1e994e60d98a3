"""What people call a class: its label, and one way down to it."""

from __future__ import annotations

from collections.abc import Iterator

from cladist.rdf.terms import unescaped
from cladist.rdf.words import BROADER, LABEL, LANGUAGE, PREFERRED, ROLE, TITLE
from cladist.validation.native.facts import Facts
from cladist.validation.native.statements import (
    ALTERNATIVE,
    CONCEPT,
    is_text,
    language,
    lexical,
)
from cladist.validation.report import Named

_LONGEST = 6
"""Labels of a path that are shown; a chain may be thousands long."""

_LABELS = (PREFERRED, TITLE, ROLE, LABEL, ALTERNATIVE)


class Names:
    """The labels of one content, preferably in the taxonomy's default language."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._labels: dict[str, str] = {}
        wanted = (lexical(each) for said in facts.forward[LANGUAGE].values() for each in said)
        self._language = min(wanted, default="en").lower()

    def known(self, iri: str) -> bool:
        """Whether the content says anything about it."""
        return iri in self._facts.known

    def is_class(self, iri: str) -> bool:
        """Whether it is a class."""
        return self._facts.is_a(iri, CONCEPT)

    def of(self, iri: str) -> Named:
        """Its names; those of something unlabelled are its IRI."""
        way = [self._label(each) for each in self._upward(iri)]
        if len(way) > _LONGEST:
            way[_LONGEST:] = ["…"]
        return Named(iri, way[0], tuple(reversed(way)))

    def text(self, iri: str) -> str:
        """A phrase for a message."""
        return str(self.of(iri)) if self.known(iri) else f"<{iri}>"

    def _upward(self, iri: str) -> Iterator[str]:
        """The class, its first parent by id, and so on, no further than can be shown."""
        seen = {iri}
        yield iri
        while len(seen) <= _LONGEST:
            found = (each for each in self._facts.of(BROADER, iri) if each not in seen)
            parent = min((each for each in found if self.is_class(each)), default="")
            if not parent:
                return
            iri = parent
            seen.add(iri)
            yield iri

    def _label(self, iri: str) -> str:
        if iri not in self._labels:
            self._labels[iri] = self._find_label(iri)
        return self._labels[iri]

    def _find_label(self, iri: str) -> str:
        for predicate in _LABELS:
            texts = self._facts.of(predicate, iri)
            found = [
                (tag != self._language, tag, label)
                for each in texts
                if is_text(each)
                for tag, label in [(language(each), unescaped(lexical(each)))]
                if label.strip()
            ]
            if found:
                return min(found)[-1]
        return iri
