"""Shapes as statements: those that travel with a taxonomy, found among what else it says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from cladist.model.errors import InvalidValue
from cladist.model.identifiers import as_slug
from cladist.model.taxonomy import Statement
from cladist.rdf.namespaces import OWL, RDF, RDFS, SH
from cladist.rdf.reading import subjects
from cladist.rdf.skolem import PATH as SKOLEM
from cladist.rdf.terms import iri, is_iri, literal
from cladist.rdf.writing import other_lines
from cladist.validation.policy import Severity

Subjects = Mapping[str, tuple[Statement, ...]]
"""Statements by their subject."""

TYPE = f"{RDF}type"
NODE, PROPERTY = iri(f"{SH}NodeShape"), iri(f"{SH}PropertyShape")
_SHAPES = (NODE, PROPERTY)
_CLASSES = (iri(f"{RDFS}Class"), iri(f"{OWL}Class"))
ONTOLOGY = iri(f"{OWL}Ontology")
DECLARE = f"{SH}declare"
TARGETS = tuple(
    f"{SH}{each}" for each in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
)
_LABELS = (f"{SH}name", f"{RDFS}label")
_ADVICE = (f"{SH}description", f"{RDFS}comment")


@dataclass(frozen=True)
class CustomShapes:
    """A shapes graph without blank nodes: statements by subject, and the shapes among these."""

    statements: Subjects

    @cached_property
    def lines(self) -> tuple[bytes, ...]:
        """The statements as sorted canonical N-Quads lines."""
        said = (other_lines(subject, each) for subject, each in self.statements.items())
        return tuple(sorted({line.encode() for lines in said for line in lines}))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the lines, by which an operator trusts shapes."""
        return hashlib.sha256(b"".join(self.lines)).hexdigest()

    @cached_property
    def shapes(self) -> tuple[str, ...]:
        """The shapes that have a name, by name; others stand inside these."""
        return tuple(
            sorted(each for each in self.statements if SKOLEM not in each and self.is_shape(each))
        )

    @cached_property
    def rules(self) -> Mapping[str, str]:
        """For each named shape the id under which reports and policies speak of it."""
        found: dict[str, str] = {}
        for shape in self.shapes:
            wanted = f"custom-{as_slug(local_name(shape), 'shape', 48)}"
            taken = wanted in found.values()
            short = hashlib.sha256(shape.encode()).hexdigest()[:6]
            found[shape] = f"{wanted}-{short}" if taken else wanted
        return found

    @cached_property
    def _inside(self) -> Mapping[str, str]:
        """For each subject one that refers to it."""
        return {
            each.object[1:-1]: subject
            for subject, said in sorted(self.statements.items())
            for each in said
            if is_iri(each.object) and each.object[1:-1] in self.statements
        }

    def named(self, shape: str) -> str:
        """The named shape that a shape is or stands in."""
        seen: set[str] = set()
        while shape not in self.rules and shape in self._inside and shape not in seen:
            seen.add(shape)
            shape = self._inside[shape]
        return shape

    def is_shape(self, subject: str) -> bool:
        """Whether a subject says that it is a shape, or has a target as only shapes have."""
        return any(
            each.predicate in TARGETS
            or (each.predicate == TYPE and each.object in (NODE, PROPERTY))
            for each in self.statements.get(subject, ())
        )

    def has_target(self, subject: str) -> bool:
        """Whether a subject says what it is about, be it as a class (SHACL, section 2.1.3)."""
        said = self.statements.get(subject, ())
        return any(
            each.predicate in TARGETS or (each.predicate == TYPE and each.object in _CLASSES)
            for each in said
        )

    def title(self, shape: str) -> str:
        """What people call a shape."""
        return self._text(shape, _LABELS) or local_name(shape)

    def advice(self, shape: str) -> str:
        """What its author says about it, else nothing."""
        return self._text(shape, _ADVICE)

    def message(self, shape: str) -> str:
        """What its author has results say, else nothing."""
        return self._text(shape, (f"{SH}message",))

    def severity(self, shape: str) -> Severity:
        """How grave its own results are (SHACL, section 2.1.4); a violation where it is silent."""
        for each in self.statements.get(shape, ()):
            if each.predicate == f"{SH}severity":
                return severity_of(each.object[1:-1])
        return Severity.VIOLATION

    def _text(self, shape: str, predicates: Iterable[str]) -> str:
        said = self.statements.get(shape, ())
        found = (e.object for p in predicates for e in said if e.predicate == p)
        return next((literal(each).value for each in found if not is_iri(each)), "")


def severity_of(severity: str) -> Severity:
    """A severity's IRI as ours; those that are nobody's word weigh as a violation."""
    word = severity.removeprefix(SH).lower()
    return Severity(word) if word in set(Severity) else Severity.VIOLATION


def local_name(name: str) -> str:
    """The last part of an IRI."""
    return name.rstrip("/#").rpartition("#")[2].rpartition("/")[2] or name


def statements_of(lines: Iterable[bytes]) -> dict[str, tuple[Statement, ...]]:
    """Canonical lines by their subject."""
    return {
        subject[1:-1]: tuple(Statement(predicate[1:-1], token) for predicate, token in pairs)
        for subject, pairs in subjects(lines).items()
    }


def shapes_in(statements: Subjects) -> CustomShapes | None:
    """The shapes among statements, with all that they refer to; None where there are none."""
    whole = CustomShapes(statements)
    found = set(_reached(statements, (each for each in statements if _begins(whole, each))))
    if not any(whole.is_shape(each) for each in found):
        return None
    return CustomShapes({each: statements[each] for each in sorted(found)})


def _begins(whole: CustomShapes, subject: str) -> bool:
    said = whole.statements[subject]
    return whole.is_shape(subject) or any(
        each.predicate == DECLARE or (each.predicate, each.object) == (TYPE, ONTOLOGY)
        for each in said
    )


def _reached(statements: Subjects, start: Iterable[str]) -> Iterator[str]:
    todo, seen = list(start), set[str]()
    while todo:
        subject = todo.pop()
        if subject in seen:
            continue
        seen.add(subject)
        yield subject
        objects = (each.object for each in statements[subject])
        todo += [each[1:-1] for each in objects if is_iri(each) and each[1:-1] in statements]


def shapes_of(statements: Subjects) -> CustomShapes:
    """The shapes of a document that should hold nothing else; raises InvalidValue."""
    found = shapes_in(statements)
    if found is None:
        raise InvalidValue("shapes", "the document holds no shape: no sh:NodeShape with a target.")
    if not any(map(found.has_target, found.statements)):
        reason = "no shape has a target, so none would ever be asked; add sh:targetClass."
        raise InvalidValue("shapes", reason)
    for subject in statements:
        if subject not in found.statements:
            reason = f"<{subject}> belongs to no shape. Leave it out, or import it as a taxonomy."
            raise InvalidValue("shapes", reason)
    return found
