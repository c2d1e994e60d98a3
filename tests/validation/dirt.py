"""Random dirty taxonomies: every predicate that a rule reads, with values that it likes and not."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from cladist.rdf.namespaces import CLAD, DCTERMS, OWL, RDF, RDFS, SKOS, XSD
from tests.validation.contents import TAXONOMY

CLASSES = tuple(f"<{TAXONOMY}/c{n}>" for n in range(9))
GROUPS = tuple(f"<{TAXONOMY}/g{n}>" for n in range(2))
_OTHER = f"<{TAXONOMY}-other>"
_FOREIGN = ("<https://example.org/else/x>", "<https://example.org/else/y>")
CONCEPTS = (*CLASSES, *_FOREIGN)
SCHEMES = (f"<{TAXONOMY}>", _OTHER)
ENDS = (*CONCEPTS, *GROUPS, f"<{TAXONOMY}/nobody>")
_PARTS = (f"<{TAXONOMY}/s1>", f"<{TAXONOMY}/r1>")
_TRUE, _FALSE = (f'"{each}"^^<{XSD}boolean>' for each in ("true", "false"))
_LABELS = (
    *('"cat"@en', '"dog"@en', '"cat"@de', '"Katze"@de', '"cat"', '" pad "@en', '""@en'),
    *(
        '"  "@en',
        '"two  blanks"@en',
        '"un\\tseen"@en',
        '"\\u200Bx"@en',
        '"obsolete cat"@en',
        '"O"@en',
    ),
)
_NOTES = ('"A cat."@en', '"A dog."@en', '"Eine Katze."@de', '"plain"', '"A cat."@fr')
_NUMBERS = (*(f'"{n}"^^<{XSD}integer>' for n in (0, 1, 1, 2, 3, -1)), '"x"', f'"1"^^<{XSD}int>')

Draw = tuple[str, Sequence[str], Sequence[str], float]


def _one(prefix: str, name: str) -> str:
    return f"<{prefix}{name}>"


def _draws() -> list[Draw]:
    """Predicate, subjects, objects, and how many statements to expect for each subject."""
    kinds = (_one(SKOS, "Concept"),) * 12
    odd = (_one(SKOS, "Collection"), _one(SKOS, "ConceptScheme"), _one(CLAD, "ExclusiveGroup"))
    draws: list[Draw] = [
        (_one(RDF, "type"), CLASSES, kinds, 3),
        (_one(RDF, "type"), CONCEPTS, (*kinds, *odd, _one(CLAD, "MissingClass")), 0.2),
        (_one(RDF, "type"), GROUPS, (_one(CLAD, "ExclusiveGroup"),), 1),
        (_one(RDF, "type"), CLASSES, (_one(TAXONOMY, "/kind"),), 0.05),
        (_one(RDF, "type"), ("<urn:c>",), kinds, 0.3),
        (_one(SKOS, "inScheme"), ("<urn:c>",), SCHEMES, 1),
        (_one(SKOS, "inScheme"), CLASSES, (SCHEMES[0],) * 8 + SCHEMES, 2),
        (_one(SKOS, "inScheme"), (*GROUPS, *_FOREIGN), SCHEMES, 1),
        (_one(SKOS, "broader"), CLASSES, (*CLASSES * 3, *ENDS, '"text"'), 0.9),
        (_one(SKOS, "related"), CLASSES, ENDS, 0.3),
        (_one(SKOS, "topConceptOf"), CLASSES, SCHEMES, 0.1),
        (_one(SKOS, "hasTopConcept"), SCHEMES, CLASSES, 0.3),
        (_one(SKOS, "member"), GROUPS, (*CLASSES * 3, *ENDS, '"text"'), 2.5),
        (_one(CLAD, "under"), GROUPS, (*CLASSES, '"text"'), 0.7),
        (_one(CLAD, "exhaustive"), GROUPS, (_TRUE, _FALSE), 0.7),
    ]
    return draws + _lives() + _texts() + _parts() + _header()


def _lives() -> list[Draw]:
    """What is said of single classes."""
    return [
        (_one(OWL, "deprecated"), CONCEPTS, (*(_TRUE,) * 6, _FALSE, '"true"'), 0.25),
        (_one(DCTERMS, "isReplacedBy"), CONCEPTS, (*ENDS, '"text"'), 0.3),
        (_one(CLAD, "retirementReason"), CLASSES, ('"Why."@en',), 0.2),
        (_one(CLAD, "selectable"), CLASSES, (_TRUE, _FALSE), 0.3),
        (_one(CLAD, "code"), CLASSES, _NUMBERS, 0.9),
        (_one(CLAD, "rank"), CLASSES, _NUMBERS, 0.8),
        (_one(CLAD, "hotkey"), CLASSES, ('"a"', '"b"'), 0.4),
        (_one(CLAD, "colour"), CLASSES, ('"#FF0000"', '"#ff0000"', '"#00FF00"', '"red"'), 0.4),
        (_one(SKOS, "notation"), CLASSES, ('"A"', '"B"', f'"A"^^{_OTHER}', f'"C"^^{_OTHER}'), 0.4),
        (_one(CLAD, "boundaryNote"), CLASSES, _NOTES, 0.2),
        (_one(CLAD, "boundaryWith"), CLASSES, ENDS, 0.2),
        (_one(CLAD, "counterExample"), CLASSES, _NOTES, 0.2),
    ]


def _texts() -> list[Draw]:
    """Labels, notes and mappings."""
    draws: list[Draw] = [
        (_one(SKOS, each), CONCEPTS, _LABELS, rate) for each, rate in _RATES.items()
    ]
    draws += [
        (_one(SKOS, each), CLASSES, _NOTES, 0.3)
        for each in ("definition", "example", "scopeNote", "note")
    ]
    matches = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
    draws += [(_one(SKOS, each), CLASSES, ENDS, 0.1) for each in matches]
    return draws


_RATES = {"prefLabel": 1.3, "altLabel": 0.4, "hiddenLabel": 0.2}


def _parts() -> list[Draw]:
    """Slots and relations, complete and not."""
    ends = [_one(CLAD, each) for each in ("slotOf", "valueClass", "relationFrom", "relationTo")]
    counts = [_one(CLAD, each) for each in ("minCount", "maxCount")]
    roles = ('"role"', '""', '"other"')
    return [
        (_one(CLAD, "slot"), (f"<{TAXONOMY}>",), (_PARTS[0], '"text"'), 0.5),
        (_one(CLAD, "relation"), (f"<{TAXONOMY}>",), (_PARTS[1], '"text"'), 0.5),
        (_one(CLAD, "role"), _PARTS, roles, 1.2),
        *((each, _PARTS, CLASSES, 1) for each in ends),
        *((each, _PARTS[:1], _NUMBERS, 0.9) for each in counts),
    ]


def _header() -> list[Draw]:
    own = (f"<{TAXONOMY}>",)
    structures = ("singleLabel", "multiLabel", "ordinal", "sequence", "structured", "regression")
    return [
        (_one(RDF, "type"), own, (_one(SKOS, "ConceptScheme"),), 2),
        (_one(RDF, "type"), (_OTHER,), (_one(CLAD, "Taxonomy"),), 0.03),
        (_one(RDFS, "subClassOf"), (_one(TAXONOMY, "/kind"),), (_one(SKOS, "Concept"),), 0.1),
        (_one(CLAD, "labelStructure"), own, [_one(CLAD, each) for each in structures], 1.1),
        (_one(CLAD, "defaultLanguage"), own, ('"en"', '"de"', '"EN"'), 0.8),
        (_one(CLAD, "selectableRule"), own, ('"any"', '"leaves"'), 0.5),
        (_one(CLAD, "polyhierarchy"), own, (_TRUE, _FALSE), 0.5),
        (_one(CLAD, "taggingScheme"), own, ('"BIO"', '"IO"', '"XYZ"'), 0.5),
        (_one(CLAD, "unit"), own, (_OTHER, '"metre"'), 0.5),
        *(
            (_one(CLAD, each), own, ('"1"', *_NUMBERS, f'"2.5"^^<{XSD}decimal>'), 0.5)
            for each in ("minimum", "maximum", "step")
        ),
        (_one(DCTERMS, "title"), own, ('"Pets"@en', _OTHER), 0.5),
        (_one(DCTERMS, "description"), own, ('"About pets."@en',), 0.5),
        (_one(DCTERMS, "license"), own, (_OTHER,), 0.5),
    ]


_DRAWS = _draws()


def statements(chance: Random) -> list[bytes]:
    """A few statements more: any that a dirty taxonomy may hold, unsorted."""
    found = []
    for predicate, subjects, objects, rate in _DRAWS:
        wanted = rate * len(subjects)
        count = int(wanted) + (chance.random() < wanted % 1)
        for _ in range(count):
            line = f"{chance.choice(subjects)} {predicate} {chance.choice(objects)} .\n"
            found.append(line.encode())
    return found


def dirty(seed: int) -> list[bytes]:
    """The sorted lines of a dirty taxonomy; the same seed gives the same one."""
    chance = Random(seed)
    taxonomy = f"<{TAXONOMY}> <{RDF}type> <{CLAD}Taxonomy> .\n".encode()
    own = [] if chance.random() < 0.02 else [taxonomy]
    return sorted({*statements(chance), *own})
