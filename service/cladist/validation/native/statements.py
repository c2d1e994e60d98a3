"""The predicates that rules speak of, and statements by predicate in both directions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from cladist.rdf.namespaces import CLAD, RDFS, SKOS, XSD
from cladist.rdf.words import (
    BROADER,
    CODE,
    COLOUR,
    DEPRECATED,
    DESCRIPTION,
    ENFORCEMENT,
    EXHAUSTIVE,
    FROM,
    HAS_RELATION,
    HAS_SLOT,
    HAS_TOP,
    HOTKEY,
    IN_SCHEME,
    LABEL,
    LANGUAGE,
    LICENSE,
    MATCHES,
    MAX_COUNT,
    MEMBER,
    MIN_COUNT,
    NOTATION,
    POLYHIERARCHY,
    PREFERRED,
    RANK,
    REASON,
    REPLACED_BY,
    ROLE,
    SELECTABLE,
    SELECTABLE_RULE,
    SLOT_OF,
    STRUCTURE,
    TAGGING,
    TITLE,
    TO,
    TOP_OF,
    TYPE,
    UNDER,
    UNIT,
    VALUE_CLASS,
)

ALTERNATIVE = f"<{SKOS}altLabel>"
HIDDEN = f"<{SKOS}hiddenLabel>"
RELATED = f"<{SKOS}related>"
DEFINITION = f"<{SKOS}definition>"
EXAMPLE = f"<{SKOS}example>"
COUNTER_EXAMPLE = f"<{CLAD}counterExample>"
BOUNDARY_NOTE = f"<{CLAD}boundaryNote>"
BOUNDARY_WITH = f"<{CLAD}boundaryWith>"
SUBCLASS = f"<{RDFS}subClassOf>"
TEXT_PARENT = "a text where a parent should be"
"""Stands for ``skos:broader`` with a literal, which is kept apart from the hierarchy."""

LABELS = (PREFERRED, ALTERNATIVE, HIDDEN)
NOTES = tuple(
    f"<{SKOS}{name}>"
    for name in ("note", "changeNote", "editorialNote", "historyNote", "scopeNote")
)
DOCUMENTATION = (*NOTES, DEFINITION, EXAMPLE, COUNTER_EXAMPLE, BOUNDARY_NOTE)
EXACT = f"<{SKOS}exactMatch>"
BOUNDS = tuple(f"<{CLAD}{name}>" for name in ("minimum", "maximum", "step"))

INVERTED = frozenset(
    (
        *(TYPE, IN_SCHEME, BROADER, RELATED, REPLACED_BY, BOUNDARY_WITH, MEMBER, UNDER, SUBCLASS),
        *(HAS_TOP, TOP_OF, PREFERRED, ALTERNATIVE, DEFINITION, EXAMPLE, NOTATION, HOTKEY, COLOUR),
        *(CODE, RANK, *MATCHES),
    )
)
"""Predicates of which it is asked who has a value."""

READ = frozenset(
    (
        *INVERTED,
        *(TEXT_PARENT, HIDDEN, DEPRECATED, SELECTABLE, REASON, LANGUAGE, SELECTABLE_RULE),
        *(POLYHIERARCHY, STRUCTURE, TAGGING, UNIT, HAS_SLOT, HAS_RELATION, ROLE, SLOT_OF, TO),
        *(VALUE_CLASS, MIN_COUNT, MAX_COUNT, FROM, EXHAUSTIVE, TITLE, LABEL, DESCRIPTION),
        *(LICENSE, ENFORCEMENT, *BOUNDS, *DOCUMENTATION),
    )
)
"""Predicates that some rule reads; statements with another one are only counted."""

LINKS = (
    *(BROADER, RELATED, REPLACED_BY, BOUNDARY_WITH, MEMBER, UNDER, HAS_TOP, TOP_OF),
    *MATCHES,
)
"""Predicates that lead from one class (or group, or scheme) to another."""

CONCEPT = f"{SKOS}Concept"
SCHEME = f"{SKOS}ConceptScheme"
COLLECTION = f"{SKOS}Collection"
ORDERED = f"{SKOS}OrderedCollection"
GROUP = f"{CLAD}ExclusiveGroup"
TAXONOMY = f"{CLAD}Taxonomy"
MISSING = f"{CLAD}MissingClass"
INHERITED = (CONCEPT, SCHEME, COLLECTION, GROUP)
"""Types that instances of a subclass have too (RDFS 9), as in ``entailment``."""

NO_VALUES: tuple[str, ...] = ()

SPACE = " \t\n\r\u00a0\u2000-\u200a\u202f\u205f\u3000"
CONTROL = "\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd"
"""Characters that leave a blank, and those that leave nothing, as a regular expression has them."""

_TAG = r"\"@[a-z]{1,8}(?:-[a-z0-9]{1,8})*"
_SEEN = rf"[^{SPACE}{CONTROL}\\]"
_LABEL = re.compile(rf'"(?!\W?(?:obsolete|deprecated)){_SEEN}+(?: {_SEEN}+)*{_TAG}', re.IGNORECASE)
_TEXT = re.compile(rf'".*{_TAG}', re.DOTALL)
_WHOLE = re.compile(rf'"[0-9]+"\^\^<{XSD}integer>')

USUAL = {
    **dict.fromkeys(LABELS, _LABEL),
    **dict.fromkeys((DEFINITION, EXAMPLE, NOTES[-1]), _TEXT),
    **dict.fromkeys((CODE, RANK), _WHOLE),
    COLOUR: re.compile('"#[0-9A-F]{6}"', re.IGNORECASE),
}
"""What objects of a predicate look like that no rule about single texts can speak of."""

SINGLE = frozenset((CODE, RANK, COLOUR))
ONCE = frozenset((PREFERRED, DEFINITION, NOTATION, *SINGLE))
"""Predicates with one object a language, a datatype, or at all."""


class Inverse:
    """Who has a value of one predicate. Most values have one holder, so that costs no set."""

    __slots__ = ("many", "one")

    def __init__(self) -> None:
        self.one: dict[str, str] = {}
        self.many: dict[str, set[str]] = {}
        """Values with two holders or more."""

    def add(self, value: str, subject: str) -> None:
        """Say that the subject has the value."""
        if value in self.many:
            self.many[value].add(subject)
        elif self.one.setdefault(value, subject) != subject:
            self.many[value] = {self.one.pop(value), subject}

    def remove(self, value: str, subject: str) -> None:
        """Take that back."""
        if value not in self.many:
            self.one.pop(value, None)
            return
        holders = self.many[value]
        holders.discard(subject)
        if len(holders) < 2:
            del self.many[value]
            self.one.update((value, left) for left in holders)

    def get(self, value: str) -> Collection[str]:
        """The holders of a value."""
        found = self.many.get(value)
        if found is not None:
            return found
        single = self.one.get(value)
        return NO_VALUES if single is None else (single,)

    def values(self) -> Iterator[str]:
        """All values that somebody has."""
        yield from self.one
        yield from self.many


Triple = tuple[str, str, str]
"""Subject IRI, predicate token and object, as ``tokens`` gives them."""


def tokens(line: bytes) -> Triple:
    """Subject IRI, predicate token and object of a canonical line, its graph left out.

    An object that is an IRI comes without its brackets; a literal begins with a quotation mark.
    """
    subject, predicate, rest = line.decode().split(" ", 2)
    if rest[0] == "<":
        return subject[1:-1], predicate, rest[1 : rest.index(">")]
    if rest[-4] != ">":
        return subject[1:-1], predicate, rest[:-3]
    end = rest.rindex('"')  # a datatype, a graph or both follow
    tail = rest[end + 1 : -3].split(" ")[0]
    return subject[1:-1], predicate, rest[: end + 1] + tail


def is_text(value: str) -> bool:
    """Whether an object is a literal."""
    return value[0] == '"'


def language(text: str) -> str:
    """The language tag of a literal in lower case, empty without one."""
    at = text.rfind("@", text.rfind('"'))
    return text[at + 1 :].lower() if at > 0 else ""


def kind(text: str) -> str:
    """What follows the closing quotation mark of a literal: its language tag or datatype."""
    return text[text.rfind('"') :]


def lexical(text: str) -> str:
    """The escaped text between a literal's quotation marks; an IRI is its own text."""
    return text[1 : text.rindex('"')] if text[0] == '"' else text


def datatype(text: str) -> str:
    """The datatype IRI of a literal; empty for strings, tagged or not."""
    return text[text.rindex('"') + 4 : -1] if text.endswith(">") else ""
