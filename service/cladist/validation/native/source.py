"""The rules of ``shapes/files/source.ttl``, natively: what a file says that an import mends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cladist.rdf.namespaces import SKOS, SKOSXL
from cladist.rdf.words import BROADER, HAS_TOP, IN_SCHEME, NARROWER, TOP_OF, TYPE
from cladist.validation.finding import Finding
from cladist.validation.native.statements import CONCEPT, SCHEME, is_text, tokens

_WORDS = """
Concept ConceptScheme Collection OrderedCollection inScheme hasTopConcept topConceptOf prefLabel
altLabel hiddenLabel notation note changeNote definition editorialNote example historyNote scopeNote
semanticRelation broader narrower related broaderTransitive narrowerTransitive member memberList
mappingRelation closeMatch exactMatch broadMatch narrowMatch relatedMatch
"""
_DEFINED = frozenset(SKOS + name for name in _WORDS.split())
_XL_LABELS = tuple(f"<{SKOSXL}{each}>" for each in ("prefLabel", "altLabel", "hiddenLabel"))
_FORM = f"<{SKOSXL}literalForm>"
_UP, _DOWN = f"<{SKOS}broaderTransitive>", f"<{SKOS}narrowerTransitive>"

Pairs = set[tuple[str, str]]


class Source:
    """The statements of a file that these rules ask for, as pairs by predicate."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        kept = (TYPE, BROADER, NARROWER, _UP, _DOWN, HAS_TOP, TOP_OF, IN_SCHEME, _FORM, *_XL_LABELS)
        self.pairs: dict[str, Pairs] = {each: set() for each in kept}
        self.odd: Pairs = set()
        """Who uses which term of the SKOS namespace that SKOS does not define."""
        start = f"<{SKOS}"
        for line in lines:
            subject, predicate, value = tokens(line)
            if predicate in self.pairs:
                self.pairs[predicate].add((subject, value))
            elif predicate.startswith(start) and predicate[1:-1] not in _DEFINED:
                self.odd.add((subject, predicate[1:-1]))
            if predicate == TYPE and value.startswith(SKOS) and value not in _DEFINED:
                self.odd.add((subject, value))

    def instances(self, kind: str) -> set[str]:
        """All that has a type."""
        return {item for item, value in self.pairs[TYPE] if value == kind}


def _one_way(source: Source) -> Iterator[tuple[str, str]]:
    up, down = source.pairs[BROADER], source.pairs[NARROWER]
    if up and down:
        for one, back in ((up, down), (down, up)):
            for item, other in one:
                if not is_text(other) and (other, item) not in back:
                    yield item, f"names <{other}> one way only"


def _transitive_only(source: Source) -> Iterator[tuple[str, str]]:
    up, down = source.pairs[BROADER], source.pairs[NARROWER]
    for link, along, against in ((_UP, up, down), (_DOWN, down, up)):
        for item, other in source.pairs[link]:
            stated = (item, other) in along or (other, item) in against
            if not stated and not is_text(other):
                yield item, f"is related to <{other}> by a transitive property alone"


def _tops(source: Source) -> Pairs:
    """Schemes with what is said to be at their top."""
    return source.pairs[HAS_TOP] | {(scheme, item) for item, scheme in source.pairs[TOP_OF]}


def _no_top(source: Source) -> Iterator[tuple[str, str]]:
    used = {scheme for _, scheme in source.pairs[IN_SCHEME]}
    named = {scheme for scheme, _ in _tops(source)}
    for scheme in source.instances(SCHEME) & used - named:
        yield scheme, "names no top classes"


def _dangling(source: Source) -> Iterator[tuple[str, str]]:
    tops, concepts = _tops(source), source.instances(CONCEPT)
    named = {scheme for scheme, _ in tops}
    placed = {item for item, _ in source.pairs[BROADER]}
    placed |= {item for _, item in source.pairs[NARROWER]}
    for item, scheme in source.pairs[IN_SCHEME]:
        beside = item in concepts and item not in placed and (scheme, item) not in tops
        if beside and scheme in named:
            yield item, "has no parent and is not said to be a top class"


def _undefined(source: Source) -> Iterator[tuple[str, str]]:
    for item, term in source.odd:
        yield item, f"uses <{term}>, which SKOS does not define"


def _loose_label(source: Source) -> Iterator[tuple[str, str]]:
    told = {item for item, _ in source.pairs[_FORM]}
    owned = {label for each in _XL_LABELS for _, label in source.pairs[each]}
    for label in source.instances(f"{SKOSXL}Label"):
        if label not in told or label not in owned:
            yield label, "is a label that belongs to nothing, or says nothing"


RULES: dict[str, Callable[[Source], Iterator[tuple[str, str]]]] = {
    "clad-src-one-way": _one_way,
    "clad-src-transitive-only": _transitive_only,
    "clad-src-no-top": _no_top,
    "clad-src-dangling-concept": _dangling,
    "clad-src-undefined-skos": _undefined,
    "clad-src-loose-label": _loose_label,
}
"""The rules by id."""


def check_source(lines: Iterable[bytes]) -> list[Finding]:
    """What the statements of a file, as its parser gives them, have that an import mends."""
    source = Source(lines)
    return [
        Finding(rule, subject, None, message)
        for rule, find in RULES.items()
        for subject, message in sorted(set(find(source)))
    ]
