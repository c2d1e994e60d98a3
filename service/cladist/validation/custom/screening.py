"""Which shapes may run: SHACL Core, well formed, that ends; SPARQL for trusted shapes alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from cladist.model.errors import InvalidValue
from cladist.rdf.namespaces import OWL, RDF, SH
from cladist.rdf.terms import is_iri, literal
from cladist.validation.custom.patterns import compiled
from cladist.validation.custom.shapes import TARGETS, TYPE, CustomShapes

SHAPES = 1_000
"""Shapes that one taxonomy may bring."""

_NIL, _FIRST, _REST = f"<{RDF}nil>", f"{RDF}first", f"{RDF}rest"
_LISTS = frozenset(
    f"{SH}{each}"
    for each in ("and", "or", "xone", "in", "languageIn", "ignoredProperties", "alternativePath")
)
_REFERENCES = ("node", "property", "not", "qualifiedValueShape")
_LOGIC = ("and", "or", "xone")
_STEPS = ("inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
_VALUES = """
class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive
minLength maxLength pattern flags uniqueLang equals disjoint lessThan lessThanOrEquals
qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount closed hasValue path severity
message deactivated name description order group defaultValue prefixes declare prefix namespace
shapesGraph suggestedShapesGraph entailment
"""
# Words that do nothing: of a report, which test suites keep beside shapes, and of a draft of SHACL.
_INERT = """
conforms result detail focusNode value resultPath resultSeverity resultMessage sourceShape
sourceConstraint sourceConstraintComponent shapesGraphWellFormed nodeShape
"""
_WORDS = (*_REFERENCES, *_STEPS, *_VALUES.split(), *_INERT.split())
_CORE = frozenset((*TARGETS, *_LISTS, *(f"{SH}{each}" for each in _WORDS)))
_SPARQL = frozenset((f"{SH}sparql", f"{SH}select"))
_ASK_FOR_TRUST = (
    "asks in SPARQL, which only shapes may that the operator trusts. Say it in SHACL Core, or have "
    "the operator add {digest} to CLADIST_TRUSTED_SHAPES"
)
_IMPORTS = "stands in a document that imports another; nothing is ever fetched: copy it in"
_WHY = {
    "rule": "derives statements, which validation never does",
    "target": "has a target of SHACL's advanced features; use sh:targetClass or another core one",
    "js": "runs JavaScript, which is never run here",
    "jsLibrary": "runs JavaScript, which is never run here",
}


def screen(shapes: CustomShapes, trusted: Collection[str] = ()) -> None:
    """Refuse shapes that may not run, by ``InvalidValue`` that names the shape and what to do.

    ``trusted`` are digests of shapes that may hold SPARQL constraints (SHACL, section 5).
    """
    if len(shapes.statements) > 50 * SHAPES or _count(shapes) > SHAPES:
        raise InvalidValue("shapes", f"a taxonomy may bring {SHAPES} shapes; split the document.")
    for subject in shapes.statements:
        _screen_words(shapes, subject, trusted)
        _screen_pattern(shapes, subject)
        _screen_lists(shapes, subject)
    _refuse_circle(shapes, _shapes_below, "refers to itself: ", "; SHACL leaves open what it means")
    _refuse_circle(shapes, _paths_below, "has a path that contains itself: ", "")


def _count(shapes: CustomShapes) -> int:
    return sum(map(shapes.is_shape, shapes.statements))


def _refuse(shapes: CustomShapes, subject: str, reason: str) -> None:
    name = shapes.title(shapes.named(subject))
    raise InvalidValue("shapes", f"the shape “{name}” {reason}.")


def _screen_words(shapes: CustomShapes, subject: str, trusted: Collection[str]) -> None:
    for each in shapes.statements[subject]:
        predicate = each.predicate
        if predicate == f"{OWL}imports":
            _refuse(shapes, subject, _IMPORTS)
        if predicate == TYPE and each.object.startswith(f"<{SH}"):
            _screen_type(shapes, subject, each.object[1:-1])
        if predicate in _SPARQL:
            if shapes.digest not in trusted:
                _refuse(shapes, subject, _ASK_FOR_TRUST.format(digest=shapes.digest))
        elif predicate.startswith(SH) and predicate not in _CORE:
            word = predicate.removeprefix(SH)
            reason = _WHY.get(word, f"says sh:{word}, which is no part of SHACL Core; leave it out")
            _refuse(shapes, subject, reason)


def _screen_type(shapes: CustomShapes, subject: str, kind: str) -> None:
    word = kind.removeprefix(SH)
    known = ("NodeShape", "PropertyShape", "Shape", "PropertyGroup", "PrefixDeclaration")
    inert = ("ValidationReport", "ValidationResult", "SPARQLConstraint", "Severity")
    if word not in (*known, *inert):
        _refuse(shapes, subject, f"has to do with a sh:{word}, which is no part of SHACL Core")


def _values(shapes: CustomShapes, subject: str, predicate: str) -> list[str]:
    said = shapes.statements.get(subject, ())
    return [each.object for each in said if each.predicate == predicate]


def _screen_pattern(shapes: CustomShapes, subject: str) -> None:
    flags = _values(shapes, subject, f"{SH}flags")
    for token in _values(shapes, subject, f"{SH}pattern"):
        if is_iri(token) or any(map(is_iri, flags)):
            _refuse(shapes, subject, "has a pattern that is no text")
        pattern = literal(token).value
        try:
            compiled(pattern, literal(flags[0]).value if flags else "")
        except ValueError as error:
            reason = (
                f"has the pattern “{pattern}”, which cannot be run in linear time: {error}. Write "
                "it without look-around and back-references"
            )
            _refuse(shapes, subject, reason)


def _screen_lists(shapes: CustomShapes, subject: str) -> None:
    for each in shapes.statements[subject]:
        sequence = each.predicate == f"{SH}path" and _values(shapes, each.object[1:-1], _FIRST)
        if (sequence or each.predicate in _LISTS) and items(shapes, each.object) is None:
            word = each.predicate.removeprefix(SH)
            _refuse(shapes, subject, f"has a list in sh:{word} that is broken or has no end")


def items(shapes: CustomShapes, head: str) -> list[str] | None:
    """The items of an RDF list as tokens; None where it is none."""
    found, seen = list[str](), set[str]()
    while head != _NIL:
        first = _values(shapes, head[1:-1], _FIRST)
        rest = _values(shapes, head[1:-1], _REST)
        if head in seen or not is_iri(head) or len(first) != 1 or len(rest) != 1:
            return None
        seen.add(head)
        found += first
        head = rest[0]
    return found


def _shapes_below(shapes: CustomShapes, subject: str) -> Iterator[str]:
    for word in _REFERENCES:
        yield from (each[1:-1] for each in _values(shapes, subject, f"{SH}{word}") if is_iri(each))
    for word in _LOGIC:
        for head in _values(shapes, subject, f"{SH}{word}"):
            yield from (each[1:-1] for each in items(shapes, head) or () if is_iri(each))


def _paths_below(shapes: CustomShapes, subject: str) -> Iterator[str]:
    for word in ("path", *_STEPS):
        yield from (each[1:-1] for each in _values(shapes, subject, f"{SH}{word}") if is_iri(each))
    for head in _values(shapes, subject, f"{SH}alternativePath"):
        yield from (each[1:-1] for each in items(shapes, head) or () if is_iri(each))
    for predicate in (_FIRST, _REST):
        found = _values(shapes, subject, predicate)
        yield from (each[1:-1] for each in found if is_iri(each) and each != _NIL)


def _refuse_circle(
    shapes: CustomShapes,
    below: Callable[[CustomShapes, str], Iterator[str]],
    what: str,
    why: str,
) -> None:
    """Refuse shapes that lead to themselves, found by a search without recursion of its own."""
    done: set[str] = set()
    for start in shapes.statements:
        way: dict[str, Iterator[str]] = {}
        todo = [start] if start not in done else []
        while todo:
            subject = todo[-1]
            steps = way.setdefault(subject, below(shapes, subject))
            following = next((each for each in steps if each not in done), None)
            if following is None:
                done.add(todo.pop())
                way.pop(subject)
            elif following in way:
                names = [*list(way)[list(way).index(following) :], following]
                told = " → ".join(shapes.title(each) for each in names)
                _refuse(shapes, following, f"{what}{told}{why}")
            else:
                todo.append(following)
