"""One look over the statements of a SKOS file: what it speaks of, before anything is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cladist.rdf import words
from cladist.rdf.namespaces import OWL, RDF, RDFS, SKOS, SKOSXL
from cladist.rdf.reading import Subjects

_SUBCLASS = f"<{RDFS}subClassOf>"
_DISJOINT = f"<{OWL}disjointWith>"
_ALL_DISJOINT = f"<{OWL}AllDisjointClasses>"
_MEMBERS = f"<{OWL}members>"
_UNION = f"<{OWL}disjointUnionOf>"
_FIRST, _REST, _NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_XL = {f"<{SKOSXL}{name}>": f"<{SKOS}{name}>" for name in ("prefLabel", "altLabel", "hiddenLabel")}
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file that its owner should know: how often, and the first examples."""

    kind: str
    message: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(slots=True)
class Survey:
    """What one pass over the statements found, subjects and objects as tokens."""

    concepts: set[str] = field(default_factory=set)
    schemes: set[str] = field(default_factory=set)
    member_of: dict[str, set[str]] = field(default_factory=dict)
    tops: dict[str, set[str]] = field(default_factory=dict)
    narrower: list[tuple[str, str]] = field(default_factory=list)
    xl: list[tuple[str, str, str]] = field(default_factory=list)
    disjoint: list[frozenset[str]] = field(default_factory=list)
    unions: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    """Classes that disjoint ones make up between them (``owl:disjointUnionOf``)."""
    subclasses: dict[str, set[str]] = field(default_factory=dict)
    instances: dict[str, set[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def belongs(self, subject: str, scheme: str) -> None:
        """Note that something is in a scheme."""
        self.member_of.setdefault(subject, set()).add(scheme)

    def begins(self, subject: str, scheme: str) -> None:
        """Note that something says that it is a top concept of a scheme."""
        self.belongs(subject, scheme)
        self.tops.setdefault(scheme, set()).add(subject)

    def labelled(self, predicate: str) -> Callable[[str, str], None]:
        """How to note that something has an SKOS-XL label of one kind."""
        return lambda subject, label: self.xl.append((subject, predicate, label))

    def note(self, kind: str, message: str, found: Iterable[str]) -> None:
        """Add a finding, if there is anything to it."""
        examples = sorted(each.strip("<>") for each in found)
        if examples:
            self.findings.append(Finding(kind, message, len(examples), tuple(examples[:_SHOWN])))


def look(found: Subjects) -> Survey:
    survey = Survey()
    notes: dict[str, Callable[[str, str], object]] = {
        words.IN_SCHEME: survey.belongs,
        words.TOP_OF: survey.begins,
        words.HAS_TOP: lambda scheme, concept: survey.belongs(concept, scheme),
        words.NARROWER: lambda parent, child: survey.narrower.append((parent, child)),
        _DISJOINT: lambda one, other: survey.disjoint.append(frozenset((one, other))),
        _SUBCLASS: lambda below, above: survey.subclasses.setdefault(above, set()).add(below),
        _UNION: lambda above, node: survey.unions.append((above, frozenset(_list(found, node)))),
        words.TYPE: lambda subject, kind: survey.instances.setdefault(kind, set()).add(subject),
        **{xl: survey.labelled(plain) for xl, plain in _XL.items()},
    }
    for subject, pairs in found.items():
        for predicate, token in pairs:
            note = notes.get(predicate)
            if note is not None:
                note(subject, token)
    for kind in _below(words.CONCEPT, survey.subclasses):
        survey.concepts |= survey.instances.get(kind, set())
    survey.schemes = set(survey.instances.get(words.SCHEME, ()))
    for subject in survey.instances.get(_ALL_DISJOINT, ()):
        members = _list(found, dict(found[subject]).get(_MEMBERS, _NIL))
        survey.disjoint.append(frozenset(members))
    return survey


def _below(kind: str, subclasses: Mapping[str, set[str]]) -> list[str]:
    queue, seen = [kind], {kind}
    for each in queue:
        below = subclasses.get(each, set()) - seen
        seen |= below
        queue += sorted(below)
    return queue


def _list(found: Subjects, node: str) -> Iterator[str]:
    seen: set[str] = set()
    while node != _NIL and node not in seen:
        seen.add(node)
        pairs = dict(found.get(node, ()))
        if _FIRST in pairs:
            yield pairs[_FIRST]
        node = pairs.get(_REST, _NIL)
